/**
 * Cooperative scheduling. Long work is split into turns. It checks the time regularly, and yields once its round (one
 * iteration of the event loop) has spent its budget for long work, so that other requests are served in between.
 */

/** Milliseconds of long work in one round of the event loop, over all requests. */
const MAX_WORK_MS = 10;

/** Milliseconds for one piece of queued work while others wait. Most requests are complete in less. */
const MAX_TURN_MS = 2;

/** Milliseconds after which no stage of a request begins, counted like those of long work, which goes first. */
const MAX_STAGES_MS = 20;

/** Values that may be processed in one round without being queued. */
const MAX_PASSES = 256;

/** When the work of this round began (`performance.now`). Null before it does. */
let began: number | null = null;
/** Resolvers of the promises of `nextTurn`, in order, from `first` on. */
let waiting: (() => void)[] = [];
let first = 0;
let isScheduled = false;
/** When the turn of the work that has been resumed ends (`performance.now`). Null if none has a turn. */
let turnEnd: number | null = null;
/** Resolvers of the promises of `endOfRound`. */
let waitingForEnd: (() => void)[] = [];
/** Values processed in this round without being queued. */
let passes = 0;
/** Whether a stage of a request has begun in this round. */
let hasStage = false;

/** Whether long work should wait for `nextTurn`: this round has spent its budget, or other work is queued and it has no turn. */
export function isTurnOver(): boolean {
  return isRoundFull() || (hasQueue() && (turnEnd === null || performance.now() > turnEnd));
}

function hasQueue(): boolean {
  return waiting.length > first;
}

/**
 * Whether a value that has arrived may be processed in this round. Counts the calls too: thousands of values may arrive
 * together, and all of them call this before the first one is processed, when hardly any time has passed. For the same reason a
 * turn is not enough.
 */
export function mayGoOn(): boolean {
  passes += 1;
  return passes <= MAX_PASSES && !isRoundFull() && !hasQueue();
}

/** Resolves in a later round, in the order of the calls. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    schedule();
  });
}

/** Whether this round has spent its budget for long work. Starts the clock of the round. */
export function isRoundFull(): boolean {
  return elapsed() > MAX_WORK_MS;
}

/**
 * Resolves in the next round that has time for another stage, in the order of the calls. For a stage of any request, short ones
 * included: it does not queue behind long work. In each round, at least one stage begins.
 */
export function nextRound(): Promise<void> {
  return new Promise((resolve) => {
    const resolveIfThereIsTime = () => {
      const hasTime = elapsed() <= MAX_STAGES_MS;
      if (!hasTime && hasStage) return void setImmediate(resolveIfThereIsTime);
      hasStage = true;
      resolve();
    };
    setImmediate(resolveIfThereIsTime);
  });
}

/** Resolves at the end of a round, for all that wait for it together: for short work that is cheaper at once, such as writes. */
export function endOfRound(): Promise<void> {
  return new Promise((resolve) => {
    if (waitingForEnd.push(resolve) === 1) setImmediate(resumeAtEnd);
  });
}

function resumeAtEnd(): void {
  const resolvers = waitingForEnd;
  waitingForEnd = [];
  for (const resolve of resolvers) resolve();
}

/** Milliseconds since the work of this round began. */
function elapsed(): number {
  if (began === null) begin();
  return performance.now() - (began ?? 0);
}

function begin(): void {
  began = performance.now();
  schedule();
}

function schedule(): void {
  if (isScheduled) return;
  isScheduled = true;
  setImmediate(onNextRound);
}

function onNextRound(): void {
  isScheduled = false;
  began = null;
  passes = 0;
  hasStage = false;
  if (waiting.length === 0) return;
  begin();
  resumeNext();
}

/**
 * Resumes the queued work, one after the other, until the round has spent its budget. Each goes as far as it can in its turn: if
 * all of them did a little in turn, everything that many requests have parsed would be in memory together.
 */
function resumeNext(): void {
  const resolve = waiting[first];
  first += 1;
  if (first === waiting.length) {
    waiting = [];
    first = 0;
  }
  turnEnd = performance.now() + MAX_TURN_MS;
  resolve?.();
  // After all the microtasks of the resumed work: a tick that is not scheduled by one of them comes before them.
  queueMicrotask(() => process.nextTick(endTurn));
}

function endTurn(): void {
  turnEnd = null;
  if (waiting.length > 0 && !isRoundFull()) resumeNext();
}

/** Does a piece of work in this round if there is time, else in a later one. Each of many calls checks for itself. */
export async function inTurn<Result>(work: () => Result): Promise<Result> {
  await null;
  if (isTurnOver()) await nextTurn();
  return work();
}

/** Items between two checks of the time. */
const ITEMS_PER_CHECK = 64;

/** Maps a list of any length, and a long one in turns. */
export function mapInTurns<Item, Result>(
  items: readonly Item[],
  map: (item: Item) => Result,
): Result[] | Promise<Result[]> {
  return items.length < ITEMS_PER_CHECK ? items.map(map) : mapLong(items, map);
}

async function mapLong<Item, Result>(items: readonly Item[], map: (item: Item) => Result): Promise<Result[]> {
  const results: Result[] = [];
  // An iterator would make an object per item.
  for (let index = 0; index < items.length; index += 1) {
    results.push(map(items[index] as Item));
    if (results.length % ITEMS_PER_CHECK === 0 && isTurnOver()) await nextTurn();
  }
  return results;
}
