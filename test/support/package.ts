/** What `npm run build` makes, packed and installed in an empty folder. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = new URL('../..', import.meta.url).pathname;

export interface InstalledPackage {
  tarball: string;
  /** Paths in the tarball. */
  files: readonly string[];
  /** A folder in whose node_modules the package is. */
  folder: string;
  /** For npm: no network, and a cache of its own. */
  env: NodeJS.ProcessEnv;
  remove(): void;
}

export function installPackage(): InstalledPackage {
  const folder = mkdtempSync(join(tmpdir(), 'package-'));
  const env = { ...process.env, npm_config_cache: join(folder, 'cache'), npm_config_offline: 'true' };
  const npm = (...args: string[]) => execFileSync('npm', args, { cwd: folder, encoding: 'utf8', env });
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
  const [packed] = JSON.parse(npm('pack', '--json', join(ROOT, 'dist/package')));
  const tarball = join(folder, packed.filename);
  npm('install', '--no-audit', '--no-fund', tarball);
  return {
    tarball,
    files: packed.files.map(({ path }: { path: string }) => path),
    folder,
    env,
    remove: () => rmSync(folder, { recursive: true }),
  };
}
