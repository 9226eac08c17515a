/** Limits of the connections to one origin, and of its responses. Time-outs are in milliseconds. */
export interface ConnectionLimits {
  connections: number;
  connectTimeout: number;
  /** From the end of the request to the first byte of the response. */
  headersTimeout: number;
  /** Between two chunks of the body. */
  bodyTimeout: number;
  /** Bytes of one response. */
  maxResponseBytes: number;
}

/** Limits of the calls to SMS. `connections` are those of one caller; all callers together get a sixteenth more. */
export interface SmsLimits extends ConnectionLimits {
  /** Milliseconds for a whole call with its retries. */
  totalTimeout: number;
}
