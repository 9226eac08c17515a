import { errors, jwtVerify } from 'jose';
import { type Loaded, TokenCache } from '../sms/auth/token-cache.ts';
import { RequestRejectedError, SmsUnavailableError } from '../sms/errors/errors.ts';
import type { Transport } from '../sms/http/transport.ts';
import { type Clock, SYSTEM_CLOCK } from '../time/clock.ts';
import { type KeySet, keySetAt } from './key-set.ts';

/** The JWTs that are accepted. */
export interface JwtSettings {
  /** Where the issuer publishes its keys, or the secret that it shares with the gateway. */
  keys: { jwksUrl: string } | { secret: string };
  issuer: string;
  audience: string;
  algorithms: readonly string[];
}

export interface JwtCheck {
  /** Throws `RequestRejectedError` or `SmsUnavailableError` unless the JWT is valid. At once if it is cached. */
  get: TokenCache<void>['get'];
  close(): Promise<void>;
}

/** Signature algorithms with public keys, the only ones that a key set may be used with. */
export const PUBLIC_KEY_ALGORITHMS = 'RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA Ed25519'.split(' ');
export const SECRET_ALGORITHMS = ['HS256', 'HS384', 'HS512'];

/** Short, so that a key that the issuer withdraws is soon of no use. */
const TTL_MS = 60_000;
const CLOCK_TOLERANCE_S = 5;

/** Checks the signature, algorithm, issuer, audience and expiry of JWTs. None of them may be missing. */
export function jwtCheck(
  { keys, issuer, audience, algorithms }: JwtSettings,
  transport: Transport = {},
  clock: Clock = SYSTEM_CLOCK,
): JwtCheck {
  const { getKey, close } = 'secret' in keys ? sharedSecret(keys.secret) : keySetAt(keys.jwksUrl, transport, clock);
  const options = {
    issuer,
    audience,
    algorithms: [...algorithms],
    requiredClaims: ['exp'],
    clockTolerance: CLOCK_TOLERANCE_S,
  };
  const verify = async (jwt: string): Promise<Loaded<void>> => {
    try {
      const { payload } = await jwtVerify(jwt, getKey, { ...options, currentDate: new Date(clock.now()) });
      return { value: undefined, ttl: TTL_MS, endsAt: (payload.exp ?? 0) * 1000 };
    } catch (error) {
      throw jwtError(error);
    }
  };
  const cache = new TokenCache<void>(verify, { clock });
  return { get: (jwt, caller) => cache.get(jwt, caller), close };
}

function sharedSecret(secret: string): KeySet {
  const key = new TextEncoder().encode(secret);
  return { getKey: async () => key, close: async () => {} };
}

/** jose's own messages may contain claims and keys of the JWT. */
function jwtError(error: unknown): Error {
  const rejected = (code: string, message: string) => new RequestRejectedError(401, code, message);
  if (error instanceof errors.JWTExpired)
    return rejected('JWT_EXPIRED', 'The JWT has expired. Get a new one from its issuer.');
  if (error instanceof errors.JOSEError && !(error instanceof errors.JWKSInvalid))
    return rejected('JWT_REFUSED', 'The JWT is not one that this gateway accepts. Get a new one from its issuer.');
  return new SmsUnavailableError('UNREACHABLE', "The keys of the JWT's issuer could not be read. Try later.", {
    code: 'JWKS_UNREACHABLE',
  });
}
