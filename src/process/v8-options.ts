import { flushCompileCache } from 'node:module';
import { setFlagsFromString } from 'node:v8';

/**
 * For a process whose objects die young under load, but not while it warms up. docs/performance.md has the measurements. The size
 * of the young generation cannot be set here, since V8 reads it before any code runs.
 */
const OPTIONS = [
  // While the young generation is small, most objects survive its collections, and V8 would put their like into the old one forever.
  '--no-allocation-site-pretenuring',
  // The heap may grow to 1.6 times the living objects before a full collection, not to four times.
  '--heap-growing-percent=60',
  // This compiler leaves 30 MB of free memory in pieces that malloc cannot return. The next one compiles what runs often anyway.
  '--no-maglev',
];

/** Sets them, and stores before what has been compiled so far. */
export function setV8Options(): void {
  flushCompileCache();
  for (const option of OPTIONS) setFlagsFromString(option);
}
