import { type AccessKey, authorization, type SignableRequest, sdkDate } from '../sign.ts';

/** An access key that the gateway holds. At most one of the ids is set: SMS takes a domain (account) or a project. */
export interface HeldKey extends AccessKey {
  /** Set for a temporary key, and sent as `X-Security-Token`. */
  securityToken?: string;
  domainId?: string;
  projectId?: string;
}

/** The key at present: at once while it lasts, later where it has to be renewed first. Throws `SmsUnreachable`. */
export type KeySource = () => HeldKey | Promise<HeldKey>;

export type SentHeaders = Record<string, string>;

/** How a call proves who asks: the headers to send, made anew for each attempt. */
export interface Credentials {
  (request: SignableRequest, now: Date): SentHeaders | Promise<SentHeaders>;
  /** The gateway's own key signs, so what SMS says of the signature concerns all callers. */
  readonly isHeldKey?: boolean;
  /**
   * What may take its time, such as asking IAM. A call waits for it before it takes a place at SMS, so that an IAM which
   * hangs keeps out only those who need it. The proof itself does not rely on it.
   */
  readonly ready?: () => unknown;
  /** What proves who asks and is not sent: SMS may know it, and repeat it all the same. */
  readonly secrets?: () => readonly string[];
  /** Asks IAM about the caller's token, whatever is cached. Rejects where it is not valid any more, or IAM does not say. */
  readonly recheck?: () => Promise<unknown>;
}

/** Who signed a call, and what is known of the caller's token that travels with it. */
export interface Proof {
  key: 'own' | 'temporary' | 'none';
  token: 'checked' | 'unchecked' | 'none';
}

export function proofOf({ isHeldKey, recheck }: Credentials, sent: Readonly<SentHeaders>): Proof {
  const isSigned = sent['Authorization'] !== undefined;
  const hasToken = sent['X-Auth-Token'] !== undefined;
  return {
    key: isHeldKey ? 'own' : isSigned ? 'temporary' : 'none',
    token: hasToken ? (recheck ? 'checked' : 'unchecked') : 'none',
  };
}

/** `forward`: the caller's token, unsigned. */
export function forwarded(token: string): Credentials {
  return (request) => ({ ...request.headers, 'X-Auth-Token': token });
}

/**
 * `sign-and-forward` and `service`: signed with a held key. A caller's token travels too and is covered by the
 * signature, so nobody on the way can exchange it.
 */
export function signed(key: HeldKey | KeySource, token?: string): Credentials {
  const keyOf = typeof key === 'function' ? key : () => key;
  return Object.assign(signing(keyOf, token), { isHeldKey: true });
}

/**
 * `exchange`: signed as the caller, with the temporary key that IAM gave for the caller's token. The token itself stays
 * here: SMS needs one proof, and a token that does not travel cannot be caught.
 */
export function signedAsCaller(key: KeySource, recheck?: Credentials['recheck']): Credentials {
  return Object.assign(signing(key), recheck && { recheck });
}

function signing(keyOf: KeySource, token?: string): Credentials {
  let sk: string | undefined;
  const sign: Credentials = (request, now) =>
    orLater(keyOf(), (held) => {
      sk = held.sk;
      return signedHeaders(request, now, held, token);
    });
  return Object.assign(sign, { ready: keyOf, secrets: () => (sk === undefined ? [] : [sk]) });
}

/** Nothing is sent before the check has passed; it throws a refusal. */
export function checkedFirst(
  check: () => unknown,
  credentials: Credentials,
  recheck?: Credentials['recheck'],
): Credentials {
  const both: Credentials = (request, now) => orLater(check(), () => credentials(request, now));
  const { isHeldKey = false, secrets } = credentials;
  return Object.assign(both, { isHeldKey, ready: check, ...(secrets && { secrets }), ...(recheck && { recheck }) });
}

/** A caller that did not prove who it is: every call fails with this refusal, before anything is sent. */
export function refused(refusal: Error): Credentials {
  const refuse = () => {
    throw refusal;
  };
  return Object.assign(refuse, { ready: refuse });
}

/** The access key that signed these headers. */
export function accessKeyIn(headers: Readonly<SentHeaders>): string {
  return /Access=([^,]+)/.exec(headers['Authorization'] ?? '')?.[1] ?? '';
}

function signedHeaders(request: SignableRequest, now: Date, key: HeldKey, token?: string): SentHeaders {
  const headers: SentHeaders = { ...request.headers, 'X-Sdk-Date': sdkDate(now) };
  if (token !== undefined) headers['X-Auth-Token'] = token;
  if (key.domainId !== undefined) headers['X-Domain-Id'] = key.domainId;
  if (key.projectId !== undefined) headers['X-Project-Id'] = key.projectId;
  if (key.securityToken !== undefined) headers['X-Security-Token'] = key.securityToken;
  headers['Authorization'] = authorization({ ...request, headers }, key);
  return headers;
}

/** What is at hand is used at once, so that the usual call waits for nothing. */
function orLater<Given, Made>(
  given: Given | Promise<Given>,
  make: (given: Given) => Made | Promise<Made>,
): Made | Promise<Made> {
  return given instanceof Promise ? given.then(make) : make(given);
}
