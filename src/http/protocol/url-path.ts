/** The path of an absolute URL, as it stands there: parsing a URL costs more than all else that a request is asked. */
export function pathOf(url: string): string {
  const begin = url.indexOf('/', url.indexOf('://') + 3);
  const end = url.indexOf('?', begin);
  return begin === -1 ? '/' : end === -1 ? url.slice(begin) : url.slice(begin, end);
}
