import { type Env, readConfig } from '../config/config.ts';
import { CONSOLE_PATH } from '../http/protocol/console.ts';
import { print } from '../logging/output.ts';
import { exitWith } from '../process/failure.ts';
import { runGateway } from '../process/run-gateway.ts';
import { stopOnSignal } from '../process/signals.ts';
import { embeddedEmulator } from './embedded-emulator.ts';

const WAVE_SERVERS = 60;

/** Runs a gateway with the console, in one process. The emulator then also has a wave with servers in every state. */
export async function console(env: Env): Promise<void> {
  const config = readConfig({ LOG_LEVEL: 'error', ...env, CONSOLE: 'true' });
  const emulator = config.endpoint === null ? await embeddedEmulator({ largeWave: WAVE_SERVERS }) : null;
  const { url, stop } = await runGateway(config, emulator);
  stopOnSignal(stop, exitWith, env['npm_lifecycle_script']);
  print(`Console: ${url}${CONSOLE_PATH}/`);
}
