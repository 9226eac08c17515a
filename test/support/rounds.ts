/** Rounds of the event loop, for tests of long work that must yield to other work. */
import { setImmediate } from 'node:timers/promises';
import { onTestFinished, vi } from 'vitest';

/** More than long work may take in one round. */
const LONG_MS = 20;

/** Advances the clock each time it is read, so that long work yields at every check of the time. */
export async function pauseAtEachCheck(): Promise<void> {
  await setClock(LONG_MS);
}

/** Stops the clock, so that no work counts as long. */
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

/** After this, nothing that started under another clock is still running. */
async function untilNewRound(): Promise<void> {
  await setImmediate();
  await setImmediate();
}

/** The number of rounds of the event loop that the work takes. */
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
