/** The privacy agreement of the account, and the API versions. */
import { unknownApiError } from '../error-responses.ts';
import type { Call, Routes } from '../http/router.ts';

export const account: Routes = {
  'GET /v3/privacy-agreements': ({ state }) => ({ flag: state.privacyAgreed }),
  'POST /v3/privacy-agreements': ({ state }) => {
    state.privacyAgreed = true;
    return '';
  },
  'GET /': (call) => ({ versions: [version(call)] }),
  'GET /{version}': (call) => {
    if (call.params['version'] !== 'v3') throw unknownApiError();
    return version(call);
  },
};

function version({ request }: Call): object {
  const href = `http://${request.headers['host'] ?? 'localhost'}/v3`;
  return { id: 'v3', status: 'SUPPORTED', updated: '2020-09-02T17:50:00Z', links: [{ rel: 'self', href }] };
}
