import { SmsUnavailableError } from '../errors/errors.ts';
import { mediaTypeIn, textIn } from '../text/decode.ts';
import { plainJsonInTurns } from '../text/long-json.ts';
import { inTurn } from '../turns.ts';
import { fileNameIn, isAttachment } from './file-name.ts';
import type { HttpResponse } from './response.ts';
import { isWebPage, isXmlError } from './web-page.ts';

/** A file as SMS sent it, under its wire names. */
export interface DownloadedFile {
  file_name: string | null;
  content_type: string | null;
  bytes: Buffer;
}

/**
 * The file in an answer, or null where SMS only acknowledges. Throws `SmsUnreachable` INVALID_ANSWER for a web page, JSON that
 * does not parse and an error in XML, unless it is an attachment.
 * Source: the vendor changed the export's answer from text to a file on 2026-03-26 (SDK changelog 3.1.189); its API page
 * still shows the old one.
 */
export function fileIn(answer: HttpResponse): DownloadedFile | null {
  const { bytes, contentType } = answer;
  const disposition = answer.header('content-disposition');
  if (!isAttachment(disposition)) {
    if (isAcknowledgement(answer)) return null;
    if (isWebPage(answer)) throw notAFile(answer, 'a web page');
    const mediaType = mediaTypeIn(contentType);
    if (mediaType === 'application/problem+json' || isXmlError(answer)) throw notAFile(answer, 'an error');
    if (mediaType === 'application/json' && answer.json === undefined)
      throw notAFile(answer, 'JSON that does not parse');
  }
  // A token or a signature is longer than any name, but a piece of one is not.
  const clean = (text: string | null) => (text ? answer.redactor.text(text) || null : null);
  return { file_name: clean(fileNameIn(disposition)), content_type: clean(contentType), bytes };
}

/** The value of a file of JSON where it can be passed on whole, without the loss of a digit, else null. In turns. */
export async function valueIn({ bytes, content_type }: DownloadedFile): Promise<unknown> {
  const text = await inTurn(() => textIn(bytes, content_type));
  try {
    return text === null ? null : ((await plainJsonInTurns(text)) ?? null);
  } catch {
    return null;
  }
}

/** Bytes. The forms are short, but for white space. */
const MAX_ACKNOWLEDGEMENT = 1024;

/** Nothing, `{}`, `null` or `OK`, each also as the content of a JSON text, with white space anywhere. */
function isAcknowledgement({ bytes, contentType }: HttpResponse): boolean {
  if (bytes.length > MAX_ACKNOWLEDGEMENT) return false;
  const text = textIn(bytes, contentType)?.trim();
  if (text === undefined) return false;
  const [, content = text] = /^"(.*)"$/s.exec(text) ?? [];
  return /^(?:\{\s*\}|null|ok)?$/i.test(content.trim());
}

function notAFile(answer: HttpResponse, what: string): SmsUnavailableError {
  return new SmsUnavailableError(
    'INVALID_ANSWER',
    `SMS answered the export with ${what} instead of a file. Try later.`,
    {
      facts: { requestId: answer.requestId },
    },
  );
}
