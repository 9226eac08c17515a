/** The control address of the emulator, for tests in another process. Documented in faults.ts. */

import { smsRefusal } from '../error-responses.ts';
import { EXPORT_FORMS, RESULT_FORMS } from '../world/export-forms.ts';
import type { State } from '../world/state.ts';
import type { Fault, Faults } from './faults.ts';
import type { EmulatorRequest } from './router.ts';
import { parsed } from './validate.ts';

const FAULT_KINDS: readonly string[] = [
  'latency',
  'status',
  'throttle',
  'reset',
  'reset-in-body',
  'redirect',
  'oversized',
  'content-type',
  'drip',
  'hang',
] satisfies Fault['kind'][];

/** What a control request asks for, to be carried out by calling it; null for every other request or peer. */
export function control(
  request: EmulatorRequest,
  peer: string | undefined,
  state: State,
  faults: Faults,
): (() => unknown) | null {
  if (!request.target.startsWith('/emulator/') || !isLoopback(peer)) return null;
  const body = (): Record<string, unknown> => Object(parsed(request.body));
  switch (`${request.method} ${request.path}`) {
    case 'POST /emulator/fault':
      return () => faults.add(faultFrom(body()));
    case 'DELETE /emulator/faults':
      return () => faults.clear();
    case 'POST /emulator/export-form':
      return () => {
        state.exportForm = oneOf(EXPORT_FORMS, body()['form'], 'The export has');
      };
    case 'POST /emulator/result-form':
      return () => {
        state.resultForm = oneOf(RESULT_FORMS, body()['form'], 'Consistency results have');
      };
    case 'POST /emulator/clock':
      return () => state.advance(millisecondsFrom(body()['advance']));
    default:
      return null;
  }
}

function isLoopback(peer = ''): boolean {
  return peer === '::1' || /^(::ffff:)?127\./.test(peer);
}

function faultFrom({ times = 1, ...fault }: Record<string, unknown>): Fault {
  if (!FAULT_KINDS.includes(String(fault['kind']))) {
    throw smsRefusal('SMS.9001', `A fault has one of the kinds ${FAULT_KINDS.join(', ')}.`);
  }
  return { ...(fault as Fault), times: times === 'always' ? Number.POSITIVE_INFINITY : Number(times) };
}

function millisecondsFrom(advance: unknown): number {
  if (typeof advance === 'number') return advance;
  throw smsRefusal('SMS.9001', 'advance is a number of milliseconds.');
}

function oneOf<Form extends string>(forms: readonly Form[], form: unknown, what: string): Form {
  const known = forms.find((name) => name === form);
  if (!known) throw smsRefusal('SMS.9001', `${what} one of the forms ${forms.join(', ')}.`);
  return known;
}
