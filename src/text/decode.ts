import { isUtf8 } from 'node:buffer';
import { inTurn } from '../time/event-loop-turns.ts';
import { parseJson } from './json.ts';
import { type LongJsonOptions, parseJsonInTurns } from './long-json.ts';

/**
 * Decodes bytes: in the encoding that a byte order mark shows, else in the declared charset, else in UTF-8. Returns the text
 * without the mark, or null if the bytes are not valid in that encoding.
 */
export function textIn(bytes: Uint8Array, contentType: string | null = null): string | null {
  const encoding = encodingOf(bytes, contentType);
  return encoding === 'utf-8' ? utf8Text(bytes) : decoded(bytes, encoding);
}

/** Faster than a `TextDecoder`. */
function utf8Text(bytes: Uint8Array): string | null {
  if (!isUtf8(bytes)) return null;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

/** The value of JSON text, with all digits of its numbers. Undefined if the bytes are not JSON. */
export function jsonIn(bytes: Uint8Array, contentType: string | null = null): unknown {
  if (!mayBeginWith(bytes, '{["-0123456789tfn')) return undefined;
  const text = textIn(bytes, contentType);
  try {
    return text === null ? undefined : parseJson(text);
  } catch {
    return undefined;
  }
}

/** The values of lines of JSON objects (NDJSON). Undefined if a line is anything else. */
export function jsonLinesIn(bytes: Uint8Array, contentType: string | null = null): unknown[] | undefined {
  if (!mayBeginWith(bytes, '{') || !beginningOf(bytes, contentType).trimStart().startsWith('{')) return undefined;
  const lines = textIn(bytes, contentType)?.split('\n') ?? [];
  try {
    return lines.filter((line) => line.trim() !== '').map(parseJson);
  } catch {
    return undefined;
  }
}

/** The same as `jsonIn` for a long text, in turns. Only an object, a list or a string is taken for one. */
export async function jsonInTurns(
  bytes: Uint8Array,
  contentType: string | null = null,
  options: LongJsonOptions = {},
): Promise<unknown> {
  if (!mayBeginWith(bytes, '{["')) return undefined;
  const text = await inTurn(() => textIn(bytes, contentType));
  try {
    return text === null ? undefined : await parseJsonInTurns(text, options);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** False if a text certainly begins with none of these characters. White space or another encoding may come before them. */
export function mayBeginWith({ 0: first = 0 }: Uint8Array, characters: string): boolean {
  return first <= 0x20 || first > 0x7e || characters.includes(String.fromCharCode(first));
}

/** `type/subtype` in lower case, without parameters. */
export function mediaTypeIn(contentType: string | null): string | null {
  return contentType?.split(';', 1)[0]?.trim().toLowerCase() || null;
}

const BEGINNING_BYTES = 4096;

/** The beginning of a body, to recognise what it is. In a single-byte encoding, only ASCII characters are decoded correctly. */
export function beginningOf(bytes: Uint8Array, contentType: string | null): string {
  const encoding = encodingOf(bytes, contentType);
  const isWide = encoding === 'utf-16le' || encoding === 'utf-16be';
  return new TextDecoder(isWide ? encoding : 'utf-8').decode(bytes.subarray(0, BEGINNING_BYTES));
}

function encodingOf(bytes: Uint8Array, contentType: string | null): string {
  // Most bodies begin with ASCII, and no mark does.
  const isAscii = bytes[0] !== undefined && bytes[0] > 0 && bytes[0] < 0x80;
  const marked = isAscii ? undefined : MARKS.find(({ mark }) => mark.every((byte, index) => bytes[index] === byte));
  if (marked) return marked.encoding;
  const declared = charsetIn(contentType);
  return declared === 'utf-16' ? (bytes[0] === 0 ? 'utf-16be' : 'utf-16le') : declared;
}

/** Longer marks first, since one is the prefix of another. UTF-32 is listed although `TextDecoder` does not support it. */
const MARKS: readonly { mark: readonly number[]; encoding: string }[] = [
  { mark: [0xff, 0xfe, 0, 0], encoding: 'utf-32le' },
  { mark: [0, 0, 0xfe, 0xff], encoding: 'utf-32be' },
  { mark: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  { mark: [0xff, 0xfe], encoding: 'utf-16le' },
  { mark: [0xfe, 0xff], encoding: 'utf-16be' },
  { mark: [0x84, 0x31, 0x95, 0x33], encoding: 'gb18030' },
];

/** Names that `TextDecoder` does not know, or maps to a single-byte encoding. */
const ALIASES: Readonly<Record<string, string>> = {
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  ascii: 'utf-8',
  cp936: 'gbk',
  ms936: 'gbk',
  'windows-936': 'gbk',
};

function charsetIn(contentType: string | null): string {
  const [, label = 'utf-8'] = /;\s*charset\s*=\s*["']?([^\s"';,]+)/i.exec(contentType ?? '') ?? [];
  return ALIASES[label.toLowerCase()] ?? label.toLowerCase();
}

function decoded(bytes: Uint8Array, encoding: string): string | null {
  const decoder = decoderOf(encoding);
  // An unknown charset may be UTF-8 under another name. Zero bytes mean a wider encoding.
  if (decoder === null) return isUtf8(bytes) && !bytes.includes(0) ? new TextDecoder().decode(bytes) : null;
  try {
    return decoder.decode(bytes).replace(/^\ufeff/, '');
  } catch {
    return null;
  }
}

function decoderOf(encoding: string): TextDecoder | null {
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch {
    return null;
  }
}
