import { beginningOf, mediaTypeIn } from '../text/decode.ts';
import type { HttpResponse } from './response.ts';

const PAGE_TYPES = new Set(['text/html', 'application/xhtml+xml']);
/** The tags by which browsers recognize a page (WHATWG MIME Sniffing), and a few more. */
const PAGE =
  /^<(?:!doctype\s+html|html|head|body|script|iframe|h[1-6]|div|font|table|a|style|title|b|br|p|center|form|meta|link)(?:[\s/>]|$)/i;
const ERROR = /^<(?:\w+:)?(?:errors?|error_?response|fault|exception)(?:[\s/>]|$)/i;

/** Whether a response is a web page, by its type or its beginning. SMS sends none, so something else has responded. */
export function isWebPage(response: HttpResponse): boolean {
  return PAGE_TYPES.has(mediaTypeIn(response.contentType) ?? '') || PAGE.test(firstTag(response));
}

/** Whether a response is an error in XML, as object stores send it. */
export function isXmlError(response: HttpResponse): boolean {
  return ERROR.test(firstTag(response));
}

/** The text from the first tag on, without white space, comments and XML declarations before it. */
function firstTag({ bytes, contentType }: HttpResponse): string {
  if (!mayBeginTag(bytes[0] ?? 0)) return '';
  let text = beginningOf(bytes, contentType).trimStart();
  for (;;) {
    const end = text.startsWith('<!--') ? '-->' : text.startsWith('<?') ? '?>' : null;
    const at = end === null ? -1 : text.indexOf(end);
    if (end === null || at < 0) return text;
    text = text.slice(at + end.length).trimStart();
  }
}

/** False for every visible ASCII character but `<`. Any other byte may be white space, or of another encoding. */
function mayBeginTag(byte: number): boolean {
  return byte === 0x3c || byte <= 0x20 || byte > 0x7e;
}
