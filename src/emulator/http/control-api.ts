/**
 * The control API, for tests in another process. It is not part of SMS and serves loopback peers only.
 *
 *     POST   /emulator/fault        a `Fault` as JSON; `times: "always"` stands for Infinity
 *     DELETE /emulator/faults       removes all faults
 *     POST   /emulator/export-form  {"form": "csv"}, see export-forms.ts
 *     POST   /emulator/result-form  {"form": "objects"}, see export-forms.ts
 *     POST   /emulator/clock        {"advance": 60000}, milliseconds
 */
import { smsError } from '../error-responses.ts';
import { EXPORT_FORMS, RESULT_FORMS } from '../world/export-forms.ts';
import type { State } from '../world/state.ts';
import type { Fault, Faults } from './faults.ts';
import { type EmulatorRequest, parseJson } from './request.ts';

const FAULT_KINDS = [
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
] as const satisfies readonly Fault['kind'][];

/** Executes a control request; null for any other request or peer. */
export function controlHandler(
  request: EmulatorRequest,
  peer: string | undefined,
  state: State,
  faults: Faults,
): (() => unknown) | null {
  if (!request.target.startsWith('/emulator/') || !isLoopback(peer)) return null;
  const body = () => ({ ...(parseJson(request.body) as Record<string, unknown> | null) });
  switch (`${request.method} ${request.path}`) {
    case 'POST /emulator/fault':
      return () => faults.add(faultFrom(body()));
    case 'DELETE /emulator/faults':
      return () => faults.clear();
    case 'POST /emulator/export-form':
      return () => {
        state.exportForm = oneOf(EXPORT_FORMS, 'form', body());
      };
    case 'POST /emulator/result-form':
      return () => {
        state.resultForm = oneOf(RESULT_FORMS, 'form', body());
      };
    case 'POST /emulator/clock':
      return () => state.advance(millisecondsFrom(body()));
    default:
      return null;
  }
}

function isLoopback(peer = ''): boolean {
  return peer === '::1' || /^(::ffff:)?127\./.test(peer);
}

function faultFrom({ times = 1, ...fault }: Record<string, unknown>): Fault {
  oneOf(FAULT_KINDS, 'kind', fault);
  return { ...(fault as Fault), times: times === 'always' ? Number.POSITIVE_INFINITY : Number(times) };
}

function millisecondsFrom({ advance }: Record<string, unknown>): number {
  if (typeof advance === 'number') return advance;
  throw smsError('SMS.9001', 'advance must be a number of milliseconds.');
}

function oneOf<Value extends string>(values: readonly Value[], field: string, body: Record<string, unknown>): Value {
  const value = values.find((allowed) => allowed === body[field]);
  if (value === undefined) throw smsError('SMS.9001', `${field} must be one of ${values.join(', ')}.`);
  return value;
}
