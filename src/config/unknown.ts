/** Variables that look like settings and are none. */

/** Names that begin so are meant for this gateway, or for the vendor's SDKs. */
const OWN_PREFIX = /^(?:SMS|GATEWAY|HUAWEICLOUD_SDK)_/;

/** Of a variable that no setting has read. */
export interface Unknown {
  name: string;
  /** The setting that is probably meant. */
  meant: string | undefined;
  /** It has a prefix of ours, so it is meant for nobody else. */
  isOurs: boolean;
}

/** Variables that are set and were probably meant as settings: by their prefix, or since they are spelt nearly like one. */
export function unknownIn(env: Readonly<Record<string, string | undefined>>, settings: ReadonlySet<string>): Unknown[] {
  return Object.entries(env).flatMap(([name, value = '']) => {
    // On Windows names have any letters, and the same variable is read by each of its spellings.
    const isSetting = settings.has(name) || (settings.has(name.toUpperCase()) && env[name.toUpperCase()] === value);
    if (value.trim() === '' || isSetting || isOfKubernetes(name, value)) return [];
    const meant = [...settings].find((setting) => isNear(name, setting));
    const isOurs = OWN_PREFIX.test(name.toUpperCase());
    return meant !== undefined || isOurs ? [{ name, meant, isOurs }] : [];
  });
}

/** A sentence. */
export function whyUnknown({ name, meant }: Unknown): string {
  return `${name} is not a setting of the gateway. ${meant === undefined ? 'See docs/configuration.md.' : `Did you mean ${meant}?`}`;
}

/** Of the variables that Kubernetes sets for each Service of a namespace, `NAME_PORT` alone could be a setting. */
export function isServicePort(value: string): boolean {
  return /^(?:tcp|udp|sctp):\/\//.test(value);
}

function isOfKubernetes(name: string, value: string): boolean {
  return (
    /_SERVICE_(?:HOST|PORT(?:_\w+)?)$|_PORT_\d+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?$/.test(name) ||
    (name.endsWith('_PORT') && isServicePort(value))
  );
}

/** Whether one is a slip of the other: two letters off, one of a short name, or in other letters. */
function isNear(name: string, setting: string): boolean {
  // Proxies of other protocols are spelt nearly alike, too.
  if (/_proxy$/i.test(name)) return false;
  const [one, other] = [name.toUpperCase(), setting.toUpperCase()];
  const most = other.length < 6 ? 1 : 2;
  return Math.abs(one.length - other.length) <= most && distance(one, other) <= most;
}

/** Letters that must be changed, put in, left out or swapped with their neighbour (optimal string alignment). */
function distance(one: string, other: string): number {
  let before: number[] = [];
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
        ...(isSwapped && row > 1 && column > 1 ? [(before[column - 2] ?? 0) + 1] : []),
      ];
      current.push(Math.min(...candidates));
    }
    [before, last] = [last, current];
  }
  return last[other.length] ?? 0;
}
