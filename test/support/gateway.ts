/** A gateway on a real port, and clients that control every byte. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { pino } from 'pino';
import { expect, onTestFinished } from 'vitest';
import { DEMO_TOKEN } from '../../src/emulator/world/demo-credentials.ts';
import { GRAPHQL_PATH } from '../../src/gateway.ts';
import type { HttpLimits } from '../../src/http/limits.ts';
import { serve } from '../../src/process/server.ts';
import type { SmsLimits } from '../../src/sms/http/limits.ts';
import { type Gateway, gatewayTo, startGateway } from './harness.ts';

type Settings = Parameters<typeof startGateway>[0];

export interface Served {
  url: string;
  stop(deadline: number, grace?: number): Promise<void>;
}

/** A gateway on a free port, in front of an emulator. */
export async function servedGateway(httpLimits: Partial<HttpLimits> = {}, settings: Settings = {}) {
  const gateway = await startGateway({ ...settings, httpLimits });
  return { ...(await onSocket(gateway)), emulator: gateway.emulator };
}

/** The same with the lines of its log. */
export async function loggedGateway(limits: Partial<HttpLimits> = {}) {
  const lines: Record<string, unknown>[] = [];
  const log = pino({ level: 'trace', base: null, timestamp: false }, { write: (line) => lines.push(JSON.parse(line)) });
  const gateway = await servedGateway(limits, { log });
  const requests = async (count = 1) => {
    const about = () => lines.filter(({ msg }) => msg === 'request');
    await expect.poll(() => about().length).toBe(count);
    return about();
  };
  return { ...gateway, lines, requests };
}

/** A gateway on a free port, in front of the SMS at `origin`. */
export function servedGatewayTo(
  origin: string,
  httpLimits: Partial<HttpLimits> = {},
  settings: Settings = {},
  limits: Partial<SmsLimits> = {},
) {
  return onSocket(gatewayTo(origin, { ...settings, httpLimits }, limits));
}

async function onSocket({ listener }: Gateway): Promise<Served> {
  const { url, stop } = await serve(listener, { host: '127.0.0.1', port: 0 });
  let stopped: Promise<void> | undefined;
  const once = (deadline: number, grace?: number) => {
    stopped ??= stop(deadline, grace);
    return stopped;
  };
  onTestFinished(() => once(0));
  return { url, stop: once };
}

/** Sends a POST to GraphQL with the demo token. */
export function post(
  { url }: Pick<Served, 'url'>,
  body: object | string,
  headers: Record<string, string> = {},
  init: RequestInit = {},
) {
  return fetch(`${url}${GRAPHQL_PATH}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-auth-token': DEMO_TOKEN, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...init,
  });
}

/** Opens a connection. `received` is everything that the gateway has sent on it. */
export async function openSocket({ url }: Pick<Served, 'url'>): Promise<Socket & { received: string }> {
  const { hostname, port } = new URL(url);
  const socket = Object.assign(connect(Number(port), hostname), { received: '' });
  socket.setEncoding('latin1');
  socket.on('data', (text) => {
    socket.received += text;
  });
  socket.on('error', () => {});
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  return socket;
}

export function socketClosed(socket: Socket): Promise<unknown> {
  return new Promise((resolve) => socket.once('close', resolve));
}

/** The head of a POST to GraphQL. */
export function postHead(headers: Record<string, string | number>): string {
  const lines = Object.entries({ host: 'gateway.test', 'content-type': 'application/json', ...headers });
  return `POST ${GRAPHQL_PATH} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
}
