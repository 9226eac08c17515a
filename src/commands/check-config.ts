import { type Env, readConfig } from '../config/config.ts';
import { createLog } from '../logging/log.ts';
import { print } from '../logging/output.ts';
import { openUpstream } from '../upstream.ts';

/** Checks the settings, and the files and the key that they name. Rejects with `SettingsError` if something is wrong. */
export async function checkConfig(env: Env): Promise<void> {
  const config = readConfig(env);
  const upstream = config.endpoint === null ? null : await openUpstream(config, createLog('warn'));
  await upstream?.close();
  print(
    'The settings are valid.',
    ...config.warnings.map((warning) => `Warning: ${warning}`),
    config.endpoint === null
      ? 'SMS: the embedded emulator. All data is made up.'
      : `SMS: ${config.endpoint}  (SMS_AUTH=${config.auth})`,
  );
}
