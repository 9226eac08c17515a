/** Starts an emulator for one test, and calls it. */
import { expect, onTestFinished } from 'vitest';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../../src/emulator/server.ts';
import { DEMO_TOKEN } from '../../../src/emulator/world/demo-credentials.ts';

// Records of the demo data; docs/emulator.md describes them.
export const WEB_SERVER = '5b0c6f0e-3c1d-4e53-9a57-2f8e6c1d0a01';
export const WEB_TASK = '7d1f5c92-6a2b-4b0d-8f3e-c4a9b2d7e103';
export const BILLING_SERVER = 'a84d2b17-90fe-4c0a-8b7e-51c7d9e4f302';
export const BILLING_TASK = 'e2c94b58-17d0-4f6a-b3c8-9d0f6a1b5204';
export const LEGACY_SERVER = '18c5e7d2-0b9a-4f36-a7c1-6d2e4f8b930b';
export const LEGACY_TASK = '0f8a3d61-52be-4c79-a1d4-7b3e9c6f0805';
/** In continuous synchronization, with differences. */
export const SHOP_SERVER = '63f0b9c4-2d8e-4a17-9c5b-e1a7d4f8b302';
export const SHOP_TASK = '4c8e2a7f-9b13-4d65-8e0a-b7d3f1c5a206';
/** Launched, without differences. */
export const WIKI_TASK = 'b1d7f3a9-5e2c-4086-9f4d-c8a6e0b2d407';
/** One directory has more files than SMS compares, another one has none. */
export const MAIL_TASK = '2f9c6d80-7a4e-4b35-a1c8-d5e3b7f09608';
/** Its consistency check failed. */
export const CRM_TASK = '8a0e5b93-1c6f-4d72-8b9d-f4c7a2e6d809';
/** Ready to be started. */
export const INTRANET_SERVER = '27e8c0d5-9b4f-4f61-8d3a-c6e1f9a7b706';
export const INTRANET_TASK = 'f6b2d9e4-8c05-4a13-9e7f-a3d8c1b5e00a';
/** Without a task. */
export const NEW_SERVER = '7b4d1e9a-0c8f-4e26-a5b7-d9f3c2e8a807';
/** Its source server was deleted. */
export const GONE_TASK = '0b7a64e1-52cf-4d08-9c3d-f81e06b2a705';
/** The default project. */
export const WAVE_ONE = '31d7e0a4-8c5b-4a92-b6f1-0e9d3c7a2b06';
export const WAVE_TWO = 'c60b1f39-4d7e-4835-9f2a-8e1d5b3c7a07';
export const WAVE_THREE = '5e8f2c91-6b0a-4d37-8c4e-b9d1f7a3e608';
/** Used by the web task. */
export const TEMPLATE = '9ae2d4c0-b371-4f58-8d06-1c5f7e2a9b08';
/** Used by the billing task, which is being copied. */
export const WINDOWS_TEMPLATE = '61c3f8b5-0e7d-4a94-8d2b-f9a5c7e1b30c';

/** A request body for the server without a task. */
export const NEW_TASK = {
  name: 'first',
  type: 'MIGRATE_FILE',
  source_server: { id: NEW_SERVER },
  target_server: { name: 'files-02-new', vm_id: '' },
  region_name: 'AP-Singapore',
  region_id: 'ap-southeast-3',
  project_name: 'ap-southeast-3',
  project_id: '0a1b2c3d4e5f60718293a4b5c6d7e8f9',
};

/** The time of the tests' clocks: 2026-11-24 08:31:21 UTC. */
export const NOON = Date.UTC(2026, 10, 24, 8, 31, 21);

/** An emulator whose clock stands still. It closes after the test. */
export async function anEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const emulator = await startEmulator({ now: () => NOON, ...options });
  onTestFinished(() => emulator.close());
  return emulator;
}

/** A clock for signatures, tokens and keys, which `state.advance` does not move. */
export function movableClock() {
  let time = NOON;
  return {
    now: () => time,
    advance: (ms: number) => {
      time += ms;
    },
  };
}

export interface ReceivedResponse {
  status: number;
  headers: Headers;
  body: Buffer;
  text: string;
  /** Undefined if the body is not JSON. */
  json: unknown;
}

/** Calls with the demo token, or with the given headers instead. */
export async function call(
  emulator: Emulator,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = { 'X-Auth-Token': DEMO_TOKEN },
): Promise<ReceivedResponse> {
  const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
  const response = await fetch(emulator.url + path, {
    method,
    headers: { 'Content-Type': 'application/json', ...headers },
    redirect: 'manual',
    ...sent,
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  return {
    status: response.status,
    headers: response.headers,
    body: bytes,
    text: bytes.toString(),
    json: parse(bytes),
  };
}

/** Status and JSON of a call. */
export async function outcome(...request: Parameters<typeof call>): Promise<[status: number, json: unknown]> {
  const { status, json } = await call(...request);
  return [status, json];
}

/** The outcome of a call that SMS rejects. */
export function smsError(code: string, message: unknown = expect.any(String)): [status: number, json: object] {
  return [400, { error_code: code, error_msg: message }];
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
}
