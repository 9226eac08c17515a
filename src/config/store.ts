import { hasValidEscapes } from './addresses.ts';
import type { EnvReader } from './env-reader.ts';

/** The URL of the Redis or Valkey in which processes share state, or null. Never printed: it may contain a password. */
export function readRedisUrl(env: EnvReader): string | null {
  const text = env.section('Several replicas').text('REDIS_URL', 'Redis or Valkey server that replicas share', {
    default: 'none: each replica works alone',
    allowed:
      '`redis://user:password@host:port/database`, or `rediss://` with TLS, for which `SMS_CA_FILE` applies too; everything but the host is optional; `%` escapes in the password',
    isSecret: true,
  });
  if (text === undefined) return null;
  const url = URL.parse(text);
  const isValid =
    url !== null &&
    ['redis:', 'rediss:'].includes(url.protocol) &&
    url.hostname !== '' &&
    hasValidEscapes(url) &&
    /^(?:\/\d{0,2})?$/.test(url.pathname) &&
    url.search === '' &&
    url.hash === '';
  if (!isValid)
    env.addProblem(
      'REDIS_URL',
      'is not valid. Allowed: redis://user:password@host:port/database, or rediss:// with TLS; only the host is required.',
    );
  return text;
}
