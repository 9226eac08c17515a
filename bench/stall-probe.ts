/**
 * Loaded into a gateway: on SIGUSR2 it reports the most processor time of one round of its event loop, with and without garbage
 * collections, and begins anew.
 */
import { PerformanceObserver } from 'node:perf_hooks';

/** Milliseconds: of the longest round, of the longest without its garbage collections, and of the longest collection. */
export type Rounds = Record<'whole' | 'own' | 'pause', number>;

interface Round {
  begin: number;
  end: number;
  cpu: number;
}

/** Shorter rounds are not kept. */
const MIN_ROUND_MS = 10;

const used = () => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};
let rounds: Round[] = [];
let collections: { startTime: number; duration: number }[] = [];
let begin = performance.now();
let cpu = used();

setInterval(() => {
  const end = performance.now();
  const now = used();
  if (now - cpu > MIN_ROUND_MS) rounds.push({ begin, end, cpu: now - cpu });
  begin = end;
  cpu = now;
}, 1).unref();

new PerformanceObserver((list) => collections.push(...list.getEntries())).observe({ entryTypes: ['gc'] });

/** Milliseconds of garbage collections in a round, which no program can divide. */
const collected = (round: Round) =>
  collections
    .filter(({ startTime }) => startTime >= round.begin && startTime < round.end)
    .reduce((sum, { duration }) => sum + duration, 0);

process.on('SIGUSR2', () => {
  // The observer reports in a later round.
  setTimeout(() => {
    const whole = Math.max(0, ...rounds.map((round) => round.cpu));
    const own = Math.max(0, ...rounds.map((round) => round.cpu - collected(round)));
    const pause = Math.max(0, ...collections.map(({ duration }) => duration));
    const longest: Rounds = { whole: Math.round(whole), own: Math.round(own), pause: Math.round(pause) };
    process.stderr.write(`longest round: ${JSON.stringify(longest)}\n`);
    rounds = [];
    collections = [];
  }, 50);
});
