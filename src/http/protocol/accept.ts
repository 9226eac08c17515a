/**
 * Whether a client takes this media type, by its `Accept` header: without one it takes any, and of several entries the most
 * specific decides (RFC 9110, 12.5.1).
 */
export function accepts(header: string | null, mediaType: string): boolean {
  if (header === null || header.trim() === '') return true;
  const entries = new Map(header.toLowerCase().split(',').map(entryOf));
  const [type = ''] = mediaType.split('/');
  return (
    [mediaType, `${type}/*`, '*/*'].map((range) => entries.get(range)).find((taken) => taken !== undefined) ?? false
  );
}

/** A media range, and whether it is taken at all: there is no response in another charset than UTF-8. */
function entryOf(entry: string): [string, boolean] {
  const [range = '', ...parameters] = entry.split(';').map((part) => part.trim());
  return [range, !parameters.some((parameter) => /^q\s*=\s*0(?:\.0*)?$|^charset\s*=\s*(?!utf-8$)/.test(parameter))];
}
