import { type Config, readConfig } from '../config/config.ts';
import { SettingsError } from '../config/settings.ts';
import { createLog } from '../logging/log.ts';
import { listen, logWarnings, newMetrics, openGateway, type RunningGateway } from './run-gateway.ts';

/** A gateway in another program: it reads no environment, handles no signals and starts no emulator. */
export async function createEmbeddedGateway(settings: Readonly<Record<string, unknown>>) {
  const config = readEmbeddedConfig(settings);
  const log = createLog(config.logLevel);
  const gateway = await openGateway(config, null, log, config.metricsAt === null ? null : await newMetrics());
  logWarnings(log, config, null);
  let running: Promise<RunningGateway> | undefined;
  let closing: Promise<void> | undefined;
  const end = async () => {
    // Where it could not listen, `listen` has reported why.
    const served = await running?.catch(() => undefined);
    if (served) return served.stop('fast');
    gateway.beginStop();
    gateway.endStreams();
    await gateway.close();
  };
  const close = () => {
    closing ??= end();
    return closing;
  };
  return {
    listener: gateway.listener,
    async listen() {
      running ??= listen(gateway, config);
      const { url, metricsUrl } = await running;
      return { url, metricsUrl };
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

function readEmbeddedConfig(settings: Readonly<Record<string, unknown>>): Config {
  const present = Object.entries(settings).filter(([, value]) => value !== undefined);
  const config = readConfig(Object.fromEntries(present.map(([name, value]) => [name, String(value)])));
  if (config.endpoint === null)
    throw new SettingsError(
      'SMS_REGION is not set, nor is SMS_ENDPOINT. Set one of the two; in a test, set SMS_ENDPOINT to the url of createEmulator().',
    );
  if (config.workers > 1)
    throw new SettingsError(
      'WORKERS is more than 1, but createGateway runs in its own process. Start several of them.',
    );
  return config;
}
