import { getHeapStatistics } from 'node:v8';
import type { QueryLimits } from './documents/query-limits.ts';
import type { LoadLimits } from './load/admission.ts';
import type { BodyLimits } from './load/request-body.ts';
import type { SlowReaderLimits } from './load/slow-readers.ts';

/** What the edge of the gateway lets in. */
export interface HttpLimits extends BodyLimits, QueryLimits, LoadLimits, SlowReaderLimits {}

const MiB = 1024 ** 2;

/** Bodies, read or waiting, take a part of the heap that leaves room for what is made of them. */
function bodyMemory(heapBytes: number): Pick<HttpLimits, 'maxBodiesBytes' | 'maxQueueBytes'> {
  const bytes = Math.min(128 * MiB, Math.floor(heapBytes / 16));
  return { maxBodiesBytes: bytes, maxQueueBytes: bytes };
}

export const HTTP_LIMITS: HttpLimits = {
  ...bodyMemory(getHeapStatistics().heap_size_limit),
  // The longest input in practice is an export of 10,000 tasks: 1.4 MB as a rule, 3.8 MB with names of 255 letters.
  maxBodyBytes: 4 * MiB,
  maxTokens: 10_000,
  maxDepth: 16,
  maxAliases: 50,
  maxDirectives: 50,
  maxRootFields: 20,
  maxInFlight: 256,
  maxQueue: 4096,
  maxWaitMs: 1_000,
  maxStreams: 1000,
  maxStallMs: 30_000,
  maxUnreadBytes: 256 * MiB,
};
