import { globSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const ROOT = new URL('../', import.meta.url);
const DECISIONS = new URL('docs/decisions/', ROOT);
const read = (path: string, folder = ROOT) => readFileSync(new URL(path, folder), 'utf8');

const files = readdirSync(DECISIONS)
  .filter((name) => name !== 'README.md')
  .toSorted();

describe.each(files)('docs/decisions/%s', (file) => {
  test('has a number, a title, a status, a date, a context and a decision', () => {
    const [, number] = /^(\d{4})-[a-z0-9-]+\.md$/.exec(file) ?? [];
    expect(read(file, DECISIONS)).toMatch(
      new RegExp(
        `^# ${number}\\. [^\\n]+[^.]\\n\\n` +
          '(Accepted|Superseded by \\d{4}), \\d{4}-\\d\\d-\\d\\d\\.\\n\\n' +
          '\\*\\*Context\\.\\*\\* [^]+\\n\\n\\*\\*Decision\\.\\*\\* ',
      ),
    );
  });
});

test('decisions are numbered without gaps', () => {
  expect(files.map((name) => Number(name.slice(0, 4)))).toEqual(files.map((_, index) => index + 1));
});

test('the index of decisions has the title, date and status of each file', () => {
  const rows = read('README.md', DECISIONS)
    .split('\n')
    .filter((line) => line.startsWith('| ['))
    .toSorted();
  const expected = files.map((file) => {
    const [, number, title, status, date] = /^# (\d{4})\. (.+)\n\n(.+), (\S+)\.\n/.exec(read(file, DECISIONS)) ?? [];
    return `| [${number}](${file}) ${title} | ${date} | ${status} |`;
  });
  expect(rows).toEqual(expected);
});

test('every decision that code or a document cites exists', () => {
  const cited = globSync(['src/**/*.ts', 'schema/*.graphql', 'test/**/*.ts', 'bench/*.ts', 'docs/**/*.md', '*.md'], {
    cwd: ROOT,
  }).flatMap((path) =>
    [...read(path).matchAll(/\bdecisions?[ /](\d{4})\b/gi)].map(([, number = '']) => `${path}: ${number}`),
  );
  const numbers = new Set(files.map((name) => name.slice(0, 4)));
  expect(cited.filter((citation) => !numbers.has(citation.slice(-4)))).toEqual([]);
});
