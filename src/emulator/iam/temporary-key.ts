/** Temporary access keys, as IAM and the ECS metadata service hand them out. */
import type { State, User } from '../world/state.ts';

export interface TemporaryCredential {
  access: string;
  secret: string;
  securitytoken: string;
  /** ISO 8601 with microseconds. */
  expires_at: string;
}

/** Makes a key for a user that works with its security token for so many seconds, with all that the user may do. */
export function temporaryKey(user: User, seconds: number, state: State): TemporaryCredential {
  const expiresAt = state.authTime() + seconds * 1000;
  const access = `DEMOTMP${state.newId().replaceAll('-', '').slice(0, 13).toUpperCase()}`;
  const secret = `demoTemporarySecret${state.newId().replaceAll('-', '')}`;
  const securitytoken = `demo-security-token-${state.newId()}`;
  state.addKey(access, secret, user, { securityToken: securitytoken, expiresAt });
  return { access, secret, securitytoken, expires_at: iamTime(expiresAt) };
}

/** A time as IAM writes it: ISO 8601 with microseconds. */
export function iamTime(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '000Z');
}
