import { isUtf8 } from 'node:buffer';
import { parse } from 'content-disposition';

/** File systems take 255 bytes. */
const MAX_NAME_CHARACTERS = 255;

/** What a `Content-Disposition` says about a file. */
export interface Disposition {
  /** Whether it announces a file: as an attachment, or by a name. */
  announcesFile: boolean;
  fileName: string | null;
}

export function dispositionIn(header: string | null): Disposition {
  if (header === null) return { announcesFile: false, fileName: null };
  const [, usualName] = USUAL_HEADER.exec(header) ?? [];
  if (usualName !== undefined) return { announcesFile: true, fileName: usualName };
  const { type, parameters } = parse(header, { extended: false });
  const { filename = '', 'filename*': extended = '' } = parameters;
  const announcesFile = type === 'attachment' || filename !== '' || extended !== '';
  return { announcesFile, fileName: fileName(filename, extended) };
}

/** With a name that is neither encoded nor has anything to remove. */
const USUAL_HEADER = /^attachment; ?filename="(\w(?:[\w. -]{0,200}\w)?)"$/;

/**
 * The file name in the extended form of RFC 8187, or else as raw UTF-8, percent-encoded, or in encoded words (RFC 2047).
 * Without directories, which could lead a client out of its folder, and without control and format characters: those
 * that change the writing direction make an .exe look like a .csv.
 */
function fileName(plain: string, extended: string): string | null {
  const last =
    (extendedValue(extended) ?? plainValue(plain))
      .replace(/^[a-z]:/i, '')
      .split(/[/\\]/)
      .at(-1) ?? '';
  const name = last
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .trim()
    .slice(0, MAX_NAME_CHARACTERS)
    .toWellFormed();
  return ['', '.', '..'].includes(name) ? null : name;
}

/** The value of `UTF-8'en'%e7%bb%93`. Null if it has another form, or does not fit its charset. */
function extendedValue(value: string): string | null {
  const [, charset, encoded] = /^([^']+)'[^']*'(.*)$/.exec(value) ?? [];
  if (charset === undefined || encoded === undefined) return null;
  return textOf(bytesOf(encoded, /%([\da-f]{2})/gi), charset);
}

function plainValue(value: string): string {
  const bytes = Buffer.from(value, 'latin1');
  const text = isUtf8(bytes) ? bytes.toString() : value;
  if (text.includes('=?')) return decodedWords(text);
  try {
    return /%[\da-f]{2}/i.test(text) ? decodeURIComponent(text) : text;
  } catch {
    return text;
  }
}

const ENCODED_WORD = /=\?([^?*]+)(?:\*[^?]*)?\?([bq])\?([^?]*)\?=/gi;

function decodedWords(text: string): string {
  return text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(ENCODED_WORD, (word, charset: string, form: string, content: string) => {
      const bytes =
        form.toLowerCase() === 'b'
          ? Buffer.from(content, 'base64')
          : bytesOf(content.replaceAll('_', ' '), /=([\da-f]{2})/gi);
      return textOf(bytes, charset) ?? word;
    });
}

function bytesOf(text: string, escapes: RegExp): Buffer {
  const bytes = text.replace(escapes, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1');
}

function textOf(bytes: Buffer, charset: string): string | null {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
