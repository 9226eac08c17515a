import { statSync } from 'node:fs';
import type { KeySource } from '../sms/auth/credentials.ts';
import { KeyUnusableError, keyInText, textOf } from './key-file.ts';

const CHECK_INTERVAL_MS = 1_000;

/**
 * The key in a file that another program renews, read again when the file has changed. If the change cannot be used,
 * for instance because it is half written, the old key stays in use and `warn` is called once. Throws
 * `KeyUnusableError` if there is no key at first. `now` is a monotonic clock in ms.
 */
export function watchedFile(path: string, now: () => number, warn: (why: string) => void): KeySource {
  let version = versionOf(path);
  let key = keyInText(textOf(path));
  let checkedAt = now();
  let warnedOf: string | null = null;
  return () => {
    if (now() - checkedAt < CHECK_INTERVAL_MS) return key;
    checkedAt = now();
    const current = versionOf(path);
    if (current === version) return key;
    try {
      key = keyInText(textOf(path));
      version = current;
      warnedOf = null;
    } catch (error) {
      if (!(error instanceof KeyUnusableError)) throw error;
      if (warnedOf !== current) warn(error.message);
      warnedOf = current;
    }
    return key;
  };
}

/** Differs for each content of the file, also if the path is a link to another file now. Empty if there is none. */
function versionOf(path: string): string {
  try {
    const { ino, size, mtimeNs } = statSync(path, { bigint: true });
    return `${ino}/${size}/${mtimeNs}`;
  } catch {
    return '';
  }
}
