import { setTimeout as delay } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import { KeyLockoutGuard } from '../auth/key-lockout-guard.ts';
import { type Clock, SYSTEM_CLOCK } from '../clock.ts';
import type { CallerIdentity } from '../fairness/caller-identity.ts';
import type { SmsLimits } from '../http/limits.ts';
import { connectionsTo, type Transport } from '../http/transport.ts';
import { CircuitBreaker, circuitOpenError } from '../resilience/circuit-breaker.ts';
import { RateLimiter } from '../resilience/rate-limiter.ts';
import { RetryBudget } from '../resilience/retry-policy.ts';
import { type Permit, Semaphore } from '../resilience/semaphore.ts';
import { Throttle } from '../resilience/throttle.ts';
import { NO_STORE, type SharedStore, type StoreStatus } from '../shared-store.ts';

/** Time and chance come in, so that a test can hold them still. */
export interface UpstreamOptions extends Transport {
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
export interface Endpoint {
  readonly origin: string;
  /** What its calls are signed for. */
  readonly host: string;
  readonly connections: Dispatcher;
  /** One for each connection. */
  readonly semaphore: Semaphore;
  readonly circuit: CircuitBreaker;
  readonly budget: RetryBudget;
}

/** Where SMS answers, with its connections: one a process. */
export interface SmsUpstream {
  readonly limits: SmsLimits;
  readonly options: Required<Pick<UpstreamOptions, 'retries' | 'clock' | 'random' | 'wait'>>;
  readonly endpoints: readonly Endpoint[];
  readonly keyGuard: KeyLockoutGuard;
  readonly rateLimiter: RateLimiter;
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
export function smsUpstream(
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
  }: UpstreamOptions = {},
): SmsUpstream {
  const connections = limits.connections + Math.floor(limits.connections / RESERVE);
  const endpoints = [origins].flat().map((origin) => ({
    origin,
    host: new URL(origin).host,
    connections: connectionsTo(origin, { ...limits, connections }, transport),
    semaphore: new Semaphore({ permits: connections, maxPerGroup: limits.connections, maxHeldPerFree: RESERVE }),
    circuit: new CircuitBreaker(clock.monotonic),
    budget: new RetryBudget(),
  }));
  const keyGuard = new KeyLockoutGuard(clock.monotonic, store);
  return {
    limits,
    options: { retries, clock, random, wait },
    endpoints,
    keyGuard,
    rateLimiter: new RateLimiter(callsPerMinute, clock.monotonic, { store }),
    throttle: new Throttle(wait, clock.monotonic),
    status: () => ({
      ready: !keyGuard.isSuspended,
      reason: keyGuard.isSuspended ? 'KEY_RESTING' : null,
      store: store.status,
      circuits: endpoints.map(({ origin, circuit }) => ({ origin, open: circuit.isOpen })),
    }),
    close: async () => {
      await Promise.all(endpoints.map(({ connections }) => connections.destroy()));
    },
  };
}

/** The right to make one call to a endpoint. Whoever has one gives back its slot and tells its circuit what became of it. */
export interface EndpointPermit {
  readonly endpoint: Endpoint;
  readonly permit: Permit;
  /** The call decides whether an open circuit closes. */
  readonly isTrial: boolean;
}

/**
 * A place at the first endpoint that takes calls, at one that has just failed only if there is no other: at once where a
 * slot is free. Only what reads shows whether a endpoint works again while there is another, for a write is not repeated.
 * Throws `SmsUnreachable`, and the reason of the signal where that is first.
 */
export function acquireEndpoint(
  upstream: SmsUpstream,
  caller: CallerIdentity,
  failed: ReadonlySet<Endpoint>,
  onlyReads: boolean,
  signal: AbortSignal,
): EndpointPermit | Promise<EndpointPermit> {
  const endpoint = endpointFor(upstream, caller.group, failed, onlyReads);
  const turn = endpoint.semaphore.acquire(signal, caller);
  if (!(turn instanceof Promise)) return { endpoint, permit: turn, isTrial: endpoint.circuit.begin() };
  return turn.then((permit) => {
    const throttled = upstream.throttle.rejectionFor(caller);
    if (!signal.aborted && throttled === null && isStillTheOne(endpoint, upstream, caller.group, failed, onlyReads))
      return { endpoint, permit, isTrial: endpoint.circuit.begin() };
    // In the meantime the caller has left, or was told to wait, or SMS has failed too often.
    endpoint.semaphore.release(permit);
    signal.throwIfAborted();
    if (throttled !== null) throw throttled;
    return acquireEndpoint(upstream, caller, failed, onlyReads, signal);
  });
}

function isStillTheOne(
  endpoint: Endpoint,
  ...[upstream, caller, failed, onlyReads]: Parameters<typeof endpointFor>
): boolean {
  if (endpoint.circuit.retryAfter(caller) > 0) return false;
  return upstream.endpoints.length === 1 || endpointFor(upstream, caller, failed, onlyReads) === endpoint;
}

function endpointFor(
  { endpoints }: SmsUpstream,
  caller: string,
  failed: ReadonlySet<Endpoint>,
  onlyReads: boolean,
): Endpoint {
  const able = endpoints.filter(({ circuit }) => circuit.retryAfter(caller) === 0);
  if (able.length === 0)
    throw circuitOpenError('SMS', Math.min(...endpoints.map(({ circuit }) => circuit.retryAfter(caller))));
  const working = among(able, ({ circuit }) => onlyReads || !circuit.isOpen);
  const untried = among(working, (endpoint) => !failed.has(endpoint));
  const [endpoint] = among(untried, ({ circuit }) => !circuit.isAvoidedBy(caller, onlyReads));
  return endpoint as Endpoint;
}

/** Those that are preferred, or all where none is. */
function among(endpoints: readonly Endpoint[], isPreferred: (endpoint: Endpoint) => boolean): readonly Endpoint[] {
  const preferred = endpoints.filter(isPreferred);
  return preferred.length === 0 ? endpoints : preferred;
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(milliseconds, undefined, { signal });
  } catch {
    throw signal.reason;
  }
}
