/**
 * Authentication at the API gateway: a token, a signature, or both. With both, both must be valid, and the token's user
 * decides what is allowed. Messages quote published responses of the real API gateway.
 */
import { timingSafeEqual } from 'node:crypto';
import { ALGORITHM, canonicalRequest, payloadHash, sdkDate, signature, stringToSign } from '../../sms/sign.ts';
import { type EmulatorRequest, queryPairs } from '../http/request.ts';
import type { State, StoredKey, User } from '../world/state.ts';

/** Between `X-Sdk-Date` and the server's clock, either way. Source: the vendor's FAQ. */
const MAX_CLOCK_SKEW_MS = 15 * 60_000;
/** One more invalid signature in a row locks the key. Source: the vendor's FAQ. */
const MAX_FAILURES = 5;
const LOCK_MS = 5 * 60_000;

const AUTHORIZATION = new RegExp(
  `^${ALGORITHM} Access=([^,\\s]+), ?SignedHeaders=([^,\\s]+), ?Signature=([0-9a-f]{64})$`,
);

type Caller = { user: User } | { problem: string };

/** The caller, or what is wrong with the credentials; null without any. */
export function authenticate(request: EmulatorRequest, state: State): Caller | null {
  const { authorization, 'x-auth-token': token } = request.headers;
  const signer = authorization === undefined ? null : signerOf(authorization, request, state);
  if (token === undefined || (signer && 'problem' in signer)) return signer;
  const user = state.validToken(token)?.user;
  return user ? { user } : invalid('decrypt token fail');
}

/** For a request without credentials. */
export const NO_CREDENTIALS = 'Incorrect IAM authentication information: x-auth-token not found';

function invalid(reason: string): Caller {
  return { problem: `Incorrect IAM authentication information: ${reason}` };
}

function signerOf(authorization: string, request: EmulatorRequest, state: State): Caller {
  const [, ak, signedHeaders, sent] = AUTHORIZATION.exec(authorization) ?? [];
  if (!ak || !signedHeaders || !sent) return invalid('authorization format is incorrect');
  const key = state.keys.get(ak);
  if (!key) return invalid(`Get secretKey failed,ak ${ak.slice(0, 64)} not exist`);
  if (key.lockedUntil > state.authTime()) return invalid('AK access failed to reach the limit,forbidden');
  const headerNames = signedHeaders.split(';');
  const reason =
    dateProblem(request, state) ??
    signatureProblem(key, headerNames, sent, request, state) ??
    temporaryKeyProblem(key, headerNames, request, state);
  return reason === null ? { user: key.user } : invalid(reason);
}

function dateProblem(request: EmulatorRequest, state: State): string | null {
  const date = request.headers['x-sdk-date'] ?? '';
  const time = Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  if (!/^\d{8}T\d{6}Z$/.test(date) || Number.isNaN(time))
    return 'x-sdk-date is not a date of the form YYYYMMDDTHHMMSSZ';
  if (Math.abs(state.authTime() - time) <= MAX_CLOCK_SKEW_MS) return null;
  return `signature expired, signature time:${date},server time:${sdkDate(new Date(state.authTime()))}`;
}

/** Counts failures in a row and locks the key after too many. */
function signatureProblem(
  key: StoredKey,
  headerNames: string[],
  sent: string,
  request: EmulatorRequest,
  state: State,
): string | null {
  const canonical = canonicalRequest({ ...request, query: queryPairs(request) }, headerNames);
  const expected = signature(stringToSign(request.headers['x-sdk-date'] ?? '', canonical), key.sk);
  if (timingSafeEqual(Buffer.from(expected), Buffer.from(sent)) && payloadHashMatches(request)) {
    key.failures = 0;
    return null;
  }
  key.failures += 1;
  if (key.failures > MAX_FAILURES) {
    key.failures = 0;
    key.lockedUntil = state.authTime() + LOCK_MS;
  }
  return `verify aksk signature fail, canonicalRequest:${canonical.replaceAll('\n', '|')}`;
}

// The header replaces the hash of the body in the signature, so it must be the hash of this body.
function payloadHashMatches({ headers, body }: EmulatorRequest): boolean {
  const hash = headers['x-sdk-content-sha256'];
  return hash === undefined || hash === 'UNSIGNED-PAYLOAD' || hash === payloadHash(body);
}

// A temporary key works only with its own security token, and the signature must cover the token.
function temporaryKeyProblem(
  { temporary }: StoredKey,
  headerNames: string[],
  request: EmulatorRequest,
  state: State,
): string | null {
  const securityToken = request.headers['x-security-token'];
  if (securityToken !== temporary?.securityToken || (temporary && !headerNames.includes('x-security-token'))) {
    return 'the security token does not belong to the access key';
  }
  return temporary && temporary.expiresAt <= state.authTime() ? 'the security token has expired' : null;
}
