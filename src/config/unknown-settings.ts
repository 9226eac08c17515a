/** Prefixes of settings of the gateway and of the vendor's SDKs. */
const OWN_PREFIX = /^(?:SMS|GATEWAY|HUAWEICLOUD_SDK)_/;

/** A variable that was probably meant as a setting, but is not one. */
export interface UnknownSetting {
  name: string;
  /** The setting that is probably meant. */
  suggestion: string | undefined;
  /** Whether its prefix shows that it is meant for this gateway. */
  hasOwnPrefix: boolean;
}

/** Variables that have a prefix of ours or are spelt nearly like a setting, without being one of `settings`. */
export function unknownSettings(
  env: Readonly<Record<string, string | undefined>>,
  settings: ReadonlySet<string>,
): UnknownSetting[] {
  return Object.entries(env).flatMap(([name, value = '']) => {
    // Windows ignores the case of names.
    const isSetting = settings.has(name) || (settings.has(name.toUpperCase()) && env[name.toUpperCase()] === value);
    if (value.trim() === '' || isSetting || isSetByKubernetes(name, value)) return [];
    const suggestion = [...settings].find((setting) => isMisspelt(name, setting));
    const hasOwnPrefix = OWN_PREFIX.test(name.toUpperCase());
    return suggestion !== undefined || hasOwnPrefix ? [{ name, suggestion, hasOwnPrefix }] : [];
  });
}

/** What is wrong with the variable, to follow its name. */
export function unknownSettingProblem({ suggestion }: UnknownSetting): string {
  const hint = suggestion === undefined ? 'See docs/configuration.md.' : `Did you mean ${suggestion}?`;
  return `is not a setting of the gateway. ${hint}`;
}

/** Of the variables that Kubernetes sets for each Service of a namespace, only `NAME_PORT` could be a setting. */
export function isServicePort(value: string): boolean {
  return /^(?:tcp|udp|sctp):\/\//.test(value);
}

function isSetByKubernetes(name: string, value: string): boolean {
  return (
    /_SERVICE_(?:HOST|PORT(?:_\w+)?)$|_PORT_\d+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?$/.test(name) ||
    (name.endsWith('_PORT') && isServicePort(value))
  );
}

/** Whether the names differ by at most two letters, or one in a short name, ignoring case. */
function isMisspelt(name: string, setting: string): boolean {
  // `ftp_proxy` and `all_proxy` are spelt nearly like `http_proxy`.
  if (/_proxy$/i.test(name)) return false;
  const maxDistance = setting.length < 6 ? 1 : 2;
  if (Math.abs(name.length - setting.length) > maxDistance) return false;
  return editDistance(name.toUpperCase(), setting.toUpperCase()) <= maxDistance;
}

/** How many letters must be changed, inserted, deleted or swapped with their neighbor (optimal string alignment). */
function editDistance(one: string, other: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const isSame = one[row - 1] === other[column - 1];
      const isSwapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      const candidates = [
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
        ...(isSwapped && row > 1 && column > 1 ? [(beforeLast[column - 2] ?? 0) + 1] : []),
      ];
      current.push(Math.min(...candidates));
    }
    [beforeLast, last] = [last, current];
  }
  return last[other.length] ?? 0;
}
