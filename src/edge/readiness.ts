import type { Plugin } from 'graphql-yoga';
import type { SmsEndpoint } from '../sms/client.ts';
import { pathOf } from './url-path.ts';

/** `/ready`: whether new requests are welcome, and if not, why. */
export function useReadiness(isReady: () => boolean, sms: SmsEndpoint): Plugin {
  return {
    onRequest({ request, endResponse, fetchAPI: { Response } }) {
      if (pathOf(request.url) !== '/ready') return;
      const { ready, reason } = sms.status();
      endResponse(
        isReady() && ready
          ? new Response(null, { status: 200 })
          : Response.json({ ready: false, reason: isReady() ? reason : 'STOPPING' }, { status: 503 }),
      );
    },
  };
}
