/**
 * Whether an `Accept` header accepts this media type. Without the header any is accepted; of several entries the most specific
 * decides (RFC 9110, 12.5.1).
 */
export function accepts(header: string | null, mediaType: string): boolean {
  if (header === null || header.trim() === '') return true;
  const entries = new Map(header.toLowerCase().split(',').map(parseEntry));
  const [type = ''] = mediaType.split('/');
  return (
    [mediaType, `${type}/*`, '*/*'].map((range) => entries.get(range)).find((accepted) => accepted !== undefined) ??
    false
  );
}

/** A media range, and whether it is accepted. Responses are UTF-8, so a range with another charset is not. */
function parseEntry(entry: string): [string, boolean] {
  const [range = '', ...parameters] = entry.split(';').map((part) => part.trim());
  return [range, !parameters.some((parameter) => /^q\s*=\s*0(?:\.0*)?$|^charset\s*=\s*(?!utf-8$)/.test(parameter))];
}
