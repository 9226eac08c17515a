/** Preloaded with `--import`: on SIGUSR2 the process collects garbage and prints the size of its live heap, in bytes. */
import { writeSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const gc: () => void = runInNewContext('gc');

process.on('SIGUSR2', () => {
  gc();
  writeSync(2, `live ${process.memoryUsage().heapUsed}\n`);
});
