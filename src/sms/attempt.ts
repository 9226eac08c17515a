import { errors } from 'undici';
import { type Answer, readAnswer } from './answer.ts';
import type { Health } from './circuit.ts';
import { accessKeyIn, type Credentials, type SentHeaders } from './credentials.ts';
import { DeadlinePassed, within } from './deadline.ts';
import type { SmsEndpoint, SmsLimits, Target } from './endpoint.ts';
import { SmsUnreachable } from './errors.ts';
import { type Verdict, verdictOf } from './key-rest.ts';
import { errorFrom } from './refusal.ts';
import type { SignableRequest } from './sign.ts';
import { unreachable } from './unreachable.ts';

/** A call but for what each attempt adds: the host, and the proof of who asks. */
export interface Call extends SignableRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  body: string | null;
  /** What the request line names: the path and the query. */
  line: string;
}

/** What became of an attempt: an answer, an answer that is an error, or an error alone. */
export type Attempt = { answer: Answer; error: null } | { answer: Answer | null; error: Error };

/**
 * One call to one target, proved anew. Throws where nothing was sent: who asks could not be proved, the gateway's key
 * rests, or the caller has left.
 */
export async function attempt(
  { limits, keyRest }: SmsEndpoint,
  target: Target,
  credentials: Credentials,
  call: Call,
  signal: AbortSignal,
): Promise<Attempt> {
  const isProbe = target.circuit.enter();
  let health: Health = 'unknown';
  let verdict: Verdict = 'unknown';
  let heldKey: string | null = null;
  try {
    const now = new Date();
    const proof = credentials({ ...call, headers: { Host: target.host, ...call.headers } }, now);
    const headers = proof instanceof Promise ? await within(signal, proof) : proof;
    if (credentials.isHeldKey) {
      const ak = accessKeyIn(headers);
      const turn = keyRest.enter(ak, signal);
      if (turn !== undefined) await turn;
      heldKey = ak;
    }
    const answer = await answerTo(target, limits, call, headers, signal);
    if (answer instanceof Error) {
      health = healthIn(answer, limits);
      return { answer: null, error: answer };
    }
    health = answer.status < 500 ? 'works' : 'fails';
    verdict = verdictOf(answer);
    if (answer.status >= 200 && answer.status < 300) return { answer, error: null };
    return { answer, error: errorFrom(answer, headers, now, call.body) };
  } finally {
    if (heldKey !== null) keyRest.leave(heldKey, verdict);
    target.circuit.leave(isProbe, health);
  }
}

async function answerTo(
  { origin, connections }: Target,
  limits: SmsLimits,
  { method, line: path, body }: Call,
  headers: SentHeaders,
  signal: AbortSignal,
): Promise<Answer | Error> {
  try {
    const response = await connections.request({ origin, method, path, headers, body, signal });
    try {
      return await readAnswer(response, headers, limits.maxAnswerBytes, body);
    } catch (cause) {
      if (cause instanceof errors.SocketError || cause instanceof errors.ResponseContentLengthMismatchError)
        return new SmsUnreachable('INVALID_ANSWER', 'The answer of SMS broke off. Try later.', { cause });
      throw cause;
    }
  } catch (cause) {
    if (signal.aborted && !(signal.reason instanceof DeadlinePassed)) throw signal.reason;
    return unreachable(cause, limits);
  }
}

/** What a caller can bring about says nothing of SMS: an answer that is too long, a time limit of its own. */
function healthIn(error: Error, limits: SmsLimits): Health {
  if (!(error instanceof SmsUnreachable)) return 'unknown';
  if (error.cause instanceof DeadlinePassed && error.cause.milliseconds < limits.totalTimeout) return 'unknown';
  return error.reason === 'UNREACHABLE' || error.reason === 'TIMEOUT' ? 'fails' : 'unknown';
}
