import { beginningOf, mediaTypeIn } from '../text/decode.ts';
import type { HttpResponse } from './response.ts';

const PAGE_TYPES = new Set(['text/html', 'application/xhtml+xml']);
/** The tags by which browsers know a page (WHATWG MIME Sniffing), and a few more that begin one. */
const PAGE =
  /^<(?:!doctype\s+html|html|head|body|script|iframe|h[1-6]|div|font|table|a|style|title|b|br|p|center|form|meta|link)(?:[\s/>]|$)/i;
const ERROR = /^<(?:\w+:)?(?:errors?|error_?response|fault|exception)(?:[\s/>]|$)/i;

/** Whether an answer is a web page, by its type or its beginning: nothing that SMS sends, so something else has answered. */
export function isWebPage(answer: HttpResponse): boolean {
  return PAGE_TYPES.has(mediaTypeIn(answer.contentType) ?? '') || PAGE.test(firstTag(answer));
}

/** Whether an answer is an error in XML, as object stores send it. */
export function isXmlError(answer: HttpResponse): boolean {
  return ERROR.test(firstTag(answer));
}

/** From the first tag on: behind space, comments and what XML says of itself. */
function firstTag({ bytes, contentType }: HttpResponse): string {
  let text = beginningOf(bytes, contentType).trimStart();
  for (;;) {
    const end = text.startsWith('<!--') ? '-->' : text.startsWith('<?') ? '?>' : null;
    const at = end === null ? -1 : text.indexOf(end);
    if (end === null || at < 0) return text;
    text = text.slice(at + end.length).trimStart();
  }
}
