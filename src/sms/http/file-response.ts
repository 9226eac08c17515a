import { mediaTypeIn, textIn } from '../../text/decode.ts';
import { plainJsonInTurns } from '../../text/long-json.ts';
import { inTurn } from '../../time/event-loop-turns.ts';
import { hasOnlyErrorFields } from '../errors/error-body.ts';
import { SmsUnavailableError } from '../errors/errors.ts';
import { dispositionIn } from './file-name.ts';
import { isAcknowledgement, isProse } from './plain-text.ts';
import type { HttpResponse } from './response.ts';
import { isSvg, isWebPage, isXmlError } from './web-page.ts';

/** A file as SMS sent it, under its wire names. */
export interface DownloadedFile {
  file_name: string | null;
  content_type: string | null;
  bytes: Buffer;
}

/**
 * The file in a response. Null if SMS only acknowledges the request. Throws `SmsUnavailableError` INVALID_ANSWER for a
 * web page, an image, a text in words, JSON that does not parse and an error, unless it is an attachment. Source: since
 * 2026-03-26 the export sends a file in place of a text (SDK changelog 3.1.189); the API page still shows the text.
 */
export function fileIn(response: HttpResponse): DownloadedFile | null {
  const { bytes, contentType, redactor } = response;
  const { announcesFile, fileName } = dispositionIn(response.header('content-disposition'));
  if (!announcesFile) {
    if (isAcknowledgement(response)) return null;
    const other = otherThanFile(response);
    if (other !== null) throw notAFile(response, other);
  }
  // Either may contain a piece of a secret.
  const redacted = (text: string | null) => (text ? redactor.text(text) || null : null);
  const type = USUAL_CONTENT_TYPE.test(contentType ?? '') ? contentType : redacted(contentType);
  return { file_name: redacted(fileName), content_type: type, bytes };
}

/** Media types that no table, archive or JSON has. */
const OTHER_TYPE = /^(?:(?:image|audio|video|font|multipart|message)\/.*|text\/(?:css|javascript|event-stream))$/;

/** What a response certainly is instead of a file of results. Null if it may be one, even in a form that no source mentions. */
function otherThanFile(response: HttpResponse): string | null {
  const mediaType = mediaTypeIn(response.contentType);
  if (isWebPage(response)) return 'a web page';
  const isError = /^application\/problem\+/.test(mediaType ?? '') || isXmlError(response);
  if (isError || isForeignError(response)) return 'an error';
  if (isSvg(response)) return 'an image';
  if (mediaType !== null && OTHER_TYPE.test(mediaType))
    return `content of the type ${response.redactor.text(mediaType)}`;
  if (isProse(response)) return 'a text that is neither a table nor JSON';
  return mediaType === 'application/json' && response.json === undefined ? 'JSON that does not parse' : null;
}

/** Errors of other services are short. */
const MAX_FOREIGN_ERROR_BYTES = 4 * 1024;

function isForeignError(response: HttpResponse): boolean {
  return response.bytes.length <= MAX_FOREIGN_ERROR_BYTES && hasOnlyErrorFields(response.json);
}

/** Not worth a search for secrets. */
const USUAL_CONTENT_TYPE = /^(?:application\/(?:octet-stream|json)|text\/(?:csv|plain))(?:; ?charset=utf-8)?$/i;

/**
 * The value of a JSON file, if no digit of it gets lost. Yields to other work in between. `hold` is called with the bytes that the
 * value takes; what it throws ends the parsing.
 */
export async function valueIn(
  { bytes, content_type }: DownloadedFile,
  hold: (bytes: number) => void = () => {},
): Promise<unknown> {
  const text = await inTurn(() => textIn(bytes, content_type));
  try {
    return text === null ? null : ((await plainJsonInTurns(text, { hold })) ?? null);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function notAFile({ requestId }: HttpResponse, what: string): SmsUnavailableError {
  const message = `SMS responded to the export with ${what} instead of a file. Try later.`;
  return new SmsUnavailableError('INVALID_ANSWER', message, { facts: { requestId } });
}
