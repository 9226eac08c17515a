import { type Plugin, useReadinessCheck } from 'graphql-yoga';
import type { SmsEndpoint } from './sms/client.ts';

/** `/ready`: whether new requests are welcome, and if not, why. */
export function useReadiness(isReady: () => boolean, sms: SmsEndpoint): Plugin {
  return useReadinessCheck({
    endpoint: '/ready',
    check({ fetchAPI }) {
      const { ready, reason } = sms.status();
      if (isReady() && ready) return true;
      return fetchAPI.Response.json({ ready: false, reason: isReady() ? reason : 'STOPPING' }, { status: 503 });
    },
  });
}
