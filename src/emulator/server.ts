/**
 * A small SMS on loopback, for demonstrations, tests and any client of SMS: one HTTP server that acts as SMS, the
 * API gateway in front of it, IAM and the ECS metadata service.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { apiGatewayError, forbiddenError, HttpError, unknownApiError } from './error-responses.ts';
import { controlHandler } from './http/control-api.ts';
import { type Fault, Faults, sendWithFault } from './http/faults.ts';
import { type EmulatorRequest, readRequest, rejectOversized } from './http/request.ts';
import { acknowledgement, EmulatorResponse, jsonResponse } from './http/response.ts';
import { router } from './http/router.ts';
import { requiredPermission, validate } from './http/validate.ts';
import { authenticate, NO_CREDENTIALS } from './iam/authentication.ts';
import { metadataHandler } from './iam/ecs-metadata.ts';
import { iamHandler } from './iam/iam.ts';
import { account } from './routes/account.ts';
import { agent } from './routes/agent.ts';
import { consistency } from './routes/consistency.ts';
import { projects } from './routes/projects.ts';
import { secrets } from './routes/secrets.ts';
import { sources } from './routes/sources.ts';
import { tasks } from './routes/tasks.ts';
import { templates } from './routes/templates.ts';
import type { ExportForm, ResultForm } from './world/export-forms.ts';
import { addLargeWave } from './world/large-wave.ts';
import { seed as seedState } from './world/seed-data.ts';
import { State, type User } from './world/state.ts';

export interface EmulatorOptions {
  /** Default 0: any free port. */
  port?: number;
  /** Default 127.0.0.1. */
  host?: string;
  /** The clock, epoch ms. Default Date.now. */
  now?: () => number;
  /** Number of source servers, each with a task. By default the demo data, which has one case of every kind. */
  servers?: number | undefined;
  /** Number of source servers of one more migration project, which has servers in every state. Default 0: no such project. */
  largeWave?: number;
  /** The same seed makes the same data. */
  seed?: number;
  /** Milliseconds from the start of a task to its end. Default 60,000. */
  taskDuration?: number;
}

interface RecordedRequest {
  method: string;
  /** Path and query, as in the request line. */
  path: string;
  /** Lower-case names; repeated headers joined with a comma. */
  headers: Record<string, string>;
  body: string;
}

export interface Emulator {
  /** http://127.0.0.1:PORT */
  url: string;
  state: State;
  /** The last 10,000 requests, newest last, without those to the control API. */
  requests: RecordedRequest[];
  /** Makes the next matching requests fail. */
  fault(fault: Fault): void;
  setExportForm(form: ExportForm): void;
  /** Entries of consistency results: JSON texts (as documented, the default) or objects. */
  setResultForm(form: ResultForm): void;
  close(): Promise<void>;
}

const MAX_RECORDED_REQUESTS = 10_000;
/** Leaves room for a token of 16,384 characters. */
const MAX_HEADER_BYTES = 65_536;

const findOperation = router(consistency, tasks, sources, templates, projects, account, secrets, agent);

/** Starts the emulator. Rejects if the port is taken. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const {
    port = 0,
    host = '127.0.0.1',
    now = Date.now,
    servers,
    largeWave = 0,
    seed = 1,
    taskDuration = 60_000,
  } = options;
  const state = new State(now, seed, taskDuration);
  seedState(state, servers);
  if (largeWave > 0) addLargeWave(state, largeWave);
  const faults = new Faults();
  const requests: RecordedRequest[] = [];

  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES }, (message, response) => {
    serve(message, response).catch((error: unknown) => {
      // Either the client disconnected, or this is a bug that a test must see.
      if (response.headersSent || response.destroyed) response.destroy();
      else response.writeHead(500).end(JSON.stringify({ error_code: 'SMS.6000', error_msg: String(error) }));
    });
  });

  async function serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const requestId = randomUUID().replaceAll('-', '');
    response.setHeader('X-Request-Id', requestId);
    const request = await readRequest(message);
    const command = controlHandler(request, message.socket.remoteAddress, state, faults);
    if (command) return sendWithFault(undefined, () => responseOf(requestId, command), response);
    const { method, target, headers, body } = request;
    requests.push({ method, path: target, headers, body: body.toString() });
    if (requests.length > MAX_RECORDED_REQUESTS) requests.shift();
    await sendWithFault(
      faults.take(method, target),
      () => responseOf(requestId, () => handle(request, state)),
      response,
    );
  }

  server.on('clientError', rejectUnreadable);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
    state,
    requests,
    fault: (fault) => faults.add(fault),
    setExportForm: (form) => {
      state.exportForm = form;
    },
    setResultForm: (form) => {
      state.resultForm = form;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Checks in the order of SMS: credentials, then whether the operation exists, is allowed, and the request is valid. */
function handle(request: EmulatorRequest, state: State): unknown {
  rejectOversized(request);
  const handler = iamHandler(request, state) ?? metadataHandler(request, state);
  if (handler) return handler();
  const caller = authenticate(request, state);
  if (caller && 'problem' in caller) throw apiGatewayError(401, 'APIGW.0301', caller.problem);
  const operation = findOperation(request.method, request.path);
  if (!operation) throw unknownApiError();
  if (!caller) throw apiGatewayError(401, 'APIGW.0301', NO_CREDENTIALS);
  checkPermission(operation.key, caller.user);
  return operation.handler({ ...validate(operation.key, operation.params, request), request, state });
}

function checkPermission(key: string, { rights, domain }: User): void {
  const permission = requiredPermission(key);
  if (!permission || rights === '*' || rights.has(permission.action)) return;
  const { action, resource } = permission;
  throw forbiddenError(action, resource === null ? '*' : `sms::${domain.id}:${resource}:*`);
}

function responseOf(requestId: string, handler: () => unknown): EmulatorResponse {
  try {
    const result = handler();
    if (result === undefined) return acknowledgement();
    return result instanceof EmulatorResponse ? result : jsonResponse(200, result);
  } catch (error) {
    const httpError =
      error instanceof URIError ? apiGatewayError(400, 'APIGW.0201', 'The request line cannot be decoded') : error;
    if (!(httpError instanceof HttpError)) throw error;
    return jsonResponse(httpError.status, httpError.body(requestId));
  }
}

/** For a request that is not valid HTTP, or whose headers exceed the limit. */
function rejectUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable) return;
  const [status, problem] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? ['494 Request Header Too Large', 'too long']
      : ['400 Bad Request', 'malformed'];
  const body = JSON.stringify({ error_code: 'APIGW.0201', error_msg: `The request headers are ${problem}` });
  socket.end(
    `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
}
