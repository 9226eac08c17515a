/** The lock files pin every package by its content. */
import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Locked {
  integrity?: string;
  resolved?: string;
  hasInstallScript?: boolean;
}

const ROOT = new URL('../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, ROOT), 'utf8');

/** Of the project, of the benchmarks and of each example. */
const folders = globSync(['package-lock.json', 'bench/package-lock.json', 'examples/*/package-lock.json'], {
  cwd: ROOT,
}).map((path) => path.replace('package-lock.json', ''));

/** The locked packages that meet a condition, as paths. */
function packagesThat(is: (locked: Locked) => boolean, among: readonly string[] = folders): string[] {
  return among.flatMap((folder) => {
    const { packages } = JSON.parse(read(`${folder}package-lock.json`)) as { packages: Record<string, Locked> };
    return Object.entries(packages).flatMap(([path, locked]) => (path !== '' && is(locked) ? [folder + path] : []));
  });
}

test('every package is pinned by a hash of its content, and not by a host', () => {
  expect(folders.filter((folder) => packagesThat(() => true, [folder]).length === 0)).toEqual([]);
  expect(packagesThat(({ integrity }) => !integrity?.startsWith('sha512-'))).toEqual([]);
  expect(packagesThat(({ resolved }) => resolved !== undefined)).toEqual([]);
});

test('no package runs a script when it is installed', () => {
  const runsScripts = (folder: string) => !read(`${folder}.npmrc`).includes('ignore-scripts=true');
  expect(packagesThat(({ hasInstallScript = false }) => hasInstallScript, folders.filter(runsScripts))).toEqual([]);
});

test('every version in package.json is exact', () => {
  const versions = folders.flatMap((folder) => {
    const { dependencies, devDependencies, optionalDependencies } = JSON.parse(read(`${folder}package.json`));
    return Object.entries<string>({ ...dependencies, ...devDependencies, ...optionalDependencies });
  });
  expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});

test('every action of a workflow is pinned by a commit', () => {
  const folder = new URL('../.github/workflows/', import.meta.url);
  const actions = globSync('*.yml', { cwd: folder }).flatMap((file) => [
    ...readFileSync(new URL(file, folder), 'utf8').matchAll(/uses: (\S+)/g),
  ]);
  expect(actions.length).toBeGreaterThan(0);
  expect(actions.map(([, action]) => action).filter((action) => !/@[0-9a-f]{40}$/.test(action ?? ''))).toEqual([]);
});
