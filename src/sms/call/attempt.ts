/** One attempt of a call: sign it, send it, record what the result shows. */
import { type CredentialProvider, type Credentials, type SignedRequest, signRequest } from '../auth/credentials.ts';
import { assessSignature, NO_ASSESSMENT, type SignatureAssessment } from '../auth/signature-outcome.ts';
import type { Budget } from '../budget/request-budget.ts';
import { isThrottled, SmsUnavailableError } from '../errors/errors.ts';
import { notSent } from '../errors/outcome.ts';
import { isClockOff } from '../http/clock-skew.ts';
import { DeadlineExceededError, within } from '../http/deadline.ts';
import { exchange } from '../http/exchange.ts';
import { redactorOf } from '../http/redact.ts';
import { HttpResponse } from '../http/response.ts';
import { circuitOpenError, type Health } from '../resilience/circuit-breaker.ts';
import type { SignableRequest } from '../sign.ts';
import { errorFromResponse } from './error-response.ts';
import type { EndpointPermit, SmsUpstream } from './upstream.ts';

/** A call without what each attempt adds: the host, and what proves the caller. */
export interface PreparedCall extends SignableRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  body: string | null;
  /** The path with the query. */
  target: string;
  /** The id of the request that made the call. */
  requestId: string;
  onlyReads: boolean;
  /** Pays for the bytes of the response. */
  budget: Budget | undefined;
}

/**
 * - `held-back`: nothing was sent, and trying again at once would not change that.
 * - `failed`: there is no response that can be read. The error says whether anything was sent.
 * - `responded`: there is a response. It is a success if there is no error.
 */
export type AttemptResult =
  | { kind: 'held-back' | 'failed'; response: null; error: Error }
  | (Responded & ({ error: Error } | { error: null }));

interface Responded {
  kind: 'responded';
  response: HttpResponse;
  signed: SignedRequest;
  assessment: SignatureAssessment;
}

/** Makes one attempt, and releases the permit. */
export async function attempt(
  upstream: SmsUpstream,
  granted: EndpointPermit,
  credentials: Credentials,
  call: PreparedCall,
  signal: AbortSignal,
): Promise<AttemptResult> {
  const { endpoint, permit } = granted;
  const release = () => endpoint.semaphore.release(permit);
  let signed: SignedRequest;
  try {
    signed = await signWhenAllowed(upstream, granted, credentials, call, signal);
  } catch (error) {
    record(upstream, granted, call, null, null);
    release();
    return { kind: 'held-back', response: null, error: notSent(error) as Error };
  }
  const { method, target, body, budget } = call;
  const redactor = redactorOf(signed.secrets, body);
  const request = { method, path: target, headers: signed.headers, body };
  const sent = exchange(endpoint.peer, request, { signal, redactor, budget });
  let result: AttemptResult | null = null;
  try {
    result = await resultOf(sent.response, upstream, call, signed);
    return result;
  } finally {
    record(upstream, granted, call, signed, result);
    sent.released.then(release);
  }
}

/** Signs once the circuit breaker and the key lockout guard allow it, and anew after each wait: time has passed. */
async function signWhenAllowed(
  { keyGuard, options: { clock } }: SmsUpstream,
  { endpoint, permit, isTrial }: EndpointPermit,
  credentials: Credentials,
  call: PreparedCall,
  signal: AbortSignal,
): Promise<SignedRequest> {
  const request = { ...call, headers: { Host: endpoint.host, ...call.headers } };
  for (;;) {
    const signed = await within(signal, signRequest(request, credentials, new Date(clock.now())));
    if (endpoint.circuit.isOpen && !isTrial)
      throw circuitOpenError('SMS', Math.max(1, endpoint.circuit.retryAfter(permit.group)));
    const keyId = ownKeyOf(signed);
    const wait = keyId === null ? undefined : keyGuard.enter(keyId, signal);
    if (wait === undefined) return signed;
    await wait;
  }
}

async function resultOf(
  promise: Promise<HttpResponse>,
  { options: { clock } }: SmsUpstream,
  { query, body }: PreparedCall,
  signed: SignedRequest,
): Promise<AttemptResult> {
  const response = await promise.catch((error: Error) => error);
  if (!(response instanceof HttpResponse)) return { kind: 'failed', response: null, error: response };
  const { proof, signedAt } = signed;
  const hasClockSkew = signedAt !== null && isClockOff(response.header('date'), signedAt);
  const assessment = assessSignature(response, { query, body, proof, isClockOff: hasClockSkew });
  const rejection = assessment.fault && { fault: assessment.fault, signedAt, proof };
  const error = response.isSuccess ? null : errorFromResponse(response, clock.now(), rejection);
  return { kind: 'responded', response, error, signed, assessment };
}

/** Comes before the release of the permit, or the call that gets it would still trust the key. */
function record(
  { keyGuard, throttle, limits }: SmsUpstream,
  { endpoint, permit, isTrial }: EndpointPermit,
  call: PreparedCall,
  signed: SignedRequest | null,
  result: AttemptResult | null,
): void {
  const keyId = signed && ownKeyOf(signed);
  const { outcome, needsTokenCheck } = result?.kind === 'responded' ? result.assessment : NO_ASSESSMENT;
  if (keyId !== null) needsTokenCheck ? keyGuard.suspect(keyId) : keyGuard.leave(keyId, outcome);
  if (isThrottled(result?.error)) throttle.pause(permit.caller, result.error.facts.retryAfter ?? null);
  const health = result === null ? 'unknown' : healthIn(result, limits.totalTimeout);
  endpoint.circuit.record(isTrial, health, { caller: permit.caller.group, object: call.path });
}

/**
 * What a caller can cause says nothing about SMS: a response that is too long, a short time limit of its own. Nor does
 * a 5xx with one of SMS's own codes, which says that SMS failed with this object.
 */
function healthIn({ response, error }: AttemptResult, totalTimeout: number): Health {
  if (response !== null) {
    if (response.status < 500) return 'healthy';
    return /^SMS\.\d/.test(response.error.code) ? 'unknown' : 'failing';
  }
  if (!(error instanceof SmsUnavailableError)) return 'unknown';
  if (error.cause instanceof DeadlineExceededError && error.cause.milliseconds < totalTimeout) return 'unknown';
  if (error.reason !== 'UNREACHABLE' && error.reason !== 'TIMEOUT') return 'unknown';
  return error.outcome === 'NOT_SENT' ? 'unreachable' : 'failing';
}

/** The gateway's own key if it signed the request. */
function ownKeyOf({ proof, accessKeyId }: SignedRequest): string | null {
  return proof.key === 'own' ? accessKeyId : null;
}

/**
 * If the response may reject either the key or the caller's token, asks IAM about the token. The permit is free by
 * then, so an IAM that does not respond delays no other call.
 */
export async function withTokenCheck(
  { keyGuard }: SmsUpstream,
  result: AttemptResult,
  provider: CredentialProvider,
  signal: AbortSignal,
): Promise<AttemptResult> {
  if (result.kind !== 'responded' || !result.assessment.needsTokenCheck) return result;
  const rejection = await tokenRejection(provider, signal);
  const keyId = ownKeyOf(result.signed);
  const outcome = rejection === null ? result.assessment.outcome : 'unknown';
  if (keyId !== null) keyGuard.leave(keyId, outcome, { wasSuspect: true });
  return rejection === null ? result : { ...result, error: rejection };
}

/** Why the caller's token is not valid any more, or why IAM does not say. Null if it is still valid. */
async function tokenRejection({ recheck }: CredentialProvider, signal: AbortSignal): Promise<Error | null> {
  try {
    await within(signal, Promise.resolve(recheck?.()));
    return null;
  } catch (error) {
    if (!(error instanceof DeadlineExceededError)) return error as Error;
    const message = 'SMS rejected the call, and IAM did not confirm in time that its token is still valid. Try later.';
    return new SmsUnavailableError('TIMEOUT', message, { code: 'IAM_UNREACHABLE', cause: error, outcome: 'NOT_SENT' });
  }
}
