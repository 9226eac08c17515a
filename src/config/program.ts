/** The settings of the program itself: where it listens, and what it serves. */
import { HIDDEN_PARTS, type HiddenPart } from '../graphql/hidden-parts.ts';
import { code, type EnvReader } from './env-reader.ts';
import { printable } from './settings.ts';

export interface ProgramConfig {
  port: number;
  graphiql: boolean;
  /** Whether the console is served. `if-built`: the setting is not set. */
  console: 'always' | 'if-built' | 'never';
  logLevel: string;
  /** Hidden parts of the schema to show. */
  expose: readonly HiddenPart[];
}

const SECTION = 'The gateway';
const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;

/** In any case: the embedded emulator, whose tokens everybody knows, must not start because of a capital letter. */
export function readIsProduction(env: EnvReader): boolean {
  const value = env
    .section(SECTION)
    .text('NODE_ENV', '`production`, in any case: no embedded emulator, and other defaults where this page says so', {
      allowed: 'any',
    });
  return value?.toLowerCase() === 'production';
}

export function readHost(env: EnvReader): string {
  const value = env.section(SECTION).text('HOST', 'address to listen on', {
    default: '`127.0.0.1`',
    allowed: 'an address of this machine; with the embedded emulator, a loopback address',
  });
  return value ?? '127.0.0.1';
}

export function readProgram(env: EnvReader, isProduction: boolean): ProgramConfig {
  const settings = env.section(SECTION);
  const port = settings.integer('PORT', 4000, [0, 65_535], 'port to listen on; 0 picks a free one');
  const graphiql = settings.boolean('GRAPHIQL', !isProduction, 'whether GraphiQL is served');
  const servesConsole = settings.boolean(
    'CONSOLE',
    !isProduction,
    'whether the [console](../examples/console/README.md) is served at `/console`, if it has been built',
  );
  const logLevel = settings.choice('LOG_LEVEL', 'info', LOG_LEVELS, 'least severe level that is logged');
  // Only the command `check-config` uses it.
  settings.text(
    'CHECK_CONFIG_TOKEN',
    'token of a caller that [`check-config`](operations.md#check-the-chain) tries; nothing else uses it',
    { allowed: 'a token', isSecret: true },
  );
  const served = env.value('CONSOLE') === undefined ? 'if-built' : 'always';
  return {
    port,
    graphiql,
    console: servesConsole ? served : 'never',
    logLevel,
    expose: readExpose(env),
  };
}

export function readExpose(env: EnvReader): HiddenPart[] {
  const parts = env.section(SECTION).list('SMS_EXPOSE', 'hidden parts of the schema to expose', {
    allowed: `${HIDDEN_PARTS.map(code).join(', ')}, separated by commas`,
  });
  const unknown = parts.filter((part) => !HIDDEN_PARTS.some((hidden) => hidden === part));
  if (unknown.length > 0)
    env.addProblem(
      'SMS_EXPOSE',
      `contains ${printable(unknown.join(','))}. Allowed: comma-separated ${HIDDEN_PARTS.join(', ')}.`,
    );
  return HIDDEN_PARTS.filter((part) => parts.includes(part));
}

/** Only the command `emulator` uses it. */
export function readEmulatorPort(env: EnvReader): number {
  return env
    .section(SECTION)
    .integer('EMULATOR_PORT', 4001, [0, 65_535], 'port of `npm run emulator`; 0 picks a free one');
}
