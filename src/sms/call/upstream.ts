import { setTimeout as delay } from 'node:timers/promises';
import type { CallerIdentity } from '../../fairness/caller-identity.ts';
import { type Clock, SYSTEM_CLOCK } from '../../time/clock.ts';
import { type Deadline, within } from '../../time/deadline.ts';
import { KeyLockoutGuard } from '../auth/key-lockout-guard.ts';
import type { SmsLimits } from '../http/limits.ts';
import { type Peer, peerAt, type Transport } from '../http/transport.ts';
import type { UpstreamObserver } from '../http/upstream-observer.ts';
import { CircuitBreaker, circuitOpenError } from '../resilience/circuit-breaker.ts';
import { RateLimiter } from '../resilience/rate-limiter.ts';
import { RetryBudget } from '../resilience/retry-policy.ts';
import { type Permit, Semaphore } from '../resilience/semaphore.ts';
import { type Account, Throttle } from '../resilience/throttle.ts';
import { NO_STORE, type SharedStore, type StoreStatus } from '../shared-store.ts';

/** Time and randomness are arguments, so that a test can control them. */
export interface UpstreamOptions extends Transport {
  /** Retries of a read. Default 0. */
  retries?: number;
  /** Calls of one caller in a minute. Default 0: no limit. */
  callsPerMinute?: number;
  clock?: Clock;
  /** State that this process shares with others. */
  store?: SharedStore;
  /** To be added to later on. Default: none. */
  observers?: UpstreamObserver[];
  /** Processes that use the same key without a shared store. Default 1. */
  processes?: number;
  random?: () => number;
  wait?: (milliseconds: number, signal: AbortSignal) => Promise<unknown>;
}

/** One address of SMS. */
export interface Endpoint {
  readonly origin: string;
  /** The host that its calls are signed for. */
  readonly host: string;
  readonly peer: Peer;
  /** Has one permit for each connection. */
  readonly semaphore: Semaphore;
  readonly circuit: CircuitBreaker;
  readonly retryBudget: RetryBudget;
}

/** SMS, with the connections to it: one per process. */
export interface SmsUpstream {
  readonly limits: SmsLimits;
  readonly options: Required<Pick<UpstreamOptions, 'retries' | 'clock' | 'random' | 'wait'>>;
  readonly endpoints: readonly Endpoint[];
  readonly keyGuard: KeyLockoutGuard;
  readonly rateLimiter: RateLimiter;
  readonly throttle: Throttle;
  /** Of the calls to SMS, and of those to IAM that belong to them. */
  readonly observers: UpstreamObserver[];
  /** For `/ready` and metrics. Cheap to call. */
  status(): SmsStatus;
  close(): Promise<void>;
}

export interface SmsStatus {
  /** False while no call can succeed, since the gateway's own key is suspended. */
  ready: boolean;
  /** A code if it is not ready. */
  reason: 'KEY_RESTING' | null;
  /** Whether state is shared with other processes, or each works alone. */
  store: StoreStatus;
  /** Each address of SMS, and whether its circuit breaker keeps calls from it. */
  circuits: { origin: string; open: boolean }[];
}

/** One connection in 17 is reserved from any single caller: if all its calls hang, others still find one. */
const CONNECTIONS_PER_RESERVED = 16;

/** Several origins are alternative addresses of one SMS: calls go to the first that works. */
export function smsUpstream(
  origins: string | readonly string[],
  limits: SmsLimits,
  {
    retries = 0,
    callsPerMinute = 0,
    clock = SYSTEM_CLOCK,
    random = Math.random,
    wait = async (milliseconds, signal) => within(signal, delay(milliseconds, undefined, { signal })),
    store = NO_STORE,
    observers = [],
    processes = 1,
    ...transport
  }: UpstreamOptions = {},
): SmsUpstream {
  const connections = limits.connections + Math.floor(limits.connections / CONNECTIONS_PER_RESERVED);
  const endpoints = [origins].flat().map((origin) => {
    const peer = peerAt('SMS', origin, { ...limits, connections }, transport);
    return {
      origin,
      host: new URL(origin).host,
      peer,
      semaphore: new Semaphore({
        permits: connections,
        maxPerGroup: limits.connections,
        maxHeldPerFree: CONNECTIONS_PER_RESERVED,
      }),
      circuit: new CircuitBreaker(clock.monotonic, (isOpen) => {
        for (const observer of observers) observer.circuitChanged?.(peer, isOpen);
      }),
      retryBudget: new RetryBudget(),
    };
  });
  const keyGuard = new KeyLockoutGuard(clock.monotonic, store, processes, (isSuspended) => {
    for (const observer of observers) observer.keyChanged?.(isSuspended);
  });
  return {
    limits,
    options: { retries, clock, random, wait },
    endpoints,
    observers,
    keyGuard,
    rateLimiter: new RateLimiter(callsPerMinute, clock.monotonic, { store }),
    throttle: new Throttle(wait, clock.monotonic, store),
    status: () => ({
      ready: !keyGuard.isSuspended,
      reason: keyGuard.isSuspended ? 'KEY_RESTING' : null,
      store: store.status,
      circuits: endpoints.map(({ origin, circuit }) => ({ origin, open: circuit.isOpen })),
    }),
    close: async () => {
      await Promise.all(endpoints.map(({ peer }) => peer.dispatcher.destroy()));
    },
  };
}

/** A permit for one call to an endpoint. The holder releases it, and reports the outcome to the circuit breaker. */
export interface EndpointPermit {
  readonly account: Account;
  readonly endpoint: Endpoint;
  readonly permit: Permit;
  /** The call decides whether an open circuit closes. */
  readonly isTrial: boolean;
}

/**
 * A permit at the endpoint that suits the call best, at once or after a wait if none is free there. Throws
 * `SmsUnavailableError`, the rejection of an account that SMS has throttled in the meantime, or why the deadline ended.
 */
export function acquireEndpoint(
  upstream: SmsUpstream,
  caller: CallerIdentity,
  account: Account,
  failed: readonly Endpoint[],
  onlyReads: boolean,
  deadline: Deadline,
): EndpointPermit | Promise<EndpointPermit> {
  const endpoint = pickEndpoint(upstream, caller.group, failed, onlyReads);
  if (endpoint === undefined) throw circuitOpenError('SMS', secondsUntilReady(upstream, caller.group));
  const acquired = endpoint.semaphore.acquire(deadline, caller);
  // A trial begins in the same turn in which the endpoint was picked, or there could be two.
  if (!(acquired instanceof Promise)) return { account, endpoint, permit: acquired, isTrial: endpoint.circuit.begin() };
  return acquired.then((permit) => {
    const throttled = upstream.throttle.rejectionFor(account);
    const isStillBest = pickEndpoint(upstream, caller.group, failed, onlyReads) === endpoint;
    if (!deadline.aborted && throttled === null && isStillBest)
      return { account, endpoint, permit, isTrial: endpoint.circuit.begin() };
    endpoint.semaphore.release(permit);
    deadline.throwIfAborted();
    if (throttled !== null) throw throttled;
    return acquireEndpoint(upstream, caller, account, failed, onlyReads, deadline);
  });
}

/** How long until a call of the caller may be sent to an endpoint that is not excluded: 0 if at once. */
export function secondsUntilReady(
  { endpoints }: SmsUpstream,
  group: string,
  excluded: readonly Endpoint[] = [],
): number {
  const candidates = endpoints.filter((endpoint) => !excluded.includes(endpoint));
  return Math.min(...candidates.map(({ circuit }) => circuit.retryAfter(group)));
}

/**
 * The first endpoint that takes calls, preferably not one that has just failed or fails for this caller alone. Only a
 * read finds out whether an endpoint works again while there is another, since a write is not retried.
 */
function pickEndpoint(
  { endpoints }: SmsUpstream,
  group: string,
  failed: readonly Endpoint[],
  onlyReads: boolean,
): Endpoint | undefined {
  let best: Endpoint | undefined;
  let fewestObjections = Number.POSITIVE_INFINITY;
  for (const endpoint of endpoints) {
    const { circuit } = endpoint;
    if (circuit.retryAfter(group) > 0) continue;
    const objections =
      4 * Number(circuit.isOpen && !onlyReads) +
      2 * Number(failed.includes(endpoint)) +
      Number(circuit.isAvoidedBy(group, onlyReads));
    if (objections >= fewestObjections) continue;
    best = endpoint;
    fewestObjections = objections;
  }
  return best;
}
