/** The program: its commands, the environment and exit codes. A command is loaded only if it runs, for a faster start. */
import manifest from '../package.json' with { type: 'json' };
import { SettingsError } from './config/settings.ts';
import { print } from './logging/output.ts';
import { parseCommandLine } from './process/command-line.ts';
import { exitWith } from './process/failure.ts';
import { help } from './process/help.ts';
import { disableDebugger } from './process/signals.ts';
import { setV8Options } from './process/v8-options.ts';

type Command = (options: { isOffline: boolean }) => void | Promise<void>;

const commands: Record<string, Command> = {
  start: async () => (await import('./commands/start.ts')).start(process.env),
  demo: async () => (await import('./commands/demo.ts')).demo(),
  emulator: async () => (await import('./commands/emulator.ts')).emulator(process.env),
  console: async () => (await import('./commands/console.ts')).console(process.env),
  'print-schema': async () => (await import('./commands/print-schema.ts')).printSchema(process.env),
  'check-config': async (options) => (await import('./commands/check-config.ts')).checkConfig(process.env, options),
  help: () => print(help),
  version: () => print(manifest.version),
};

disableDebugger();
run(process.argv.slice(2)).catch(exitWith);

async function run(args: readonly string[]): Promise<void> {
  const { command, envFiles, isOffline } = parseCommandLine(args, commands);
  // The last file first, because a variable that is already set stays. As with Node's own option, the last file wins.
  for (const file of envFiles.toReversed()) loadEnvFile(file);
  await command({ isOffline });
  // Once everything is loaded: with other options, V8 would not use the code that node and the last start have compiled.
  setV8Options();
}

function loadEnvFile(path: string): void {
  try {
    process.loadEnvFile(path);
  } catch (error) {
    throw new SettingsError(`--env-file names a file that cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}
