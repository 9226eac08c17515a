/**
 * A small SMS on loopback, for demonstrations, tests and any client of SMS: one HTTP server that plays SMS, the API
 * gateway in front of it, IAM and the ECS metadata service.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { forbidden, gatewayRefusal, Refusal, unknownApi } from './error-responses.ts';
import { control } from './http/control-api.ts';
import { deliver, type Fault, Faults } from './http/faults.ts';
import { received, refuseOversized } from './http/request.ts';
import { Answer, acknowledgement, type EmulatorRequest, json, router } from './http/router.ts';
import { permissionOf, validated } from './http/validate.ts';
import { callerOf, NO_CREDENTIALS } from './iam/authentication.ts';
import { metadata } from './iam/ecs-metadata.ts';
import { iam } from './iam/iam.ts';
import { account } from './routes/account.ts';
import { agent } from './routes/agent.ts';
import { consistency } from './routes/consistency.ts';
import { projects } from './routes/projects.ts';
import { sources } from './routes/sources.ts';
import { settings } from './routes/task-settings.ts';
import { tasks } from './routes/tasks.ts';
import { templates } from './routes/templates.ts';
import type { ExportForm, ResultForm } from './world/export-forms.ts';
import { fill } from './world/seed-data.ts';
import { State, type User } from './world/state.ts';

export interface EmulatorOptions {
  /** 0, the default, takes a free port. */
  port?: number;
  /** Default 127.0.0.1. */
  host?: string;
  /** The clock, epoch ms. Default Date.now. */
  now?: () => number;
  /** So many source servers, each with a task. Left out, the data set of demonstrations, with one case of every kind. */
  servers?: number | undefined;
  /** The same seed makes the same data set. */
  seed?: number;
  /** Milliseconds of clock time from the start of a task to its end, default 60,000. */
  taskDuration?: number;
}

interface ReceivedRequest {
  method: string;
  /** With the query, as it stood in the request line. */
  path: string;
  /** Lower-case names; repeated headers joined with a comma. */
  headers: Record<string, string>;
  body: string;
}

export interface Emulator {
  /** http://127.0.0.1:PORT */
  url: string;
  state: State;
  /** Every request but those of the control address, newest last, the last 10,000. */
  requests: ReceivedRequest[];
  /** The next matching requests fail this way. */
  fault(fault: Fault): void;
  answerExportWith(form: ExportForm): void;
  /** Entries of consistency results: JSON texts, as documented and by default, or objects. */
  answerResultsWith(form: ResultForm): void;
  close(): Promise<void>;
}

const REQUESTS_KEPT = 10_000;
/** Bytes; tokens of 16,384 characters must fit, with room. */
const HEADER_LIMIT = 65_536;

const findOperation = router(consistency, tasks, settings, sources, templates, projects, account, agent);

/** Starts the emulator. Rejects when the port is taken. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { port = 0, host = '127.0.0.1', now = Date.now, servers, seed = 1, taskDuration = 60_000 } = options;
  const state = new State(now, seed, taskDuration);
  fill(state, servers);
  const faults = new Faults();
  const requests: ReceivedRequest[] = [];

  const server = createServer({ maxHeaderSize: HEADER_LIMIT }, (message, response) => {
    serve(message, response).catch((error: unknown) => {
      // Either the client has left, or this is a bug that a test must see.
      if (response.headersSent || response.destroyed) response.destroy();
      else response.writeHead(500).end(JSON.stringify({ error_code: 'SMS.6000', error_msg: String(error) }));
    });
  });

  async function serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const requestId = randomUUID().replaceAll('-', '');
    response.setHeader('X-Request-Id', requestId);
    const request = await received(message);
    const answer = async () => orRefusal(requestId, () => respond(request, state));
    const command = control(request, message.socket.remoteAddress, state, faults);
    if (command) return deliver(undefined, async () => orRefusal(requestId, command), response);
    const { method, target, headers, body } = request;
    requests.push({ method, path: target, headers, body: body.toString() });
    if (requests.length > REQUESTS_KEPT) requests.shift();
    await deliver(faults.take(method, target), answer, response);
  }

  server.on('clientError', refuseUnreadable);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}`,
    state,
    requests,
    fault: (fault) => faults.add(fault),
    answerExportWith: (form) => {
      state.exportForm = form;
    },
    answerResultsWith: (form) => {
      state.resultForm = form;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** What SMS answers: first who asks, then whether there is such an operation, whether it is allowed and well-formed. */
function respond(request: EmulatorRequest, state: State): unknown {
  refuseOversized(request);
  const other = iam(request, state) ?? metadata(request, state);
  if (other) return other();
  const caller = callerOf(request, state);
  if (caller && 'refused' in caller) throw gatewayRefusal(401, 'APIGW.0301', caller.refused);
  const operation = findOperation(request.method, request.path);
  if (!operation) throw unknownApi();
  if (!caller) throw gatewayRefusal(401, 'APIGW.0301', NO_CREDENTIALS);
  const { user } = caller;
  refuseForbidden(operation.key, user);
  return operation.handler({ ...validated(operation.key, operation.params, request), request, state, user });
}

function refuseForbidden(key: string, { rights, domain }: User): void {
  const permission = permissionOf(key);
  if (!permission || rights === '*' || rights.has(permission.action)) return;
  const { action, resource } = permission;
  throw forbidden(action, resource === null ? '*' : `sms::${domain.id}:${resource}:*`);
}

function orRefusal(requestId: string, respondTo: () => unknown): Answer {
  try {
    const answer = respondTo();
    if (answer === undefined) return acknowledgement();
    return answer instanceof Answer ? answer : json(200, answer);
  } catch (error) {
    if (error instanceof Refusal) return json(error.status, error.body(requestId));
    if (!(error instanceof URIError)) throw error;
    const refusal = gatewayRefusal(400, 'APIGW.0201', 'The request line cannot be decoded');
    return json(refusal.status, refusal.body(requestId));
  }
}

/** For what is no HTTP request at all, or has headers over the limit. */
function refuseUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable) return;
  const [status, message] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? ['494 Request Header Too Large', 'too long']
      : ['400 Bad Request', 'malformed'];
  const body = JSON.stringify({ error_code: 'APIGW.0201', error_msg: `The request headers are ${message}` });
  socket.end(
    `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
}
