/** Calls to IAM: with limits of their own, and a circuit breaker. */

import type { CallerIdentity } from '../../fairness/caller-identity.ts';
import { type Clock, SYSTEM_CLOCK } from '../../time/clock.ts';
import { Deadline, DeadlineExceededError } from '../../time/deadline.ts';
import { type ErrorFacts, RequestRejectedError, SmsUnavailableError } from '../errors/errors.ts';
import { exchange } from '../http/exchange.ts';
import type { SmsLimits } from '../http/limits.ts';
import { redactorOf } from '../http/redact.ts';
import type { HttpResponse } from '../http/response.ts';
import { peerAt, type Transport } from '../http/transport.ts';
import type { CallResult, UpstreamObserver } from '../http/upstream-observer.ts';
import { CircuitBreaker, circuitOpenError, type Health } from '../resilience/circuit-breaker.ts';
import { RateLimiter } from '../resilience/rate-limiter.ts';
import { type Permit, Semaphore } from '../resilience/semaphore.ts';

export interface IamOptions {
  /** Calls in a minute for the unverified callers of one network address. Default 0: no limit. */
  checksPerMinute?: number;
  clock?: Clock;
  observers?: readonly UpstreamObserver[];
}

export interface IamRequest {
  method: 'GET' | 'POST';
  path: string;
  /** Sent as `X-Auth-Token`. */
  token: string;
  headers?: Record<string, string>;
  body?: object;
}

export interface IamCalls {
  /** Returns the response, whatever its status. Throws `RequestRejectedError` if the caller makes too many calls. */
  request(caller: CallerIdentity, request: IamRequest): Promise<HttpResponse>;
  close(): Promise<void>;
}

const MAX_RESPONSE_BYTES = 1024 ** 2;
/** Or less, if a call to SMS may take less. */
const MAX_CALL_MS = 10_000;
const CONNECTIONS = 32;
/** The unverified callers of one address get at most three quarters of the connections. */
const MAX_HELD_PER_FREE = 3;
/** Bounds the queue for a connection: made-up tokens must not fill the memory. */
const MAX_WAITING = 128;
const MAX_WAIT_MS = 5_000;

/** The time limit of a call begins when it is sent: a wait for a connection is not a failure of IAM. */
export function iamCalls(
  origin: string,
  limits: SmsLimits,
  transport: Transport,
  { checksPerMinute = 0, clock = SYSTEM_CLOCK, observers = [] }: IamOptions,
): IamCalls {
  const peerLimits = { ...limits, connections: CONNECTIONS, maxResponseBytes: MAX_RESPONSE_BYTES };
  const peer = peerAt('IAM', origin, peerLimits, transport);
  const timeout = Math.min(limits.totalTimeout, MAX_CALL_MS);
  const circuit = new CircuitBreaker(clock.monotonic, (isOpen) => {
    for (const observer of observers) observer.circuitChanged?.(peer, isOpen);
  });
  const semaphore = new Semaphore(
    { permits: CONNECTIONS, maxHeldPerFree: MAX_HELD_PER_FREE },
    { maxWaiting: MAX_WAITING, overloaded },
  );
  const rate = new RateLimiter(checksPerMinute, clock.monotonic, { rejection: tooManyChecks });

  const acquire = async (caller: CallerIdentity): Promise<Permit> => {
    const wait = new Deadline(MAX_WAIT_MS);
    try {
      return await semaphore.acquire(wait, caller);
    } catch (error) {
      throw error instanceof DeadlineExceededError ? overloaded() : error;
    } finally {
      wait.clear();
    }
  };

  const send = async (caller: CallerIdentity, permit: Permit, { method, path, token, headers, body }: IamRequest) => {
    const isTrial = circuit.begin();
    const deadline = new Deadline(timeout);
    const sent = exchange(
      peer,
      {
        method,
        path,
        headers: { 'Content-Type': 'application/json', 'X-Auth-Token': token, ...headers },
        body: body === undefined ? null : JSON.stringify(body),
      },
      { deadline, redactor: redactorOf({ tokens: [token], passwords: [] }) },
    );
    const begin = performance.now();
    const report = (result: CallResult) => {
      for (const observer of observers)
        observer.callEnded?.(peer, { method, path, requestId: null }, result, performance.now() - begin);
    };
    let health: Health = 'unknown';
    try {
      const response = await sent.response;
      health = response.status < 500 ? 'healthy' : 'failing';
      report({ response, error: health === 'failing' ? iamFailed(response.status) : null });
      return response;
    } catch (cause) {
      health = healthAfter(cause);
      const error = iamError(cause);
      report({ response: null, error: error as Error });
      throw error;
    } finally {
      deadline.clear();
      circuit.record(isTrial, health, { caller: caller.group, object: caller.fingerprint });
      sent.whenReleased(() => semaphore.release(permit));
    }
  };

  return {
    async request(caller, request) {
      const openFor = () => circuit.retryAfter(caller.group);
      if (openFor() > 0) throw circuitOpenError('IAM', openFor());
      if (!caller.isVerified) await rate.take(caller, false);
      const permit = await acquire(caller);
      if (openFor() === 0) return send(caller, permit, request);
      semaphore.release(permit);
      throw circuitOpenError('IAM', openFor());
    },
    close: () => peer.dispatcher.destroy(),
  };
}

/**
 * An error about an unreadable response has no cause, since a cause could quote the response. If it has one, the connection
 * broke in the middle of the response, so the operator must check the network, not IAM.
 */
function iamError(error: unknown): unknown {
  if (!(error instanceof SmsUnavailableError) || error.reason === 'OVERLOADED') return error;
  const { cause, message } = error;
  if (error.reason === 'INVALID_ANSWER' && cause === undefined) return invalidIamResponse();
  const reason = error.reason === 'INVALID_ANSWER' ? 'UNREACHABLE' : error.reason;
  return new SmsUnavailableError(reason, message, { code: 'IAM_UNREACHABLE', cause });
}

/** A lack of sockets is the gateway's own failure, not IAM's. */
function healthAfter(error: unknown): Health {
  if (!(error instanceof SmsUnavailableError) || error.reason === 'OVERLOADED') return 'unknown';
  return error.outcome === 'NOT_SENT' ? 'unreachable' : 'failing';
}

export function iamFailed(status: number, facts: ErrorFacts = {}): SmsUnavailableError {
  const message = `IAM, or a proxy in front of it, failed with HTTP ${status}. The token was not checked. Try later.`;
  return new SmsUnavailableError('UPSTREAM_ERROR', message, { code: 'IAM_FAILED', facts });
}

export function invalidIamResponse(): SmsUnavailableError {
  return new SmsUnavailableError('INVALID_ANSWER', 'IAM returned an unexpected response. Try later.', {
    code: 'IAM_INVALID_ANSWER',
  });
}

function overloaded(): SmsUnavailableError {
  const message = 'Too many tokens are being checked. Try later.';
  return new SmsUnavailableError('OVERLOADED', message, { code: 'IAM_OVERLOADED', facts: { retryAfter: 1 } });
}

function tooManyChecks(seconds: number): RequestRejectedError {
  const message = `Too many unverified tokens come from this address. Try again in ${seconds} s.`;
  return new RequestRejectedError(429, 'TOKEN_CHECKS_EXCEEDED', message, { retryAfter: seconds });
}
