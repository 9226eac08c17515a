import { isObject } from '../errors/error-body.ts';
import { type HeldKey, isKeyId, isKeyPart } from './credentials.ts';

export interface TemporaryKey {
  key: HeldKey;
  /** Epoch ms. */
  expiresAt: number;
}

/** The temporary key in a response of IAM or of the metadata service. Null if there is none. */
export function temporaryKeyIn(body: unknown): TemporaryKey | null {
  if (!isObject(body) || !isObject(body['credential'])) return null;
  const { access, secret, securitytoken, expires_at } = body['credential'];
  const expiresAt = Date.parse(String(expires_at));
  if (!isKeyId(access) || !isKeyPart(secret) || !isKeyPart(securitytoken) || Number.isNaN(expiresAt)) return null;
  return { key: { ak: access, sk: secret, securityToken: securitytoken }, expiresAt };
}
