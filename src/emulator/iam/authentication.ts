/**
 * Who is asking: the front door of the API, which takes a token, a signature, or both. With both, both must be right
 * and the token's user decides what is allowed. Wordings follow answers of the real gateway seen in public.
 */
import { timingSafeEqual } from 'node:crypto';
import { ALGORITHM, canonicalRequest, payloadHash, sdkDate, signature, stringToSign } from '../../sms/sign.ts';
import { queryOf } from '../http/request.ts';
import type { EmulatorRequest } from '../http/router.ts';
import type { State, StoredKey, User } from '../world/state.ts';

/** How far `X-Sdk-Date` may be from the server's time, in ms, either way. Source: the vendor's FAQ. */
const SIGNATURE_WINDOW = 15 * 60_000;
/** More than this many refused signatures in a row lock a key. Source: the vendor's FAQ. */
const FAILURES_ALLOWED = 5;
const LOCK = 5 * 60_000;

const AUTHORIZATION = new RegExp(
  `^${ALGORITHM} Access=([^,\\s]+), ?SignedHeaders=([^,\\s]+), ?Signature=([0-9a-f]{64})$`,
);

/** The user, or why not; `null` when the request brings no credentials at all. */
export type Caller = { user: User } | { refused: string } | null;

export function callerOf(request: EmulatorRequest, state: State): Caller {
  const { authorization, 'x-auth-token': token } = request.headers;
  const signer = authorization === undefined ? null : signerOf(authorization, request, state);
  if (signer && 'refused' in signer) return signer;
  if (token === undefined) return signer;
  const known = state.validToken(token);
  return known ? { user: known.user } : refused('decrypt token fail');
}

/** For a request without credentials. */
export const NO_CREDENTIALS = 'Incorrect IAM authentication information: x-auth-token not found';

function refused(reason: string): { refused: string } {
  return { refused: `Incorrect IAM authentication information: ${reason}` };
}

function signerOf(authorization: string, request: EmulatorRequest, state: State): Exclude<Caller, null> {
  const [, ak, names, given] = AUTHORIZATION.exec(authorization) ?? [];
  if (!ak || !names || !given) return refused('authorization format is incorrect');
  const key = state.keys.get(ak);
  if (!key) return refused(`Get secretKey failed,ak ${ak.slice(0, 64)} not exist`);
  if (key.lockedUntil > state.authTime()) return refused('AK access failed to reach the limit,forbidden');
  const reason = dateRefusal(request, state) ?? signatureRefusal(key, names.split(';'), given, request, state);
  return reason === null ? { user: key.user } : refused(reason);
}

function dateRefusal(request: EmulatorRequest, state: State): string | null {
  const date = request.headers['x-sdk-date'] ?? '';
  const time = Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  if (!/^\d{8}T\d{6}Z$/.test(date) || Number.isNaN(time))
    return 'x-sdk-date is not a date of the form YYYYMMDDTHHMMSSZ';
  if (Math.abs(state.authTime() - time) <= SIGNATURE_WINDOW) return null;
  return `signature expired, signature time:${date},server time:${sdkDate(new Date(state.authTime()))}`;
}

function signatureRefusal(
  key: StoredKey,
  names: string[],
  given: string,
  request: EmulatorRequest,
  state: State,
): string | null {
  const canonical = canonicalRequest({ ...request, query: queryOf(request) }, names);
  const expected = signature(stringToSign(request.headers['x-sdk-date'] ?? '', canonical), key.sk);
  if (!timingSafeEqual(Buffer.from(expected), Buffer.from(given)) || !payloadIsTrue(request)) {
    key.failures += 1;
    if (key.failures > FAILURES_ALLOWED) {
      key.failures = 0;
      key.lockedUntil = state.authTime() + LOCK;
    }
    return `verify aksk signature fail, canonicalRequest:${canonical.replaceAll('\n', '|')}`;
  }
  key.failures = 0;
  return temporaryRefusal(key, names, request, state);
}

// The header may replace the hash of the body in what is signed, but it must not lie about the body.
function payloadIsTrue({ headers, body }: EmulatorRequest): boolean {
  const claimed = headers['x-sdk-content-sha256'];
  return claimed === undefined || claimed === 'UNSIGNED-PAYLOAD' || claimed === payloadHash(body);
}

// A temporary key and its security token belong together: neither works alone, and the signature covers both.
function temporaryRefusal(key: StoredKey, names: string[], request: EmulatorRequest, state: State): string | null {
  const brought = request.headers['x-security-token'];
  if (!key.temporary) return brought === undefined ? null : 'the security token does not belong to the access key';
  if (brought !== key.temporary.securityToken || !names.includes('x-security-token')) {
    return 'the security token does not belong to the access key';
  }
  return key.temporary.expiresAt > state.authTime() ? null : 'the security token has expired';
}
