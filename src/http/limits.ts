import { REQUEST_HEAP_BYTES } from '../request/budget/heap.ts';
import type { QueryLimits } from './documents/query-limits.ts';
import type { LoadLimits } from './load/admission.ts';
import type { BodyLimits } from './load/request-body.ts';
import type { SlowReaderLimits } from './load/slow-readers.ts';

export interface HttpLimits extends BodyLimits, QueryLimits, LoadLimits, SlowReaderLimits {}

const MIB = 1024 ** 2;

/** Bodies that are being read, and those that are queued. Parsed bodies need much more. */
const MAX_BODIES_BYTES = Math.min(128 * MIB, Math.floor(REQUEST_HEAP_BYTES / 12));

/** The defaults of the HTTP layer. */
export const HTTP_LIMITS: HttpLimits = {
  maxBodiesBytes: MAX_BODIES_BYTES,
  maxQueueBytes: MAX_BODIES_BYTES,
  // The longest input in practice is an export of 10,000 tasks: 1.4 MB usually, 3.8 MB with names of 255 characters.
  maxBodyBytes: 4 * MIB,
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
  maxUnreadBytes: 256 * MIB,
};
