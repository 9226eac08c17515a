/** How to stop: SIGTERM comes from a machine, which waits; SIGINT from a person, who does not. */
export type Stop = (how: 'gently' | 'soon') => Promise<void>;

/** Stops on the first signal, and ends at once on the second. */
export function stopOnSignal(stop: Stop, fail: (error: unknown) => never): void {
  let stopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      stop(signal === 'SIGTERM' ? 'gently' : 'soon').then(() => process.exit(0), fail);
    });
}
