/** A store in Redis or Valkey. Loaded only where `REDIS_URL` is set. */
import { createHmac, randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { getCACertificates } from 'node:tls';
import { createClient } from '@redis/client';
import type { Log } from './logging/log.ts';
import type { SharedStore, StoreStatus } from './sms/shared-store.ts';

/** How long a command may take. Callers wait for it, so a store that hangs costs each process this once. */
const COMMAND_TIMEOUT_MS = 500;
const CONNECT_TIMEOUT_MS = 2_000;
const MAX_RECONNECT_DELAY_MS = 2_000;
/** Between two looks whether a store responds again. */
const PROBE_INTERVAL_MS = 1_000;
const PREFIX = 'sms-gateway';
const SALT = `${PREFIX}:salt`;

/**
 * Connects in the background; waits a moment for the first connection, so that the first calls are shared too. Neither the
 * URL, which may hold a password, nor a name is logged.
 */
export async function redisStore(
  url: string,
  log: Pick<Log, 'info' | 'warn'>,
  { ca }: { ca?: string | undefined } = {},
): Promise<SharedStore> {
  const client = createClient({
    url,
    disableOfflineQueue: true,
    // Valkey and older versions of Redis know the second version of the protocol.
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

  const setStatus = (next: StoreStatus) => {
    if (next === status || closing.signal.aborted) return;
    status = next;
    if (next === 'connected') log.info('The shared store is connected');
    else log.warn('The shared store does not respond. This process works alone until it does');
  };
  const inTime = <Reply>(reply: Promise<Reply>): Promise<Reply> =>
    Promise.race([
      reply,
      delay(COMMAND_TIMEOUT_MS, undefined, { ref: false }).then(() => {
        throw new Error('The store did not respond in time.');
      }),
    ]);
  /** The salt is made by the process that comes first, and read by all. A store that lost its data gets a new one. */
  const greet = async () => {
    await inTime(client.set(SALT, randomBytes(32).toString('base64'), { condition: 'NX' }));
    salt = await inTime(client.get(SALT));
    setStatus('connected');
  };
  /** Looks again and again whether the store responds. */
  const probe = async () => {
    while (!closing.signal.aborted) {
      if (client.isReady) await greet().catch(() => {});
      if (status === 'connected') break;
      await delay(PROBE_INTERVAL_MS, undefined, { signal: closing.signal, ref: false }).catch(() => {});
    }
    probing = null;
  };
  const lose = () => {
    setStatus('unreachable');
    if (!closing.signal.aborted) probing ??= probe();
  };

  client.on('error', lose);
  client.on('end', lose);
  const first = new Promise<void>((resolve) => {
    client.on('ready', () => void greet().then(resolve, lose));
  });
  // It goes on to try by itself.
  client.connect().catch(lose);
  await Promise.race([first, delay(CONNECT_TIMEOUT_MS, undefined, { ref: false })]);
  if (status !== 'connected') log.warn('The shared store does not respond. This process works alone until it does');

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
        // In braces, so that all keys of one name are in one place of a cluster.
        const keys = parts.map((part) => `${PREFIX}:{${id}}:${part}`);
        return await inTime(client.eval(script, { keys, arguments: values.map(String) }));
      } catch {
        lose();
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
