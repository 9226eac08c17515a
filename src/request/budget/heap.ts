import { constants, type NodeGCPerformanceDetail, type PerformanceEntry, PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics, getHeapStatistics } from 'node:v8';

const MIB = 1024 ** 2;

/** V8 reserves three semi-spaces for young objects, in addition to `--max-old-space-size`. */
const SEMI_SPACES = 3;
const DEFAULT_SEMI_SPACE_MIB = 64;
/** Used by the gateway without requests: its code, the schema, caches. */
const OWN_BYTES = 40 * MIB;

/** Bytes of the heap that requests may fill. All limits on memory are fractions of it. */
export const REQUEST_HEAP_BYTES = requestHeapBytes(getHeapStatistics().heap_size_limit, process.execArgv);

/** `heapBytes` is the limit of the whole heap with these options of node. Of a small heap, requests get a fifth. */
export function requestHeapBytes(heapBytes: number, nodeOptions: readonly string[] = []): number {
  const sizes = nodeOptions.map((option) => /^--max-semi-space-size=(\d+)$/.exec(option)?.[1]);
  const semiSpaceMib = Number(sizes.findLast((size) => size !== undefined) ?? DEFAULT_SEMI_SPACE_MIB);
  return Math.max(heapBytes - SEMI_SPACES * semiSpaceMib * MIB - OWN_BYTES, Math.floor(heapBytes / 5));
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
