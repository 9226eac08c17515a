/** When the embedded emulator may replace SMS. Its data is made up, so nothing may point to a real service. */
import { isLoopback } from '../sms/http/loopback.ts';
import type { EnvReader } from './env-reader.ts';
import { printable } from './settings.ts';
import { type UnknownSetting, unknownSettingProblem, unknownSettings } from './unknown-settings.ts';

/** Settings that the emulator does not use. One that is set, or was meant to be, shows that a real service is meant. */
const REAL_SERVICE_SETTING =
  /^(?:SMS_(?:REGION|ENDPOINT|AUTH|CHECK_TOKENS|KEY_|METADATA_|CA_FILE|CLIENT_)|GATEWAY_|HUAWEICLOUD_SDK_|CLOUD_SDK_)/;

/** Adds a problem if one of those settings exists, or if the network could reach the emulator's data. */
export function checkEmulator(env: EnvReader, host: string): void {
  const reasons = [...env.names].flatMap((name) => {
    if (!REAL_SERVICE_SETTING.test(name)) return [];
    if (env.isEmpty(name)) return [`${name} is empty`];
    return env.value(name) === undefined ? [] : [`${name} is set`];
  });
  if (!isLoopback(host)) reasons.push(`HOST is ${printable(host)}`);
  if (reasons.length === 0) return;
  env.addProblem(
    'SMS_REGION',
    `is not set, nor is SMS_ENDPOINT, but ${reasons.join(', ')}. Set one of the two, or unset the others: the embedded emulator, whose data is made up, starts only if no setting points to a real service and HOST is a loopback address.`,
  );
}

/**
 * Variables that were probably meant as settings, one sentence each. A problem is added instead if the variable has a prefix
 * of ours and is nearly a setting, or if the emulator would start in place of the service that it means.
 */
export function warnOfUnknownSettings(
  reader: EnvReader,
  env: Readonly<Record<string, string | undefined>>,
  { isEmulated, names }: { isEmulated: boolean; names: ReadonlySet<string> },
): string[] {
  const isProblem = ({ suggestion, hasOwnPrefix }: UnknownSetting) =>
    isEmulated ? hasOwnPrefix || REAL_SERVICE_SETTING.test(suggestion ?? '') : hasOwnPrefix && suggestion !== undefined;
  return unknownSettings(env, names).flatMap((unknown) => {
    const problem = unknownSettingProblem(unknown);
    if (!isProblem(unknown)) return [`${unknown.name} ${problem}`];
    reader.addProblem(unknown.name, problem);
    return [];
  });
}
