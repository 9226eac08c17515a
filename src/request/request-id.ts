import { randomUUID } from 'node:crypto';
import type { AbortState } from '../time/deadline.ts';

/** The part of a `Request` of the Fetch API that is needed before the document is read. */
export interface RequestHead {
  readonly headers: Pick<Headers, 'get'>;
  /** Aborted when the client disconnects. */
  readonly signal: AbortState;
  /** The result of `requestIdOf`, if it is already known. */
  readonly requestId?: string;
}

const requestIds = new WeakMap<RequestHead, string>();

/** The caller's `X-Request-Id`, or a new id if it sent none that is safe. Sent to SMS and in the response. */
export function requestIdOf(request: RequestHead): string {
  const cached = request.requestId ?? requestIds.get(request);
  if (cached !== undefined) return cached;
  const id = safeRequestId(request.headers.get('x-request-id')) ?? randomUUID();
  requestIds.set(request, id);
  return id;
}

const SAFE_ID = /^[\w.:-]{1,128}$/;

/** The id, if it can be repeated in any header and log line. */
export function safeRequestId(id: unknown): string | null {
  return typeof id === 'string' && SAFE_ID.test(id) ? id : null;
}
