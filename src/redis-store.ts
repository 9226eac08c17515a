/** A shared store in Redis or Valkey. Loaded only if `REDIS_URL` is set. */
import { createHmac, randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { getCACertificates } from 'node:tls';
import { createClient } from '@redis/client';
import type { Log } from './logging/log.ts';
import type { SharedStore, StoreStatus } from './sms/shared-store.ts';
import { within } from './time/deadline.ts';

/** Calls to SMS wait for a command, so a store that hangs delays them by this once per process. */
const COMMAND_TIMEOUT_MS = 500;
const CONNECT_TIMEOUT_MS = 2_000;
const MAX_RECONNECT_DELAY_MS = 2_000;
/** Between two probes of a store that does not respond. */
const PROBE_INTERVAL_MS = 1_000;
const PREFIX = 'sms-gateway';
const SALT = `${PREFIX}:salt`;

/**
 * Connects in the background, but first waits up to 2 s so that already the first calls share their state. Never logs the URL,
 * which may hold a password, or a name.
 */
export async function redisStore(
  url: string,
  log: Pick<Log, 'info' | 'warn'>,
  { ca }: { ca?: string | undefined } = {},
): Promise<SharedStore> {
  const client = createClient({
    url,
    disableOfflineQueue: true,
    // Valkey and older versions of Redis support version 2 of the protocol.
    RESP: 2,
    maintNotifications: 'disabled',
    socket: {
      connectTimeout: CONNECT_TIMEOUT_MS,
      reconnectStrategy: (retries) => Math.min(50 * 2 ** retries, MAX_RECONNECT_DELAY_MS),
      ...(ca !== undefined && url.startsWith('rediss:') && { tls: true as const, ca: [...getCACertificates(), ca] }),
    },
  });
  const closing = new AbortController();
  let status = 'unreachable' as StoreStatus;
  let salt: string | null = null;
  let probing: Promise<void> | null = null;

  const warn = () => log.warn('The shared store does not respond. This process works alone until it does');
  const setStatus = (next: StoreStatus) => {
    if (next === status || closing.signal.aborted) return;
    status = next;
    if (next === 'connected') log.info('The shared store is connected');
    else warn();
  };
  const inTime = <Reply>(reply: Promise<Reply>) => within(AbortSignal.timeout(COMMAND_TIMEOUT_MS), reply);
  /** The first process to connect sets the salt for all. A store that lost its data gets a new one. */
  const connect = async () => {
    await inTime(client.set(SALT, randomBytes(32).toString('base64'), { condition: 'NX' }));
    salt = await inTime(client.get(SALT));
    setStatus('connected');
  };
  const probe = async () => {
    while (!closing.signal.aborted) {
      if (client.isReady) await connect().catch(() => {});
      if (status === 'connected') break;
      await delay(PROBE_INTERVAL_MS, undefined, { signal: closing.signal, ref: false }).catch(() => {});
    }
    probing = null;
  };
  const disconnect = () => {
    setStatus('unreachable');
    if (!closing.signal.aborted) probing ??= probe();
  };

  client.on('error', disconnect);
  client.on('end', disconnect);
  const firstConnection = new Promise<void>((resolve) => {
    client.on('ready', () => void connect().then(resolve, disconnect));
  });
  // The client reconnects by itself.
  client.connect().catch(disconnect);
  await Promise.race([firstConnection, delay(CONNECT_TIMEOUT_MS, undefined, { ref: false })]);
  if (status !== 'connected') warn();

  const hash = (value: string) =>
    salt === null ? null : createHmac('sha256', salt).update(value).digest('base64url').slice(0, 32);
  return {
    get status() {
      return status;
    },
    hash,
    async run(script, name, parts, values) {
      const id = hash(name);
      if (status !== 'connected' || id === null) return null;
      try {
        // The braces put all keys of one name into the same hash slot of a cluster.
        const keys = parts.map((part) => `${PREFIX}:{${id}}:${part}`);
        return await inTime(client.eval(script, { keys, arguments: values.map(String) }));
      } catch {
        disconnect();
        return null;
      }
    },
    async close() {
      closing.abort();
      client.destroy();
      await probing;
    },
  };
}
