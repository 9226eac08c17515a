/** Long work in turns: whatever else the process has to do comes in between. */

/** Milliseconds of long work in one round of the event loop, of all requests together. */
const MAX_TURN = 10;

/** When the long work of this round began. Null until it does. */
let began: number | null = null;
/** Those who wait for a turn, in order, from `first` on. */
let waiting: (() => void)[] = [];
let first = 0;
let isScheduled = false;

/** Whether long work should wait for another round: this one has had its share, or others wait already. */
export function isTurnOver(): boolean {
  if (began === null) begin();
  return waiting.length > first || performance.now() - (began ?? 0) > MAX_TURN;
}

/** Resolves in a later round, in the order of the calls. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    schedule();
  });
}

function begin(): void {
  began = performance.now();
  schedule();
}

function schedule(): void {
  if (isScheduled) return;
  isScheduled = true;
  setImmediate(round);
}

function round(): void {
  isScheduled = false;
  began = null;
  if (waiting.length === 0) return;
  begin();
  goOn();
}

// One after the other, each in the microtasks behind its promise, until the round has had its share.
function goOn(): void {
  const resolve = waiting[first];
  first += 1;
  if (first === waiting.length) {
    waiting = [];
    first = 0;
  }
  resolve?.();
  if (waiting.length > 0)
    queueMicrotask(() => {
      if (waiting.length > 0 && performance.now() - (began ?? 0) <= MAX_TURN) goOn();
    });
}
