import { readFileSync } from 'node:fs';

/**
 * The text of a file: UTF-8, or UTF-16 where a byte order mark says so, as Windows PowerShell writes it. The mark is not part
 * of the text. Throws what `readFileSync` throws.
 */
export function readTextFile(path: string): string {
  const bytes = readFileSync(path);
  return new TextDecoder(encodingOf(bytes)).decode(bytes);
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}
