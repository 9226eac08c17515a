import type { Clock } from '../../src/time/clock.ts';

/** A clock that only the test moves. */
export interface TestClock extends Clock {
  advance(milliseconds: number): void;
  /** Sets the wall clock without passing time. */
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
