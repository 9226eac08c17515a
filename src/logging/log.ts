import { pino } from 'pino';
import { type Output, standardError } from './output.ts';

export type Log = Pick<pino.Logger, 'info' | 'warn' | 'error' | 'debug'>;

const MAX_CAUSE_DEPTH = 3;

/** JSON lines on standard error; standard output is for people. A log that cannot be written does not stop the gateway. */
export function createLog(level: string, output: Output = standardError): Log {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, output);
}

/**
 * What the log may tell of a bug: what kind of error, and where. The message is left out, since whoever threw it may have
 * put anything into it: a header, a body, a key.
 */
export function bugOf(error: unknown, depth = 0): object {
  if (!(error instanceof Error)) return { name: typeof error };
  const { name, message, stack = '', cause } = error;
  // The stack begins with the message; one that was changed since cannot be told from it.
  const begin = stack.indexOf(message);
  const code: unknown = Reflect.get(error, 'code');
  return {
    name: /^[A-Za-z]{0,40}Error$/.test(name) ? name : 'Error',
    ...(typeof code === 'string' && /^(?:(?:UND_)?ERR_[A-Z0-9_]{1,40}|E[A-Z0-9]{2,20})$/.test(code) && { code }),
    at: (begin === -1 ? '' : stack.slice(begin + message.length))
      .split('\n')
      .filter((line) => /^ {4}at \S.*:\d+:\d+\)?$/.test(line))
      .slice(0, 12)
      .map((line) => line.trim()),
    ...(cause !== undefined && depth < MAX_CAUSE_DEPTH && { cause: bugOf(cause, depth + 1) }),
  };
}

/** Yoga's own log. Only the text: an error object may hold a request. */
export function yogaLog(log: Log) {
  const text = (...parts: unknown[]) =>
    parts.map((part) => (part instanceof Error ? part.name : String(part))).join(' ');
  return {
    debug: (...parts: unknown[]) => log.debug(text(...parts)),
    info: (...parts: unknown[]) => log.info(text(...parts)),
    warn: (...parts: unknown[]) => log.warn(text(...parts)),
    error: (...parts: unknown[]) => log.error(text(...parts)),
  };
}
