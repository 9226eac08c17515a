/** Rounds of the event loop, for tests of long work that has to let other work in. */
import { setImmediate } from 'node:timers/promises';
import { onTestFinished, vi } from 'vitest';

/** Milliseconds: more than long work may take in one round. */
const LONG = 20;

/** Advances the clock with each look at it, so that long work pauses wherever it looks. */
export async function pauseAtEachCheck(): Promise<void> {
  await setClock(LONG);
}

/** Stops the clock, so that long work pauses nowhere for its length. */
export function stopClock(): Promise<{ pass(milliseconds: number): void }> {
  return setClock(0);
}

async function setClock(step: number) {
  let now = performance.now();
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => {
    now += step;
    return now;
  });
  onTestFinished(async () => {
    clock.mockRestore();
    await untilNewRound();
  });
  await untilNewRound();
  return {
    pass(milliseconds: number) {
      now += milliseconds;
    },
  };
}

/** What began by another clock is over then. */
async function untilNewRound(): Promise<void> {
  await setImmediate();
  await setImmediate();
}

/** How many rounds of the event loop the work takes. */
export async function roundsOf(work: () => unknown): Promise<number> {
  let rounds = 0;
  let timer: NodeJS.Immediate;
  const count = () => {
    rounds += 1;
    timer = globalThis.setImmediate(count);
  };
  timer = globalThis.setImmediate(count);
  await work();
  clearImmediate(timer);
  return rounds;
}
