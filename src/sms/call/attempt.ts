import { type Dispatcher, errors } from 'undici';
import { accessKeyIn, type Credentials, proofOf, type SentHeaders } from '../auth/credentials.ts';
import { assessSignature, type SignatureOutcome } from '../auth/signature-outcome.ts';
import type { Budget } from '../budget/request-budget.ts';
import { isThrottled, SmsUnavailableError } from '../errors/errors.ts';
import { notSent } from '../errors/outcome.ts';
import { isClockOff } from '../http/clock-skew.ts';
import { DeadlineExceededError, within } from '../http/deadline.ts';
import type { SmsLimits } from '../http/limits.ts';
import { type Redactor, redactorOf } from '../http/redact.ts';
import { type HttpResponse, readResponse } from '../http/response.ts';
import { drop, hasBegun } from '../http/transport.ts';
import { deadlineExceeded, transportError } from '../http/transport-errors.ts';
import { circuitOpenError, type Health } from '../resilience/circuit-breaker.ts';
import type { SignableRequest } from '../sign.ts';
import { errorFromResponse } from './error-response.ts';
import type { EndpointPermit, SmsUpstream } from './upstream.ts';

/** A code of SMS's own, which is of no proxy and no API gateway. */
const OF_SMS = /^SMS\.\d/;

/** A call but for what each attempt adds: the host, and the proof of who asks. */
export interface PreparedCall extends SignableRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  body: string | null;
  /** What the request line names: the path and the query. */
  line: string;
  /** From which the bytes of the response are taken. */
  budget?: Budget | undefined;
}

/** What became of an attempt: an answer, an answer that is an error, or an error alone. */
export type Attempt = ({ answer: HttpResponse; error: null } | { answer: HttpResponse | null; error: Error }) & {
  /** The answer rejects the credentials, and it is for IAM to say whether the caller's token is at fault. */
  suspicion?: Suspicion;
};

/** What such an answer means for the key of the gateway that has signed, if the token still is valid. */
interface Suspicion {
  heldKey: string | null;
  verdict: SignatureOutcome;
}

/** An attempt whose answer is under suspicion, after IAM has been asked. Its place is free by then. */
export async function settled(
  { keyGuard }: SmsUpstream,
  { answer, error, suspicion }: Attempt,
  credentials: Credentials,
  signal: AbortSignal,
): Promise<Attempt> {
  const refusal = await tokenRefusal(credentials, signal);
  const { heldKey = null, verdict = 'unknown' } = suspicion ?? {};
  if (heldKey !== null) keyGuard.leave(heldKey, refusal === null ? verdict : 'unknown', { wasSuspect: true });
  return { answer, error: (refusal ?? error) as Error };
}

/** Why the caller's token is not valid any more, or why IAM does not say; null where it still is. */
async function tokenRefusal({ recheck }: Credentials, signal: AbortSignal): Promise<Error | null> {
  try {
    await within(signal, Promise.resolve(recheck?.()));
    return null;
  } catch (error) {
    if (!(error instanceof DeadlineExceededError)) return error as Error;
    const message = 'SMS rejected the call, and IAM did not say in time whether its token is still valid. Try later.';
    return new SmsUnavailableError('TIMEOUT', message, { code: 'IAM_UNREACHABLE', cause: error, outcome: 'NOT_SENT' });
  }
}

/**
 * One call from a place at a target, proved anew, and the place is given back. Throws where nothing was sent: who asks
 * could not be proved, the gateway's key rests, SMS failed too often in the meantime, or the caller has left.
 */
export async function attempt(
  { limits, keyGuard, throttle, options }: SmsUpstream,
  { endpoint, permit, isTrial }: EndpointPermit,
  credentials: Credentials,
  call: PreparedCall,
  signal: AbortSignal,
): Promise<Attempt> {
  const { origin, connections, semaphore, circuit } = endpoint;
  const { method, line: path, body } = call;
  let health: Health = 'unknown';
  let verdict: SignatureOutcome = 'unknown';
  let isSuspect = false;
  let heldKey: string | null = null;
  let request: Promise<Dispatcher.ResponseData> | null = null;
  let response: Dispatcher.ResponseData | null = null;
  try {
    let now: Date;
    let headers: SentHeaders;
    for (;;) {
      now = new Date(options.clock.now());
      const proof = credentials({ ...call, headers: { Host: endpoint.host, ...call.headers } }, now);
      headers = proof instanceof Promise ? await within(signal, proof) : proof;
      const ak = credentials.isHeldKey ? accessKeyIn(headers) : null;
      const turn = ak === null ? undefined : keyGuard.enter(ak, signal);
      if (turn !== undefined) await turn;
      else {
        heldKey = ak;
        break;
      }
    }
    if (circuit.isOpen && !isTrial) throw circuitOpenError('SMS', Math.max(1, circuit.retryAfter(permit.group)));

    let answer: HttpResponse;
    try {
      request = connections.request({ origin, method, path, headers, body, signal });
      // Undici looks at the signal itself once it has a connection, which most calls have at once.
      response = await (hasBegun(headers) ? request : within(signal, request));
      answer = await answerIn(response, redactorOf(headers, body, credentials.secrets), limits, call.budget);
    } catch (cause) {
      const error = errorOf(cause, signal, limits, headers);
      health = healthIn(error, limits, hasBegun(headers));
      return { answer: null, error };
    }
    if (answer.status < 500) health = 'healthy';
    const proof = proofOf(credentials, headers);
    const judgement = assessSignature(answer, { ...call, proof, isClockOff: isClockOff(answer.header('date'), now) });
    const rejection = { fault: judgement.fault, isSigned: proof.key === 'own' };
    const made: Attempt = answer.isSuccess
      ? { answer, error: null }
      : { answer, error: errorFromResponse(answer, headers, now, rejection) };
    // SMS itself says that it failed with what it was asked for.
    if (answer.status >= 500 && made.error !== null && !OF_SMS.test(Object(made.error).code)) health = 'failing';
    if (isThrottled(made.error)) throttle.pause(permit.caller, made.error.facts.retryAfter ?? null);
    verdict = judgement.outcome;
    isSuspect = judgement.needsTokenCheck;
    return isSuspect ? { ...made, suspicion: { heldKey, verdict } } : made;
  } catch (error) {
    throw request === null ? notSent(error) : error;
  } finally {
    // Before the place is given back, or the call that gets it would still trust the key.
    if (heldKey !== null) isSuspect ? keyGuard.suspect(heldKey) : keyGuard.leave(heldKey, verdict);
    circuit.record(isTrial, health, { caller: permit.caller.group, object: call.path });
    // A request that was given up may hold its place in undici until there is a connection; it is not sent then.
    if (request !== null && response === null) request.then(drop, () => {}).finally(() => semaphore.release(permit));
    else semaphore.release(permit);
  }
}

async function answerIn(
  response: Dispatcher.ResponseData,
  redact: Redactor,
  { maxResponseBytes }: SmsLimits,
  budget?: Budget,
): Promise<HttpResponse> {
  try {
    return await readResponse(response, redact, maxResponseBytes, budget);
  } catch (cause) {
    const isReset = (cause as NodeJS.ErrnoException).syscall !== undefined;
    if (isReset || cause instanceof errors.SocketError || cause instanceof errors.ResponseContentLengthMismatchError)
      throw new SmsUnavailableError('INVALID_ANSWER', 'The answer of SMS broke off. Try later.', { cause });
    throw cause;
  }
}

/** Throws the reason of a caller that has left. */
function errorOf(cause: unknown, signal: AbortSignal, limits: SmsLimits, headers: SentHeaders): Error {
  if (signal.aborted && !(signal.reason instanceof DeadlineExceededError)) throw signal.reason;
  if (cause instanceof DeadlineExceededError && !hasBegun(headers)) return deadlineExceeded(cause);
  return transportError(cause, limits, { who: 'SMS', outcome: hasBegun(headers) ? 'UNKNOWN' : 'NOT_SENT' });
}

/** What a caller can bring about says nothing of SMS: an answer that is too long, a time limit of its own. */
function healthIn(error: Error, limits: SmsLimits, isSent: boolean): Health {
  if (!(error instanceof SmsUnavailableError)) return 'unknown';
  if (error.cause instanceof DeadlineExceededError && error.cause.milliseconds < limits.totalTimeout) return 'unknown';
  if (error.reason !== 'UNREACHABLE' && error.reason !== 'TIMEOUT') return 'unknown';
  return isSent ? 'failing' : 'unreachable';
}
