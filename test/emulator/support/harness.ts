/** An emulator of one's own for each test, and the calls that the tests of the emulator make. */
import { expect, onTestFinished } from 'vitest';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../../src/emulator/server.ts';
import { DEMO_TOKEN } from '../../../src/emulator/world/demo-credentials.ts';

/** The well-known records of the data set. */
export const WEB_SERVER = '5b0c6f0e-3c1d-4e53-9a57-2f8e6c1d0a01';
export const WEB_TASK = '7d1f5c92-6a2b-4b0d-8f3e-c4a9b2d7e103';
export const BILLING_SERVER = 'a84d2b17-90fe-4c0a-8b7e-51c7d9e4f302';
export const BILLING_TASK = 'e2c94b58-17d0-4f6a-b3c8-9d0f6a1b5204';
export const LEGACY_SERVER = '18c5e7d2-0b9a-4f36-a7c1-6d2e4f8b930b';
export const LEGACY_TASK = '0f8a3d61-52be-4c79-a1d4-7b3e9c6f0805';

/** In continuous synchronization, with differences. */
export const SHOP_SERVER = '63f0b9c4-2d8e-4a17-9c5b-e1a7d4f8b302';
export const SHOP_TASK = '4c8e2a7f-9b13-4d65-8e0a-b7d3f1c5a206';
/** Launched, and the same on both sides. */
export const WIKI_TASK = 'b1d7f3a9-5e2c-4086-9f4d-c8a6e0b2d407';
/** More files than SMS compares, and a directory without any. */
export const MAIL_TASK = '2f9c6d80-7a4e-4b35-a1c8-d5e3b7f09608';
/** Its check failed. */
export const CRM_TASK = '8a0e5b93-1c6f-4d72-8b9d-f4c7a2e6d809';
/** Ready to be started. */
export const INTRANET_SERVER = '27e8c0d5-9b4f-4f61-8d3a-c6e1f9a7b706';
export const INTRANET_TASK = 'f6b2d9e4-8c05-4a13-9e7f-a3d8c1b5e00a';
/** Waits for its first task. */
export const NEW_SERVER = '7b4d1e9a-0c8f-4e26-a5b7-d9f3c2e8a807';
/** Its source server has been deleted. */
export const GONE_TASK = '0b7a64e1-52cf-4d08-9c3d-f81e06b2a705';

/** The moment at which the tests' clocks stand still: 2026-11-24 08:31:21 UTC. */
export const NOON = Date.UTC(2026, 10, 24, 8, 31, 21);

export async function anEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const emulator = await startEmulator({ now: () => NOON, ...options });
  onTestFinished(() => emulator.close());
  return emulator;
}

/** A clock that a test moves. Signatures, tokens and keys go by it, whatever `state.advance` has added for migrations. */
export function movableClock() {
  let time = NOON;
  return {
    now: () => time,
    advance: (ms: number) => {
      time += ms;
    },
  };
}

export interface Answered {
  status: number;
  headers: Headers;
  body: Buffer;
  text: string;
  /** Parsed when it parses. */
  json: unknown;
}

/** Calls with the demo token, or with the headers given instead. */
export async function call(
  emulator: Emulator,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = { 'X-Auth-Token': DEMO_TOKEN },
): Promise<Answered> {
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

/** The refusal of SMS with this code. */
export function refusal(code: string, message: unknown = expect.any(String)): [status: number, body: object] {
  return [400, { error_code: code, error_msg: message }];
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
}
