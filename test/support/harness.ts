/** A gateway for one test, in front of an emulator or of a server that the test implements. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createSocketServer, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import type { Emulator, EmulatorOptions } from '../../src/emulator/server.ts';
import { DEMO_ACCESS_KEY, DEMO_TOKEN } from '../../src/emulator/world/demo-credentials.ts';
import { createGateway, type GatewayOptions, GRAPHQL_PATH } from '../../src/gateway.ts';
import { createLog } from '../../src/logging/log.ts';
import { serve } from '../../src/process/server.ts';
import { smsUpstream } from '../../src/sms/client.ts';
import type { SmsLimits } from '../../src/sms/http/limits.ts';
import { taskWatches } from '../../src/sms/operations/task-watch.ts';
import { LIMITS, startTestEmulator } from './sms-client.ts';

/** Records of every data set of the emulator. */
export const WEB_TASK = '7d1f5c92-6a2b-4b0d-8f3e-c4a9b2d7e103';
export const WEB_SERVER = '5b0c6f0e-3c1d-4e53-9a57-2f8e6c1d0a01';

export interface GraphqlResponse {
  status: number;
  headers: Headers;
  body: {
    data?: Record<string, unknown> | null;
    errors?: { message: string; path?: (string | number)[]; extensions?: Record<string, unknown> }[];
  };
}

export interface Gateway {
  /** Without a port. */
  listener: ReturnType<typeof createGateway>;
  /** Sends a document, by default with the demo token. */
  send(query: string, variables?: object, headers?: Record<string, string>): Promise<GraphqlResponse>;
}

type Settings = Partial<Omit<GatewayOptions, 'sms'>>;

/** A gateway in front of the SMS at `origin`. By default it signs with the demo key and forwards tokens. */
export function gatewayTo(origin: string, settings: Settings = {}, limits: Partial<SmsLimits> = {}): Gateway {
  const sms = smsUpstream(origin, { ...LIMITS, ...limits });
  const { watches = taskWatches() } = settings;
  onTestFinished(() => {
    watches.stop();
    return sms.close();
  });
  const listener = createGateway({
    auth: 'sign-and-forward',
    key: DEMO_ACCESS_KEY,
    apiKeys: [],
    open: false,
    corsOrigins: [],
    expose: [],
    graphiql: null,
    log: createLog('silent'),
    ...settings,
    sms,
    watches,
  });
  const send: Gateway['send'] = async (query, variables = {}, headers = { 'x-auth-token': DEMO_TOKEN }) => {
    const response = await listener.fetch(`http://gateway.test${GRAPHQL_PATH}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query, variables }),
    });
    return {
      status: response.status,
      headers: response.headers,
      body: (await response.json()) as GraphqlResponse['body'],
    };
  };
  return { listener, send };
}

/** A gateway with an emulator behind it. */
export async function startGateway(
  settings: Settings = {},
  { limits, ...options }: EmulatorOptions & { limits?: Partial<SmsLimits> } = {},
): Promise<Gateway & { emulator: Emulator }> {
  const emulator = await startTestEmulator(options);
  return { emulator, ...gatewayTo(emulator.url, settings, limits) };
}

/** Serves the gateway on a free port, and returns its URL. */
export async function listen({ listener }: Gateway): Promise<string> {
  const { url, stop } = await serve(listener, { host: '127.0.0.1', port: 0 });
  onTestFinished(() => stop(0));
  return url;
}

/** Starts an HTTP server on a free port, and returns its URL. */
export function httpServer(listener: RequestListener): Promise<string> {
  return listening(createServer({ maxHeaderSize: 65_536 }, listener));
}

/** Starts a TCP server on a free port, and returns its URL. */
export function socketServer(onConnection: (socket: Socket) => void): Promise<string> {
  return listening(createSocketServer((socket) => onConnection(socket.on('error', () => {}))));
}

async function listening(server: Server): Promise<string> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Reads the body of a request. */
export async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks = await request.toArray();
  return Buffer.concat(chunks).toString();
}

/** The export mutation with all fields of all results. */
export const EXPORT = `
  mutation Export($input: ExportConsistencyResultsInput!) {
    exportConsistencyResults(input: $input) {
      __typename
      ... on ExportConsistencyResultsSuccess {
        files { ...file }
        tasks { taskId sourceId sourceName }
        requestIds
      }
      ... on ExportConsistencyResultsPartial {
        files { ...file }
        tasks { taskId sourceId sourceName }
        failedTasks { task { taskId sourceId sourceName } error { __typename ...failure } }
        requestIds
      }
      ...failure
    }
  }
  fragment file on ExportedFile { fileName contentType size base64 text json }
  fragment failure on SmsError {
    message code requestId
    ... on SmsInvalidInputError { fields { path message } errorParam details { errorCode errorMsg } }
    ... on SmsUnauthenticatedError { errorParam details { errorCode errorMsg } }
    ... on SmsForbiddenError { errorParam details { errorCode errorMsg } encodedAuthorizationMessage }
    ... on SmsNotFoundError { errorParam details { errorCode errorMsg } }
    ... on SmsThrottledError { errorParam details { errorCode errorMsg } retryAfter }
    ... on SmsUnavailableError { errorParam details { errorCode errorMsg } retryAfter reason }
  }
`;

/** The result of the export mutation, or the errors of the response. */
export async function exportResult(
  { send }: Gateway,
  input: object = { taskInfo: [{ taskId: WEB_TASK }] },
  headers?: Record<string, string>,
): Promise<unknown> {
  const { body } = await send(EXPORT, { input }, headers);
  return body.errors ?? body.data?.['exportConsistencyResults'];
}
