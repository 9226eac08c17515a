import type { CallerIdentity } from '../fairness/caller-identity.ts';
import type { Ticket } from './load/admission.ts';
import type { RequestRecord } from './telemetry/access-log.ts';

/** What the HTTP layer passes to GraphQL with a request. */
export interface HttpContext {
  caller: CallerIdentity;
  record: RequestRecord;
  ticket: Ticket;
}
