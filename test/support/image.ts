/** What deploy/Dockerfile puts into the image, in a folder, and run as the image would run it. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const ROOT = new URL('../..', import.meta.url).pathname;

/** Keyword and text of each instruction. */
export const instructions = [
  ...readFileSync(join(ROOT, 'deploy/Dockerfile'), 'utf8').matchAll(/^([A-Z]+) (.+)$/gm),
].map(([, keyword = '', text = '']) => ({ keyword, text }));

const lastOf = (keyword: string) => instructions.findLast((one) => one.keyword === keyword)?.text ?? '';
const wordsOf = (keyword: string): string[] => JSON.parse(lastOf(keyword).replace(/^.*CMD /, ''));

const user = Number(lastOf('USER'));
const variables = Object.fromEntries(
  lastOf('ENV')
    .split(' ')
    .map((one) => one.split('=')),
);

export interface Image {
  /** The words of ENTRYPOINT and CMD, in this folder. */
  command: string[];
  healthcheck: string[];
  /** How the image runs a process. */
  options(env?: Record<string, string>): { uid: number; gid: number; env: Record<string, string>; cwd: string };
}

/** Copies the package as the Dockerfile does. Nothing in the folder can be written. */
export function createImage(packageFolder: string): Image {
  const folder = mkdtempSync(join(tmpdir(), 'image-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const inFolder = (words: string[]) => words.map((word) => (word.startsWith('/') ? folder + word : word));
  const options: Image['options'] = (env = {}) => ({
    uid: user,
    gid: user,
    env: { ...variables, ...env },
    cwd: folder,
  });

  mkdirSync(join(folder, 'usr/local/bin'), { recursive: true });
  copyFileSync(process.execPath, join(folder, 'usr/local/bin/node'));
  cpSync(packageFolder, join(folder, 'app'), { recursive: true });
  copyFileSync(join(ROOT, 'deploy/healthcheck.cjs'), join(folder, 'app/healthcheck.cjs'));
  rmSync(join(folder, 'app/.compile-cache'), { recursive: true, force: true });
  mkdirSync(join(folder, 'app/.compile-cache'));
  chownSync(join(folder, 'app/.compile-cache'), user, user);
  chmodSync(folder, 0o755);
  // The last step of the build compiles the program.
  const [node = '', ...rest] = inFolder(wordsOf('RUN'));
  execFileSync(node, rest, { ...options(), stdio: ['ignore', 'ignore', 'inherit'] });
  for (const path of globSync('**', { cwd: folder })) {
    chownSync(join(folder, path), 0, 0);
    chmodSync(join(folder, path), 0o555);
  }
  return {
    command: inFolder([...wordsOf('ENTRYPOINT'), ...wordsOf('CMD')]),
    healthcheck: inFolder(wordsOf('HEALTHCHECK')),
    options,
  };
}

/** Runs a process of the image to its end. */
export function runImage(image: Image, [file = '', ...args]: readonly string[], env?: Record<string, string>) {
  return spawnSync(file, args, { ...image.options(env), encoding: 'utf8' });
}
