import { pino } from 'pino';
import { SYSTEM_CLOCK } from '../time/clock.ts';
import { type Output, standardError } from './output.ts';

export type Log = Pick<pino.Logger, 'info' | 'warn' | 'error' | 'debug'>;

const MAX_CAUSE_DEPTH = 3;
const MAX_STACK_LINES = 12;

/** Writes JSON lines to standard error; standard output is for people. A line that cannot be written is dropped. */
export function createLog(level: string, output: Output = standardError): Log {
  return pino({ level, base: null, timestamp: timeField }, output);
}

let last = { milliseconds: Number.NaN, field: '' };

/** The time as a part of a line. That of the last millisecond is cached. */
function timeField(): string {
  const milliseconds = SYSTEM_CLOCK.now();
  if (milliseconds !== last.milliseconds)
    last = { milliseconds, field: `,"time":"${new Date(milliseconds).toISOString()}"` };
  return last.field;
}

/**
 * What the log may say about a bug: the kind of error and where it was thrown. The message is omitted, because it may contain
 * anything: a header, a body, a key.
 */
export function bugReport(error: unknown, depth = 0): object {
  if (!(error instanceof Error)) return { name: typeof error };
  const { name, message, stack = '', cause } = error;
  // The stack starts with the message. If the message has changed since, they cannot be told apart.
  const start = stack.indexOf(message);
  const code: unknown = Reflect.get(error, 'code');
  return {
    name: /^[A-Za-z]{0,40}Error$/.test(name) ? name : 'Error',
    ...(typeof code === 'string' && /^(?:(?:UND_)?ERR_[A-Z0-9_]{1,40}|E[A-Z0-9]{2,20})$/.test(code) && { code }),
    at: (start === -1 ? '' : stack.slice(start + message.length))
      .split('\n')
      .filter((line) => /^ {4}at \S.*:\d+:\d+\)?$/.test(line))
      .slice(0, MAX_STACK_LINES)
      .map((line) => line.trim()),
    ...(cause !== undefined && depth < MAX_CAUSE_DEPTH && { cause: bugReport(cause, depth + 1) }),
  };
}

/** The log for Yoga's own messages. Of an error it writes only the name: an error object may contain a request. */
export function yogaLog(log: Log) {
  const at =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (...parts: unknown[]) =>
      log[level](parts.map((part) => (part instanceof Error ? part.name : String(part))).join(' '));
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
