/** The path of an absolute URL, exactly as written. Parsing the URL would cost more than all other checks of a request. */
export function pathOf(url: string): string {
  const start = url.indexOf('/', url.indexOf('://') + 3);
  const end = url.indexOf('?', start);
  return start === -1 ? '/' : end === -1 ? url.slice(start) : url.slice(start, end);
}
