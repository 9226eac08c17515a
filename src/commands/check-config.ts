import { type Config, type Env, readConfig } from '../config/config.ts';
import { createLog } from '../logging/log.ts';
import { print } from '../logging/output.ts';
import { openUpstream } from '../upstream.ts';
import { type Check, upstreamChecks } from './upstream-checks.ts';

/**
 * Checks the settings, and the files and the key that they name. Rejects with `SettingsError` if something is wrong. Then tries the
 * chain to SMS once, unless `isOffline`; if a part of it fails, the exit code is 1.
 */
export async function checkConfig(env: Env, { isOffline = false } = {}): Promise<void> {
  const config = readConfig(env);
  const upstream = config.endpoint === null ? null : await openUpstream(config, createLog('warn'));
  print(...settingsLines(config));
  try {
    if (upstream === null || isOffline) return;
    for await (const check of upstreamChecks(config, upstream, env['CHECK_CONFIG_TOKEN'])) {
      print(lineOf(check));
      if (check.outcome === 'failed') process.exitCode = 1;
    }
  } finally {
    await upstream?.close();
  }
}

function settingsLines(config: Config): string[] {
  return [
    'The settings are valid.',
    ...config.warnings.map((warning) => `Warning: ${warning}`),
    config.endpoint === null
      ? 'SMS: the embedded emulator. All data is made up.'
      : `SMS: ${config.endpoint}  (SMS_AUTH=${config.auth})`,
  ];
}

function lineOf({ name, outcome, text }: Check): string {
  return `${name.padEnd(6)} ${outcome.padEnd(8)} ${text}`;
}
