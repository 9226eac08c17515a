/** Who may import whom. The picture is in docs/architecture.md. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const SRC = new URL('../src', import.meta.url).pathname;

interface File {
  text: string;
  /** Paths below src/ for ours, and names of packages. Types count. */
  imports: string[];
}

// As the formatter writes them: each ends its line.
const IMPORT = /^(?:import|export|\}).* from '([^']+)';$|^import '([^']+)';$|\bimport\('([^']+)'\)/gm;

function read(path: string): File {
  const text = readFileSync(join(SRC, path), 'utf8');
  const imports = [...text.matchAll(IMPORT)].map((found) => found.slice(1).find((name) => name !== undefined) ?? '');
  return { text, imports: imports.map((name) => (name.startsWith('.') ? join(dirname(path), name) : name)) };
}

const files = new Map(globSync('**/*.ts', { cwd: SRC }).map((path) => [path, read(path)]));

/** Imports of these files that are not allowed, as `from -> to`. */
function wrongImports(from: RegExp, allowed: RegExp): string[] {
  return [...files].flatMap(([path, { imports }]) =>
    from.test(path) ? imports.filter((to) => !allowed.test(to)).map((to) => `${path} -> ${to}`) : [],
  );
}

function filesWith(pattern: RegExp): string[] {
  return [...files].flatMap(([path, { text }]) => (pattern.test(text) ? [path] : [])).toSorted();
}

test('sms speaks HTTP to SMS: it knows nothing of ours outside, and no GraphQL', () => {
  expect(wrongImports(/^sms\//, /^(sms\/|node:|(?!.*graphql)[@a-z][\w@/-]*$)/)).toEqual([]);
});

test('the emulator is a guest: only main invites it, and it shares nothing but the signature', () => {
  expect(wrongImports(/^(?!main\.ts|emulator\/)/, /^(?!emulator\/)/)).toEqual([]);
  expect(wrongImports(/^emulator\//, /^(emulator\/|node:|ajv|sms\/sign\.ts$)/)).toEqual([]);
});

test('resolvers know paths of SMS, not HTTP, and not each other', () => {
  expect(
    wrongImports(/^resolvers\//, /^(sms\/|generated\/|(context|errors|connection|fields|scalars)\.ts$|graphql$)/),
  ).toEqual([]);
});

test('nobody but the schema knows the resolvers, and nobody but main the gateway', () => {
  expect(wrongImports(/^(?!schema\.ts)/, /^(?!resolvers\/)/)).toEqual([]);
  expect(wrongImports(/^(?!main\.ts)/, /^(?!gateway\.ts)/)).toEqual([]);
});

test('the edge stands before GraphQL: only those who put the gateway together know it', () => {
  expect(wrongImports(/^(?!edge\/|config\/|(main|gateway|config)\.ts$)/, /^(?!edge\/)/)).toEqual([]);
  expect(wrongImports(/^edge\//, /^(?!resolvers\/|schema\.ts|config\.ts|emulator\/)/)).toEqual([]);
});

test('only main hands out the environment', () => {
  expect(filesWith(/process\.env/)).toEqual(['main.ts']);
});

test("only the context reads the caller's credentials and language", () => {
  const reads = /(\.get\(|headers\[)'(x-auth-token|authorization|x-language)'/;
  expect(filesWith(reads).filter((path) => !path.startsWith('emulator/'))).toEqual(['context.ts']);
});

test('only the clock tells the time of day; every duration is measured by a clock that nobody can set', () => {
  const reads = filesWith(/Date\.now\b|new Date\(\)/).filter((path) => !path.startsWith('emulator/'));
  expect(reads).toEqual(['sms/clock.ts']);
});

test('no import goes round in a circle', () => {
  const done = new Set<string>();
  const circles: string[] = [];
  const walk = (path: string, above: string[]) => {
    if (above.includes(path)) circles.push([...above.slice(above.indexOf(path)), path].join(' -> '));
    if (done.has(path) || above.includes(path)) return;
    for (const to of files.get(path)?.imports ?? []) walk(to, [...above, path]);
    done.add(path);
  };
  for (const path of files.keys()) walk(path, []);
  expect(circles).toEqual([]);
});
