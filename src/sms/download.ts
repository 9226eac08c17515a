import { isUtf8 } from 'node:buffer';
import { parse } from 'content-disposition';
import type { Answer } from './answer.ts';
import { asText, isObject } from './code-and-message.ts';
import { SmsUnreachable } from './errors.ts';
import { isShallow, parseJson } from './json.ts';

/** A file as SMS sent it, under its wire names. */
export interface DownloadedFile {
  file_name: string | null;
  content_type: string | null;
  bytes: Buffer;
}

/**
 * The file in an answer, or null where SMS only acknowledges: an empty body, `{}`, `null`, or `OK` as text or JSON.
 * Throws `SmsUnreachable` INVALID_ANSWER for a web page, JSON that does not parse, and an error under the status of a
 * success, unless it is an attachment.
 * Source: the vendor changed the export's answer from text to a file on 2026-03-26 (SDK changelog 3.1.189); its API page
 * still shows the old one.
 */
export function fileIn(answer: Answer): DownloadedFile | null {
  const { bytes } = answer;
  const attachment = answer.header('content-disposition');
  const contentType = answer.header('content-type');
  if (attachment === null) {
    if (isAcknowledgement(bytes)) return null;
    const mediaType = contentType?.split(';')[0]?.trim().toLowerCase();
    if (mediaType === 'text/html') throw notAFile(answer, 'a web page');
    // `{`, or an encoded file would be parsed for nothing.
    const value = mediaType === 'application/json' || bytes[0] === 0x7b ? jsonIn(bytes) : null;
    if (mediaType === 'application/json' && value === undefined) throw notAFile(answer, 'JSON that does not parse');
    if (isObject(value) && (asText(value['error_code']) ?? asText(value['errorCode'])))
      throw notAFile(answer, 'an error');
  }
  // A token or a signature is longer than any name, but a piece of one is not.
  const clean = (text: string | null) => text && answer.redact.text(text);
  return { file_name: clean(attachment && fileName(attachment)), content_type: clean(contentType), bytes };
}

/** The text of UTF-8 bytes, without a byte order mark. Null when they are anything else. */
export function textIn(bytes: Uint8Array): string | null {
  return isUtf8(bytes) ? new TextDecoder().decode(bytes) : null;
}

/** The value of JSON text, without the loss of a digit. Undefined when it is anything else. */
export function jsonIn(bytes: Uint8Array): unknown {
  const text = textIn(bytes);
  try {
    return text === null ? undefined : parseJson(text);
  } catch {
    return undefined;
  }
}

/** The same where it can be passed on whole, else null. */
export function valueIn(bytes: Uint8Array): unknown {
  const value = jsonIn(bytes);
  return isShallow(value) ? (value ?? null) : null;
}

function isAcknowledgement(bytes: Buffer): boolean {
  return bytes.length <= 16 && ['', '{}', 'null', 'OK', '"OK"'].includes(bytes.toString('latin1').trim());
}

/** Characters. File systems take 255 bytes. */
const LONGEST_NAME = 255;

// The name is data: a path in it could lead a client that saves the file out of its folder, and signs that turn the
// direction of writing make an .exe look like a .csv.
function fileName(contentDisposition: string): string | null {
  try {
    const named = parse(contentDisposition).parameters['filename'] ?? '';
    const last =
      named
        .replace(/^[a-z]:/i, '')
        .split(/[/\\]/)
        .at(-1) ?? '';
    const name = last
      .replace(/[\p{Cc}\p{Cf}]/gu, '')
      .trim()
      .slice(0, LONGEST_NAME)
      .toWellFormed();
    return ['', '.', '..'].includes(name) ? null : name;
  } catch {
    return null;
  }
}

function notAFile(answer: Answer, what: string): SmsUnreachable {
  return new SmsUnreachable('INVALID_ANSWER', `SMS answered the export with ${what} instead of a file. Try later.`, {
    facts: { requestId: answer.requestId },
  });
}
