/** Whether a failed call may have been carried out. */
import { SmsUnavailableError } from './errors.ts';

/** The same error for a call that was not sent at all. */
export function notSent(error: unknown): unknown {
  if (!(error instanceof SmsUnavailableError) || error.outcome === 'NOT_SENT') return error;
  const { reason, message, code, facts, cause } = error;
  return new SmsUnavailableError(reason, message, { code, facts, cause, outcome: 'NOT_SENT' });
}

/**
 * The same error for a change. If its outcome is unknown, the error gets a code of its own, unless it has one of SMS's, and
 * names what to check before the change is repeated.
 */
export function ofChange(error: unknown, path: string): unknown {
  if (!(error instanceof SmsUnavailableError) || error.outcome === 'NOT_SENT') return error;
  const { reason, facts, cause } = error;
  const code = reason === 'UPSTREAM_ERROR' ? error.code : 'OUTCOME_UNKNOWN';
  const advice = `Whether the call was carried out is not known: check ${subjectOf(path)} before you repeat it.`;
  const message = `${error.message.replace(/ *Try later\.$/, '')} ${advice}`;
  return new SmsUnavailableError(reason, message, { code, facts, cause, outcome: 'UNKNOWN' });
}

const SUBJECTS = [
  ['/v3/tasks', 'task'],
  ['/v3/sources', 'source server'],
  ['/v3/vm/templates', 'template'],
  ['/v3/migprojects', 'migration project'],
] as const;

/** What shows whether the change was made. */
function subjectOf(path: string): string {
  for (const [list, name] of SUBJECTS) {
    if (path === list || path === `${list}/delete`) return `the list of ${name}s`;
    if (path.startsWith(`${list}/`)) return `the ${name}`;
  }
  return 'what it should have changed';
}
