/** What a router passes on to the subgraphs: the credentials and the language of the caller, and the trace. Nothing else. */
export const FORWARDED_HEADERS = ['x-auth-token', 'authorization', 'x-language', 'x-request-timeout', 'traceparent'];

export function forwardedHeaders(get: (name: string) => string | null | undefined): Record<string, string> {
  return Object.fromEntries(
    FORWARDED_HEADERS.flatMap((name) => {
      const value = get(name);
      return value ? [[name, value]] : [];
    }),
  );
}
