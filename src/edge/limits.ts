import type { LoadLimits } from './admission.ts';
import type { BodyLimits } from './body.ts';
import type { QueryLimits } from './query-limits.ts';
import type { UnreadLimits } from './unread.ts';

/** What the edge of the gateway lets in. */
export interface EdgeLimits extends BodyLimits, QueryLimits, LoadLimits, UnreadLimits {}

export const EDGE_LIMITS: EdgeLimits = {
  // The longest input in practice is an export of 10,000 tasks: 1.4 MB as a rule, 3.8 MB with names of 255 letters.
  maxBodyBytes: 4 * 1024 ** 2,
  maxTokens: 10_000,
  maxDepth: 16,
  maxAliases: 50,
  maxDirectives: 50,
  maxRootFields: 20,
  maxInFlight: 256,
  maxQueue: 4096,
  maxWait: 1_000,
  maxStreams: 1000,
  maxStall: 30_000,
  maxUnreadBytes: 256 * 1024 ** 2,
};
