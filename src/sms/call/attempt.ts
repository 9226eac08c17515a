/** One attempt of a call: sign it, send it, record what it showed. */
import { type CredentialProvider, type Credentials, type SignedRequest, signRequest } from '../auth/credentials.ts';
import { assessSignature, type SignatureOutcome } from '../auth/signature-outcome.ts';
import type { Budget } from '../budget/request-budget.ts';
import { isThrottled, SmsUnavailableError } from '../errors/errors.ts';
import { notSent } from '../errors/outcome.ts';
import { isClockOff } from '../http/clock-skew.ts';
import { DeadlineExceededError, within } from '../http/deadline.ts';
import { exchange } from '../http/exchange.ts';
import { redactorOf } from '../http/redact.ts';
import type { HttpResponse } from '../http/response.ts';
import { circuitOpenError, type Health } from '../resilience/circuit-breaker.ts';
import type { SignableRequest } from '../sign.ts';
import { errorFromResponse } from './error-response.ts';
import type { EndpointPermit, SmsUpstream } from './upstream.ts';

/** SMS's own codes, as opposed to those of proxies and of the API gateway. */
const SMS_CODE = /^SMS\.\d/;

/** A call without what each attempt adds: the host, and what proves the caller. */
export interface PreparedCall extends SignableRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  body: string | null;
  /** The path with the query. */
  target: string;
  /** The bytes of the response are taken from it. */
  budget?: Budget | undefined;
}

/** The response rejects the credentials, and only IAM can say whether the caller's token is at fault. */
interface Suspicion {
  ownKeyId: string | null;
  /** What the response means for that key if the token is valid. */
  outcome: SignatureOutcome;
}

/**
 * - `held-back`: nothing was sent, and trying again at once would not change that.
 * - `failed`: there is no response, or none that can be read. The error says whether anything was sent.
 * - `rejected`: the response is an error.
 */
export type AttemptResult =
  | { kind: 'held-back' | 'failed'; response: null; error: Error }
  | { kind: 'rejected'; response: HttpResponse; error: Error; suspicion: Suspicion | null }
  | { kind: 'success'; response: HttpResponse; error: null };

/** Result of an attempt, and what it shows about the endpoint and about the key that signed. */
interface Observation {
  result: AttemptResult;
  health: Health;
  signature: SignatureOutcome;
}

/** Makes one attempt, and releases the permit. */
export async function attempt(
  upstream: SmsUpstream,
  place: EndpointPermit,
  credentials: Credentials,
  call: PreparedCall,
  signal: AbortSignal,
): Promise<AttemptResult> {
  const { endpoint, permit } = place;
  let signed: SignedRequest;
  try {
    signed = await signWhenAllowed(upstream, place, credentials, call, signal);
  } catch (error) {
    recordHealth(place, call, 'unknown');
    endpoint.semaphore.release(permit);
    return { kind: 'held-back', response: null, error: notSent(error) as Error };
  }
  const { method, target, body, budget } = call;
  const request = { method, path: target, headers: signed.headers, body };
  const sent = exchange(endpoint.peer, request, { signal, redactor: redactorOf(signed.secrets, body), budget });
  let observation: Observation | null = null;
  try {
    observation = await observe(upstream, call, signed, sent.response);
    return observation.result;
  } finally {
    record(upstream, place, call, signed, observation);
    sent.whenReleased(() => endpoint.semaphore.release(permit));
  }
}

/** Signs when the circuit breaker and the key lockout guard allow the request: anew after each wait, for time has passed. */
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
    const keyId = ownKeyIn(signed);
    const wait = keyId === null ? undefined : keyGuard.enter(keyId, signal);
    if (wait === undefined) return signed;
    await wait;
  }
}

/** The gateway's own key that signed a request. Null if another key did, or none. */
function ownKeyIn({ proof, accessKeyId }: SignedRequest): string | null {
  return proof.key === 'own' ? accessKeyId : null;
}

async function observe(
  { limits, options: { clock } }: SmsUpstream,
  { query, body }: PreparedCall,
  signed: SignedRequest,
  promise: Promise<HttpResponse>,
): Promise<Observation> {
  let response: HttpResponse;
  try {
    response = await promise;
  } catch (error) {
    const result = { kind: 'failed', response: null, error: error as Error } as const;
    return { result, health: healthAfter(error, limits.totalTimeout), signature: 'unknown' };
  }
  const { proof, signedAt } = signed;
  const clockOff = signedAt !== null && isClockOff(response.header('date'), signedAt);
  const { fault, outcome, needsTokenCheck } = assessSignature(response, { query, body, proof, isClockOff: clockOff });
  if (response.isSuccess)
    return { result: { kind: 'success', response, error: null }, health: 'healthy', signature: outcome };
  const error = errorFromResponse(response, clock.now(), fault && { fault, request: signed });
  const suspicion = needsTokenCheck ? { ownKeyId: ownKeyIn(signed), outcome } : null;
  return {
    result: { kind: 'rejected', response, error, suspicion },
    health: healthIn(response),
    signature: outcome,
  };
}

/** SMS's own code under a 5xx says that SMS failed with what it was asked for, not that it is failing as a whole. */
function healthIn({ status, error }: HttpResponse): Health {
  if (status < 500) return 'healthy';
  return SMS_CODE.test(error.code) ? 'unknown' : 'failing';
}

/** What a caller can cause says nothing about SMS: a response that is too long, a short time limit of its own. */
function healthAfter(error: unknown, totalTimeout: number): Health {
  if (!(error instanceof SmsUnavailableError)) return 'unknown';
  if (error.cause instanceof DeadlineExceededError && error.cause.milliseconds < totalTimeout) return 'unknown';
  if (error.reason !== 'UNREACHABLE' && error.reason !== 'TIMEOUT') return 'unknown';
  return error.outcome === 'NOT_SENT' ? 'unreachable' : 'failing';
}

/** Must come before the permit is released, or the call that gets it would still trust the key. */
function record(
  { keyGuard, throttle }: SmsUpstream,
  place: EndpointPermit,
  call: PreparedCall,
  signed: SignedRequest,
  observation: Observation | null,
): void {
  const { result = null, health = 'unknown', signature = 'unknown' } = observation ?? {};
  const keyId = ownKeyIn(signed);
  const isSuspect = result?.kind === 'rejected' && result.suspicion !== null;
  if (keyId !== null) isSuspect ? keyGuard.suspect(keyId) : keyGuard.leave(keyId, signature);
  if (isThrottled(result?.error)) throttle.pause(place.permit.caller, result.error.facts.retryAfter ?? null);
  recordHealth(place, call, health);
}

function recordHealth({ endpoint, permit, isTrial }: EndpointPermit, call: PreparedCall, health: Health): void {
  endpoint.circuit.record(isTrial, health, { caller: permit.caller.group, object: call.path });
}

/** The result of an attempt under suspicion once IAM has been asked. The permit is free by then. */
export async function settleSuspicion(
  { keyGuard }: SmsUpstream,
  result: AttemptResult,
  provider: CredentialProvider,
  signal: AbortSignal,
): Promise<AttemptResult> {
  if (result.kind !== 'rejected' || result.suspicion === null) return result;
  const { ownKeyId, outcome } = result.suspicion;
  const rejection = await tokenRejection(provider, signal);
  if (ownKeyId !== null) keyGuard.leave(ownKeyId, rejection === null ? outcome : 'unknown', { wasSuspect: true });
  return rejection === null ? result : { ...result, error: rejection };
}

/** Why the caller's token is not valid any more, or why IAM does not say. Null if it is still valid. */
async function tokenRejection({ recheck }: CredentialProvider, signal: AbortSignal): Promise<Error | null> {
  try {
    await within(signal, Promise.resolve(recheck?.()));
    return null;
  } catch (error) {
    if (!(error instanceof DeadlineExceededError)) return error as Error;
    const message = 'SMS rejected the call, and IAM did not say in time whether its token is still valid. Try later.';
    return new SmsUnavailableError('TIMEOUT', message, { code: 'IAM_UNREACHABLE', cause: error, outcome: 'NOT_SENT' });
  }
}
