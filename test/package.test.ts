/** The package that `npm run build` makes: packed, installed without the repository, and used. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { buildSchema } from 'graphql';
import { publint } from 'publint';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { DEMO_TOKEN } from '../src/emulator/world/demo-credentials.ts';
import { example } from '../src/process/example.ts';
import { createImage, runImage } from './support/image.ts';
import { type InstalledPackage, installPackage } from './support/package.ts';
import { startGatewayProcess } from './support/process.ts';

const ROOT = new URL('..', import.meta.url).pathname;
const NAME = 'sms-graphql-gateway';
const CONSOLE_KINDS = [
  'console/*.html',
  'console/*.md',
  'console/*.svg',
  'console/assets/*.css',
  'console/assets/*.js',
];
const { version, dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

let installed: InstalledPackage;

beforeAll(() => {
  installed = installPackage();
}, 300_000);
afterAll(() => installed.remove());

const pathOf = (name: string) => join(installed.folder, 'node_modules', NAME, name);
/** As npx needs it to tell it from a command. */
const tarball = () => `./${basename(installed.tarball)}`;
const textOf = (name: string) => readFileSync(pathOf(name), 'utf8');

describe('the package', () => {
  test('contains no dependencies, no install scripts, and no files that only developers need', () => {
    const manifest = JSON.parse(textOf('package.json'));
    expect(Object.keys(manifest).filter((key) => /dependencies|scripts|private/i.test(key))).toEqual([]);
    const kinds = new Set(
      installed.files.map((path) =>
        path
          .replace(/^(deploy\/\w+)\/.*/, '$1/*')
          .replace(/^(lib\/\w+)\/.*\//, '$1/')
          .replace(/[^/.]+\./, '*.'),
      ),
    );
    expect([...kinds].toSorted()).toEqual([
      '*.cdx.json',
      '*.graphql',
      '*.json',
      '*.md',
      '*.txt',
      'LICENSE',
      'bin/*.cjs',
      ...(existsSync(join(ROOT, 'dist/console')) ? CONSOLE_KINDS : []),
      'deploy/grafana/*',
      'deploy/kubernetes/*',
      'deploy/opentelemetry/*',
      'deploy/prometheus/*',
      'deploy/systemd/*',
      'docs/*.md',
      'docs/reference/*.md',
      'lib/*.js',
      'lib/bundle/*.cjs',
      'lib/types/*.d.ts',
    ]);
    expect(installed.files).not.toContain('docs/add-an-operation.md');
  });

  test('lists every package that is part of its bundle, with its license', () => {
    const licenses = textOf('THIRD_PARTY_LICENSES.txt');
    const { components } = JSON.parse(textOf('sbom.cdx.json')) as { components: { name: string }[] };
    const names = components.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(Object.keys(dependencies)));
    expect(names.filter((name) => !licenses.includes(`\n${name} `) && !licenses.startsWith(`${name} `))).toEqual([]);
    expect(licenses).not.toContain('UNKNOWN');
  });

  test('contains the whole schema as one file', () => {
    const schema = buildSchema(textOf('schema.graphql'));
    expect(schema.getMutationType()?.getFields()).toHaveProperty('exportConsistencyResults');
  });

  test('passes publint', async () => {
    const { messages } = await publint({ pkgDir: pathOf('.'), pack: false });
    expect(messages).toEqual([]);
  });

  test('has types that every resolution of modules finds', async () => {
    const tarball = createPackageFromTarballData(readFileSync(installed.tarball));
    const result = await checkPackage(tarball, { entrypoints: ['.'] });
    // Every supported Node can load a module with `require`.
    const problems = result.types && result.problems.filter(({ kind }) => kind !== 'CJSResolvesToESM');
    expect(problems).toEqual([]);
  });
});

describe('the command of the package', () => {
  test('runs with npx from the tarball', () => {
    const { folder: cwd, env } = installed;
    const printed = execFileSync('npx', ['--yes', tarball(), '--version'], { cwd, env, encoding: 'utf8' });
    expect(printed).toBe(`${version}\n`);
  });

  test('stops when npx is stopped', async () => {
    const npx = spawn('npx', ['--yes', tarball(), 'start'], {
      cwd: installed.folder,
      env: { ...installed.env, PORT: '0', LOG_LEVEL: 'silent' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void npx.kill('SIGKILL'));
    const [printed] = await once(npx.stdout.setEncoding('utf8'), 'data');
    const [url = ''] = /http:\S+/.exec(printed) ?? [];
    npx.kill('SIGTERM');
    const isReachable = () =>
      fetch(new URL('/health', url)).then(
        () => true,
        () => false,
      );
    await expect.poll(isReachable, { timeout: 30_000 }).toBe(false);
  });

  test('starts faster the second time, with code that was compiled the first time', () => {
    execFileSync(process.execPath, [pathOf(`bin/${NAME}.cjs`), 'demo']);
    expect(readdirSync(pathOf('.compile-cache'))).not.toEqual([]);
  });

  test.each(['1', '2'])('serves the first example and stops on SIGTERM, with WORKERS=%s', async (workers) => {
    const program = pathOf(`bin/${NAME}.cjs`);
    const { url, signal, exit } = await startGatewayProcess({ WORKERS: workers }, { program });
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-auth-token': DEMO_TOKEN },
      body: JSON.stringify(example),
    });
    expect(await response.json()).toMatchObject({
      data: { exportConsistencyResults: { __typename: 'ExportConsistencyResultsSuccess' } },
    });
    signal('SIGTERM');
    expect(await exit).toBe(0);
  });

  test('loads the emulator, the metrics and GraphiQL only when they are used', () => {
    const folder = pathOf('lib/bundle/');
    const loaded = new Set(readdirSync(folder).filter((name) => /^(?:main|start-.*)\.cjs$/.test(name)));
    // A set is iterated with what is added on the way.
    for (const name of loaded)
      for (const [, imported = ''] of readFileSync(folder + name, 'utf8').matchAll(
        /^(?:const .* = )?require\("\.\/([\w.-]+)"\);$/gm,
      ))
        loaded.add(imported);
    const text = [...loaded].map((name) => readFileSync(folder + name, 'utf8')).join('');
    expect(text).toContain('exportConsistencyResults');
    expect(
      ['x-iam-action', 'prom-client', 'monaco-editor', '@redis/client'].filter((mark) => text.includes(mark)),
    ).toEqual([]);
  });
});

// Only root can become another user.
describe.skipIf(process.getuid?.() !== 0)('the image of deploy/Dockerfile', () => {
  const SMS = { SMS_ENDPOINT: 'http://127.0.0.1:1', SHUTDOWN_DELAY: '0' };

  test('serves as a user without rights, where nothing can be written, with code that was compiled before', async () => {
    const image = createImage(pathOf('.'));
    const { uid, env, cwd } = image.options({ ...SMS, NODE_DEBUG_NATIVE: 'COMPILE_CACHE' });
    const gateway = await startGatewayProcess(env, { command: image.command, uid, folder: cwd });
    const { port } = new URL(gateway.url);
    expect(gateway.url).toBe(`http://0.0.0.0:${port}`);
    expect(runImage(image, image.healthcheck, { PORT: port })).toMatchObject({ status: 0, stderr: '' });
    gateway.signal('SIGTERM');
    expect(await gateway.exit).toBe(0);
    expect(runImage(image, image.healthcheck, { PORT: port })).toMatchObject({ status: 1, stderr: '' });
    expect(gateway.output.stderr).toMatch(/cache for .*run-gateway.* was accepted/);
  });

  test('without settings says that it serves no made-up data, and ends', () => {
    const [, message] = /^```\n(SMS_REGION .*\n)```$/m.exec(readFileSync(join(ROOT, 'docs/deploy.md'), 'utf8')) ?? [];
    const image = createImage(pathOf('.'));
    expect(runImage(image, image.command)).toMatchObject({ status: 1, stdout: '', stderr: message });
  });
});

describe('the examples of docs/embedding.md', () => {
  const blocks = [...readFileSync(join(ROOT, 'docs/embedding.md'), 'utf8').matchAll(/^```ts\n(.*?)^```$/gms)];
  const names = blocks.map((_, index) => `example-${index}.mts`);

  beforeAll(() => {
    symlinkSync(join(ROOT, 'node_modules/@types'), join(installed.folder, 'node_modules/@types'));
    for (const [index, [, code = '']] of blocks.entries())
      writeFileSync(join(installed.folder, names[index] ?? ''), code);
  });

  test.each(['nodenext', 'bundler'])('have the right types, with module resolution %s', (resolution) => {
    const module = resolution === 'bundler' ? 'preserve' : resolution;
    const options = ['--noEmit', '--strict', '--types', 'node', '--target', 'es2024'];
    execFileSync(
      join(ROOT, 'node_modules/.bin/tsc'),
      [...options, '--module', module, '--moduleResolution', resolution, ...names],
      { cwd: installed.folder, stdio: ['ignore', 'inherit', 'inherit'] },
    );
  });

  test('pass as tests where they are tests', () => {
    const tests = names.filter((_, index) => blocks[index]?.[0].includes('node:test'));
    expect(tests).not.toEqual([]);
    const printed = execFileSync(process.execPath, ['--test', ...tests], {
      cwd: installed.folder,
      encoding: 'utf8',
      // Without the variable by which a runner tells its tests that they are part of it.
      env: { PATH: process.env['PATH'] },
    });
    expect(printed).toContain('fail 0');
  });
});
