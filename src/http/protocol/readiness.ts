import type { Plugin } from 'graphql-yoga';
import type { SmsUpstream } from '../../sms/client.ts';
import { pathOf } from './url-path.ts';

const MESSAGES = {
  STOPPING: 'The gateway is about to stop. It still serves requests, but send new ones elsewhere.',
  KEY_RESTING:
    "SMS rejected the gateway's signatures, so its key is suspended. Check the key and the clock; see the log for the reason.",
};

/**
 * `/ready` says whether the gateway takes new requests, and if not, why; whether the embedded emulator replaces SMS; whether
 * circuits to SMS are open, which is no reason to send requests elsewhere; and whether state is shared with other processes.
 */
export function useReadiness(
  isStopping: () => boolean,
  sms: SmsUpstream,
  { isEmulated }: { isEmulated: boolean },
): Plugin {
  return {
    onRequest({ request, endResponse, fetchAPI: { Response } }) {
      if (pathOf(request.url) !== '/ready') return;
      const { store, circuits, ...status } = sms.status();
      const ready = !isStopping() && status.ready;
      const reason = isStopping() ? 'STOPPING' : status.reason;
      const body = {
        ready,
        ...(reason !== null && { reason, message: MESSAGES[reason] }),
        ...(isEmulated && { emulator: true }),
        // Without addresses, which only the operator should see: they are in the log.
        circuits: circuits.map(({ open }) => (open ? 'open' : 'closed')),
        store,
      };
      endResponse(Response.json(body, { status: ready ? 200 : 503 }));
    },
  };
}
