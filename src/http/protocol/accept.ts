import { LRUCache } from 'lru-cache';

/** Characters of the headers that are cached. Usual clients send few different ones. */
const MAX_CACHED_CHARACTERS = 8 * 1024;

const cache = new LRUCache<string, ReadonlyMap<string, boolean>>({
  maxSize: MAX_CACHED_CHARACTERS,
  maxEntrySize: MAX_CACHED_CHARACTERS / 16,
  sizeCalculation: (_, header) => header.length,
});

/**
 * Whether an `Accept` header accepts this media type. Without the header any is accepted; of several entries the most specific
 * decides (RFC 9110, 12.5.1).
 */
export function accepts(header: string | null, mediaType: string): boolean {
  if (header === null || header.trim() === '') return true;
  let ranges = cache.get(header);
  if (ranges === undefined) {
    ranges = new Map(header.toLowerCase().split(',').map(parseEntry));
    cache.set(header, ranges);
  }
  const type = mediaType.slice(0, mediaType.indexOf('/'));
  return ranges.get(mediaType) ?? ranges.get(`${type}/*`) ?? ranges.get('*/*') ?? false;
}

/** A media range, and whether it is accepted. Responses are UTF-8, so a range with another charset is not. */
function parseEntry(entry: string): [string, boolean] {
  const [range = '', ...parameters] = entry.split(';').map((part) => part.trim());
  return [range, !parameters.some((parameter) => /^q\s*=\s*0(?:\.0*)?$|^charset\s*=\s*(?!utf-8$)/.test(parameter))];
}
