/** Who may import whom. The same order, with words, is in docs/architecture.md. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';

const SRC = new URL('../src', import.meta.url).pathname;

/** From top to bottom: a file imports from its own layer and from those below. A layer is a file or a folder. */
const LAYERS: readonly (readonly string[])[] = [
  ['main.ts'],
  ['gateway.ts', 'upstream.ts', 'redis-store.ts', 'process/'],
  ['config/'],
  ['http/limits.ts'],
  ['http/listener.ts'],
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
  ['sms/operations/'],
  ['sms/client.ts'],
  ['sms/call/'],
  ['sms/auth/'],
  ['sms/resilience/'],
  ['sms/fairness/'],
  ['sms/http/'],
  ['sms/budget/'],
  ['sms/errors/'],
  ['sms/text/'],
  ['sms/'],
];

/** The emulator is a program of its own, which main starts. */
const EMULATOR: readonly (readonly string[])[] = [
  ['emulator/server.ts'],
  ['emulator/routes/', 'emulator/iam/'],
  ['emulator/http/'],
  ['emulator/world/'],
  ['emulator/'],
];

/** The layer of a path: that of the longest name which fits. -1 for what has none. */
function layerOf(path: string, layers: readonly (readonly string[])[]): number {
  const fits = layers.map((names) =>
    Math.max(
      0,
      ...names.map((name) => (path === name || (name.endsWith('/') && path.startsWith(name)) ? name.length : 0)),
    ),
  );
  const best = Math.max(...fits);
  return best === 0 ? -1 : fits.indexOf(best);
}

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
const isEmulator = (path: string) => path.startsWith('emulator/');

/** Imports of these files that are not allowed, as `from -> to`. */
function wrongImports(from: RegExp, allowed: RegExp): string[] {
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

  test('no import runs up', () => {
    const up = members.flatMap(([path, { imports }]) =>
      imports
        .filter((to) => isMember(to) && files.has(to) && layerOf(to, layers) < layerOf(path, layers))
        .map((to) => `${path} -> ${to}`),
    );
    expect(up).toEqual([]);
  });

  test('docs/architecture.md names the layers in this order', () => {
    const [, docs = ''] = readFileSync(join(SRC, '../docs/architecture.md'), 'utf8').split('\n## Layers\n');
    const drawn = layers.map((names) => docs.indexOf(`\n${names.join(' ')} `));
    expect(drawn.filter((at) => at === -1)).toEqual([]);
    expect(drawn).toEqual(drawn.toSorted((one, other) => one - other));
  });
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

test('sms/ speaks HTTP to SMS: it knows no other folder and no GraphQL', () => {
  expect(wrongImports(/^sms\//, /^(sms\/|node:|(?!.*graphql)[@a-z][\w@/-]*$)/)).toEqual([]);
});

test('only main starts the emulator, which shares nothing with the gateway but the signature', () => {
  expect(wrongImports(/^(?!main\.ts|emulator\/)/, /^(?!emulator\/)/)).toEqual([]);
  expect(wrongImports(/^emulator\//, /^(emulator\/|node:|ajv|sms\/sign\.ts$)/)).toEqual([]);
});

test('resolvers know paths of SMS, not HTTP, and not each other', () => {
  expect(
    wrongImports(
      /^graphql\/resolvers\//,
      /^(sms\/|graphql\/(?!resolvers\/|schema\.ts)|request\/context\.ts$|graphql$)/,
    ),
  ).toEqual([]);
});

test('only main reads the environment of the process', () => {
  expect(filesWith(/process\.env/)).toEqual(['main.ts']);
});

test("only the context reads the caller's credentials and language", () => {
  const reads = /(\.get\(|headers\[)'(x-auth-token|authorization|x-language)'/;
  expect(filesWith(reads).filter((path) => !isEmulator(path))).toEqual(['request/context.ts']);
});

test('only the clock reads the time of day; every duration is measured by a monotonic clock', () => {
  const reads = filesWith(/Date\.now\b|new Date\(\)/).filter((path) => !isEmulator(path));
  expect(reads).toEqual(['sms/clock.ts']);
});
