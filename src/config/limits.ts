import { HTTP_LIMITS, type HttpLimits } from '../http/limits.ts';
import { REQUEST_LIMITS, type RequestLimits } from '../request/budget/request-budget.ts';
import type { SmsLimits } from '../sms/http/limits.ts';
import type { EnvReader } from './env-reader.ts';

export function readHttpLimits(env: EnvReader): HttpLimits {
  const limits = env.section('Limits on requests');
  return {
    ...HTTP_LIMITS,
    maxBodyBytes: limits.integer(
      'MAX_BODY_BYTES',
      HTTP_LIMITS.maxBodyBytes,
      [1024, 64 * 1024 ** 2],
      'size of a request body, in bytes; the longest export needs almost as much as the default',
    ),
    maxTokens: limits.integer('MAX_TOKENS', HTTP_LIMITS.maxTokens, [100, 100_000], 'tokens in a document'),
    maxDepth: limits.integer(
      'MAX_DEPTH',
      HTTP_LIMITS.maxDepth,
      [1, 100],
      'levels of nested fields, with fragments expanded',
    ),
    maxAliases: limits.integer(
      'MAX_ALIASES',
      HTTP_LIMITS.maxAliases,
      [0, 10_000],
      'aliases in a document, with fragments expanded',
    ),
    maxDirectives: limits.integer(
      'MAX_DIRECTIVES',
      HTTP_LIMITS.maxDirectives,
      [0, 10_000],
      'directives in a document, with fragments expanded',
    ),
    maxRootFields: limits.integer(
      'MAX_ROOT_FIELDS',
      HTTP_LIMITS.maxRootFields,
      [1, 1000],
      'root fields in an operation',
    ),
    maxInFlight: limits.integer(
      'MAX_IN_FLIGHT',
      HTTP_LIMITS.maxInFlight,
      [1, 100_000],
      'concurrent requests of one caller; all callers together may have a third more',
    ),
    maxQueue: limits.integer(
      'MAX_QUEUE',
      HTTP_LIMITS.maxQueue,
      [0, 100_000],
      'requests that wait for a running one to finish; none waits longer than about a second',
    ),
    maxStreams: limits.integer(
      'MAX_STREAMS',
      HTTP_LIMITS.maxStreams,
      [0, 100_000],
      'open event streams, which are counted separately; one caller may have half of them',
    ),
  };
}

/** The defaults of two depend on the heap of this process. */
export function readRequestLimits(env: EnvReader): RequestLimits {
  const limits = env.section('What one request may use');
  return {
    maxCalls: limits.integer(
      'MAX_CALLS',
      REQUEST_LIMITS.maxCalls,
      [1, 1_000_000],
      'calls to SMS, including retries; the default is enough for a report on 2,000 tasks',
    ),
    maxReferences: limits.integer(
      'MAX_REFERENCES',
      REQUEST_LIMITS.maxReferences,
      [1, 1_000_000],
      'entity references, over all `_entities` fields of the request',
    ),
    requestTimeout: limits.integer(
      'REQUEST_TIMEOUT',
      REQUEST_LIMITS.requestTimeout,
      [1, 600_000],
      'time for the whole request, in ms; for a subscription, the time for each event',
    ),
    maxReadBytes: limits.integer(
      'MAX_READ_BYTES',
      REQUEST_LIMITS.maxReadBytes,
      [1024, 1024 ** 3],
      'bytes that SMS sends for the request; they are held until the response is complete',
      { default: '`67108864`, or an eighth of the heap for requests, if that is less' },
    ),
    maxResponseBytes: limits.integer(
      'MAX_RESPONSE_BYTES',
      REQUEST_LIMITS.maxResponseBytes,
      [1024, 1024 ** 3],
      'approximate size of the response, in bytes; long strings and files may take three quarters of it',
      { default: '`67108864`, or a ninth of the heap for requests, if that is less' },
    ),
  };
}

export interface CallLimits {
  limits: SmsLimits;
  /** Retries of a call that only reads. */
  retries: number;
  /** Calls of one caller per minute; 0: no limit. */
  callsPerMinute: number;
}

export function readCallLimits(env: EnvReader): CallLimits {
  const limits = env.section('Limits on calls to SMS');
  const upToTenMinutes = [1, 600_000] as const;
  return {
    limits: {
      totalTimeout: limits.integer(
        'SMS_TIMEOUT',
        60_000,
        upToTenMinutes,
        'time for a whole call including retries, in ms',
      ),
      connectTimeout: limits.integer('SMS_CONNECT_TIMEOUT', 5_000, upToTenMinutes, 'time to connect, in ms'),
      headersTimeout: limits.integer(
        'SMS_HEADERS_TIMEOUT',
        30_000,
        upToTenMinutes,
        'time from the request to the first byte of the response, in ms',
      ),
      bodyTimeout: limits.integer(
        'SMS_BODY_TIMEOUT',
        30_000,
        upToTenMinutes,
        'time between two chunks of the response, in ms',
      ),
      maxResponseBytes: limits.integer(
        'SMS_MAX_ANSWER_BYTES',
        16 * 1024 ** 2,
        [1, 1024 ** 3],
        'size of a response, in bytes',
      ),
      connections: limits.integer(
        'SMS_CONNECTIONS',
        64,
        [1, 1024],
        'connections to each endpoint for one caller; all callers together may have a sixteenth more',
      ),
    },
    retries: limits.integer('SMS_RETRIES', 2, [0, 2], 'retries of a call that only reads'),
    callsPerMinute: limits.integer(
      'CALLS_PER_MINUTE',
      0,
      [0, 1_000_000],
      'calls of one caller per minute, which may come in one burst; 0 is no limit',
    ),
  };
}
