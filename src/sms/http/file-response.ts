import { mediaTypeIn, textIn } from '../../text/decode.ts';
import { plainJsonInTurns } from '../../text/long-json.ts';
import { inTurn } from '../../time/event-loop-turns.ts';
import { SmsUnavailableError } from '../errors/errors.ts';
import { dispositionIn } from './file-name.ts';
import type { HttpResponse } from './response.ts';
import { isWebPage, isXmlError } from './web-page.ts';

/** A file as SMS sent it, under its wire names. */
export interface DownloadedFile {
  file_name: string | null;
  content_type: string | null;
  bytes: Buffer;
}

/**
 * The file in a response. Null if SMS only acknowledges the request. Throws `SmsUnavailableError` INVALID_ANSWER for a
 * web page, JSON that does not parse and an error in XML, unless it is an attachment. Source: since 2026-03-26 the
 * export sends a file in place of a text (SDK changelog 3.1.189); the API page still shows the text.
 */
export function fileIn(response: HttpResponse): DownloadedFile | null {
  const { bytes, contentType, redactor } = response;
  const { announcesFile, fileName } = dispositionIn(response.header('content-disposition'));
  if (!announcesFile) {
    if (isAcknowledgement(response)) return null;
    if (isWebPage(response)) throw notAFile(response, 'a web page');
    const mediaType = mediaTypeIn(contentType);
    if (mediaType === 'application/problem+json' || isXmlError(response)) throw notAFile(response, 'an error');
    if (mediaType === 'application/json' && response.json === undefined)
      throw notAFile(response, 'JSON that does not parse');
  }
  // Either may contain a piece of a secret.
  const redacted = (text: string | null) => (text ? redactor.text(text) || null : null);
  const type = USUAL_CONTENT_TYPE.test(contentType ?? '') ? contentType : redacted(contentType);
  return { file_name: redacted(fileName), content_type: type, bytes };
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

/** Acknowledgements are short except for white space. */
const MAX_ACKNOWLEDGEMENT_BYTES = 1024;

/** Nothing, `{}`, `null` or `OK`, also as the content of a JSON string, with white space anywhere. */
function isAcknowledgement({ bytes, contentType }: HttpResponse): boolean {
  if (bytes.length > MAX_ACKNOWLEDGEMENT_BYTES) return false;
  const text = textIn(bytes, contentType)?.trim();
  if (text === undefined) return false;
  const [, content = text] = /^"(.*)"$/s.exec(text) ?? [];
  return /^(?:\{\s*\}|null|ok)?$/i.test(content.trim());
}

function notAFile({ requestId }: HttpResponse, what: string): SmsUnavailableError {
  const message = `SMS responded to the export with ${what} instead of a file. Try later.`;
  return new SmsUnavailableError('INVALID_ANSWER', message, { facts: { requestId } });
}
