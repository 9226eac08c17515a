/** Tries the chain to SMS once, part by part: network and TLS, clock, key, token. No result contains a secret. */
import { randomUUID } from 'node:crypto';
import type { Config } from '../config/config.ts';
import { credentialsFor } from '../request/authentication.ts';
import { type CredentialProvider, signed } from '../sms/auth/credentials.ts';
import { SmsClient } from '../sms/client.ts';
import { RequestRejectedError, SmsUnavailableError } from '../sms/errors/errors.ts';
import { MAX_SKEW_MS } from '../sms/http/clock-skew.ts';
import { exchange } from '../sms/http/exchange.ts';
import type { HttpResponse } from '../sms/http/response.ts';
import { type Peer, peerAt } from '../sms/http/transport.ts';
import { SYSTEM_CLOCK } from '../time/clock.ts';
import { Deadline } from '../time/deadline.ts';
import { transportOf, type Upstream } from '../upstream.ts';

export interface Check {
  name: string;
  outcome: 'ok' | 'warning' | 'failed' | 'skipped';
  text: string;
}

/** A clock that differs by more will soon be rejected. */
const MAX_GOOD_SKEW_MS = 60_000;
/** The API gateway knows no such API. */
const API_MISSING = /^APIGW?\.0101$/;
/** A read that needs no ids, and returns a few numbers. */
const PATH = '/v3/sources/overview';

/** `token` is that of a caller. */
export async function* upstreamChecks(
  config: Config,
  upstream: Upstream,
  token: string | undefined,
): AsyncGenerator<Check> {
  const { endpoints } = upstream.sms;
  let date: string | null = null;
  let isReachable = false;
  for (const { peer } of endpoints) {
    const { check, response } = await connection(peer, PATH);
    yield check;
    date ??= response?.header('date') ?? null;
    isReachable ||= response !== null;
  }
  if (config.iam !== null) yield await iamConnection(config, config.iam);
  if (!isReachable) return;
  if (date !== null) yield clock(Date.parse(date) - SYSTEM_CLOCK.now());
  if (upstream.key !== null) yield await call('Key', 'signature', upstream, signed(upstream.key));
  if (config.auth === 'service') return;
  if (token === undefined)
    yield { name: 'Token', outcome: 'skipped', text: 'set CHECK_CONFIG_TOKEN to try the token of a caller' };
  else
    yield await call(
      'Token',
      'token',
      upstream,
      credentialsFor({ token, authorization: null }, { ...config, ...upstream }),
    );
}

async function connection(peer: Peer, path: string): Promise<{ check: Check; response: HttpResponse | null }> {
  const { name, origin, limits } = peer;
  const deadline = new Deadline(limits.connectTimeout + limits.headersTimeout);
  try {
    const { response } = exchange(peer, { method: 'GET', path, headers: {} }, { deadline });
    const received = await response;
    return { check: { name, outcome: 'ok', text: `${origin} responds` }, response: received };
  } catch (error) {
    return { check: { name, outcome: 'failed', text: `${origin}: ${textOf(error)}` }, response: null };
  } finally {
    deadline.clear();
  }
}

async function iamConnection(config: Config, origin: string): Promise<Check> {
  const { ca, proxy } = transportOf(config);
  const peer = peerAt('IAM', origin, config.limits, { ca, proxy });
  try {
    return (await connection(peer, '/v3/auth/tokens')).check;
  } finally {
    await peer.dispatcher.destroy();
  }
}

/** `skewMs`: how far SMS's clock is ahead. */
function clock(skewMs: number): Check {
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  const text = `SMS's clock is ${seconds} s ${skewMs < 0 ? 'behind' : 'ahead of'} this one`;
  if (Math.abs(skewMs) < MAX_GOOD_SKEW_MS) return { name: 'Clock', outcome: 'ok', text };
  const limit = `SMS rejects signatures that are ${MAX_SKEW_MS / 60_000} minutes off: synchronize the clock`;
  const outcome = Math.abs(skewMs) < MAX_SKEW_MS ? 'warning' : 'failed';
  return { name: 'Clock', outcome, text: `${text}. ${limit}` };
}

async function call(name: string, proof: string, { sms }: Upstream, credentials: CredentialProvider): Promise<Check> {
  try {
    await new SmsClient(sms, { credentials, requestId: randomUUID() }).get(PATH);
    return { name, outcome: 'ok', text: `SMS accepts the ${proof}` };
  } catch (error) {
    if (error instanceof RequestRejectedError && error.kind === 'forbidden')
      return {
        name,
        outcome: 'ok',
        text: `SMS accepts the ${proof}; its user may not read source servers (${error.code})`,
      };
    if (error instanceof SmsUnavailableError && API_MISSING.test(error.code))
      return {
        name,
        outcome: 'failed',
        text: `SMS is not offered here (${error.code}): check SMS_REGION and SMS_ENDPOINT`,
      };
    return { name, outcome: 'failed', text: textOf(error) };
  }
}

function textOf(error: unknown): string {
  if (!(error instanceof SmsUnavailableError) && !(error instanceof RequestRejectedError)) throw error;
  const message = error.message.replace(/ (?:Try later\.|This is for the operator .*)$/, '');
  const code = (error.cause as NodeJS.ErrnoException | undefined)?.code;
  return `${message} (${[error.code, ...(typeof code === 'string' ? [code] : [])].join(', ')})`;
}
