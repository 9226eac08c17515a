import type { Clock } from '../../src/sms/clock.ts';

/** A clock that stands still until the test moves it. */
export interface TestClock extends Clock {
  /** Time passes. */
  pass(milliseconds: number): void;
  /** Somebody sets the wall clock, and no time passes. */
  setWall(milliseconds: number): void;
}

export function testClock(start = Date.now()): TestClock {
  let [wall, passed] = [start, 0];
  return {
    now: () => wall,
    monotonic: () => passed,
    pass(milliseconds) {
      wall += milliseconds;
      passed += milliseconds;
    },
    setWall(milliseconds) {
      wall += milliseconds;
    },
  };
}
