import type { Environment } from './settings.ts';
import { isEncoded } from './upstream.ts';

/** The Redis or Valkey in which processes share state; null where each works alone. It may hold a password, so it is never shown. */
export function readRedisUrl(settings: Environment): string | null {
  const text = settings.text('REDIS_URL');
  if (text === undefined) return null;
  const url = URL.parse(text);
  const isUsable =
    url !== null &&
    ['redis:', 'rediss:'].includes(url.protocol) &&
    url.hostname !== '' &&
    [url.username, url.password].every(isEncoded) &&
    /^(?:\/\d{0,2})?$/.test(url.pathname) &&
    url.search === '' &&
    url.hash === '';
  if (!isUsable)
    settings.wrong(
      'REDIS_URL',
      'is not acceptable. Allowed: redis://user:password@host:port/database, or rediss:// with TLS; all but the host can be left out.',
    );
  return text;
}
