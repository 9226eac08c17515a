/** When the embedded emulator may stand in for SMS. Its data is made up, so nothing may point at a real service. */
import { isLoopback } from '../sms/http/loopback.ts';
import { type Environment, shown } from './settings.ts';
import { type Unknown, unknownIn, whyUnknown } from './unknown.ts';

/** Settings that are of no use to the emulator: who sets one means a real service. */
const OF_A_REAL_SERVICE =
  /^(?:SMS_(?:REGION|ENDPOINT|AUTH|CHECK_TOKENS|KEY_|METADATA_|CA_FILE|CLIENT_)|GATEWAY_|HUAWEICLOUD_SDK_|CLOUD_SDK_)/;

/** Lets the emulator start only where none of those settings is set, and the network cannot reach it. */
export function checkEmulator(settings: Environment, host: string): void {
  const found = [...settings.names]
    .filter((name) => OF_A_REAL_SERVICE.test(name) && settings.text(name) !== undefined)
    .map((name) => `${name} is set`);
  if (!isLoopback(host)) found.push(`HOST is ${shown(host)}`);
  if (found.length === 0) return;
  settings.wrong(
    'SMS_REGION',
    `is not set, nor is SMS_ENDPOINT, but ${found.join(', ')}. Set one of the two: the embedded emulator, whose data is made up, starts only where nothing points at a real service and HOST is a loopback address.`,
  );
}

/**
 * Variables that were probably meant as settings, a sentence each. An error where the name is ours and nearly that of a
 * setting, and before the emulator starts in place of a real service; a warning otherwise.
 */
export function reportUnknown(
  settings: Environment,
  env: Readonly<Record<string, string | undefined>>,
  { isEmulated }: { isEmulated: boolean },
): string[] {
  const isError = ({ meant, isOurs }: Unknown) =>
    isEmulated ? isOurs || OF_A_REAL_SERVICE.test(meant ?? '') : isOurs && meant !== undefined;
  const warnings: string[] = [];
  for (const unknown of unknownIn(env, settings.names))
    if (isError(unknown)) settings.fail(whyUnknown(unknown));
    else warnings.push(whyUnknown(unknown));
  return warnings;
}
