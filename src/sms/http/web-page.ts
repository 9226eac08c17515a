import { beginningOf, mayBeginWith } from '../../text/decode.ts';
import type { HttpResponse } from './response.ts';

const PAGE_TYPE = /^\s*(?:text\/html|application\/xhtml\+xml)\s*(?:;|$)/i;
/** The tags by which browsers recognize a page (WHATWG MIME Sniffing), and a few more. */
const PAGE =
  /^<(?:!doctype\s+html|html|head|body|script|iframe|h[1-6]|div|font|table|a|style|title|b|br|p|center|form|meta|link)(?:[\s/>]|$)/i;
const ERROR = /^<(?:\w+:)?(?:envelope|errors?|error_?response|fault|exception)(?:[\s/>]|$)/i;

/** Whether a response is a web page, by its type or its beginning. SMS sends none, so something else has responded. */
export function isWebPage(response: HttpResponse): boolean {
  return PAGE_TYPE.test(response.contentType ?? '') || PAGE.test(firstTag(response));
}

/** Whether a response is an error in XML, as object stores send it, or SOAP, which SMS does not speak. */
export function isXmlError(response: HttpResponse): boolean {
  return ERROR.test(firstTag(response));
}

export function isSvg(response: HttpResponse): boolean {
  return /^<svg[\s/>]/i.test(firstTag(response));
}

/** The text from the first tag on, without white space, comments and XML declarations before it. */
function firstTag({ bytes, contentType }: HttpResponse): string {
  if (!mayBeginWith(bytes, '<')) return '';
  let text = beginningOf(bytes, contentType).trimStart();
  for (;;) {
    const end = text.startsWith('<!--') ? '-->' : text.startsWith('<?') ? '?>' : null;
    const at = end === null ? -1 : text.indexOf(end);
    if (end === null || at < 0) return text;
    text = text.slice(at + end.length).trimStart();
  }
}
