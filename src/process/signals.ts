/** How to stop: SIGTERM comes from a machine, which waits; SIGINT from a person, who does not. */
export type Stop = (how: 'gently' | 'soon') => Promise<void>;

/** Milliseconds between two looks at the parent process. */
const PARENT_CHECK_MS = 250;
/** Milliseconds within which npm passes on a signal that a terminal has sent to the whole process group. */
const NPM_ECHO_MS = 2_000;

/**
 * Stops on the first signal, and ends at once on the second. `npmScript` is the script that npm runs, if it does. Then a
 * signal may come twice, from the terminal and from npm, and when the parent process has gone, the gateway stops as on
 * SIGTERM: nobody would pass on a signal any more.
 */
export function stopOnSignal(stop: Stop, fail: (error: unknown) => never, npmScript = ''): void {
  const isRunByNpm = npmScript.includes('src/main.ts');
  let begun: { at: number; echo: NodeJS.Signals | null } | undefined;
  const begin = (signal: NodeJS.Signals) => {
    begun = { at: performance.now(), echo: isRunByNpm ? signal : null };
    clearInterval(parentCheck);
    stop(signal === 'SIGTERM' ? 'gently' : 'soon').then(() => process.exit(0), fail);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      if (begun === undefined) return begin(signal);
      if (signal !== begun.echo || performance.now() - begun.at > NPM_ECHO_MS) process.exit(1);
      begun.echo = null;
    });
  const parent = process.ppid;
  const parentCheck = setInterval(() => {
    if (process.ppid !== parent) begin('SIGTERM');
  }, PARENT_CHECK_MS).unref();
  if (!isRunByNpm) clearInterval(parentCheck);
}

/**
 * Node answers SIGUSR1 with a debugger on a port of this machine, without a password: whoever is on the machine could read
 * the key. The flag in package.json keeps it shut from the first moment, this for those who start the process by themselves.
 */
export function keepDebuggerShut(): void {
  process.on('SIGUSR1', () => {});
}
