import type { Clock } from '../../src/sms/clock.ts';

/** A clock that stands still until the test moves it. */
export interface TestClock extends Clock {
  /** Time passes. */
  advance(milliseconds: number): void;
  /** Somebody sets the wall clock, and no time passes. */
  shiftWall(milliseconds: number): void;
}

export function testClock(start = Date.now()): TestClock {
  let [wall, passed] = [start, 0];
  return {
    now: () => wall,
    monotonic: () => passed,
    advance(milliseconds) {
      wall += milliseconds;
      passed += milliseconds;
    },
    shiftWall(milliseconds) {
      wall += milliseconds;
    },
  };
}
