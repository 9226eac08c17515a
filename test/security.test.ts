import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const security = readFileSync(new URL('../SECURITY.md', import.meta.url), 'utf8');

/** Rows of the tables of threats: the last cell names test files, each with words of titles in it, joined with "; ". */
const rows = security
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter((cells) => /^`[\w-]+\.test\.ts`: /.test(cells[3] ?? ''))
  .map(([, threat = '', , tried = '']) => [threat, tried] as const);

it('names a test for every threat', () => {
  const threats = security.split('\n').filter((line) => /^\| [A-Z_`]/.test(line));
  expect(rows).toHaveLength(threats.length);
  expect(rows.length).toBeGreaterThan(30);
});

it.each(rows)('%s: %s', (_, tried) => {
  for (const [, file = '', words = ''] of tried.matchAll(/`([\w.-]+)`: ([^`]+)/g)) {
    const titles = titlesIn(readFileSync(new URL(file, import.meta.url), 'utf8'));
    const wanted = words.split(';').map((some) => some.trim());
    // Between two files stands one more semicolon.
    if (wanted.length > 1 && wanted.at(-1) === '') wanted.pop();
    for (const some of wanted) expect(titles.filter((title) => some !== '' && title.includes(some))).not.toEqual([]);
  }
});

it('tells a title from other words of a test', () => {
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
  const titles = ['of a group', "of a test, it's", 'of many %s', 'of %s more', 'of one that needs a browser'];
  expect(titlesIn(test)).toEqual(titles);
});

/** The first argument of `test`, `it`, `describe`, and of what their `each` and `skipIf` give, before a function. */
function titlesIn(test: string): string[] {
  const titles =
    /(?:\b(?:test|it|describe)|\))\(\s*(['"`])((?:\\.|(?!\1)[^\\\n])*)\1,\s*(?:\{[^{}]*\},\s*)?(?:async )?\(/g;
  return [...test.replaceAll(/^ *\/\/.*$/gm, '').matchAll(titles)].map(([, , title = '']) =>
    title.replace(/\\(.)/g, '$1'),
  );
}
