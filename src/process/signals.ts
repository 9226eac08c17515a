/** SIGTERM is sent by a machine, which waits: graceful. SIGINT is sent by a person, who does not: fast. */
export type Stop = (how: 'graceful' | 'fast') => Promise<void>;

const PARENT_CHECK_INTERVAL_MS = 250;
/** How long npm may take to pass on a signal that a terminal sends to the whole process group. */
const NPM_SIGNAL_DELAY_MS = 2_000;

/**
 * Stops on the first signal, and exits at once on the second. `npmScript` is the script that npm runs, if any. Under npm, a
 * signal may come twice, from the terminal and from npm; and if npm is gone, the gateway stops as on SIGTERM, because no
 * signal would reach it any more.
 */
export function stopOnSignal(stop: Stop, fail: (error: unknown) => never, npmScript = ''): void {
  const isRunByNpm = /src\/main\.ts|sms-graphql-gateway/.test(npmScript);
  let first: { at: number; duplicate: NodeJS.Signals | null } | undefined;
  const begin = (signal: NodeJS.Signals) => {
    first = { at: performance.now(), duplicate: isRunByNpm ? signal : null };
    clearInterval(parentCheck);
    stop(signal === 'SIGTERM' ? 'graceful' : 'fast').then(() => process.exit(0), fail);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      if (first === undefined) return begin(signal);
      if (signal !== first.duplicate || performance.now() - first.at > NPM_SIGNAL_DELAY_MS) process.exit(1);
      first.duplicate = null;
    });
  const parent = process.ppid;
  const parentCheck = setInterval(() => {
    if (process.ppid !== parent) begin('SIGTERM');
  }, PARENT_CHECK_INTERVAL_MS).unref();
  if (!isRunByNpm) clearInterval(parentCheck);
}

/**
 * On SIGUSR1 Node opens a debugger on a port of this machine, without a password: every user of the machine could read the
 * key. The flag in package.json prevents that from the start, this handler if the process is started in another way.
 */
export function disableDebugger(): void {
  process.on('SIGUSR1', () => {});
}
