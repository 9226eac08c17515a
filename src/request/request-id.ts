import { randomUUID } from 'node:crypto';

const requestIds = new WeakMap<Request, string>();

/** The caller's `X-Request-Id`, or a new id if it sent none that is safe. Sent to SMS and in the response. */
export function requestIdOf(request: Request): string {
  const cached = requestIds.get(request);
  if (cached !== undefined) return cached;
  const id = safeRequestId(request.headers.get('x-request-id')) ?? randomUUID();
  requestIds.set(request, id);
  return id;
}

/** The id, if it can be repeated in any header and log line. */
export function safeRequestId(id: unknown): string | null {
  return typeof id === 'string' && /^[\w.:-]{1,128}$/.test(id) ? id : null;
}
