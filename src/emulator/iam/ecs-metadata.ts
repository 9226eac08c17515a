/** The ECS metadata service, from which a program on a cloud server gets a temporary key, here with all rights. */
import { HttpError } from '../error-responses.ts';
import type { EmulatorRequest } from '../http/request.ts';
import { EmulatorResponse } from '../http/response.ts';
import type { State } from '../world/state.ts';
import { temporaryKey } from './temporary-key.ts';

const KEY_LIFETIME_SECONDS = 21_600;

/** Executes a request to the metadata service; null for any other request. */
export function metadataHandler({ method, path, headers }: EmulatorRequest, state: State): (() => unknown) | null {
  switch (`${method} ${path}`) {
    case 'PUT /meta-data/latest/api/token':
      return () => sessionToken(Number(headers['x-metadata-token-ttl-seconds']), state);
    case 'GET /openstack/latest/securitykey':
      return () => securityKey(headers['x-metadata-token'], state);
    default:
      return null;
  }
}

function sessionToken(ttlSeconds: number, state: State): EmulatorResponse {
  if (!(ttlSeconds > 0)) throw plainError(400, 'X-Metadata-Token-Ttl-Seconds is missing');
  const token = `demo-metadata-${state.newId()}`;
  state.metadataTokens.set(token, state.authTime() + ttlSeconds * 1000);
  return new EmulatorResponse(200, { 'Content-Type': 'text/plain' }, token);
}

/** Older servers send no token, which is allowed; an unknown or expired one is not. */
function securityKey(token: string | undefined, state: State): object {
  if (token !== undefined && (state.metadataTokens.get(token) ?? 0) <= state.authTime()) {
    throw plainError(401, 'Unauthorized');
  }
  const [admin] = state.users;
  if (!admin) throw plainError(404, 'Not Found');
  return { credential: temporaryKey(admin, KEY_LIFETIME_SECONDS, state) };
}

function plainError(status: number, message: string): HttpError {
  return new HttpError(status, message, () => message);
}
