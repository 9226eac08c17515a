/** The part of IAM that the gateway asks about the tokens of its callers. Nothing that IAM says is repeated to them. */
import { type Answer, readAnswer } from './answer.ts';
import { Circuit, circuitOpen, type Health } from './circuit.ts';
import { redactorOf } from './clean.ts';
import { SYSTEM_CLOCK } from './clock.ts';
import type { HeldKey } from './credentials.ts';
import { Deadline, within } from './deadline.ts';
import { jsonIn } from './download.ts';
import type { SmsLimits } from './endpoint.ts';
import { SmsRefused, SmsUnreachable } from './errors.ts';
import { retryAfter } from './refusal.ts';
import { connectionsTo, type Transport } from './transport.ts';
import { unreachable } from './unreachable.ts';

export interface Iam {
  /** Whose token it is, and until when (epoch ms). Throws `SmsRefused` where it is not valid. */
  tokenOf(token: string): Promise<CheckedToken>;
  /** A temporary key with the rights of the token, and until when (epoch ms). Throws `SmsRefused`. */
  keyFor(token: string): Promise<{ key: HeldKey; expiresAt: number }>;
  close(): Promise<void>;
}

export interface CheckedToken {
  expiresAt: number;
  /** The account of the token's user, where IAM says it. */
  domainId: string | null;
}

/** An answer holds a catalogue of services, or a token. */
const MAX_ANSWER_BYTES = 1024 ** 2;
/** Milliseconds; nobody waits longer for it than for SMS. */
const LONGEST_CALL = 10_000;
const CONNECTIONS = 8;
/** Calls that run or wait; whoever sends made-up tokens must not fill the memory. */
const MOST_UNDER_WAY = 256;
/** Seconds that a temporary key lives: IAM's least, for a key outlives the token that it was made of. */
const KEY_LIFETIME = 900;

export function iamAt(origin: string, limits: SmsLimits, transport: Transport = {}, clock = SYSTEM_CLOCK): Iam {
  const bounds = { ...limits, connections: CONNECTIONS, totalTimeout: Math.min(limits.totalTimeout, LONGEST_CALL) };
  const connections = connectionsTo(origin, bounds, transport);
  const circuit = new Circuit(clock.monotonic);
  let underWay = 0;

  const ask = async (method: 'GET' | 'POST', path: string, headers: Record<string, string>, body?: object) => {
    if (circuit.wait > 0) throw circuitOpen('IAM', circuit.wait);
    if (underWay >= MOST_UNDER_WAY) throw overloaded();
    underWay += 1;
    const isProbe = circuit.enter();
    const deadline = new Deadline(bounds.totalTimeout);
    let health: Health = 'fails';
    try {
      const sent = { 'Content-Type': 'application/json', ...headers };
      const request = connections.request({
        origin,
        method,
        path,
        headers: sent,
        body: body === undefined ? null : JSON.stringify(body),
        signal: deadline.signal,
      });
      // Undici itself looks at the signal only once it has a connection.
      const response = await within(deadline.signal, request);
      const answer = await readAnswer(response, redactorOf(sent), MAX_ANSWER_BYTES);
      if (answer.status < 500) health = 'works';
      return answer;
    } catch (cause) {
      const error = iamUnreachable(cause, bounds);
      // Sockets that the gateway lacks say nothing of IAM.
      if (error instanceof SmsUnreachable && error.reason === 'OVERLOADED') health = 'unknown';
      throw error;
    } finally {
      underWay -= 1;
      deadline.clear();
      circuit.leave(isProbe, health);
    }
  };

  return {
    async tokenOf(token) {
      const answer = await ask('GET', '/v3/auth/tokens', { 'X-Auth-Token': token, 'X-Subject-Token': token });
      const { token: found } = foundIn<TokenAnswer>(answer);
      const expiresAt = Date.parse(String(found?.expires_at));
      if (Number.isNaN(expiresAt)) throw notAsPromised();
      if (expiresAt <= clock.now()) throw tokenRefused();
      const domainId = found?.user?.domain?.id;
      return { expiresAt, domainId: typeof domainId === 'string' ? domainId : null };
    },

    async keyFor(token) {
      const identity = { methods: ['token'], token: { id: token, duration_seconds: KEY_LIFETIME } };
      const path = '/v3.0/OS-CREDENTIAL/securitytokens';
      const answer = await ask('POST', path, { 'X-Auth-Token': token }, { auth: { identity } });
      const { access, secret, securitytoken, expires_at } = foundIn<KeyAnswer>(answer).credential ?? {};
      const expiresAt = Date.parse(String(expires_at));
      if (!isHeader(access) || typeof secret !== 'string' || !isHeader(securitytoken) || Number.isNaN(expiresAt))
        throw notAsPromised();
      return { key: { ak: access, sk: secret, securityToken: securitytoken }, expiresAt };
    },

    close: () => connections.destroy(),
  };
}

interface TokenAnswer {
  token?: { expires_at?: unknown; user?: { domain?: { id?: unknown } } };
}

interface KeyAnswer {
  credential?: { access?: unknown; secret?: unknown; securitytoken?: unknown; expires_at?: unknown };
}

function foundIn<Body extends object>(answer: Answer): Body {
  const { status } = answer;
  if (status >= 200 && status < 300) {
    const body = jsonIn(answer.bytes);
    if (typeof body === 'object' && body !== null) return body as Body;
    throw notAsPromised();
  }
  const facts = { retryAfter: retryAfter(answer.header('retry-after'), answer.header('date')) };
  if (status === 429)
    throw new SmsRefused(429, 'IAM_THROTTLED', 'IAM is asked too often. Wait, then try again.', facts);
  if (status === 403)
    throw new SmsRefused(
      403,
      'IAM_FORBIDDEN',
      'IAM does not let the user of the token ask for this. Ask an administrator.',
    );
  if (status >= 400 && status < 500 && status !== 408) throw tokenRefused();
  const message = `IAM failed with HTTP ${status}. Try later.`;
  throw new SmsUnreachable('UPSTREAM_ERROR', message, { code: 'IAM_FAILED', facts });
}

function tokenRefused(): SmsRefused {
  return new SmsRefused(401, 'TOKEN_REFUSED', 'IAM says that the token is not valid, or no longer. Get a new token.');
}

/** What broke within an answer may hold a piece of it, so it is no cause to keep. */
function iamUnreachable(cause: unknown, limits: SmsLimits): Error {
  const error = unreachable(cause, limits, { who: 'IAM', afterTimeout: 'Nothing was sent to SMS. Try later.' });
  if (!(error instanceof SmsUnreachable)) return error;
  if (error.reason === 'INVALID_ANSWER') return notAsPromised();
  if (error.reason === 'OVERLOADED') return error;
  return new SmsUnreachable(error.reason, error.message, { code: 'IAM_UNREACHABLE', cause });
}

function overloaded(): SmsUnreachable {
  return new SmsUnreachable('OVERLOADED', 'Too many tokens are being checked. Try later.', { code: 'IAM_OVERLOADED' });
}

function notAsPromised(): SmsUnreachable {
  return new SmsUnreachable('INVALID_ANSWER', 'IAM answered with something else than it promises. Try later.', {
    code: 'IAM_INVALID_ANSWER',
  });
}

/** What can stand in a header of a call. */
function isHeader(text: unknown): text is string {
  return typeof text === 'string' && /^[\x21-\x7e]+$/.test(text);
}
