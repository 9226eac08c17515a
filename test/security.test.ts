import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const security = readFileSync(new URL('../SECURITY.md', import.meta.url), 'utf8');

/** The rows of the threat tables. The last cell has test files, each followed by titles of tests in it, joined with "; ". */
const rows = security
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter((cells) => /^`[\w-]+\.test\.ts`: /.test(cells[3] ?? ''))
  .map(([, threat = '', , tests = '']) => [threat, tests] as const);

it('SECURITY.md names a test for every threat', () => {
  const threats = security.split('\n').filter((line) => /^\| [A-Z_`]/.test(line));
  expect(rows).toHaveLength(threats.length);
  expect(rows.length).toBeGreaterThan(30);
});

it.each(rows)('the tests of this threat exist: %s', (_, tests) => {
  for (const [, file = '', quotations = ''] of tests.matchAll(/`([\w.-]+)`: ([^`]+)/g)) {
    const titles = titlesIn(readFileSync(new URL(file, import.meta.url), 'utf8'));
    expect({ file, unknown: withoutTitles(quotations, titles) }).toEqual({ file, unknown: '' });
  }
});

it('a quotation is a whole title: neither a part of one nor one with more words', () => {
  const titles = ['a test', 'a test; with more words'];
  expect(withoutTitles('a test; with more words; a test; ', titles)).toBe('');
  expect(withoutTitles('a tes', titles)).toBe('a tes');
  expect(withoutTitles('a test, too', titles)).toBe('a test, too');
});

it('titlesIn finds the titles of tests and groups, and nothing else', () => {
  const test = `
    // test('of a test that does not run', () => {});
    test.skip('of a test that does not run', () => {});
    describe('of a group', () => {
      test('of a test, it\\'s', async () => { send('a text', 1); });
      test.each([['a value', 1]])("of many %s", (_, value) => {});
      it.each<[string]>([
        ['another value'],
      ])(
        \`of %s more\`, { timeout: 1 }, async (value) => {});
      test.skipIf(process.env['CI'])('of one that needs a browser', async () => {});
    });`;
  expect(titlesIn(test)).toEqual([
    'of a group',
    "of a group > of a test, it's",
    'of a group > of many %s',
    'of a group > of %s more',
    'of a group > of one that needs a browser',
  ]);
});

/** What remains of titles joined with "; " without the known ones; an empty string if all are known. */
function withoutTitles(list: string, titles: readonly string[]): string {
  const title = titles
    .toSorted((one, other) => other.length - one.length)
    .find((known) => list !== '' && `${list}; `.startsWith(`${known}; `));
  return title === undefined ? list : withoutTitles(list.slice(title.length + '; '.length), titles);
}

/** The titles given to `test`, `it` and `describe`, also behind `each` and `skipIf`, after those of the groups around them. */
function titlesIn(test: string): string[] {
  const titles =
    /^( *)(?:.*\b(?:test|it|describe)|.*\))\(\s*(['"`])((?:\\.|(?!\2)[^\\\n])*)\2,\s*(?:\{[^{}]*\},\s*)?(?:async )?\(/gm;
  const groups: { indent: number; title: string }[] = [];
  return [...test.replaceAll(/^ *\/\/.*$/gm, '').matchAll(titles)].map(([, { length: indent } = '', , title = '']) => {
    while ((groups.at(-1)?.indent ?? -1) >= indent) groups.pop();
    groups.push({ indent, title: title.replace(/\\(.)/g, '$1') });
    return groups.map((group) => group.title).join(' > ');
  });
}
