import { availableParallelism } from 'node:os';
import { MAX_BAD_SIGNATURES } from '../sms/auth/key-lockout-guard.ts';
import type { EnvReader } from './env-reader.ts';
import { printable } from './settings.ts';

const MAX_WORKERS = 128;

/**
 * How many processes serve requests. Each tries a key for itself unless they share a store, so with a key there are no more
 * of them than the bad signatures that the vendor tolerates.
 */
export function readWorkers(env: EnvReader, { signsAlone }: { signsAlone: boolean }): number {
  const text =
    env.section('Several processes').text('WORKERS', 'processes that serve requests; `auto` is one per processor', {
      default: '`1`',
      allowed: `\`auto\`, 1 to ${MAX_WORKERS}`,
    }) ?? '1';
  const max = signsAlone ? MAX_BAD_SIGNATURES : MAX_WORKERS;
  if (text === 'auto') return Math.min(availableParallelism(), max);
  const workers = /^\d+$/.test(text) ? Number(text) : 0;
  if (workers < 1 || workers > MAX_WORKERS)
    env.addProblem('WORKERS', `is ${printable(text)}. Allowed: auto, or a whole number from 1 to ${MAX_WORKERS}.`);
  else if (workers > max)
    env.addProblem(
      'WORKERS',
      `is ${workers}, but at most ${max} workers may try an access key independently: the vendor locks a key after more bad signatures. Set REDIS_URL, or at most ${max} workers.`,
    );
  return workers;
}
