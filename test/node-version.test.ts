/** What an old Node says that cannot run the gateway. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';

const ROOT = new URL('..', import.meta.url).pathname;
const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const message = (version: string) =>
  `sms-graphql-gateway needs Node 22.19 or later, but this is Node ${version}: install a newer one, for example from https://nodejs.org.\n`;

/** Folders of programs, without those of the packages, where the project's own Node is. */
const path = (process.env['PATH'] ?? '').split(':').filter((folder) => !folder.includes('node_modules'));
const systemNode = path.map((folder) => join(folder, 'node')).find((file) => existsSync(file)) ?? '';
const systemVersion = spawnSync(systemNode, ['-p', 'process.versions.node'], { encoding: 'utf8' }).stdout?.trim() ?? '';

// Not skipped elsewhere: `.ci/run` fails if a test is skipped.
if (/^(?:1\d|20|21)\./.test(systemVersion))
  describe('an old Node of this machine reports itself in one sentence', () => {
    test.each(['start', 'demo', 'emulator', 'console'])('under npm run %s', (name) => {
      // As npm does, on a platform for which the project brings no Node.
      const { status, stdout, stderr } = spawnSync('sh', ['-c', scripts[name]], {
        cwd: ROOT,
        encoding: 'utf8',
        env: { PATH: path.join(':') },
      });
      expect([status, stdout, stderr]).toEqual([1, '', message(systemVersion)]);
    });

    test('as the command of the package', () => {
      const { status, stdout, stderr } = spawnSync(
        systemNode,
        [join(ROOT, 'bin/sms-graphql-gateway.cjs'), '--version'],
        {
          encoding: 'utf8',
        },
      );
      expect([status, stdout, stderr]).toEqual([1, '', message(systemVersion)]);
    });
  });

test.each([
  ['18.20.8', 1, message('18.20.8')],
  ['22.18.0', 1, message('22.18.0')],
  ['22.19.0', 0, ''],
  ['24.0.0', 0, ''],
])('Node %s ends with exit code %i', (version, code, printed) => {
  const preload = preloadOf(version);
  const { status, stderr } = spawnSync(process.execPath, ['--require', preload, join(ROOT, 'bin/node-version.cjs')], {
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([code, printed]);
});

test('the API of the package rejects an old Node with the same sentence', () => {
  const folder = mkdtempSync(join(tmpdir(), 'api-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const path of ['bin', 'package.json']) cpSync(join(ROOT, path), join(folder, path), { recursive: true });
  mkdirSync(join(folder, 'lib/bundle'), { recursive: true });
  cpSync(join(ROOT, 'packaging/index.js'), join(folder, 'lib/index.js'));
  const names = ['createEmulator', 'createGateway', 'SettingsError'];
  writeFileSync(join(folder, 'lib/bundle/index.cjs'), names.map((name) => `exports.${name} = null;`).join(''));
  const importWith = (version: string) =>
    spawnSync(process.execPath, ['--require', preloadOf(version), join(folder, 'lib/index.js')], { encoding: 'utf8' });
  expect(importWith('22.18.0').stderr).toContain(`Error: ${message('22.18.0').trim()}`);
  expect(importWith('22.19.0')).toMatchObject({ status: 0, stderr: '' });
});

/** A script that makes a process take its Node for another one. */
function preloadOf(version: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'node-version-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const preload = join(folder, 'preload.cjs');
  writeFileSync(preload, `Object.defineProperty(process, 'versions', { value: { node: '${version}' } });`);
  return preload;
}
