import { type AccessKey, authorization, type SignableRequest, sdkDate } from './sign.ts';

/** An access key that the gateway holds. At most one of the ids is set: SMS takes a domain (account) or a project. */
export interface HeldKey extends AccessKey {
  /** Set for a temporary key, and sent as `X-Security-Token`. */
  securityToken?: string;
  domainId?: string;
  projectId?: string;
}

/** How a call proves who asks: the headers to send, made anew for each attempt. */
export type Credentials = (request: SignableRequest, now: Date) => Record<string, string>;

/** `forward`: the caller's token, unsigned. */
export function forwarded(token: string): Credentials {
  return (request) => ({ ...request.headers, 'X-Auth-Token': token });
}

/**
 * `sign-and-forward` and `service`: signed with a held key. A caller's token travels too and is covered by the
 * signature, so nobody on the way can exchange it.
 */
export function signed(key: HeldKey, token?: string): Credentials {
  return (request, now) => {
    const headers: Record<string, string> = { ...request.headers, 'X-Sdk-Date': sdkDate(now) };
    if (token !== undefined) headers['X-Auth-Token'] = token;
    if (key.domainId !== undefined) headers['X-Domain-Id'] = key.domainId;
    if (key.projectId !== undefined) headers['X-Project-Id'] = key.projectId;
    if (key.securityToken !== undefined) headers['X-Security-Token'] = key.securityToken;
    headers['Authorization'] = authorization({ ...request, headers }, key);
    return headers;
  };
}

/** A caller that did not prove who it is: every call fails with this refusal, before anything is sent. */
export function refused(refusal: Error): Credentials {
  return () => {
    throw refusal;
  };
}
