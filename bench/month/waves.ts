/** When the waves of the migration are copied and cut over. */
import type { Random } from '../../src/emulator/world/random.ts';

export const SECONDS_PER_HOUR = 3_600;
export const SECONDS_PER_DAY = 24 * SECONDS_PER_HOUR;

/** Of SMS: source servers in one account (`SMS.6501`), and migrations that run well at the same time. */
export const SERVERS_PER_ACCOUNT = 1_000;
const CONCURRENT_COPIES = 100;

export const WAVE_SIZE = 50;
const WAVES_PER_ACCOUNT = SERVERS_PER_ACCOUNT / WAVE_SIZE;
/** One wave starts a day, so the last of 20 is cut over before the month ends. */
const START_HOUR = 9;

/** Data of a server: log-normal around a median of 150 GB. Each copy gets 100 Mbit/s. */
const MEDIAN_GIGABYTES = 150;
const SIGMA = 0.9;
const SECONDS_PER_GIGABYTE = 8_000 / 100;

/** Cutovers begin at 20:00, at least a day after the last server of the wave has been copied. */
const CUTOVER_HOUR = 20;

/** Times in seconds since the start of the month. */
export interface Wave {
  start: number;
  /** When each server starts to be copied. */
  copies: readonly number[];
  cutover: number;
}

/** The waves of one account. */
export function planWaves(random: Random): Wave[] {
  /** When each of the concurrent copies is free again. */
  const free = Array.from({ length: CONCURRENT_COPIES }, () => 0);
  return Array.from({ length: WAVES_PER_ACCOUNT }, (_, index) => {
    const start = index * SECONDS_PER_DAY + START_HOUR * SECONDS_PER_HOUR;
    const copies: number[] = [];
    let copied = start;
    for (let server = 0; server < WAVE_SIZE; server += 1) {
      const earliest = free.indexOf(Math.min(...free));
      const begin = Math.max(start, free[earliest] ?? 0);
      const end = begin + gigabytes(random) * SECONDS_PER_GIGABYTE;
      free[earliest] = end;
      copies.push(Math.floor(begin));
      copied = Math.max(copied, end);
    }
    const day = Math.ceil((copied + SECONDS_PER_DAY - CUTOVER_HOUR * SECONDS_PER_HOUR) / SECONDS_PER_DAY);
    return { start, copies, cutover: day * SECONDS_PER_DAY + CUTOVER_HOUR * SECONDS_PER_HOUR };
  });
}

function gigabytes(random: Random): number {
  // Box-Muller.
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return MEDIAN_GIGABYTES * Math.exp(SIGMA * normal);
}
