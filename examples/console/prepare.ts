/** Installs the packages and builds the page, each only if that is necessary. */
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, statSync } from 'node:fs';

const HERE = import.meta.dirname;
const SOURCES = ['src/**/*.{ts,tsx,css}', 'public/*', '*.{ts,json,html}', '../../schema/*.graphql'];

if (!existsSync(`${HERE}/node_modules`)) npm('ci');
if (isOutdated()) npm('run', 'build');

function isOutdated(): boolean {
  const page = statSync(`${HERE}/../../dist/console/index.html`, { throwIfNoEntry: false });
  const changedAt = globSync(SOURCES, { cwd: HERE, exclude: ['src/gql/**'] }).map(
    (file) => statSync(`${HERE}/${file}`).mtimeMs,
  );
  return !page || Math.max(...changedAt) > page.mtimeMs;
}

function npm(...parameters: string[]): void {
  const { status } = spawnSync('npm', parameters, {
    cwd: HERE,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
}
