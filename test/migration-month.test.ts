/** The simulation in bench/ and the page that shows its tables. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const ROOT = new URL('../', import.meta.url);

test('docs/scaling.md shows the tables that the simulation of a month prints', async () => {
  const page = readFileSync(new URL('docs/scaling.md', ROOT), 'utf8');
  const [, command = ''] = /```sh\n(npm --prefix bench .*)\n```/.exec(page) ?? [];
  const { stdout } = await promisify(execFile)('sh', ['-c', command], { cwd: ROOT });
  const tables = stdout.trim().split('\n\n');
  expect(tables).toHaveLength(3);
  for (const table of tables) expect(page).toContain(table);
});
