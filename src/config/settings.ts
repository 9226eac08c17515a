/** What is wrong with the environment, one line per variable. Made to be printed: no line repeats a secret. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

const MAX_WORD_CHARACTERS = 24;
const MAX_VALUE_CHARACTERS = 256;

/**
 * A value in quotes, or `[redacted]`. A variable may hold a key, a URL with a password or the content of a file by mistake,
 * so only what looks like a plain word, path, number or address is printed; a secret key is a word of 40 characters.
 * `whole` is the text that the value is a part of: a password may contain a comma.
 */
export function printable(value: string, whole = value): string {
  const isPlain = /^[\p{L}\p{N}._~/\\:*,[\]-]*$/u.test(whole);
  const longestWord = Math.max(...value.split(/[^\p{L}\p{N}]/u).map(({ length }) => length));
  const isShort = longestWord <= MAX_WORD_CHARACTERS && value.length <= MAX_VALUE_CHARACTERS;
  return isPlain && isShort ? `"${value}"` : '[redacted]';
}
