import { isLoopback } from '../sms/http/loopback.ts';
import type { EnvReader } from './env-reader.ts';

/** What `serviceOrigin` allows, for the documentation. */
export const SERVICE_ORIGIN = 'https; http only on loopback; no path';

/** The origin of a service to call: https, or http on a loopback address. */
export function serviceOrigin(env: EnvReader, name: string, text: string): string {
  const url = URL.parse(text);
  if (url !== null && url.href === `${url.origin}/` && isHttpsOrLoopback(url)) return url.origin;
  // Not repeated: a URL may contain a password.
  env.addProblem(
    name,
    'is not valid. Allowed: https://host or https://host:port without a path; http only on a loopback address.',
  );
  return '';
}

export function isHttpsOrLoopback({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}

/** Whether the user and password of a URL can be decoded. */
export function hasValidEscapes({ username, password }: URL): boolean {
  try {
    decodeURIComponent(`${username}:${password}`);
    return true;
  } catch {
    return false;
  }
}
