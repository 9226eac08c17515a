import { readFileSync } from 'node:fs';

/**
 * Reads a text file in UTF-8, or in UTF-16 if a byte order mark shows it, as Windows PowerShell writes it. Returns the text
 * without the mark. Throws what `readFileSync` throws.
 */
export function readTextFile(path: string): string {
  const bytes = readFileSync(path);
  return new TextDecoder(encodingOf(bytes)).decode(bytes);
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}
