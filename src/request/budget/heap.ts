import { constants, type NodeGCPerformanceDetail, type PerformanceEntry, PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics, getHeapStatistics } from 'node:v8';

const MIB = 1024 ** 2;

/** V8 reserves this much for young objects, in addition to `--max-old-space-size`. */
const YOUNG_BYTES = 192 * MIB;
/** Used by the gateway without requests: its code, the schema, caches. */
const OWN_BYTES = 40 * MIB;

/** Bytes of the heap that requests may fill. All limits on memory are fractions of it. */
export const REQUEST_HEAP_BYTES = requestHeapBytes(getHeapStatistics().heap_size_limit);

/** `heapBytes` is the limit of the whole heap. Of a small heap, requests get a fifth. */
export function requestHeapBytes(heapBytes: number): number {
  return Math.max(heapBytes - YOUNG_BYTES - OWN_BYTES, Math.floor(heapBytes / 5));
}

/** Reports, after each full garbage collection, the bytes of the heap that requests fill. Returns a function that ends this. */
export function observeRequestHeap(report: (bytes: number) => void): () => void {
  const observer = new PerformanceObserver((list) => {
    if (list.getEntries().some(isFullCollection)) report(Math.max(0, oldBytes() - OWN_BYTES));
  });
  observer.observe({ entryTypes: ['gc'] });
  return () => observer.disconnect();
}

function isFullCollection(entry: PerformanceEntry & { detail?: NodeGCPerformanceDetail }): boolean {
  return entry.detail?.kind === constants.NODE_PERFORMANCE_GC_MAJOR;
}

/** Bytes of old objects. Right after a full collection, only young objects can be garbage. */
function oldBytes(): number {
  return getHeapSpaceStatistics().reduce(
    (sum, { space_name: name, space_used_size: bytes }) => (name.startsWith('new_') ? sum : sum + bytes),
    0,
  );
}
