/** Calls to IAM: in turn, within limits, and none while IAM does not work. */
import type { Dispatcher } from 'undici';
import { type Clock, SYSTEM_CLOCK } from '../clock.ts';
import { RequestRejectedError, SmsUnavailableError } from '../errors/errors.ts';
import type { CallerIdentity } from '../fairness/caller-identity.ts';
import { Deadline, DeadlineExceededError, within } from '../http/deadline.ts';
import type { SmsLimits } from '../http/limits.ts';
import { redactorOf } from '../http/redact.ts';
import { type HttpResponse, readResponse } from '../http/response.ts';
import { connectionsTo, drop, hasBegun, type Transport } from '../http/transport.ts';
import { transportError } from '../http/transport-errors.ts';
import { CircuitBreaker, circuitOpenError, type Health } from '../resilience/circuit-breaker.ts';
import { RateLimiter } from '../resilience/rate-limiter.ts';
import { type Permit, Semaphore } from '../resilience/semaphore.ts';

export interface IamOptions {
  /** Most calls in a minute for callers that are not known yet, of each network address. Default 0, which is no limit. */
  checksPerMinute?: number;
  clock?: Clock;
}

export interface IamRequest {
  method: 'GET' | 'POST';
  path: string;
  headers: Record<string, string>;
  body?: object;
}

export interface IamCalls {
  /** The answer of IAM, of whatever status. Throws `SmsUnreachable`, and `SmsRefused` for a caller with too many calls. */
  ask(caller: CallerIdentity, request: IamRequest): Promise<HttpResponse>;
  close(): Promise<void>;
}

/** An answer holds a catalogue of services, or a token. */
const MAX_ANSWER_BYTES = 1024 ** 2;
/** Milliseconds; nobody waits longer for it than for SMS. */
const MAX_CALL_TIME = 10_000;
const CONNECTIONS = 32;
/** Callers of one address that are not known yet get at most three quarters of the connections. */
const MAX_HELD_PER_FREE = 3;
/** Calls that wait for a connection, and for how many milliseconds. Whoever makes up tokens must not fill the memory. */
const MAX_WAITING = 128;
const MAX_WAIT = 5_000;

/** Waiting for a connection is no failure of IAM: its time begins when the call is made. */
export function iamCalls(
  origin: string,
  limits: SmsLimits,
  transport: Transport,
  { checksPerMinute = 0, clock = SYSTEM_CLOCK }: IamOptions,
): IamCalls {
  const bounds = { ...limits, connections: CONNECTIONS, totalTimeout: Math.min(limits.totalTimeout, MAX_CALL_TIME) };
  const connections = connectionsTo(origin, bounds, transport);
  const circuit = new CircuitBreaker(clock.monotonic);
  const slots = new Semaphore(
    { permits: CONNECTIONS, maxHeldPerFree: MAX_HELD_PER_FREE },
    { maxWaiting: MAX_WAITING, overloaded },
  );
  const rate = new RateLimiter(checksPerMinute, clock.monotonic, { rejection: tooManyChecks });

  const checkCircuit = ({ group }: CallerIdentity) => {
    const wait = circuit.retryAfter(group);
    if (wait > 0) throw circuitOpenError('IAM', wait);
  };

  const slotFor = async (caller: CallerIdentity): Promise<Permit> => {
    const wait = new Deadline(MAX_WAIT);
    try {
      return await slots.acquire(wait.signal, caller);
    } catch (error) {
      throw error instanceof DeadlineExceededError ? overloaded() : error;
    } finally {
      wait.clear();
    }
  };

  const send = async (caller: CallerIdentity, slot: Permit, { method, path, headers, body }: IamRequest) => {
    const sent = { 'Content-Type': 'application/json', ...headers };
    const isTrial = circuit.begin();
    const deadline = new Deadline(bounds.totalTimeout);
    const request = connections.request({
      origin,
      method,
      path,
      headers: sent,
      body: body === undefined ? null : JSON.stringify(body),
      signal: deadline.signal,
    });
    let response: Dispatcher.ResponseData | null = null;
    let health: Health = 'unknown';
    try {
      // Undici itself looks at the signal only once it has a connection.
      response = await within(deadline.signal, request);
      const answer = await readResponse(response, redactorOf(sent), MAX_ANSWER_BYTES);
      health = answer.status < 500 ? 'healthy' : 'failing';
      return answer;
    } catch (cause) {
      const error = iamUnreachable(cause, bounds);
      health = healthIn(error, hasBegun(sent));
      throw error;
    } finally {
      deadline.clear();
      // What the call is about is the token.
      circuit.record(isTrial, health, { caller: caller.group, object: caller.fingerprint });
      if (response === null) request.then(drop, () => {}).finally(() => slots.release(slot));
      else slots.release(slot);
    }
  };

  return {
    async ask(caller, request) {
      checkCircuit(caller);
      if (!caller.isVerified) await rate.take(caller, false);
      const slot = await slotFor(caller);
      try {
        checkCircuit(caller);
      } catch (error) {
        slots.release(slot);
        throw error;
      }
      return send(caller, slot, request);
    },
    close: () => connections.destroy(),
  };
}

/** What broke within an answer may hold a piece of it, so it is no cause to keep. */
function iamUnreachable(cause: unknown, limits: SmsLimits): Error {
  const error = transportError(cause, limits, { who: 'IAM', afterTimeout: 'Nothing was sent to SMS. Try later.' });
  if (!(error instanceof SmsUnavailableError)) return error;
  if (error.reason === 'INVALID_ANSWER') return invalidIamResponse();
  if (error.reason === 'OVERLOADED') return error;
  return new SmsUnavailableError(error.reason, error.message, { code: 'IAM_UNREACHABLE', cause });
}

/** Sockets that the gateway lacks say nothing of IAM. */
function healthIn(error: Error, isSent: boolean): Health {
  if (!(error instanceof SmsUnavailableError) || error.reason === 'OVERLOADED') return 'unknown';
  return isSent ? 'failing' : 'unreachable';
}

export function invalidIamResponse(): SmsUnavailableError {
  return new SmsUnavailableError('INVALID_ANSWER', 'IAM answered with something else than it promises. Try later.', {
    code: 'IAM_INVALID_ANSWER',
  });
}

function overloaded(): SmsUnavailableError {
  const message = 'Too many tokens are being checked. Try later.';
  return new SmsUnavailableError('OVERLOADED', message, { code: 'IAM_OVERLOADED', facts: { retryAfter: 1 } });
}

function tooManyChecks(seconds: number): RequestRejectedError {
  const message = `Too many tokens that are not known yet come from this address. Try again in ${seconds} s.`;
  return new RequestRejectedError(429, 'TOKEN_CHECKS_EXCEEDED', message, { retryAfter: seconds });
}
