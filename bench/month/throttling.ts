/** What a limit of SMS on calls per second would do to a month. */
import type { Month } from './simulate.ts';

export interface Throttling {
  /** Seconds in which an account makes more calls than the limit, of all seconds of all accounts. */
  secondsAbove: number;
  /** Calls that do not fit into their second. */
  delayed: number;
  /** The longest time until the calls that have piled up are made, in seconds. */
  longestWait: number;
}

/** Calls that do not fit wait for the next second, in order. */
export function throttlingOf({ perSecond }: Month, callsPerSecond: number): Throttling {
  const found: Throttling = { secondsAbove: 0, delayed: 0, longestWait: 0 };
  for (const seconds of perSecond) {
    let waiting = 0;
    for (const calls of seconds) {
      const pending = waiting + calls;
      waiting = Math.max(0, pending - callsPerSecond);
      if (waiting === 0) continue;
      found.secondsAbove += 1;
      found.delayed += Math.min(calls, waiting);
      found.longestWait = Math.max(found.longestWait, waiting / callsPerSecond);
    }
  }
  return found;
}
