/** The arguments of the program: a command, and few options. Settings are environment variables. */
import { parseArgs } from 'node:util';
import { printable, SettingsError } from '../config/settings.ts';

const DEFAULT_COMMAND = 'start';

/** Options that replace the command. */
const INFORMATION = ['help', 'version'];

const options = {
  'env-file': { type: 'string', multiple: true },
  offline: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const;

/** The command, which `--help` and `--version` replace, files to read settings from, and whether `check-config` calls nobody. */
export function parseCommandLine<Command>(
  args: readonly string[],
  commands: Readonly<Record<string, Command>>,
): { command: Command; envFiles: readonly string[]; isOffline: boolean } {
  // Not strict: the library's messages repeat arguments, which may be secrets.
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true });
  const envFiles: string[] = [];
  let name: string | undefined;
  let information: string | undefined;
  let isOffline = false;
  for (const token of tokens) {
    if (token.kind === 'positional' && name === undefined) name = token.value;
    else if (token.kind === 'option' && token.name === 'env-file') envFiles.push(fileName(token.value));
    else if (token.kind === 'option' && token.name === 'offline' && name === 'check-config') isOffline = true;
    else if (token.kind === 'option' && INFORMATION.includes(token.name)) information ??= token.name;
    else throw unknownArgument(token.kind === 'option' ? token.rawName : (args[token.index] ?? ''));
  }
  return { command: commandNamed(information ?? name ?? DEFAULT_COMMAND, commands), envFiles, isOffline };
}

function fileName(value: string | undefined): string {
  if (!value) throw new SettingsError('--env-file needs the name of a file.');
  return value;
}

function commandNamed<Command>(name: string, commands: Readonly<Record<string, Command>>): Command {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command !== undefined) return command;
  throw new SettingsError(`Unknown command ${printable(name)}. Commands: ${Object.keys(commands).join(', ')}.`);
}

function unknownArgument(argument: string): SettingsError {
  return new SettingsError(
    `Unknown argument ${printable(argument)}. The only arguments are a command, --env-file, --offline after check-config, --help and --version. Settings are environment variables: see docs/configuration.md.`,
  );
}
