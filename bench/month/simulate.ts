/** The requests of a month, second by second. */
import { between, type Random, seeded } from '../../src/emulator/world/random.ts';
import type { Cost } from './measure.ts';
import type { OperationName } from './operations.ts';
import { planWaves, SECONDS_PER_DAY, SECONDS_PER_HOUR, WAVE_SIZE, type Wave } from './waves.ts';

export const ACCOUNTS = 5;
const DAYS = 30;
export const MONTH_SECONDS = DAYS * SECONDS_PER_DAY;

/** People work from 08:00 to 18:00, five days a week. The first day is a Monday. */
const OFFICE_HOURS = [8, 18] as const;

/** Of the interval in the subscription to the progress of a wave. */
const POLL_SECONDS = 10;
/** Displays on a wall show each wave that is open, with the same token. In office hours, two engineers watch it as well. */
const DISPLAYS_PER_WAVE = 3;
const ENGINEERS_PER_WAVE = 2;

/** In each account and office hour. */
const HOURLY: readonly [OperationName, number][] = [
  ['failures', 60],
  ['owned', 120],
  ['detail', 60],
];
const INVENTORY_EVERY_SECONDS = 900;
const INVENTORY_PAGES = 5;

/** Processor time of the gateway, the upper end of the measurements in docs/performance.md: a signed call, a row of a list. */
const CPU_PER_CALL_US = 354;
const CPU_PER_ROW_US = 16;

export interface Setup {
  replicas: number;
  /** Whether they share watches, through Redis. */
  store: boolean;
}

export interface Month {
  requests: Record<string, number>;
  calls: Record<string, number>;
  /** Calls of each account in each second. */
  perSecond: readonly Uint16Array[];
  cpuSeconds: number;
  /** Processor time in the busiest minute, divided by that minute. */
  busiestCores: number;
}

export function simulate(seed: number, costs: Readonly<Record<OperationName, Cost>>, setup: Setup): Month {
  const perSecond = Array.from({ length: ACCOUNTS }, () => new Uint16Array(MONTH_SECONDS));
  const cpu = new Float64Array(MONTH_SECONDS / 60);
  const month: Month = { requests: {}, calls: {}, perSecond, cpuSeconds: 0, busiestCores: 0 };
  for (const [account, seconds] of perSecond.entries()) {
    const send = (name: OperationName, at: number) => {
      if (at >= MONTH_SECONDS) return;
      const { calls, rows } = costs[name];
      month.requests[name] = (month.requests[name] ?? 0) + 1;
      month.calls[name] = (month.calls[name] ?? 0) + calls;
      seconds[at] = (seconds[at] ?? 0) + calls;
      const minute = Math.floor(at / 60);
      cpu[minute] = (cpu[minute] ?? 0) + (calls * CPU_PER_CALL_US + rows * CPU_PER_ROW_US) / 1e6;
    };
    // Each account has random numbers of its own, which do not depend on the set-up.
    simulateAccount(seeded(seed + account), setup, send);
  }
  month.cpuSeconds = cpu.reduce((sum, one) => sum + one, 0);
  month.busiestCores = Math.max(...cpu) / 60;
  return month;
}

type Send = (name: OperationName, at: number) => void;

function simulateAccount(random: Random, setup: Setup, send: Send): void {
  for (const wave of planWaves(random)) {
    simulateWave(random, wave, send);
    watchWave(random, wave, setup, send);
  }
  for (let at = 0; at < MONTH_SECONDS; at += INVENTORY_EVERY_SECONDS)
    for (let page = 0; page < INVENTORY_PAGES; page += 1) send('inventory', at + page);
  for (let hour = 0; hour < MONTH_SECONDS / SECONDS_PER_HOUR; hour += 1) {
    if (!isOfficeHour(hour * SECONDS_PER_HOUR)) continue;
    for (const [name, count] of HOURLY)
      for (let request = 0; request < count; request += 1)
        send(name, hour * SECONDS_PER_HOUR + between(random, 0, SECONDS_PER_HOUR - 1));
  }
}

/** What the pipeline of a wave sends: one server after the other, a second apart. */
function simulateWave(random: Random, { start, copies, cutover }: Wave, send: Send): void {
  for (let server = 0; server < WAVE_SIZE; server += 1) send('createTask', start + server);
  for (const begin of copies) send('start', begin + WAVE_SIZE);
  // The gate is asked in the afternoon and twice before the cutover, when the applications have been stopped.
  for (const before of [5 * SECONDS_PER_HOUR, 1_200, 60]) send('gate', cutover - before);
  for (let server = 0; server < WAVE_SIZE; server += 1) send('cutover', cutover + server);
  const done = cutover + between(random, 2, 4) * SECONDS_PER_HOUR;
  for (const name of ['report', 'export'] as const) send(name, done);
  // A week later the tasks are deleted.
  for (let server = 0; server < WAVE_SIZE; server += 1) send('deleteTask', done + 7 * SECONDS_PER_DAY + server);
}

/** Watches of one caller share their readings in one process, and in all processes with a store. */
function watchWave(random: Random, { start, cutover }: Wave, { replicas, store }: Setup, send: Send): void {
  const displayReadings = store ? 1 : Math.min(DISPLAYS_PER_WAVE, replicas);
  const phases = Array.from({ length: DISPLAYS_PER_WAVE + ENGINEERS_PER_WAVE }, () =>
    between(random, 0, POLL_SECONDS - 1),
  );
  const end = cutover + SECONDS_PER_HOUR;
  for (let at = start; at < end; at += POLL_SECONDS)
    for (const [watcher, phase] of phases.entries()) {
      const isDisplay = watcher < DISPLAYS_PER_WAVE;
      if (isDisplay ? watcher < displayReadings : isOfficeHour(at)) send('progress', at + phase);
    }
}

function isOfficeHour(second: number): boolean {
  const hour = Math.floor(second / SECONDS_PER_HOUR) % 24;
  const weekday = Math.floor(second / SECONDS_PER_DAY) % 7;
  return weekday < 5 && hour >= OFFICE_HOURS[0] && hour < OFFICE_HOURS[1];
}
