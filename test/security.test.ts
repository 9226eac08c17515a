import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const security = readFileSync(new URL('../SECURITY.md', import.meta.url), 'utf8');

/** Rows of the tables of threats: the last cell names a test file, and words of its titles, joined with ", ". */
const rows = security
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter((cells) => /^`[\w.-]+\.test\.ts`/.test(cells[3] ?? ''))
  .map(([, threat = '', , tried = '']) => [threat, tried] as const);

it('names a test for every threat', () => {
  const threats = security.split('\n').filter((line) => /^\| [A-Z_`]/.test(line));
  expect(rows).toHaveLength(threats.length);
  expect(rows.length).toBeGreaterThan(30);
});

it.each(rows)('%s: %s', (_, tried) => {
  const [, file = '', titles = ''] = /^`([\w.-]+)`: ?(.*)$/.exec(tried) ?? [];
  const test = readFileSync(new URL(file, import.meta.url), 'utf8');
  for (const title of titles.split(', ')) expect(test).toContain(title);
});
