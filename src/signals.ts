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

/**
 * Node answers SIGUSR1 with a debugger on a port of this machine, without a password: whoever is on the machine could read
 * the key. The flag in package.json keeps it shut from the first moment, this for those who start the process by themselves.
 */
export function keepDebuggerShut(): void {
  process.on('SIGUSR1', () => {});
}
