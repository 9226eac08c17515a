/** What is known of a call that failed: nothing of it was sent, or it may have been carried out. */
import { SmsUnavailableError } from './errors.ts';

/** The error of a call of which nothing has left the gateway. */
export function notSent(error: unknown): unknown {
  if (!(error instanceof SmsUnavailableError) || error.outcome === 'NOT_SENT') return error;
  const { reason, message, code, facts, cause } = error;
  return new SmsUnavailableError(reason, message, { code, facts, cause, outcome: 'NOT_SENT' });
}

/**
 * The error of a change that was sent: where its outcome is not known, it has a code of its own and names what to look at
 * before the change is repeated. A code of SMS stays.
 */
export function ofChange(error: unknown, path: string): unknown {
  if (!(error instanceof SmsUnavailableError) || error.outcome === 'NOT_SENT') return error;
  const { reason, message, facts, cause } = error;
  const code = reason === 'UPSTREAM_ERROR' ? error.code : 'OUTCOME_UNKNOWN';
  const advice = `Whether the call was carried out is not known: check ${subjectOf(path)} before you repeat it.`;
  return new SmsUnavailableError(reason, `${message.replace(/ *Try later\.$/, '')} ${advice}`, {
    code,
    facts,
    cause,
    outcome: 'UNKNOWN',
  });
}

const SUBJECTS = [
  ['/v3/tasks', 'task'],
  ['/v3/sources', 'source server'],
  ['/v3/vm/templates', 'template'],
  ['/v3/migprojects', 'migration project'],
] as const;

/** What shows whether a change was made. */
function subjectOf(path: string): string {
  for (const [list, name] of SUBJECTS) {
    if (path === list || path === `${list}/delete`) return `the list of ${name}s`;
    if (path.startsWith(`${list}/`)) return `the ${name}`;
  }
  return 'what it should have changed';
}
