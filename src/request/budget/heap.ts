import { getHeapStatistics } from 'node:v8';

const MIB = 1024 ** 2;

/** What V8 reserves for young objects, in addition to `--max-old-space-size`. */
const YOUNG_BYTES = 192 * MIB;
/** The gateway without requests: its code, the schema, caches. */
const OWN_BYTES = 40 * MIB;

/** Bytes of the heap that requests may fill. All limits on memory are fractions of it. */
export const REQUEST_HEAP_BYTES = requestHeapBytes(getHeapStatistics().heap_size_limit);

/** `heapBytes` is the limit of the whole heap. A small heap leaves a fifth of it. */
export function requestHeapBytes(heapBytes: number): number {
  return Math.max(heapBytes - YOUNG_BYTES - OWN_BYTES, Math.floor(heapBytes / 5));
}
