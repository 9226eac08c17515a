import type { Plugin } from 'graphql-yoga';
import type { SmsUpstream } from '../../sms/client.ts';
import { pathOf } from './url-path.ts';

/**
 * `/ready` says whether the gateway takes new requests, and if not, why; whether the embedded emulator replaces SMS; and
 * whether state is shared with other processes.
 */
export function useReadiness(
  isStopping: () => boolean,
  sms: SmsUpstream,
  { isEmulated }: { isEmulated: boolean },
): Plugin {
  return {
    onRequest({ request, endResponse, fetchAPI: { Response } }) {
      if (pathOf(request.url) !== '/ready') return;
      const { store, ...status } = sms.status();
      const ready = !isStopping() && status.ready;
      const reason = isStopping() ? 'STOPPING' : status.reason;
      const body = { ready, ...(!ready && { reason }), ...(isEmulated && { emulator: true }), store };
      endResponse(Response.json(body, { status: ready ? 200 : 503 }));
    },
  };
}
