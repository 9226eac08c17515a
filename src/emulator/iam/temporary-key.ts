/** Temporary access keys, as issued by IAM and the ECS metadata service. */
import type { State, User } from '../world/state.ts';

/** Issues a key with the rights of a user. It works together with its security token. */
export function temporaryKey(user: User, seconds: number, state: State): object {
  const expiresAt = state.authTime() + seconds * 1000;
  const access = `DEMOTMP${state.newId().replaceAll('-', '').slice(0, 13).toUpperCase()}`;
  const secret = `demoTemporarySecret${state.newId().replaceAll('-', '')}`;
  const securitytoken = `demo-security-token-${state.newId()}`;
  state.addKey(access, secret, user, { securityToken: securitytoken, expiresAt });
  return { access, secret, securitytoken, expires_at: iamTimestamp(expiresAt) };
}

/** A time in IAM's format: ISO 8601 with microseconds. */
export function iamTimestamp(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '000Z');
}
