import { LRUCache } from 'lru-cache';
import { errors } from 'undici';
import { isThrottled, type RequestRejectedError, SmsUnavailableError } from '../sms/errors/errors.ts';
import { operationOf } from '../sms/http/operation.ts';
import type { Peer } from '../sms/http/transport.ts';
import type { CallResult, EndedCall, UpstreamObserver } from '../sms/http/upstream-observer.ts';
import { SYSTEM_CLOCK } from '../time/clock.ts';
import { DeadlineExceededError } from '../time/deadline.ts';
import type { Log } from './log.ts';

/** Failures with the same code and cause are one line in this time. The next line counts those in between. */
const REPEAT_INTERVAL_MS = 10_000;
const MAX_KINDS = 100;
const MAX_CAUSE_DEPTH = 3;

/** Codes of SMS, of the API gateway and of this gateway. */
const ERROR_CODE = /^[A-Za-z][\w.]{0,39}$/;
/** Codes of Node, OpenSSL and undici: ECONNREFUSED, CERT_HAS_EXPIRED, UND_ERR_SOCKET. */
const CAUSE_CODE = /^[A-Z][A-Z0-9_]{2,59}$/;
/** Ends of messages that say nothing to an operator. */
const FOR_CALLERS = / *(?:Try later\.|This is for the operator .*)$/;
/** Codes of errors which the gateway words itself, although there is a response. */
const OWN_CODE = /^(?:GATEWAY_|TEMPORARY_KEY_|IAM_)/;

/** Tells the operator why calls to SMS and IAM fail, without a word of what was sent or received. */
export class UpstreamLog implements UpstreamObserver {
  readonly #log: Pick<Log, 'warn'>;
  readonly #now: () => number;
  readonly #traceId: () => string | null;
  /** The latest line of each kind of failure. */
  readonly #kinds = new LRUCache<string, { loggedAt: number; omitted: number }>({ max: MAX_KINDS });

  /** `now` is a monotonic clock in ms. `traceId` is that of the running code, if it is traced. */
  constructor(
    log: Pick<Log, 'warn'>,
    { now = SYSTEM_CLOCK.monotonic, traceId = () => null }: { now?: () => number; traceId?: () => string | null } = {},
  ) {
    this.#log = log;
    this.#now = now;
    this.#traceId = traceId;
  }

  callEnded(peer: Peer, call: EndedCall, { response, error }: CallResult, milliseconds: number): void {
    if (!(error instanceof SmsUnavailableError) && !isThrottled(error)) return;
    const code = ERROR_CODE.test(error.code) ? error.code : 'OTHER';
    const reason = error instanceof SmsUnavailableError ? error.reason : 'THROTTLED';
    const cause = causeCode(error.cause);
    const phase = phaseOf(error);
    const omitted = this.#omitted(`${peer.origin} ${code} ${cause} ${phase}`);
    if (omitted === null) return;
    const traceId = this.#traceId();
    this.#log.warn(
      {
        endpoint: peer.origin,
        code,
        reason,
        ...(cause !== null && { cause }),
        ...(phase !== null && { phase }),
        ...(response !== null && { status: response.status, smsRequestId: response.requestId }),
        ...((response === null || OWN_CODE.test(code)) && { why: error.message.replace(FOR_CALLERS, '') }),
        operation: operationOf(call),
        requestId: call.requestId,
        ...(traceId !== null && { traceId }),
        milliseconds: Math.round(milliseconds),
        ...(omitted > 0 && { omitted }),
      },
      `A call to ${peer.name} failed`,
    );
  }

  circuitChanged({ name, origin }: Peer, isOpen: boolean): void {
    const message = isOpen
      ? `${name} is failing repeatedly: its circuit is open, and calls are rejected until a trial call succeeds`
      : `${name} works again: its circuit is closed`;
    this.#log.warn({ endpoint: origin, circuit: isOpen ? 'open' : 'closed' }, message);
  }

  keyChanged(isSuspended: boolean): void {
    const message = isSuspended
      ? 'SMS rejected signatures of the gateway: its key is suspended, so that SMS does not lock it'
      : "SMS accepts the gateway's signatures again: its key is in use";
    this.#log.warn({ key: isSuspended ? 'suspended' : 'in use' }, message);
  }

  /** How many failures of this kind were omitted since the last line. Null if this one is omitted too. */
  #omitted(kind: string): number | null {
    const now = this.#now();
    const last = this.#kinds.get(kind);
    if (last !== undefined && now - last.loggedAt < REPEAT_INTERVAL_MS) {
      last.omitted += 1;
      return null;
    }
    this.#kinds.set(kind, { loggedAt: now, omitted: 0 });
    return last?.omitted ?? 0;
  }
}

/** The code of the innermost cause that has one. Its message is omitted, because it may contain anything. */
function causeCode(cause: unknown, depth = 0): string | null {
  if (!(cause instanceof Error) || depth > MAX_CAUSE_DEPTH) return null;
  const inner = causeCode(cause.cause, depth + 1);
  if (inner !== null) return inner;
  const { code } = cause as NodeJS.ErrnoException;
  return typeof code === 'string' && CAUSE_CODE.test(code) ? code : null;
}

/** What took too long. */
function phaseOf(error: SmsUnavailableError | RequestRejectedError): string | null {
  const { cause } = error;
  if (cause instanceof errors.ConnectTimeoutError) return 'connect';
  if (cause instanceof errors.HeadersTimeoutError) return 'headers';
  if (cause instanceof errors.BodyTimeoutError) return 'body';
  if (!(cause instanceof DeadlineExceededError)) return null;
  return error instanceof SmsUnavailableError && error.outcome === 'NOT_SENT' ? 'queue' : 'whole call';
}
