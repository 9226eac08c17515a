/** A client of SMS on its own, without the graph, for tests of how calls are made. */
import { onTestFinished } from 'vitest';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../src/emulator/server.ts';
import { DEMO_ACCESS_KEY, DEMO_TOKEN } from '../../src/emulator/world/demo-credentials.ts';
import { forwarded, signed } from '../../src/sms/auth/credentials.ts';
import type { UpstreamOptions } from '../../src/sms/call/upstream.ts';
import { type Caller, type SmsClient, type SmsUpstream, smsClient, smsUpstream } from '../../src/sms/client.ts';
import { RequestRejectedError, SmsUnavailableError } from '../../src/sms/errors/errors.ts';
import { CallerIdentity, VerifiedCallers } from '../../src/sms/fairness/caller-identity.ts';
import type { SmsLimits } from '../../src/sms/http/limits.ts';

/** Generous, so that no test depends on the speed of the machine. */
export const LIMITS: SmsLimits = {
  connectTimeout: 10_000,
  headersTimeout: 30_000,
  bodyTimeout: 30_000,
  totalTimeout: 60_000,
  maxResponseBytes: 16 * 1024 ** 2,
  connections: 16,
};

export const EXPORT_PATH = '/v3/tasks/consistency-results/export';

/** Signs with the demo key and carries the demo token. */
export const SIGNED: Caller = { credentials: signed(DEMO_ACCESS_KEY, DEMO_TOKEN), requestId: 'a-request' };
export const FORWARDED: Caller = { credentials: forwarded(DEMO_TOKEN), requestId: 'a-request' };

/** Pauses that were waited for, in milliseconds, though no time has passed. */
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

/** A client with an emulator behind it. */
export async function clientWithEmulator(options: UpstreamOptions = {}, caller: Caller = SIGNED) {
  const emulator = await startTestEmulator();
  const upstream = upstreamTo(emulator.url, options);
  return { emulator, upstream, client: smsClient(upstream, caller) };
}

const LISTS = ['/v3/tasks', '/v3/sources', '/v3/migprojects', '/v3/vm/templates', '/v3/sources/overview'];

/** Reads of five callers by turns, each of something else: where they all fail, it is SMS that fails. */
export function readsOfFiveCallers(upstream: SmsUpstream): () => Promise<object> {
  const known = new VerifiedCallers();
  let count = 0;
  return () => {
    const index = count % LISTS.length;
    count += 1;
    const identity = new CallerIdentity(`token ${index}`, '192.0.2.1', known);
    identity.markVerified();
    return smsClient(upstream, { ...FORWARDED, identity }).get(LISTS[index] ?? '');
  };
}

/** A read that the client does not remember. */
export function read(upstream: SmsUpstream, caller: Caller = SIGNED): Promise<object> {
  return smsClient(upstream, caller).get('/v3/tasks');
}

export function write(client: SmsClient): Promise<object> {
  return client.post('/v3/privacy-agreements');
}

/** What became of a call, in short: `ok`, or the code of its error. Any other error is a bug, and thrown. */
export async function outcomeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'ok';
  } catch (error) {
    if (error instanceof RequestRejectedError || error instanceof SmsUnavailableError) return error.code;
    throw error;
  }
}

/** The error of a call that must fail. */
export async function errorOf(call: Promise<unknown>): Promise<RequestRejectedError | SmsUnavailableError> {
  try {
    await call;
  } catch (error) {
    if (error instanceof RequestRejectedError || error instanceof SmsUnavailableError) return error;
    throw error;
  }
  throw new Error('The call did not fail.');
}

/** A promise of an origin where nobody listens. */
export async function closedOrigin(): Promise<string> {
  const emulator = await startEmulator();
  await emulator.close();
  return emulator.url;
}
