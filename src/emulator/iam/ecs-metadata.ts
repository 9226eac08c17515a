/** The ECS metadata service: it gives a program on a cloud server a temporary key, here with all rights. */
import { Refusal } from '../error-responses.ts';
import { Answer, type EmulatorRequest } from '../http/router.ts';
import type { State } from '../world/state.ts';
import { temporaryKey } from './temporary-key.ts';

/** Seconds. */
const KEY_LIFETIME = 21_600;

/** What the service answers, by calling it; null for a request that is not for it. */
export function metadata({ method, path, headers }: EmulatorRequest, state: State): (() => unknown) | null {
  switch (`${method} ${path}`) {
    case 'PUT /meta-data/latest/api/token':
      return () => sessionToken(Number(headers['x-metadata-token-ttl-seconds']), state);
    case 'GET /openstack/latest/securitykey':
      return () => securityKey(headers['x-metadata-token'], state);
    default:
      return null;
  }
}

function sessionToken(ttl: number, state: State): Answer {
  if (!(ttl > 0)) throw plain(400, 'X-Metadata-Token-Ttl-Seconds is missing');
  const token = `demo-metadata-${state.newId()}`;
  state.metadataTokens.set(token, state.authTime() + ttl * 1000);
  return new Answer(200, { 'Content-Type': 'text/plain' }, token);
}

/** Older servers ask without a token, which is allowed; a wrong or expired one is not. */
function securityKey(token: string | undefined, state: State): object {
  if (token !== undefined && (state.metadataTokens.get(token) ?? 0) <= state.authTime())
    throw plain(401, 'Unauthorized');
  const [admin] = state.users;
  if (!admin) throw plain(404, 'Not Found');
  return { credential: temporaryKey(admin, KEY_LIFETIME, state) };
}

function plain(status: number, message: string): Refusal {
  return new Refusal(status, message, () => message);
}
