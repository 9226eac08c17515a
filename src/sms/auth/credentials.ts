import type { Secrets } from '../http/redact.ts';
import { type AccessKey, type SignableRequest, sdkDate, sign } from '../sign.ts';

/** An access key that the gateway holds. At most one of the ids is set: SMS takes a domain (account) or a project. */
export interface HeldKey extends AccessKey {
  /** Set for a temporary key, and sent as `X-Security-Token`. */
  securityToken?: string | undefined;
  domainId?: string | undefined;
  projectId?: string | undefined;
}

/** Whether a value may be a part of a key: visible ASCII, since it is sent in a header. */
export function isKeyPart(value: unknown): value is string {
  return typeof value === 'string' && /^[\x21-\x7e]{1,16384}$/.test(value);
}

/** Whether a value may be an access key id, which a comma in `Authorization` would cut off. */
export function isKeyId(value: unknown): value is string {
  return isKeyPart(value) && !value.includes(',');
}

/** The current key, or a promise if it must be renewed first. Throws `SmsUnavailableError`. */
export type KeySource = () => HeldKey | Promise<HeldKey>;

/** Whose key signs a request, and whether the caller's token that is sent with it has been checked. */
export interface Proof {
  key: 'own' | 'temporary' | 'none';
  token: 'checked' | 'unchecked' | 'none';
}

/** What authenticates the calls of a caller. */
export interface Credentials {
  /** Called for each signature, because the key may have been replaced. Null if requests are not signed. */
  readonly key: KeySource | null;
  /** Sent as `X-Auth-Token`. */
  readonly token: string | null;
  readonly proof: Proof;
}

/** Makes the credentials of one caller available. */
export interface CredentialProvider {
  /**
   * Returns at once unless IAM has to be asked or a key renewed. Calls wait for this before they take a permit, so that
   * a slow IAM delays only the callers who need it. Throws if the caller's credentials are not valid.
   */
  resolve(): Credentials | Promise<Credentials>;
  /** Asks IAM about the caller's token, not the cache. Rejects unless IAM says that the token is valid. */
  recheck?: () => Promise<unknown>;
}

/** `forward`: the caller's token, unsigned. */
export function forwarded(token: string): CredentialProvider {
  return { resolve: () => ({ key: null, token, proof: { key: 'none', token: 'unchecked' } }) };
}

/**
 * `sign-and-forward` and `service`: signed with the gateway's own key. A caller's token is sent too and is covered by
 * the signature, so nobody on the way can exchange it.
 */
export function signed(key: HeldKey | KeySource, token: string | null = null): CredentialProvider {
  const source = typeof key === 'function' ? key : () => key;
  const proof: Proof = { key: 'own', token: token === null ? 'none' : 'unchecked' };
  return { resolve: () => then(source(), () => ({ key: source, token, proof })) };
}

/**
 * `exchange`: signed as the caller, with the temporary key that IAM issued for the caller's token. The token itself is
 * not sent: SMS needs only one proof, and nobody can intercept a token that does not travel.
 */
export function signedAsCaller(key: KeySource, recheck?: CredentialProvider['recheck']): CredentialProvider {
  const proof: Proof = { key: 'temporary', token: 'none' };
  return { resolve: () => then(key(), () => ({ key, token: null, proof })), ...(recheck && { recheck }) };
}

/** Nothing is sent before the check has passed. With `recheck`, what it checks is the token that is sent. */
export function checkedFirst(
  check: () => unknown,
  provider: CredentialProvider,
  recheck?: CredentialProvider['recheck'],
): CredentialProvider {
  if (recheck === undefined) return { resolve: () => then(check(), provider.resolve) };
  const asChecked = (credentials: Credentials): Credentials => ({
    ...credentials,
    proof: { ...credentials.proof, token: 'checked' },
  });
  return { resolve: () => then(check(), () => then(provider.resolve(), asChecked)), recheck };
}

/** For a caller that did not prove its identity: every call fails with this error before anything is sent. */
export function rejecting(error: Error): CredentialProvider {
  return {
    resolve: () => {
      throw error;
    },
  };
}

/** A request that can be sent. */
export interface SignedRequest {
  readonly headers: Record<string, string>;
  readonly proof: Proof;
  /** The id of the key that signed, and when it did. Null for an unsigned request. */
  readonly accessKeyId: string | null;
  readonly signedAt: Date | null;
  /** Those in the request, and the secret key, which SMS knows as well. */
  readonly secrets: Secrets;
}

/** Adds to the headers of a request what an attempt of it needs: the host, and what proves the caller. */
export function signRequest(
  request: SignableRequest,
  host: string,
  { key, token, proof }: Credentials,
  now: Date,
): SignedRequest | Promise<SignedRequest> {
  const headers: Record<string, string> = { Host: host, ...request.headers };
  if (token !== null) headers['X-Auth-Token'] = token;
  const tokens = token === null ? [] : [token];
  if (key === null) return { headers, proof, accessKeyId: null, signedAt: null, secrets: { tokens, passwords: [] } };
  return then(key(), ({ ak, sk, securityToken, domainId, projectId }) => {
    headers['X-Sdk-Date'] = sdkDate(now);
    if (domainId !== undefined) headers['X-Domain-Id'] = domainId;
    if (projectId !== undefined) headers['X-Project-Id'] = projectId;
    if (securityToken !== undefined) {
      headers['X-Security-Token'] = securityToken;
      tokens.push(securityToken);
    }
    const { signature, authorization } = sign({ ...request, headers }, { ak, sk });
    headers['Authorization'] = authorization;
    tokens.push(ak, signature);
    return { headers, proof, accessKeyId: ak, signedAt: now, secrets: { tokens, passwords: [sk] } };
  });
}

/** Without waiting if the value is there, so that the usual call waits for nothing. */
function then<Value, Result>(
  value: Value | Promise<Value>,
  next: (value: Value) => Result | Promise<Result>,
): Result | Promise<Result> {
  return value instanceof Promise ? value.then(next) : next(value);
}
