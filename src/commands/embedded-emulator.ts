import type { EmulatorOptions } from '../emulator/server.ts';
import type { EmbeddedEmulator } from '../process/run-gateway.ts';

/** An emulator in this process. Loaded on demand, since production never needs it. */
export async function embeddedEmulator(options: EmulatorOptions = {}): Promise<EmbeddedEmulator> {
  const [{ startEmulator }, { DEMO_ACCESS_KEY, DEMO_TOKEN }] = await Promise.all([
    import('../emulator/server.ts'),
    import('../emulator/world/demo-credentials.ts'),
  ]);
  const { url, close } = await startEmulator(options);
  return { url, close, key: DEMO_ACCESS_KEY, token: DEMO_TOKEN };
}
