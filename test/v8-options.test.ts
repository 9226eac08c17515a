/** The options of V8 that keep the memory small. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const textOf = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

test('node knows each option of V8 that the program sets', () => {
  const program = `import { setV8Options } from '${new URL('../src/process/v8-options.ts', import.meta.url)}'; setV8Options();`;
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

test('scripts, image and unit start node with the same space for young objects', () => {
  const { scripts } = JSON.parse(textOf('package.json'));
  const entrypoints = [...textOf('deploy/Dockerfile').matchAll(/^ENTRYPOINT .*/gm)];
  expect(entrypoints).not.toEqual([]);
  const unit = /^ExecStart=.*/m.exec(textOf('deploy/systemd/sms-graphql-gateway.service'));
  const commands = [scripts.start, scripts.demo, scripts['start:built'], ...entrypoints, unit].map(String);
  for (const command of commands) expect(command).toContain('--max-semi-space-size=16');
});
