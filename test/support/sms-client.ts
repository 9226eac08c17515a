/** The SMS client without GraphQL, for tests of how calls are made. */
import { onTestFinished } from 'vitest';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../src/emulator/server.ts';
import { DEMO_ACCESS_KEY, DEMO_TOKEN } from '../../src/emulator/world/demo-credentials.ts';
import { CallerIdentity, VerifiedCallers } from '../../src/fairness/caller-identity.ts';
import { forwarded, signed } from '../../src/sms/auth/credentials.ts';
import type { UpstreamOptions } from '../../src/sms/call/upstream.ts';
import { type Caller, SmsClient, type SmsUpstream, smsUpstream } from '../../src/sms/client.ts';
import { RequestRejectedError, SmsUnavailableError } from '../../src/sms/errors/errors.ts';
import type { SmsLimits } from '../../src/sms/http/limits.ts';

/** Long timeouts, so that no test depends on the speed of the machine. */
export const LIMITS: SmsLimits = {
  connectTimeout: 10_000,
  headersTimeout: 30_000,
  bodyTimeout: 30_000,
  totalTimeout: 60_000,
  maxResponseBytes: 16 * 1024 ** 2,
  connections: 16,
};

export const EXPORT_PATH = '/v3/tasks/consistency-results/export';

/** Signs with the demo key and forwards the demo token. */
export const SIGNED: Caller = { credentials: signed(DEMO_ACCESS_KEY, DEMO_TOKEN), requestId: 'a-request' };
export const FORWARDED: Caller = { credentials: forwarded(DEMO_TOKEN), requestId: 'a-request' };

/** A `wait` that returns at once, and records the milliseconds. */
export function recordedWaits() {
  const waited: number[] = [];
  return { waited, wait: async (milliseconds: number) => void waited.push(milliseconds) };
}

export function upstreamTo(
  origins: string | string[],
  options: UpstreamOptions = {},
  limits: Partial<SmsLimits> = {},
): SmsUpstream {
  const upstream = smsUpstream(origins, { ...LIMITS, ...limits }, options);
  onTestFinished(() => upstream.close());
  return upstream;
}

export async function startTestEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const emulator = await startEmulator(options);
  onTestFinished(() => emulator.close());
  return emulator;
}

/** A client of a new emulator. */
export async function clientWithEmulator(options: UpstreamOptions = {}, caller: Caller = SIGNED) {
  const emulator = await startTestEmulator();
  const upstream = upstreamTo(emulator.url, options);
  return { emulator, upstream, client: new SmsClient(upstream, caller) };
}

const LISTS = ['/v3/tasks', '/v3/sources', '/v3/migprojects', '/v3/vm/templates', '/v3/sources/overview'];

/** Reads of five callers in turn, each of another list, so that their failures count as failures of SMS. */
export function readsOfFiveCallers(upstream: SmsUpstream): () => Promise<object> {
  const verified = new VerifiedCallers();
  let count = 0;
  return () => {
    const index = count % LISTS.length;
    count += 1;
    const identity = new CallerIdentity(`token ${index}`, '192.0.2.1', verified);
    identity.markVerified();
    return new SmsClient(upstream, { ...FORWARDED, identity }).get(LISTS[index] ?? '');
  };
}

/** A read that is not cached, since it has a client of its own. */
export function read(upstream: SmsUpstream, caller: Caller = SIGNED): Promise<object> {
  return new SmsClient(upstream, caller).get('/v3/tasks');
}

export function write(client: SmsClient): Promise<object> {
  return client.post('/v3/privacy-agreements');
}

/** `ok`, or the code of the error. Throws any other error. */
export async function outcomeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'ok';
  } catch (error) {
    if (error instanceof RequestRejectedError || error instanceof SmsUnavailableError) return error.code;
    throw error;
  }
}

/** The error of a call, which must fail. */
export async function errorOf(call: Promise<unknown>): Promise<RequestRejectedError | SmsUnavailableError> {
  try {
    await call;
  } catch (error) {
    if (error instanceof RequestRejectedError || error instanceof SmsUnavailableError) return error;
    throw error;
  }
  throw new Error('The call did not fail.');
}

/** An origin that refuses connections. */
export async function closedOrigin(): Promise<string> {
  const emulator = await startEmulator();
  await emulator.close();
  return emulator.url;
}
