/** One attempt of a call: sign it, send it, record what the result shows. */

import { type Deadline, DeadlineExceededError } from '../../time/deadline.ts';
import { type CredentialProvider, type Credentials, type SignedRequest, signRequest } from '../auth/credentials.ts';
import { assessSignature, NO_ASSESSMENT } from '../auth/signature-outcome.ts';
import type { CallBudget } from '../call-budget.ts';
import { isThrottled, SmsUnavailableError } from '../errors/errors.ts';
import { isClockOff } from '../http/clock-skew.ts';
import { type Exchange, exchange } from '../http/exchange.ts';
import { redactorOf } from '../http/redact.ts';
import type { HttpResponse } from '../http/response.ts';
import { circuitOpenError, type Health } from '../resilience/circuit-breaker.ts';
import type { Permit } from '../resilience/semaphore.ts';
import type { Account } from '../resilience/throttle.ts';
import type { SignableRequest } from '../sign.ts';
import { errorFromResponse } from './error-response.ts';
import type { Endpoint, EndpointPermit, SmsUpstream } from './upstream.ts';

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
  budget: CallBudget | undefined;
}

/** One attempt of a call. */
export class Attempt {
  readonly endpoint: Endpoint;
  readonly #upstream: SmsUpstream;
  readonly #account: Account;
  readonly #permit: Permit;
  readonly #isTrial: boolean;
  readonly #call: PreparedCall;
  /** Null if there is no response that can be read. */
  response: HttpResponse | null = null;
  /** Null if the response is a success. Without a response it says whether anything was sent. */
  error: Error | null = null;
  #signed: SignedRequest | null = null;
  #assessment = NO_ASSESSMENT;

  constructor(upstream: SmsUpstream, { account, endpoint, permit, isTrial }: EndpointPermit, call: PreparedCall) {
    this.endpoint = endpoint;
    this.#upstream = upstream;
    this.#account = account;
    this.#permit = permit;
    this.#isTrial = isTrial;
    this.#call = call;
  }

  /** Sends the call, and releases the permit. Throws if nothing was sent and trying again at once would not change that. */
  async send(credentials: Credentials, deadline: Deadline): Promise<void> {
    const { peer, semaphore } = this.endpoint;
    const { method, target: path, body, budget } = this.#call;
    let sent: Exchange | null = null;
    try {
      let signed = this.#sign(credentials);
      if (signed instanceof Promise) signed = await deadline.within(signed);
      for (let wait = this.#enter(signed, deadline); wait !== undefined; wait = this.#enter(signed, deadline)) {
        await wait;
        // Anew, since time has passed.
        signed = await deadline.within(this.#sign(credentials));
      }
      this.#signed = signed;
      const redactor = redactorOf(signed.secrets, body);
      sent = exchange(peer, { method, path, headers: signed.headers, body }, { deadline, redactor, budget });
      this.response = await sent.response;
      this.error = this.#errorIn(this.response, signed);
    } catch (error) {
      if (sent === null) throw error;
      this.error = error as Error;
    } finally {
      this.#record();
      const release = () => semaphore.release(this.#permit);
      if (sent === null) release();
      else sent.whenReleased(release);
    }
  }

  #sign(credentials: Credentials): SignedRequest | Promise<SignedRequest> {
    const { host } = this.endpoint;
    return signRequest(this.#call, host, credentials, new Date(this.#upstream.options.clock.now()));
  }

  /** What to wait for before the call is signed again. Undefined if it may be sent. */
  #enter(signed: SignedRequest, deadline: Deadline): Promise<void> | undefined {
    const { circuit } = this.endpoint;
    if (circuit.isOpen && !this.#isTrial)
      throw circuitOpenError('SMS', Math.max(1, circuit.retryAfter(this.#permit.group)));
    const keyId = ownKeyOf(signed);
    return keyId === null ? undefined : this.#upstream.keyGuard.enter(keyId, deadline);
  }

  #errorIn(response: HttpResponse, signed: SignedRequest): Error | null {
    const { proof, signedAt } = signed;
    const { query, body } = this.#call;
    const hasClockSkew = !response.isSuccess && signedAt !== null && isClockOff(response.header('date'), signedAt);
    this.#assessment = assessSignature(response, { query, body, proof, isClockOff: hasClockSkew });
    if (response.isSuccess) return null;
    const { fault } = this.#assessment;
    const rejection = fault && { fault, signed, request: this.#call };
    return errorFromResponse(response, this.#upstream.options.clock.now(), rejection);
  }

  /** Comes before the release of the permit, or the call that gets it would still trust the key. */
  #record(): void {
    const { keyGuard, throttle, limits } = this.#upstream;
    const { caller } = this.#permit;
    const keyId = this.#signed && ownKeyOf(this.#signed);
    const { outcome, needsTokenCheck } = this.#assessment;
    if (keyId !== null) needsTokenCheck ? keyGuard.suspect(keyId) : keyGuard.leave(keyId, outcome);
    if (isThrottled(this.error)) throttle.pause(this.#account, this.error.facts.retryAfter ?? null);
    const health = healthIn(this.response, this.error, limits.totalTimeout);
    this.endpoint.circuit.record(this.#isTrial, health, { caller: caller.group, object: this.#call.path });
  }

  /** The response may reject either the key or the caller's token. */
  get needsTokenCheck(): boolean {
    return this.#assessment.needsTokenCheck;
  }

  /** Asks IAM about the token. The permit is free by then, so an IAM that does not respond delays no other call. */
  async checkToken({ recheck }: CredentialProvider, deadline: Deadline): Promise<void> {
    const rejection = await tokenRejection(recheck, deadline);
    const keyId = this.#signed && ownKeyOf(this.#signed);
    const outcome = rejection === null ? this.#assessment.outcome : 'unknown';
    if (keyId !== null) this.#upstream.keyGuard.leave(keyId, outcome, { wasSuspect: true });
    this.error = rejection ?? this.error;
  }
}

/**
 * Failures that a caller can cause prove nothing about SMS: a response that is too long, a short time limit of its own. Nor does
 * a 5xx with one of SMS's own codes, which reports a failure for one object.
 */
function healthIn(response: HttpResponse | null, error: Error | null, totalTimeout: number): Health {
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

/** Why the caller's token is not valid any more, or why IAM does not say. Null if it is still valid. */
async function tokenRejection(recheck: CredentialProvider['recheck'], deadline: Deadline): Promise<Error | null> {
  try {
    await deadline.within(Promise.resolve(recheck?.()));
    return null;
  } catch (error) {
    if (!(error instanceof DeadlineExceededError)) return error as Error;
    const message = 'SMS rejected the call, and IAM did not confirm in time that its token is still valid. Try later.';
    return new SmsUnavailableError('TIMEOUT', message, { code: 'IAM_UNREACHABLE', cause: error, outcome: 'NOT_SENT' });
  }
}
