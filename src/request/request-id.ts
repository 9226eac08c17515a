import { randomUUID } from 'node:crypto';

const requestIds = new WeakMap<Request, string>();

/** The caller's `X-Request-Id`, or a new one. Sent upstream and returned. */
export function requestIdOf(request: Request): string {
  const known = requestIds.get(request);
  if (known !== undefined) return known;
  const id = safeRequestId(request.headers.get('x-request-id')) ?? randomUUID();
  requestIds.set(request, id);
  return id;
}

/** A caller's id of a request, when it can be repeated anywhere. */
export function safeRequestId(given: unknown): string | null {
  return typeof given === 'string' && /^[\w.:-]{1,128}$/.test(given) ? given : null;
}
