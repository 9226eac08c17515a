/** What happens between the gateway, SMS and IAM, for the log and the metrics. */
import type { HttpRequest } from './exchange.ts';
import type { HttpResponse } from './response.ts';
import type { Peer } from './transport.ts';

/** The methods are called when something happens, must be quick and must not throw. */
export interface UpstreamObserver {
  /**
   * A call has got a response or failed, once per attempt. `path` has no query. Also called for a call that could not be sent
   * before its deadline. `milliseconds` are those of the attempt.
   */
  callEnded?(peer: Peer, call: EndedCall, result: CallResult, milliseconds: number): void;
  /** A circuit breaker has opened or closed. */
  circuitChanged?(peer: Peer, isOpen: boolean): void;
  /** The gateway's own key is suspended, or SMS accepts it again. */
  keyChanged?(isSuspended: boolean): void;
}

export interface EndedCall extends Pick<HttpRequest, 'method' | 'path'> {
  /** The id of the request that caused the call. Null if IAM is called, since it checks a token for several requests. */
  requestId: string | null;
}

export interface CallResult {
  response: HttpResponse | null;
  /** Null for a success. */
  error: Error | null;
}
