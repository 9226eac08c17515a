import { type Env, readConfig } from '../config/config.ts';
import { print } from '../logging/output.ts';
import { exitWith } from '../process/failure.ts';
import { runGateway } from '../process/run-gateway.ts';
import { stopOnSignal } from '../process/signals.ts';
import { embeddedEmulator } from './embedded-emulator.ts';
import { startMessage } from './start-message.ts';

/** Runs the gateway until a signal stops it. */
export async function start(env: Env): Promise<void> {
  const config = readConfig(env);
  const workers = config.workers === 1 ? null : await import('../process/workers.ts');
  if (workers?.isWorker) return workers.runWorker(config);
  const emulator = config.endpoint === null ? await embeddedEmulator() : null;
  const gateway = await (workers?.runPrimary ?? runGateway)(config, emulator);
  stopOnSignal(gateway.stop, exitWith, env['npm_lifecycle_script']);
  print(...startMessage(gateway, config, emulator));
}
