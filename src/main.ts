/** The process: what to run, the environment, the port, signals, exit codes. */
import { setTimeout as wait } from 'node:timers/promises';
import { SettingsError } from './config/settings.ts';
import { type Config, readConfig, readEmulatorPort } from './config.ts';
import { readDocuments } from './edge/documents.ts';
import { Metrics } from './edge/metrics.ts';
import { DEMO_ACCESS_KEY, DEMO_TOKEN } from './emulator/demo.ts';
import { type Emulator, startEmulator } from './emulator/server.ts';
import { example } from './example.ts';
import { createGateway, GRAPHQL_PATH } from './gateway.ts';
import { createLog } from './log.ts';
import { standardError, standardOutput } from './output.ts';
import { serve } from './server.ts';
import { keepDebuggerShut, type Stop, stopOnSignal } from './signals.ts';
import { taskWatches } from './sms/task-watch.ts';
import { openUpstream } from './upstream.ts';

/** Milliseconds for which a kept connection may still bring a request when the gateway stops gently. */
const GRACE = 1_000;

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
  const { url, close } = await startEmulator({ port: readEmulatorPort(process.env) });
  stopOnSignal(close, fail, process.env['npm_lifecycle_script']);
  print(`SMS emulator: ${url}`);
  print(`Demo token:   ${DEMO_TOKEN}`);
  print(`Demo AK:      ${DEMO_ACCESS_KEY.ak}`);
  print(`Demo SK:      ${DEMO_ACCESS_KEY.sk}`);
}

/** Sends the first example over HTTP, to a gateway and an emulator on free ports, and prints the answer. */
async function demo(): Promise<void> {
  const { url, stop } = await startGateway(readConfig({ PORT: '0', LOG_LEVEL: 'warn' }));
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
  const watches = taskWatches();
  const upstream = await openUpstream(emulator === null ? config : { ...config, ...playedBy(emulator) }, log);
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
    isReady: () => !stopping,
    isLeaving: () => stopping,
  });
  const server = await serve(listener, config);
  const metricsServer = metrics && config.metricsAt && (await serve(metrics.listener, config.metricsAt));
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

function explain(error: unknown): string {
  if (error instanceof SettingsError) return error.message;
  const { code, address, port, stack } = error as NodeJS.ErrnoException & { address?: string; port?: number };
  if (code === 'EADDRINUSE') return `${address}:${port} is taken. Stop what listens there, or set PORT to another.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `HOST is not an address of this machine.`;
  if (code === 'EACCES') return `Listening on port ${port} is not permitted. Set PORT to 1024 or more.`;
  return stack ?? String(error);
}

keepDebuggerShut();
const name = process.argv[2] ?? 'start';
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
if (command) command().catch(fail);
else fail(new SettingsError(`There is no command "${name}". Commands: ${Object.keys(commands).join(', ')}.`));
