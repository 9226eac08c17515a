import { setTimeout as delay } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import { KeyRest } from '../auth/key-lockout-guard.ts';
import { type Clock, SYSTEM_CLOCK } from '../clock.ts';
import type { CallerIdentity } from '../fairness/caller-identity.ts';
import type { SmsLimits } from '../http/limits.ts';
import { connectionsTo, type Transport } from '../http/transport.ts';
import { CallRate } from '../resilience/call-rate.ts';
import { Circuit, circuitOpen } from '../resilience/circuit-breaker.ts';
import { RetryBudget } from '../resilience/retry-policy.ts';
import { type Slot, Slots } from '../resilience/semaphore.ts';
import { Throttle } from '../resilience/throttle.ts';
import { NO_STORE, type SharedStore, type StoreStatus } from '../shared-store.ts';

/** Time and chance come in, so that a test can hold them still. */
export interface EndpointOptions extends Transport {
  /** Most repetitions of a call that only reads. Default 0. */
  retries?: number;
  /** Most calls of one caller in a minute. Default 0, which is no limit. */
  callsPerMinute?: number;
  clock?: Clock;
  /** What this process shares with others. */
  store?: SharedStore;
  random?: () => number;
  wait?: (milliseconds: number, signal: AbortSignal) => Promise<unknown>;
}

/** One address of SMS. */
export interface Target {
  readonly origin: string;
  /** What its calls are signed for. */
  readonly host: string;
  readonly connections: Dispatcher;
  /** One for each connection. */
  readonly slots: Slots;
  readonly circuit: Circuit;
  readonly budget: RetryBudget;
}

/** Where SMS answers, with its connections: one a process. */
export interface SmsEndpoint {
  readonly limits: SmsLimits;
  readonly options: Required<Pick<EndpointOptions, 'retries' | 'clock' | 'random' | 'wait'>>;
  readonly targets: readonly Target[];
  readonly keyRest: KeyRest;
  readonly rate: CallRate;
  readonly throttle: Throttle;
  /** How things stand with SMS, for `/ready` and metrics. Cheap: ask as often as you like. */
  status(): SmsStatus;
  close(): Promise<void>;
}

export interface SmsStatus {
  /** False while no call can succeed, since the gateway's own key rests. */
  ready: boolean;
  /** A code, when it is not ready. */
  reason: 'KEY_RESTING' | null;
  /** Whether state is shared with other processes, or each works alone. */
  store: StoreStatus;
  /** Each address of SMS, and whether its circuit breaker keeps calls from it. */
  circuits: { origin: string; open: boolean }[];
}

/**
 * For so many connections, which one caller gets, there is one more that it does not get: where its calls hang, the next
 * that comes finds one.
 */
const RESERVE = 16;

/** Several origins are alternatives of one SMS: calls go to the first that works. */
export function smsEndpoint(
  origins: string | readonly string[],
  limits: SmsLimits,
  {
    retries = 0,
    callsPerMinute = 0,
    clock = SYSTEM_CLOCK,
    random = Math.random,
    wait = pause,
    store = NO_STORE,
    ...transport
  }: EndpointOptions = {},
): SmsEndpoint {
  const connections = limits.connections + Math.floor(limits.connections / RESERVE);
  const targets = [origins].flat().map((origin) => ({
    origin,
    host: new URL(origin).host,
    connections: connectionsTo(origin, { ...limits, connections }, transport),
    slots: new Slots({ all: connections, most: limits.connections, greed: RESERVE }),
    circuit: new Circuit(clock.monotonic),
    budget: new RetryBudget(),
  }));
  const keyRest = new KeyRest(clock.monotonic, store);
  return {
    limits,
    options: { retries, clock, random, wait },
    targets,
    keyRest,
    rate: new CallRate(callsPerMinute, clock.monotonic, { store }),
    throttle: new Throttle(wait, clock.monotonic),
    status: () => ({
      ready: !keyRest.isResting,
      reason: keyRest.isResting ? 'KEY_RESTING' : null,
      store: store.status,
      circuits: targets.map(({ origin, circuit }) => ({ origin, open: circuit.isOpen })),
    }),
    close: async () => {
      await Promise.all(targets.map(({ connections }) => connections.destroy()));
    },
  };
}

/** The right to make one call to a target. Whoever has one gives back its slot and tells its circuit what became of it. */
export interface Place {
  readonly target: Target;
  readonly slot: Slot;
  /** The call decides whether an open circuit closes. */
  readonly isProbe: boolean;
}

/**
 * A place at the first target that takes calls, at one that has just failed only if there is no other: at once where a
 * slot is free. Only what reads shows whether a target works again while there is another, for a write is not repeated.
 * Throws `SmsUnreachable`, and the reason of the signal where that is first.
 */
export function placeAt(
  endpoint: SmsEndpoint,
  caller: CallerIdentity,
  failed: ReadonlySet<Target>,
  onlyReads: boolean,
  signal: AbortSignal,
): Place | Promise<Place> {
  const target = targetOf(endpoint, caller.line, failed, onlyReads);
  const turn = target.slots.take(signal, caller);
  if (!(turn instanceof Promise)) return { target, slot: turn, isProbe: target.circuit.enter() };
  return turn.then((slot) => {
    const throttled = endpoint.throttle.refusalFor(caller);
    if (!signal.aborted && throttled === null && isStillTheOne(target, endpoint, caller.line, failed, onlyReads))
      return { target, slot, isProbe: target.circuit.enter() };
    // In the meantime the caller has left, or was told to wait, or SMS has failed too often.
    target.slots.leave(slot);
    signal.throwIfAborted();
    if (throttled !== null) throw throttled;
    return placeAt(endpoint, caller, failed, onlyReads, signal);
  });
}

function isStillTheOne(target: Target, ...[endpoint, caller, failed, onlyReads]: Parameters<typeof targetOf>): boolean {
  if (target.circuit.waitOf(caller) > 0) return false;
  return endpoint.targets.length === 1 || targetOf(endpoint, caller, failed, onlyReads) === target;
}

function targetOf({ targets }: SmsEndpoint, caller: string, failed: ReadonlySet<Target>, onlyReads: boolean): Target {
  const able = targets.filter(({ circuit }) => circuit.waitOf(caller) === 0);
  if (able.length === 0) throw circuitOpen('SMS', Math.min(...targets.map(({ circuit }) => circuit.waitOf(caller))));
  const working = among(able, ({ circuit }) => onlyReads || !circuit.isOpen);
  const untried = among(working, (target) => !failed.has(target));
  const [target] = among(untried, ({ circuit }) => !circuit.isAvoidedBy(caller, onlyReads));
  return target as Target;
}

/** Those that are preferred, or all where none is. */
function among(targets: readonly Target[], isPreferred: (target: Target) => boolean): readonly Target[] {
  const preferred = targets.filter(isPreferred);
  return preferred.length === 0 ? targets : preferred;
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(milliseconds, undefined, { signal });
  } catch {
    throw signal.reason;
  }
}
