import type { Plugin } from 'graphql-yoga';
import type { SmsUpstream } from '../../sms/client.ts';
import { pathOf } from './url-path.ts';

/**
 * `/ready`: whether new requests are welcome, and if not, why; whether the embedded emulator stands in for SMS; and whether
 * the process shares state with others.
 */
export function useReadiness(
  isReady: () => boolean,
  sms: SmsUpstream,
  { isEmulated }: { isEmulated: boolean },
): Plugin {
  return {
    onRequest({ request, endResponse, fetchAPI: { Response } }) {
      if (pathOf(request.url) !== '/ready') return;
      const status = sms.status();
      const ready = isReady() && status.ready;
      const reason = isReady() ? status.reason : 'STOPPING';
      const { store } = status;
      const body = { ready, ...(!ready && { reason }), ...(isEmulated && { emulator: true }), store };
      endResponse(Response.json(body, { status: ready ? 200 : 503 }));
    },
  };
}
