import { constants, type NodeGCPerformanceDetail, type PerformanceEntry, PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics, getHeapStatistics } from 'node:v8';

const MIB = 1024 ** 2;

/** Of `--max-semi-space-size`, in MiB. */
const DEFAULT_SEMI_SPACE = 64;
/** V8 reserves three semi-spaces for young objects, in addition to `--max-old-space-size`. */
const SEMI_SPACES = 3;
/** Used by the gateway without requests: its code, the schema, caches. */
const OWN_BYTES = 40 * MIB;

/** Bytes of the heap that requests may fill. All limits on memory are fractions of it. */
export const REQUEST_HEAP_BYTES = requestHeapBytes(getHeapStatistics().heap_size_limit, youngBytes(process.execArgv));

/** The first is the limit of the whole heap, the second its part for young objects. Of a small heap, requests get a fifth. */
export function requestHeapBytes(heapBytes: number, forYoungObjects: number): number {
  return Math.max(heapBytes - forYoungObjects - OWN_BYTES, Math.floor(heapBytes / 5));
}

/** What V8 reserves for young objects, by the options of node. */
export function youngBytes(options: readonly string[]): number {
  const sizes = options.flatMap((option) => /^--max[-_]semi[-_]space[-_]size=(\d+)$/.exec(option)?.[1] ?? []);
  return SEMI_SPACES * Number(sizes.at(-1) ?? DEFAULT_SEMI_SPACE) * MIB;
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
