/** Queries to a gateway, and the calls that its emulator received for them. */

import type { Emulator } from '../../src/emulator/server.ts';
import { DEMO_TOKEN } from '../../src/emulator/world/demo-credentials.ts';
import { bodyOf, type Gateway, type GraphqlResponse, gatewayTo, httpServer, startGateway } from './harness.ts';

/** Records of the small data set, besides those of the harness. */
export const BILLING_SERVER = 'a84d2b17-90fe-4c0a-8b7e-51c7d9e4f302';
export const BILLING_TASK = 'e2c94b58-17d0-4f6a-b3c8-9d0f6a1b5204';
export const LEGACY_SERVER = '18c5e7d2-0b9a-4f36-a7c1-6d2e4f8b930b';
export const LEGACY_TASK = '0f8a3d61-52be-4c79-a1d4-7b3e9c6f0805';
export const WAVE_1 = '31d7e0a4-8c5b-4a92-b6f1-0e9d3c7a2b06';
export const WAVE_2 = 'c60b1f39-4d7e-4835-9f2a-8e1d5b3c7a07';
export const TEMPLATE = '9ae2d4c0-b371-4f58-8d06-1c5f7e2a9b08';
/** Records of `DEMO_DATA`: a server without a task, and a task that is ready to be started. */
export const NEW_SERVER = '7b4d1e9a-0c8f-4e26-a5b7-d9f3c2e8a807';
export const INTRANET_TASK = 'f6b2d9e4-8c05-4a13-9e7f-a3d8c1b5e00a';
export const WAVE_3 = '5e8f2c91-6b0a-4d37-8c4e-b9d1f7a3e608';
export const READY_WAVE = '74a9d3e6-5c1f-4b82-9d07-e6f8b2c4a109';
/** A template that no task uses, in a `frozenGateway`. */
export const UNUSED_TEMPLATE = '5d0e7f3a-92b1-4c68-8a47-1e3f6b9d0c15';
/** A migration project without source servers, in tests of mutations. */
export const EMPTY_PROJECT = '8b3f6d1e-7a50-4c92-9e84-d2c5f0b7a916';
/** The id of no record. */
export const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000';

/** The time of a frozen clock: 2026-11-24 08:31:21 UTC. */
export const NOW = Date.UTC(2026, 10, 24, 8, 31, 21);

/** The data of an emulator that is started by hand: one case of every kind. */
export const DEMO_DATA = { servers: undefined };

/**
 * A gateway that forwards tokens to an emulator whose clock only moves when the test advances it. By default there are three
 * servers with a task each.
 */
export async function frozenGateway(
  settings: Parameters<typeof startGateway>[0] = {},
  options: Parameters<typeof startGateway>[1] = {},
) {
  const gateway = await startGateway(
    { auth: 'forward', key: null, ...settings },
    { now: () => NOW, servers: 3, ...options },
  );
  const { templates } = gateway.emulator.state;
  const template = templates.get(TEMPLATE);
  if (template) templates.set(UNUSED_TEMPLATE, { ...template, id: UNUSED_TEMPLATE, name: 'unused' });
  return gateway;
}

/** A gateway to an SMS that sends this response to every call, and records their bodies. */
export async function gatewayWithResponse(text: string, contentType = 'application/json') {
  const bodies: string[] = [];
  const url = await httpServer(async (request, response) => {
    bodies.push(await bodyOf(request));
    response.writeHead(200, { 'content-type': contentType }).end(text);
  });
  return { ...gatewayTo(url, { expose: ['secrets'] }), bodies };
}

/** The data of a response, which must have no errors. The type is not checked. */
export async function ask<Data = Record<string, unknown>>(
  { send }: Gateway,
  query: string,
  variables: object = {},
  token = DEMO_TOKEN,
): Promise<Data> {
  const { body } = await send(query, variables, { 'x-auth-token': token });
  if (body.errors) throw new Error(JSON.stringify(body.errors));
  return body.data as Data;
}

/** The errors of a response without message and request id. */
export function errorsOf({ body }: GraphqlResponse) {
  return (body.errors ?? []).map(({ path, extensions: { requestId: _, ...extensions } = {} }) => ({
    path,
    extensions,
  }));
}

/** `METHOD /path?query` of every call to the emulator, in order. */
export function callsTo({ requests }: Emulator): string[] {
  return requests.map(({ method, path }) => `${method} ${path}`);
}

/** Calls to the emulator by method and path, with ids replaced and without queries. */
export function callCounts({ requests }: Emulator): Record<string, number> {
  const kinds: Record<string, number> = {};
  for (const { method, path } of requests) {
    const kind = `${method} ${path.replace(/\?.*/, '').replace(/[\da-f]{8}-[\da-f-]{27}/, '{id}')}`;
    kinds[kind] = (kinds[kind] ?? 0) + 1;
  }
  return kinds;
}
