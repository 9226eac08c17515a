import { isUtf8 } from 'node:buffer';
import { parse } from 'content-disposition';

/** Characters. File systems take 255 bytes. */
const MAX_NAME_LENGTH = 255;

/** Whether a `Content-Disposition` marks a file that is sent on purpose: as an attachment, or with a name. */
export function isAttachment(disposition: string | null): boolean {
  if (disposition === null) return false;
  const { type, parameters } = parse(disposition);
  return type === 'attachment' || Boolean(parameters['filename'] || parameters['filename*']);
}

/**
 * The name of a file in a `Content-Disposition`, or null where there is none: in the extended form of RFC 8187, or else as
 * raw UTF-8 bytes, percent-encoded, or in the encoded words of RFC 2047. A path in it could lead a client that saves the file
 * out of its folder, and signs that turn the direction of writing make an .exe look like a .csv, so both are cut.
 */
export function fileNameIn(disposition: string | null): string | null {
  if (disposition === null) return null;
  const { filename = '', 'filename*': extended = '' } = parse(disposition, { extended: false }).parameters;
  const last =
    (extendedValue(extended) ?? plainValue(filename))
      .replace(/^[a-z]:/i, '')
      .split(/[/\\]/)
      .at(-1) ?? '';
  const name = last
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .trim()
    .slice(0, MAX_NAME_LENGTH)
    .toWellFormed();
  return ['', '.', '..'].includes(name) ? null : name;
}

/** `UTF-8'en'%e7%bb%93`; null where it is none, or of a charset that it does not fit. */
function extendedValue(value: string): string | null {
  const [, charset, encoded] = /^([^']+)'[^']*'(.*)$/.exec(value) ?? [];
  if (charset === undefined || encoded === undefined) return null;
  const bytes = encoded.replace(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return textOf(Buffer.from(bytes, 'latin1'), charset);
}

function plainValue(value: string): string {
  const bytes = Buffer.from(value, 'latin1');
  const text = isUtf8(bytes) ? bytes.toString() : value;
  if (text.includes('=?')) return wordsIn(text);
  try {
    return /%[\da-f]{2}/i.test(text) ? decodeURIComponent(text) : text;
  } catch {
    return text;
  }
}

const WORD = /=\?([^?*]+)(?:\*[^?]*)?\?([bq])\?([^?]*)\?=/gi;

function wordsIn(text: string): string {
  return text.replace(/\?=\s+=\?/g, '?==?').replace(WORD, (word, charset: string, form: string, content: string) => {
    const bytes = form.toLowerCase() === 'b' ? Buffer.from(content, 'base64') : quoted(content);
    return textOf(bytes, charset) ?? word;
  });
}

function quoted(content: string): Buffer {
  const bytes = content
    .replaceAll('_', ' ')
    .replace(/=([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1');
}

function textOf(bytes: Buffer, charset: string): string | null {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
