/** The lock file pins every package by its content. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Locked {
  integrity?: string;
  resolved?: string;
  hasInstallScript?: boolean;
}

const jsonIn = (name: string) => JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'));
const lock: { packages: Record<string, Locked> } = jsonIn('package-lock.json');
const packages = Object.entries(lock.packages).filter(([path]) => path !== '');
const pathsOf = (is: (locked: Locked) => boolean) => packages.flatMap(([path, locked]) => (is(locked) ? [path] : []));

test('every package is pinned by a hash of its content, and not by a host', () => {
  expect(packages.length).toBeGreaterThan(0);
  expect(pathsOf(({ integrity }) => !integrity?.startsWith('sha512-'))).toEqual([]);
  expect(pathsOf(({ resolved }) => resolved !== undefined)).toEqual([]);
});

test('no package runs a script when it is installed', () => {
  expect(pathsOf(({ hasInstallScript = false }) => hasInstallScript)).toEqual([]);
});

test('every version in package.json is exact', () => {
  const { dependencies, devDependencies, optionalDependencies } = jsonIn('package.json');
  const versions = Object.entries<string>({ ...dependencies, ...devDependencies, ...optionalDependencies });
  expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});
