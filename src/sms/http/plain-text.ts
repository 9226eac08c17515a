/** Plain texts. SMS sends none but `OK`, and proxies send them as error pages: `Bad Gateway`, `upstream connect error or …`. */
import { mediaTypeIn, textIn } from '../../text/decode.ts';
import type { HttpResponse } from './response.ts';

/** Error pages are short. */
const MAX_PROSE_BYTES = 4 * 1024;

const ACKNOWLEDGEMENT = /^(?:\{\s*\}|null|ok|success)?$/i;

/** Nothing, `{}`, `null`, `OK` or `success`, also as the content of a JSON string, with white space anywhere. */
export function isAcknowledgement({ bytes, contentType }: HttpResponse): boolean {
  const text = shortTextIn(bytes, contentType);
  return text !== null && ACKNOWLEDGEMENT.test(text);
}

/** Most responses begin with it. */
const OPENING_BRACE = 0x7b;

/** Types of a text that may be anything. */
const VAGUE_TYPES: readonly (string | null)[] = [null, 'text/plain', 'application/json'];

/** Whether a response consists of a few words: it is neither JSON nor a table nor binary, and its type does not say what it is. */
export function isProse({ bytes, contentType }: HttpResponse): boolean {
  if (bytes[0] === OPENING_BRACE || !VAGUE_TYPES.includes(mediaTypeIn(contentType))) return false;
  const text = shortTextIn(bytes, contentType);
  if (text === null || ACKNOWLEDGEMENT.test(text)) return false;
  return !/^[{[<]/.test(text) && !CONTROL_CHARACTER.test(text) && !isTable(text);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: They tell binary data from text.
const CONTROL_CHARACTER = /[\0-\x08\x0e-\x1f]/;

/** The text of a short body, or the content of a JSON string, without white space around it. Null if it is long or binary. */
function shortTextIn(bytes: Buffer, contentType: string | null): string | null {
  if (bytes.length > MAX_PROSE_BYTES) return null;
  const text = textIn(bytes, contentType)?.trim();
  if (text === undefined) return null;
  const [, content = text] = /^"(.*)"$/s.exec(text) ?? [];
  return content.trim();
}

/** Whether each line has the same number of separators. In up to two lines of prose, spaces follow them. */
function isTable(text: string): boolean {
  const lines = text
    .replace(/"[^"]*"/g, '')
    .split(/[\r\n]+/)
    .filter((line) => line.trim() !== '');
  return [',', ';', '\t', '|'].some((separator) => {
    const rows = lines.map((line) => line.split(separator));
    const [{ length: columns } = []] = rows;
    if (columns === undefined || columns < 2 || !rows.every(({ length }) => length === columns)) return false;
    return rows.length > 2 || rows.some(([, ...cells]) => cells.some((cell) => !cell.startsWith(' ')));
  });
}
