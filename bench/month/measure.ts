/** What each operation costs: as the gateway estimates it, and as it then calls SMS. */
import { Kind, parse } from 'graphql';
import { type Emulator, startEmulator } from '../../src/emulator/server.ts';
import { DEMO_TOKEN } from '../../src/emulator/world/demo-credentials.ts';
import { estimator } from '../../src/graphql/cost.ts';
import { buildSchema } from '../../src/graphql/schema.ts';
import { gateway } from '../children.ts';
import { type Ids, OPERATIONS, type Operation, type OperationName } from './operations.ts';

export interface Cost {
  /** The gateway's estimate, by which it rejects a request: the most calls that it may take. */
  estimate: number;
  /** Calls that the emulator received. For a subscription, for each reading. */
  calls: number;
  /** The most rows of lists that these calls can return. */
  rows: number;
}

const WAVE = 'c1a2b3d4-0000-4000-8000-000000000001';

/** Sends each operation once to a gateway in front of an emulator with one account's servers, `waveSize` of them in one wave. */
export async function measureCosts(accountSize: number, waveSize: number): Promise<Record<OperationName, Cost>> {
  const emulator = await startEmulator({ servers: accountSize });
  const { url, stop } = await gateway(emulator.url, { SMS_AUTH: 'forward' });
  try {
    return await measure(emulator, `${url}/graphql`, accountSize, waveSize);
  } finally {
    await stop();
    await emulator.close();
  }
}

async function measure(
  emulator: Emulator,
  url: string,
  accountSize: number,
  waveSize: number,
): Promise<Record<OperationName, Cost>> {
  const ids = idsIn(emulator, waveSize);
  const estimate = estimator(buildSchema());
  const costs: [string, Cost][] = [];
  for (const [name, operation] of Object.entries<Operation>(OPERATIONS)) {
    const before = new Set(emulator.state.tasks.keys());
    emulator.requests.length = 0;
    const variables = operation.variables(ids);
    await send(url, name, { query: operation.query, variables });
    const document = parse(operation.query);
    const [definition] = document.definitions;
    if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`${name} is not an operation.`);
    costs.push([
      name,
      {
        estimate: estimate(document, definition, { interval: 10, ...variables }).calls,
        calls: emulator.requests.length,
        rows: emulator.requests.reduce((sum, { path }) => sum + rowsOf(path, accountSize, waveSize), 0),
      },
    ]);
    ids.newTask = [...emulator.state.tasks.keys()].find((id) => !before.has(id)) ?? ids.newTask;
  }
  return Object.fromEntries(costs) as Record<OperationName, Cost>;
}

function idsIn({ state }: Emulator, waveSize: number): Ids {
  const [project] = state.projects.values();
  if (!project) throw new Error('The emulator has no project.');
  state.projects.set(WAVE, { ...project, id: WAVE, name: 'wave', isdefault: false });
  const servers = [...state.servers.values()].slice(-waveSize);
  for (const server of servers) server.migproject_id = WAVE;
  const taskIn = (wanted: string) => {
    const found = [...state.tasks.values()].find(
      ({ state: name, syncing }) => name === wanted && (wanted !== 'SYNCING' || syncing),
    );
    if (!found) throw new Error(`The emulator has no task in state ${wanted}.`);
    return found;
  };
  const done = taskIn('MIGRATE_SUCCESS');
  return {
    project: WAVE,
    server: servers[0]?.id ?? '',
    task: taskIn('RUNNING').id,
    newTask: '',
    syncingTask: taskIn('SYNCING').id,
    doneTask: done.id,
    doneServer: done.server_id,
    servers: servers.map(({ id }) => id),
  };
}

/** An event stream is read up to its first event. */
async function send(url: string, name: string, body: object): Promise<void> {
  const leaving = new AbortController();
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-auth-token': DEMO_TOKEN },
    body: JSON.stringify(body),
    signal: leaving.signal,
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
  let text = '';
  for (let chunk = await reader?.read(); chunk && !chunk.done; chunk = await reader?.read()) {
    text += chunk.value;
    if (isStream && text.includes('data:')) break;
  }
  leaving.abort();
  if (/"errors":|"__typename":"Sms/.test(text)) throw new Error(`${name} failed: ${text.slice(0, 500)}`);
}

/** From the page size in the query. A list of one wave has no more rows than the wave. */
function rowsOf(path: string, accountSize: number, waveSize: number): number {
  const query = new URL(path, 'http://sms.test').searchParams;
  const limit = Number(query.get('limit') ?? 0);
  return Math.min(limit, query.has('migproject') ? waveSize : accountSize);
}
