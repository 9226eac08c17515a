/** Which file may import which. docs/architecture.md describes the same layers. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';

const SRC = new URL('../src', import.meta.url).pathname;

/** From top to bottom: a file imports from its own layer and from those below. A layer is a list of files and folders. */
const LAYERS: readonly (readonly string[])[] = [
  ['main.ts', 'index.ts'],
  ['commands/'],
  ['gateway.ts', 'upstream.ts', 'redis-store.ts', 'process/'],
  ['config/'],
  ['http/limits.ts'],
  ['http/listener.ts'],
  ['http/fast-path.ts', 'http/http-context.ts'],
  ['http/telemetry/'],
  ['http/load/'],
  ['http/execution/'],
  ['http/protocol/'],
  ['http/documents/'],
  ['http/errors/'],
  ['graphql/schema.ts'],
  ['graphql/resolvers/'],
  ['graphql/'],
  ['request/'],
  ['logging/'],
  ['access-key/'],
  ['sms/operations/'],
  ['sms/client.ts'],
  ['sms/call/'],
  ['sms/auth/'],
  ['sms/resilience/'],
  ['sms/http/'],
  ['sms/errors/'],
  ['sms/'],
  ['fairness/'],
  ['text/'],
  ['time/'],
];

/** The emulator is a program of its own, so it has layers of its own. */
const EMULATOR: readonly (readonly string[])[] = [
  ['emulator/server.ts'],
  ['emulator/routes/', 'emulator/iam/'],
  ['emulator/http/'],
  ['emulator/world/'],
  ['emulator/'],
];

/** The index of the layer with the longest name that matches a path; -1 if none does. */
function layerOf(path: string, layers: readonly (readonly string[])[]): number {
  const lengths = layers.map((names) =>
    Math.max(
      0,
      ...names.map((name) => (path === name || (name.endsWith('/') && path.startsWith(name)) ? name.length : 0)),
    ),
  );
  const longest = Math.max(...lengths);
  return longest === 0 ? -1 : lengths.indexOf(longest);
}

interface File {
  text: string;
  /** Paths below src/, and names of packages. Imports of types count. */
  imports: string[];
}

// The formatter puts the source of each import at the end of a line.
const IMPORT = /^(?:import|export|\}).* from '([^']+)';$|^import '([^']+)';$|\bimport\('([^']+)'\)/gm;

function read(path: string): File {
  const text = readFileSync(join(SRC, path), 'utf8');
  const imports = [...text.matchAll(IMPORT)].map(
    ([, ...sources]) => sources.find((source) => source !== undefined) ?? '',
  );
  return { text, imports: imports.map((name) => (name.startsWith('.') ? join(dirname(path), name) : name)) };
}

const files = new Map(globSync('**/*.ts', { cwd: SRC }).map((path) => [path, read(path)]));
const isEmulator = (path: string) => path.startsWith('emulator/');

/** The forbidden imports of some files, as `from -> to`. */
function forbiddenImports(from: RegExp, allowed: RegExp): string[] {
  return [...files].flatMap(([path, { imports }]) =>
    from.test(path) ? imports.filter((to) => !allowed.test(to)).map((to) => `${path} -> ${to}`) : [],
  );
}

function filesWith(pattern: RegExp): string[] {
  return [...files].flatMap(([path, { text }]) => (pattern.test(text) ? [path] : [])).toSorted();
}

describe.each([
  ['the gateway', LAYERS, (path: string) => !isEmulator(path)],
  ['the emulator', EMULATOR, isEmulator],
] as const)('in %s', (_, layers, isMember) => {
  const members = [...files].filter(([path]) => isMember(path));

  test('every file has a layer', () => {
    expect(members.flatMap(([path]) => (layerOf(path, layers) === -1 ? [path] : []))).toEqual([]);
  });

  test('no file imports from a layer above its own', () => {
    const upward = members.flatMap(([path, { imports }]) =>
      imports
        .filter((to) => isMember(to) && files.has(to) && layerOf(to, layers) < layerOf(path, layers))
        .map((to) => `${path} -> ${to}`),
    );
    expect(upward).toEqual([]);
  });

  test('docs/architecture.md names the layers in this order', () => {
    const [, docs = ''] = readFileSync(join(SRC, '../docs/architecture.md'), 'utf8').split('\n## Layers\n');
    const positions = layers.map((names) => docs.indexOf(`\n${names.join(' ')} `));
    expect(layers.filter((_, index) => positions[index] === -1)).toEqual([]);
    expect(positions).toEqual(positions.toSorted((one, other) => one - other));
  });
});

test('the maps of docs/architecture.md and CONTRIBUTING.md name only files and folders that exist', () => {
  const root = join(SRC, '..');
  const blocksOf = (file: string) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/^```\n(.*?)^```$/gms)].map(([, text = '']) => text);
  const lines = ['docs/architecture.md', 'CONTRIBUTING.md'].flatMap(blocksOf).join('').split('\n');
  // Paths, up to two spaces before what is said about them. Braces are alternatives, as in a shell.
  const columns = lines.flatMap((line) => /^ *([\w./{},-]+(?: [\w./{},-]+)*?)(?: {2}| put )/.exec(line)?.[1] ?? []);
  const paths = columns.flatMap((column) => column.split(' '));
  expect(paths.length).toBeGreaterThan(40);
  const exists = (path: string) => [root, SRC].some((folder) => globSync(path, { cwd: folder }).length > 0);
  expect(paths.filter((path) => !exists(path))).toEqual([]);
});

test('there are no import cycles', () => {
  const done = new Set<string>();
  const cycles: string[] = [];
  const walk = (path: string, above: string[]) => {
    if (above.includes(path)) cycles.push([...above.slice(above.indexOf(path)), path].join(' -> '));
    if (done.has(path) || above.includes(path)) return;
    for (const to of files.get(path)?.imports ?? []) walk(to, [...above, path]);
    done.add(path);
  };
  for (const path of files.keys()) walk(path, []);
  expect(cycles).toEqual([]);
});

test('sms/ imports only the foundation below it, and no GraphQL', () => {
  expect(forbiddenImports(/^sms\//, /^(sms\/|fairness\/|text\/|time\/|node:|(?!.*graphql)[@a-z][\w@/-]*$)/)).toEqual(
    [],
  );
});

test('only commands and index.ts import the emulator, which imports only sms/sign.ts from the gateway', () => {
  expect(forbiddenImports(/^(?!commands\/|index\.ts|emulator\/)/, /^(?!emulator\/)/)).toEqual([]);
  expect(forbiddenImports(/^emulator\//, /^(emulator\/|node:|ajv|sms\/sign\.ts$)/)).toEqual([]);
});

test('resolvers import neither HTTP code nor each other', () => {
  expect(
    forbiddenImports(
      /^graphql\/resolvers\//,
      /^(sms\/|text\/|time\/|graphql\/(?!resolvers\/|schema\.ts)|request\/context\.ts$|graphql$)/,
    ),
  ).toEqual([]);
});

test('only main.ts reads process.env', () => {
  expect(filesWith(/process\.env/)).toEqual(['main.ts']);
});

test("only request/context.ts reads the caller's credentials and language", () => {
  const reads = /(\.get\(|headers\[)'(x-auth-token|authorization|x-language)'/;
  expect(filesWith(reads).filter((path) => !isEmulator(path))).toEqual(['request/context.ts']);
});

test('only time/clock.ts reads the time of day', () => {
  const readers = filesWith(/Date\.now\b|new Date\(\)/).filter((path) => !isEmulator(path));
  expect(readers).toEqual(['time/clock.ts']);
});
