import { type Env, readEmulatorConfig } from '../config/config.ts';
import { startEmulator } from '../emulator/server.ts';
import { DEMO_ACCESS_KEY, DEMO_TOKEN } from '../emulator/world/demo-credentials.ts';
import { print } from '../logging/output.ts';
import { exitWith } from '../process/failure.ts';
import { explainListenErrors } from '../process/listen-errors.ts';
import { stopOnSignal } from '../process/signals.ts';

/** Runs only the emulator of SMS, until a signal stops it. */
export async function emulator(env: Env): Promise<void> {
  const { port, warnings } = readEmulatorConfig(env);
  for (const warning of warnings) process.stderr.write(`${warning}\n`);
  const { url, close } = await explainListenErrors({ port: 'EMULATOR_PORT' }, startEmulator({ port }));
  stopOnSignal(close, exitWith, env['npm_lifecycle_script']);
  print(
    `SMS emulator: ${url}`,
    `Demo token:   ${DEMO_TOKEN}`,
    `Demo AK:      ${DEMO_ACCESS_KEY.ak}`,
    `Demo SK:      ${DEMO_ACCESS_KEY.sk}`,
  );
}
