import { type Dispatcher, errors } from 'undici';
import { accessKeyIn, type Credentials, proofOf, type SentHeaders } from '../auth/credentials.ts';
import { judge, type Verdict } from '../auth/signature-outcome.ts';
import type { Budget } from '../budget/request-budget.ts';
import { isThrottled, SmsUnreachable } from '../errors/errors.ts';
import { notSent } from '../errors/outcome.ts';
import { isClockOff } from '../http/clock-skew.ts';
import { DeadlinePassed, within } from '../http/deadline.ts';
import type { SmsLimits } from '../http/limits.ts';
import { type Redactor, redactorOf } from '../http/redact.ts';
import { type Answer, readAnswer } from '../http/response.ts';
import { drop, hasBegun } from '../http/transport.ts';
import { noTimeLeft, unreachable } from '../http/transport-errors.ts';
import { circuitOpen, type Health } from '../resilience/circuit-breaker.ts';
import type { SignableRequest } from '../sign.ts';
import { errorFrom } from './error-response.ts';
import type { Place, SmsEndpoint } from './upstream.ts';

/** A code of SMS's own, which is of no proxy and no API gateway. */
const OF_SMS = /^SMS\.\d/;

/** A call but for what each attempt adds: the host, and the proof of who asks. */
export interface Call extends SignableRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  body: string | null;
  /** What the request line names: the path and the query. */
  line: string;
  /** From which the bytes of the response are taken. */
  budget?: Budget | undefined;
}

/** What became of an attempt: an answer, an answer that is an error, or an error alone. */
export type Attempt = ({ answer: Answer; error: null } | { answer: Answer | null; error: Error }) & {
  /** The answer rejects the credentials, and it is for IAM to say whether the caller's token is at fault. */
  suspicion?: Suspicion;
};

/** What such an answer means for the key of the gateway that has signed, if the token still is valid. */
interface Suspicion {
  heldKey: string | null;
  verdict: Verdict;
}

/** An attempt whose answer is under suspicion, after IAM has been asked. Its place is free by then. */
export async function settled(
  { keyRest }: SmsEndpoint,
  { answer, error, suspicion }: Attempt,
  credentials: Credentials,
  signal: AbortSignal,
): Promise<Attempt> {
  const refusal = await tokenRefusal(credentials, signal);
  const { heldKey = null, verdict = 'unknown' } = suspicion ?? {};
  if (heldKey !== null) keyRest.leave(heldKey, refusal === null ? verdict : 'unknown', { wasSuspect: true });
  return { answer, error: (refusal ?? error) as Error };
}

/** Why the caller's token is not valid any more, or why IAM does not say; null where it still is. */
async function tokenRefusal({ recheck }: Credentials, signal: AbortSignal): Promise<Error | null> {
  try {
    await within(signal, Promise.resolve(recheck?.()));
    return null;
  } catch (error) {
    if (!(error instanceof DeadlinePassed)) return error as Error;
    const message = 'SMS rejected the call, and IAM did not say in time whether its token is still valid. Try later.';
    return new SmsUnreachable('TIMEOUT', message, { code: 'IAM_UNREACHABLE', cause: error, outcome: 'NOT_SENT' });
  }
}

/**
 * One call from a place at a target, proved anew, and the place is given back. Throws where nothing was sent: who asks
 * could not be proved, the gateway's key rests, SMS failed too often in the meantime, or the caller has left.
 */
export async function attempt(
  { limits, keyRest, throttle, options }: SmsEndpoint,
  { target, slot, isProbe }: Place,
  credentials: Credentials,
  call: Call,
  signal: AbortSignal,
): Promise<Attempt> {
  const { origin, connections, slots, circuit } = target;
  const { method, line: path, body } = call;
  let health: Health = 'unknown';
  let verdict: Verdict = 'unknown';
  let isSuspect = false;
  let heldKey: string | null = null;
  let request: Promise<Dispatcher.ResponseData> | null = null;
  let response: Dispatcher.ResponseData | null = null;
  try {
    let now: Date;
    let headers: SentHeaders;
    for (;;) {
      now = new Date(options.clock.now());
      const proof = credentials({ ...call, headers: { Host: target.host, ...call.headers } }, now);
      headers = proof instanceof Promise ? await within(signal, proof) : proof;
      const ak = credentials.isHeldKey ? accessKeyIn(headers) : null;
      const turn = ak === null ? undefined : keyRest.enter(ak, signal);
      if (turn !== undefined) await turn;
      else {
        heldKey = ak;
        break;
      }
    }
    if (circuit.isOpen && !isProbe) throw circuitOpen('SMS', Math.max(1, circuit.waitOf(slot.line)));

    let answer: Answer;
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
    if (answer.status < 500) health = 'works';
    const proof = proofOf(credentials, headers);
    const judgement = judge(answer, { ...call, proof, isClockOff: isClockOff(answer.header('date'), now) });
    const rejection = { fault: judgement.fault, isSigned: proof.key === 'own' };
    const made: Attempt = answer.isSuccess
      ? { answer, error: null }
      : { answer, error: errorFrom(answer, headers, now, rejection) };
    // SMS itself says that it failed with what it was asked for.
    if (answer.status >= 500 && made.error !== null && !OF_SMS.test(Object(made.error).code)) health = 'fails';
    if (isThrottled(made.error)) throttle.pause(slot.caller, made.error.facts.retryAfter ?? null);
    verdict = judgement.verdict;
    isSuspect = judgement.asksIam;
    return isSuspect ? { ...made, suspicion: { heldKey, verdict } } : made;
  } catch (error) {
    throw request === null ? notSent(error) : error;
  } finally {
    // Before the place is given back, or the call that gets it would still trust the key.
    if (heldKey !== null) isSuspect ? keyRest.suspect(heldKey) : keyRest.leave(heldKey, verdict);
    circuit.leave(isProbe, health, { caller: slot.caller.line, object: call.path });
    // A request that was given up may hold its place in undici until there is a connection; it is not sent then.
    if (request !== null && response === null) request.then(drop, () => {}).finally(() => slots.leave(slot));
    else slots.leave(slot);
  }
}

async function answerIn(
  response: Dispatcher.ResponseData,
  redact: Redactor,
  { maxAnswerBytes }: SmsLimits,
  budget?: Budget,
): Promise<Answer> {
  try {
    return await readAnswer(response, redact, maxAnswerBytes, budget);
  } catch (cause) {
    const isReset = (cause as NodeJS.ErrnoException).syscall !== undefined;
    if (isReset || cause instanceof errors.SocketError || cause instanceof errors.ResponseContentLengthMismatchError)
      throw new SmsUnreachable('INVALID_ANSWER', 'The answer of SMS broke off. Try later.', { cause });
    throw cause;
  }
}

/** Throws the reason of a caller that has left. */
function errorOf(cause: unknown, signal: AbortSignal, limits: SmsLimits, headers: SentHeaders): Error {
  if (signal.aborted && !(signal.reason instanceof DeadlinePassed)) throw signal.reason;
  if (cause instanceof DeadlinePassed && !hasBegun(headers)) return noTimeLeft(cause);
  return unreachable(cause, limits, { who: 'SMS', outcome: hasBegun(headers) ? 'UNKNOWN' : 'NOT_SENT' });
}

/** What a caller can bring about says nothing of SMS: an answer that is too long, a time limit of its own. */
function healthIn(error: Error, limits: SmsLimits, isSent: boolean): Health {
  if (!(error instanceof SmsUnreachable)) return 'unknown';
  if (error.cause instanceof DeadlinePassed && error.cause.milliseconds < limits.totalTimeout) return 'unknown';
  if (error.reason !== 'UNREACHABLE' && error.reason !== 'TIMEOUT') return 'unknown';
  return isSent ? 'fails' : 'unreachable';
}
