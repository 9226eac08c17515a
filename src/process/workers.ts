/** Several processes that serve the same port. Loaded only if there are several. */
import cluster from 'node:cluster';

export const { isWorker } = cluster;
export { runPrimary } from './primary.ts';
export { runWorker } from './worker.ts';
