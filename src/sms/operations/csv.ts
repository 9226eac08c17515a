/** Begins a CSV file. Without it, Excel does not read the file as UTF-8. */
export const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Writes a record of CSV (RFC 4180) that is safe to open in a spreadsheet. Every reader gets the text of a cell unchanged, except
 * that:
 * - Control characters become their pictures (␀), except tabs and line breaks. An unpaired surrogate becomes U+FFFD.
 * - An apostrophe is put before anything that could start a formula, in the cell or in a line of it.
 * - Text that is too long for a spreadsheet cell is truncated.
 */
export function csvRecord(cells: readonly (string | number | null)[]): string {
  return `${cells.map(cellOf).join(',')}\r\n`;
}

function cellOf(value: string | number | null): string {
  if (typeof value === 'number') return String(value);
  if (value === null || (PLAIN.test(value) && value.length <= MAX_CELL_LENGTH)) return value ?? '';
  const text = truncated(value.toWellFormed().replace(CONTROLS, pictureOf).replace(FORMULA_STARTS, "'"));
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Most texts. They need neither quotes nor replacements. */
const PLAIN = /^[\w/.][\w/.:-]*$/;

/** More than RFC 4180 requires, since some readers also split at these characters. */
const NEEDS_QUOTES = /[",;\t\r\n\u2028\u2029]|^\s|\s$/;

const CONTROLS = /(?![\t\r\n])\p{Cc}/gu;

function pictureOf(control: string): string {
  const code = control.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return { 127: '\u2421', 133: '\u2424' }[code] ?? '\uFFFD';
}

/**
 * Where a spreadsheet may see a formula: at the start of the text or of a line, after any blanks, quotes and invisible
 * characters. The signs are = + - @ in all their forms: ASCII, full width, small, superscript, subscript, and U+2212. A tab
 * or line break at the start counts, too.
 */
const FORMULA_STARTS =
  /(?<=^|[\r\n\u2028\u2029])(?=(?:[^\S\r\n\u2028\u2029]|["'`\p{Cf}\p{Default_Ignorable_Code_Point}\u2400-\u2424])*[=+\-@＝＋－＠﹦﹢﹣﹫⁼⁺⁻₌₊₋−])|^(?=[\t\r\n])/gu;

/** Characters (UTF-16 code units) in a cell of Excel. It moves the rest into another row. */
const MAX_CELL_LENGTH = 32_767;

function truncated(text: string): string {
  return text.length <= MAX_CELL_LENGTH ? text : `${text.slice(0, MAX_CELL_LENGTH - 1).toWellFormed()}…`;
}
