import { statSync } from 'node:fs';
import type { KeySource } from '../credentials.ts';
import { KeyUnusableError, keyInText, textOf } from './key-file.ts';

/** Milliseconds between two looks at the file. */
const LOOK_EVERY = 1_000;

/**
 * The key in a file that another program renews. It is read again when it has changed; one that cannot be read, or is
 * half written, leaves the old key in use, and `warn` is told why, once for each such change. Throws `KeyUnusable` where there
 * is no key at first. `now` is a monotonic clock, in milliseconds.
 */
export function watchedFile(path: string, now: () => number, warn: (why: string) => void): KeySource {
  let version = versionOf(path);
  let key = keyInText(textOf(path));
  let looked = now();
  let told: string | null = null;
  return () => {
    if (now() - looked < LOOK_EVERY) return key;
    looked = now();
    const current = versionOf(path);
    if (current === version) return key;
    try {
      key = keyInText(textOf(path));
      version = current;
      told = null;
    } catch (error) {
      if (!(error instanceof KeyUnusableError)) throw error;
      // Looked at again in a moment.
      if (told !== current) warn(error.message);
      told = current;
    }
    return key;
  };
}

/** Tells one content of the file from another. A file that a link is moved to is another file. Empty where it cannot be looked at. */
function versionOf(path: string): string {
  try {
    const { ino, size, mtimeNs } = statSync(path, { bigint: true });
    return `${ino}/${size}/${mtimeNs}`;
  } catch {
    return '';
  }
}
