import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Config } from '../config/config.ts';
import { SettingsError } from '../config/settings.ts';

/** Where the built page is: in a clone of the repository, and in the published package, whose bundle is as deep as src/process/. */
const DIRECTORIES = ['../../dist/console/', '../../console/'].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
);

/** The folder of the built console. Null if it is not served, or nobody has asked for it and it has not been built. */
export function consoleDirectory({ console }: Pick<Config, 'console'>): string | null {
  if (console === 'never') return null;
  const built = DIRECTORIES.find((directory) => existsSync(join(directory, 'index.html')));
  if (built !== undefined) return built;
  if (console === 'if-built') return null;
  throw new SettingsError('CONSOLE is true, but the console has not been built. Build it with: npm run build:console');
}
