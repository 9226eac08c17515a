/** The process: what to run, the environment, the port, signals, exit codes. */
import { setTimeout as wait } from 'node:timers/promises';
import { type Config, readConfig, readEmulatorConfig } from './config/config.ts';
import { SettingsError, shown } from './config/settings.ts';
import { readDocuments } from './config/trusted-documents.ts';
import { type Emulator, startEmulator } from './emulator/server.ts';
import { DEMO_ACCESS_KEY, DEMO_TOKEN } from './emulator/world/demo-credentials.ts';
import { createGateway, GRAPHQL_PATH } from './gateway.ts';
import { Metrics } from './http/telemetry/metrics.ts';
import { createLog } from './logging/log.ts';
import { standardError, standardOutput } from './logging/output.ts';
import { example } from './process/example.ts';
import { serve } from './process/server.ts';
import { keepDebuggerShut, type Stop, stopOnSignal } from './process/signals.ts';
import { taskWatches } from './sms/operations/task-watch.ts';
import { openUpstream } from './upstream.ts';

/** Milliseconds for which a kept connection may still bring a request when the gateway stops gently. */
const GRACE = 1_000;

const OTHER_FILES = 64;

const commands: Record<string, () => Promise<void>> = { start, demo, emulator };

async function start(): Promise<void> {
  const { url, emulatorUrl, metricsUrl, config, stop } = await startGateway(readConfig(process.env));
  stopOnSignal(stop, fail, process.env['npm_lifecycle_script']);
  print(`GraphQL:    ${url}${GRAPHQL_PATH}${config.graphiql ? '  (open it in a browser for GraphiQL)' : ''}`);
  if (emulatorUrl !== null) {
    print(`Emulator:   ${emulatorUrl}  (no SMS_REGION or SMS_ENDPOINT is set)`);
    print(`Demo token: ${DEMO_TOKEN}`);
    print(`Try:        ${curlOf(`${url}${GRAPHQL_PATH}`)}`);
  } else {
    print(`SMS:        ${config.endpoint}  (SMS_AUTH=${config.auth}${tokensOf(config)})`);
  }
  if (metricsUrl !== null) print(`Metrics:    ${metricsUrl}/metrics`);
}

async function emulator(): Promise<void> {
  const { port, warnings } = readEmulatorConfig(process.env);
  for (const warning of warnings) process.stderr.write(`${warning}\n`);
  const { url, close } = await listening({ port: 'EMULATOR_PORT' }, startEmulator({ port }));
  stopOnSignal(close, fail, process.env['npm_lifecycle_script']);
  print(`SMS emulator: ${url}`);
  print(`Demo token:   ${DEMO_TOKEN}`);
  print(`Demo AK:      ${DEMO_ACCESS_KEY.ak}`);
  print(`Demo SK:      ${DEMO_ACCESS_KEY.sk}`);
}

/** Sends the first example over HTTP, to a gateway and an emulator on free ports, and prints the answer. */
async function demo(): Promise<void> {
  const { url, stop } = await startGateway(readConfig({ PORT: '0', LOG_LEVEL: 'error' }));
  const answer = await fetch(`${url}${GRAPHQL_PATH}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-auth-token': DEMO_TOKEN },
    body: JSON.stringify(example),
  });
  print(JSON.stringify(await answer.json(), null, 2));
  await stop('soon');
}

async function startGateway(config: Config) {
  const emulator = config.endpoint === null ? await startEmulator() : null;
  const log = createLog(config.logLevel);
  const upstream = await openUpstream(emulator === null ? config : { ...config, ...playedBy(emulator) }, log);
  // The share of each caller bounds the streams, and every watch belongs to one.
  const watches = taskWatches({ most: config.httpLimits.maxStreams, store: upstream.store });
  const metrics = config.metricsAt === null ? null : new Metrics();
  metrics?.watchLog(standardError);
  let stopping = false;
  const listener = createGateway({
    ...config,
    ...upstream,
    watches,
    log,
    graphiql: config.graphiql ? { ...example, headers: { 'X-Auth-Token': emulator === null ? '' : DEMO_TOKEN } } : null,
    documents: config.documentsFile === null ? null : readDocuments(config.documentsFile),
    metrics,
    isEmulated: emulator !== null,
    isReady: () => !stopping,
    isLeaving: () => stopping,
  });
  const server = await listening(
    { host: 'HOST', port: 'PORT' },
    serve(listener, { ...config, reservedFiles: filesOf(config) }),
  );
  const metricsServer =
    metrics &&
    config.metricsAt &&
    (await listening({ host: 'METRICS_HOST', port: 'METRICS_PORT' }, serve(metrics.listener, config.metricsAt)));
  for (const warning of config.warnings) log.warn(warning);
  if (emulator !== null)
    log.warn({ emulator: emulator.url }, 'The embedded emulator stands in for SMS: all data is made up');
  const stop: Stop = async (how) => {
    stopping = true;
    const delay = how === 'gently' ? config.shutdownDelay : 0;
    await wait(delay);
    watches.stop();
    await server.stop(Math.max(0, config.shutdownTimeout - delay), how === 'gently' ? GRACE : 0);
    await metricsServer?.stop(0);
    await upstream.close();
    await emulator?.close();
  };
  const metricsUrl = metricsServer?.url ?? null;
  return { url: server.url, emulatorUrl: emulator?.url ?? null, metricsUrl, config, stop };
}

/** Files for everything but the connections of clients: calls to SMS and IAM, the log, the metrics, modules. */
function filesOf({ fallbacks, limits }: Config): number {
  return (1 + fallbacks.length) * limits.connections + OTHER_FILES;
}

/** The emulator in place of SMS and IAM, with its own key. */
function playedBy({ url }: Emulator): Partial<Config> {
  return { endpoint: url, iam: url, key: DEMO_ACCESS_KEY };
}

/** What IAM has to say about callers' tokens before the gateway's key or one of its own is used for them. */
function tokensOf({ auth, iam }: Config): string {
  if (auth === 'exchange') return `, tokens are exchanged at ${iam}`;
  if (auth !== 'sign-and-forward') return '';
  return iam === null ? ', tokens are NOT checked' : `, tokens are checked at ${iam}`;
}

/** A line to paste into a shell. */
function curlOf(url: string): string {
  const query = `mutation { exportConsistencyResults(input: { taskInfo: [{ taskId: "${example.variables.input.taskInfo[0]?.taskId}" }] }) { __typename ... on ExportConsistencyResultsSuccess { files { fileName text } } ... on SmsError { message code } } }`;
  return `curl -s ${url} -H 'content-type: application/json' -H 'x-auth-token: ${DEMO_TOKEN}' -d '${JSON.stringify({ query })}'`;
}

function print(line: string): void {
  standardOutput.write(`${line}\n`);
}

function fail(error: unknown): never {
  standardError.write(`${explain(error)}\n`);
  process.exit(1);
}

/** A server, or why there is none, told by the variables that say where it listens. */
async function listening<Server>(names: { host?: string; port: string }, server: Promise<Server>): Promise<Server> {
  try {
    return await server;
  } catch (error) {
    const { code, address, port } = error as NodeJS.ErrnoException & { address?: string; port?: number };
    if (code === 'EADDRINUSE')
      throw new SettingsError(`${address}:${port} is taken. Stop what listens there, or set ${names.port} to another.`);
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
      throw new SettingsError(`${names.host} is not an address of this machine.`);
    if (code === 'EACCES')
      throw new SettingsError(`Listening on port ${port} is not permitted. Set ${names.port} to 1024 or more.`);
    throw error;
  }
}

function explain(error: unknown): string {
  return error instanceof SettingsError ? error.message : ((error as Error).stack ?? String(error));
}

/** The command that the arguments name. There are no others: settings are environment variables. */
function commandIn([name = 'start', argument]: readonly string[]): () => Promise<void> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  const names = Object.keys(commands).join(', ');
  if (!command) throw new SettingsError(`There is no command ${shown(name)}. Commands: ${names}.`);
  // What stands behind "=" may be a secret.
  const [option = ''] = argument?.split('=') ?? [];
  if (argument !== undefined)
    throw new SettingsError(
      `There is no argument ${shown(option)}. Arguments: a command (${names}) and nothing else. Settings are environment variables; docs/configuration.md has them.`,
    );
  return command;
}

keepDebuggerShut();
try {
  commandIn(process.argv.slice(2))().catch(fail);
} catch (error) {
  fail(error);
}
