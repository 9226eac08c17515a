import { errors, jwtVerify } from 'jose';
import { type Known, TokenCache } from '../sms/auth/token-cache.ts';
import { type Clock, SYSTEM_CLOCK } from '../sms/clock.ts';
import { RequestRejectedError, SmsUnavailableError } from '../sms/errors/errors.ts';
import type { CallerIdentity } from '../sms/fairness/caller-identity.ts';
import type { Transport } from '../sms/http/transport.ts';
import { type KeySet, keySetAt } from './key-set.ts';

/** Which JWTs are taken. */
export interface JwtSettings {
  /** Where the public keys of the issuer are, or the secret that it shares with the gateway. */
  keys: { jwksUrl: string } | { secret: string };
  issuer: string;
  audience: string;
  algorithms: readonly string[];
}

/** At once where the JWT was verified lately. Throws `SmsRefused` or `SmsUnreachable`. */
export interface JwtCheck {
  (jwt: string, caller?: CallerIdentity): void | Promise<void>;
  close(): Promise<void>;
}

/** Signatures of public keys, the ones a key set may be used with. */
export const PUBLIC_KEY_ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
export const SECRET_ALGORITHMS = ['HS256', 'HS384', 'HS512'];

/** Milliseconds that a verified JWT is believed, so that a key that is withdrawn does not live on for long. */
const BELIEVED_FOR = 60_000;
/** Seconds that the clock of an issuer may be off. */
const CLOCK_TOLERANCE = 5;

/** A check of JWTs: signature, algorithm, issuer, audience and time, of which none may be missing. */
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
    clockTolerance: CLOCK_TOLERANCE,
  };
  const verify = async (jwt: string): Promise<Known<void>> => {
    try {
      const { payload } = await jwtVerify(jwt, getKey, { ...options, currentDate: new Date(clock.now()) });
      return { value: undefined, ttl: BELIEVED_FOR, endsAt: (payload.exp ?? 0) * 1000 };
    } catch (error) {
      throw failureOf(error);
    }
  };
  const verified = new TokenCache<void>(verify, { clock });
  return Object.assign((jwt: string, caller?: CallerIdentity) => verified.of(jwt, caller), { close });
}

function sharedSecret(secret: string): KeySet {
  const key = new TextEncoder().encode(secret);
  return { getKey: async () => key, close: async () => {} };
}

/** In our own words: jose's may name claims and keys of the JWT. */
function failureOf(error: unknown): Error {
  if (error instanceof errors.JWTExpired)
    return new RequestRejectedError(401, 'JWT_EXPIRED', 'The JWT has expired. Get a new one from its issuer.');
  if (error instanceof errors.JOSEError && !(error instanceof errors.JWKSInvalid))
    return new RequestRejectedError(
      401,
      'JWT_REFUSED',
      'The JWT is not one that this gateway takes. Get one from its issuer.',
    );
  return new SmsUnavailableError('UNREACHABLE', "The keys of the JWT's issuer could not be read. Try later.", {
    code: 'JWKS_UNREACHABLE',
  });
}
