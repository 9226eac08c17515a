import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const ROOT = new URL('../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, ROOT), 'utf8');

/** What a reader may see, in code spans of the first column of each table. */
const symptoms = [...read('docs/troubleshooting.md').matchAll(/^\| (.*?) \|/gm)].flatMap(([, cell = '']) =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, symptom = '']) => symptom),
);
const sources = globSync('src/**/*.ts', { cwd: ROOT, exclude: ['src/graphql/generated/**'] })
  .map(read)
  .join('\n');

test('every code in docs/troubleshooting.md is one of the gateway or of SMS', () => {
  const codes = symptoms.filter((symptom) => /^([A-Z]+(_[A-Z]+)*|(SMS|APIGW)\.\d{4})$/.test(symptom));
  expect(codes.length).toBeGreaterThan(0);
  expect(codes.filter((code) => !read('docs/errors.md').includes(`\`${code}\``))).toEqual([]);
});

test('every message that docs/troubleshooting.md quotes is in the sources', () => {
  const messages = symptoms.filter((symptom) => symptom.includes(' ') && !/^(npm|\.\.\.) /.test(symptom));
  expect(messages.length).toBeGreaterThan(0);
  // Up to a name or an address that the message begins with.
  const texts = messages.map((message) => message.replace(/^(127\.0\.0\.1:4000|[A-Z_]+) /, ''));
  expect(texts.filter((text) => !sources.includes(text))).toEqual([]);
});
