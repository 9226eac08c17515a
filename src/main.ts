/** The process: commands, the environment, what is printed, exit codes. */
import { readConfig, readEmulatorConfig } from './config/config.ts';
import { printable, SettingsError } from './config/settings.ts';
import { DEMO_ACCESS_KEY, DEMO_TOKEN } from './emulator/world/demo-credentials.ts';
import { GRAPHQL_PATH } from './gateway.ts';
import { standardError, standardOutput } from './logging/output.ts';
import { example } from './process/example.ts';
import { failureText, WorkerFailedError } from './process/failure.ts';
import { explainListenErrors } from './process/listen-errors.ts';
import { type EmbeddedEmulator, runGateway } from './process/run-gateway.ts';
import { disableDebugger, stopOnSignal } from './process/signals.ts';
import { startMessage } from './process/start-message.ts';

const commands: Record<string, () => Promise<void>> = { start, demo, emulator };

disableDebugger();
try {
  await commandIn(process.argv.slice(2))();
} catch (error) {
  fail(error);
}

async function start(): Promise<void> {
  const config = readConfig(process.env);
  const workers = config.workers === 1 ? null : await import('./process/workers.ts');
  if (workers?.isWorker) return workers.runWorker(config);
  const emulator = config.endpoint === null ? await embeddedEmulator() : null;
  const gateway = await (workers?.runPrimary ?? runGateway)(config, emulator);
  stopOnSignal(gateway.stop, fail, process.env['npm_lifecycle_script']);
  print(...startMessage(gateway, config, emulator));
}

/** Sends the first example over HTTP to a gateway and an emulator on free ports, and prints the result. */
async function demo(): Promise<void> {
  const { url, stop } = await runGateway(readConfig({ PORT: '0', LOG_LEVEL: 'error' }), await embeddedEmulator());
  const response = await fetch(`${url}${GRAPHQL_PATH}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-auth-token': DEMO_TOKEN },
    body: JSON.stringify(example),
  });
  print(JSON.stringify(await response.json(), null, 2));
  await stop('fast');
}

async function emulator(): Promise<void> {
  const { port, warnings } = readEmulatorConfig(process.env);
  for (const warning of warnings) process.stderr.write(`${warning}\n`);
  const { startEmulator } = await loadEmulator();
  const { url, close } = await explainListenErrors({ port: 'EMULATOR_PORT' }, startEmulator({ port }));
  stopOnSignal(close, fail, process.env['npm_lifecycle_script']);
  print(
    `SMS emulator: ${url}`,
    `Demo token:   ${DEMO_TOKEN}`,
    `Demo AK:      ${DEMO_ACCESS_KEY.ak}`,
    `Demo SK:      ${DEMO_ACCESS_KEY.sk}`,
  );
}

/** In production it is never needed, and loading it takes as long as all the rest. */
function loadEmulator() {
  return import('./emulator/server.ts');
}

async function embeddedEmulator(): Promise<EmbeddedEmulator> {
  const { startEmulator } = await loadEmulator();
  const { url, close } = await startEmulator();
  return { url, close, key: DEMO_ACCESS_KEY, token: DEMO_TOKEN };
}

function commandIn([name = 'start', argument]: readonly string[]): () => Promise<void> {
  const names = Object.keys(commands).join(', ');
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new SettingsError(`Unknown command ${printable(name)}. Commands: ${names}.`);
  if (argument === undefined) return command;
  // The value after "=" may be a secret.
  const [option = ''] = argument.split('=');
  throw new SettingsError(
    `Unknown argument ${printable(option)}. The only argument is a command (${names}). Settings are environment variables: see docs/configuration.md.`,
  );
}

function print(...lines: readonly string[]): void {
  for (const line of lines) standardOutput.write(`${line}\n`);
}

function fail(error: unknown): never {
  standardError.write(`${failureText(error)}\n`);
  process.exit(error instanceof WorkerFailedError ? error.exitCode : 1);
}
