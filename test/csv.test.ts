/** The report as CSV, read back by another parser: the same records and texts, and no formula in any of them. */
import { parse } from 'csv-parse/sync';
import { array, assert, constantFrom, oneof, property, string, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvRecord } from '../src/sms/operations/csv.ts';
import { fetchReport, gatewayWithResults } from './support/report.ts';

const counts = { num_total_files: 1, num_different_files: 0, num_target_miss_files: 0, num_target_more_files: 0 };

/** The cells of the only row of a report whose texts are all this one. */
async function rowWith(text: string): Promise<string[]> {
  const results = [{ check_result: text, consistency_result: [{ dir_check: text, ...counts }] }];
  const file = await fetchReport(await gatewayWithResults({ name: text, server: text, results }), ['t-1']);
  const [, row, ...more] = read(file.text);
  expect(more).toEqual([]);
  return row ?? [];
}

function read(csv: string): string[][] {
  // It is strict: a stray quote or a record of another length is an error. Any line break outside quotes ends a record.
  return parse(csv, { bom: true, record_delimiter: ['\r\n', '\n', '\r'] });
}

describe('a report as CSV', () => {
  it.each([
    'a,b',
    'a;b\tc',
    'a "quoted" word',
    '"',
    'line\nfeed',
    'carriage\rreturn',
    'both\r\nof them',
    'ends with a line feed\n',
    'line\u2028separator',
    '一致性校验',
    '\u{1F600}',
    ' blanks around ',
    'byte \uFEFF order mark',
    '/srv/-a/=b',
  ])('has one record for a row, and the text itself in its cell: %j', async (text) => {
    expect(await rowWith(text)).toEqual([
      't-1',
      text,
      's-1',
      text,
      '',
      text,
      text,
      '1',
      '0',
      '0',
      '0',
      'NOT_VERIFIED',
      'CHECK_FAILED',
    ]);
  });

  it.each([
    ['NUL', 'a\0b', 'a␀b'],
    ['an escape', 'a\u001b[31mb', 'a␛[31mb'],
    ['a next line', 'a\u0085b', 'a␤b'],
    ['the end of a file', 'a\u001ab', 'a␚b'],
    ['an unpaired surrogate', 'a\ud800b', 'a\ufffdb'],
    ['more than a cell of a spreadsheet holds', 'a'.repeat(40_000), `${'a'.repeat(32_766)}…`],
  ])('shows in its place what spreadsheets and readers cannot take: %s', async (_, text, shown) => {
    expect((await rowWith(text))[1]).toBe(shown);
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['＝1+1', "'＝1+1"],
    ['﹢1', "'﹢1"],
    ['−1', "'−1"],
    ['\t=1', "'\t=1"],
    ['\r=1', "'\r'=1"],
    ['  =1', "'  =1"],
    ['\u3000=1', "'\u3000=1"],
    ['\uFEFF=1', "'\uFEFF=1"],
    ['\u200b=1', "'\u200b=1"],
    ['"=1"', '\'"=1"'],
    ['\0=1', "'␀=1"],
    ['a\n=1', "a\n'=1"],
    ['a\r\n=1', "a\r\n'=1"],
    ['a\r-1', "a\r'-1"],
    ['a\n\n "@x', 'a\n\n\' "@x'],
    ['a\u2028=1', "a\u2028'=1"],
  ])('starts no formula, in a cell or in a line of one: %j', async (text, shown) => {
    const [, name, , server, , result, directory] = await rowWith(text);
    expect([name, server, result, directory]).toEqual([shown, shown, shown, shown]);
  });

  it('starts with a byte order mark, by which Excel knows its encoding, and ends each record with CR LF', async () => {
    const { text } = await fetchReport(await gatewayWithResults({ results: [] }), ['t-1']);
    expect(text.slice(0, 8)).toBe('\uFEFFtaskId,');
    expect(text.split('\r\n')).toHaveLength(3);
  });
});

const UNPRINTABLE = /(?![\t\r\n])\p{Cc}/gu;
const PICTURE = /[␀-␤\ufffd]/g;

it('CSV has the same records and texts for every reader, whatever the texts are', () => {
  const piece = constantFrom(
    '=',
    '+',
    '-',
    '@',
    '＝',
    "'",
    '"',
    ',',
    '\r',
    '\n',
    '\r\n',
    '\t',
    ' ',
    '\0',
    '\uFEFF',
    '\u2028',
    '\ud800',
    '\udc00',
    'a',
    '一',
  );
  const text = oneof(
    array(piece).map((pieces) => pieces.join('')),
    string({ unit: 'binary' }),
  );
  const isFormula = (line: string) => /^[\s"'\p{Cf}]*[=+\-@＝]/u.test(line);
  const plain = (cell: string) => cell.replaceAll("'", '');
  const shown = (cell: string) => plain(cell.toWellFormed()).replace(UNPRINTABLE, '?');
  assert(
    property(array(tuple(text, text, text), { minLength: 1, maxLength: 5 }), (records) => {
      const csv = records.map((cells) => csvRecord([...cells, 7, null])).join('');
      const found = read(csv);
      expect(csv.isWellFormed()).toBe(true);
      expect(
        found.map(([a = '', b = '', c = '']) => [a, b, c].map((cell) => plain(cell).replace(PICTURE, '?'))),
      ).toEqual(records.map((cells) => cells.map((cell) => shown(cell).replace(PICTURE, '?'))));
      expect(found.every((cells) => cells.length === 5 && cells[3] === '7' && cells[4] === '')).toBe(true);
      const lines = found.flat().flatMap((cell) => cell.split(/[\r\n\u2028]/));
      expect(lines.filter((line) => isFormula(line) && !line.startsWith("'"))).toEqual([]);
    }),
  );
});
