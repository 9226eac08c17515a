import { hash, randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';

const MAX_VERIFIED_CALLERS = 10_000;

const VISIBLE_ASCII = /^[\x21-\x7e]+$/;

// A new salt per process, so that fingerprints cannot be compared with a list of stolen tokens.
const SALT = randomBytes(32).toString('base64');

/** Identifies credentials without revealing them. */
function fingerprintOf(credentials: string): string {
  return hash('sha256', SALT + credentials, 'base64');
}

/** Fingerprints of credentials that IAM or SMS accepted recently. */
export class VerifiedCallers {
  readonly #fingerprints = new LRUCache<string, true>({ max: MAX_VERIFIED_CALLERS });

  has(fingerprint: string): boolean {
    return this.#fingerprints.get(fingerprint) === true;
  }

  add(fingerprint: string): void {
    this.#fingerprints.set(fingerprint, true);
  }
}

/**
 * The caller of a request, for sharing permits and queues fairly. Anyone can invent any number of tokens, so a caller is a
 * fairness group of its own only once its credentials were accepted. Until then it shares the group of its network address.
 */
export class CallerIdentity {
  readonly #verified: VerifiedCallers;
  readonly #credentials: string;
  #address: string;
  #fingerprint: string | null = null;
  #isVisibleAscii: boolean | null = null;
  #isVerified = false;
  #onVerified: (() => void) | null = null;

  /** Pass empty credentials for a caller that sent none. */
  constructor(credentials: string, address: string, verified: VerifiedCallers) {
    this.#credentials = credentials;
    this.#address = networkOf(address);
    this.#verified = verified;
  }

  /** The caller of the next request on a connection. What was computed for this one is not computed again. */
  next(credentials: string): CallerIdentity {
    const next = new CallerIdentity(credentials, '', this.#verified);
    next.#address = this.#address;
    if (credentials === this.#credentials) {
      next.#fingerprint = this.#fingerprint;
      next.#isVisibleAscii = this.#isVisibleAscii;
    }
    return next;
  }

  get hasCredentials(): boolean {
    return this.#credentials !== '';
  }

  /** The same for all requests with these credentials, in this process only. Not a secret. */
  get fingerprint(): string {
    this.#fingerprint ??= fingerprintOf(this.#credentials || this.#address);
    return this.#fingerprint;
  }

  /** Fingerprint of a token, which is usually the caller's credentials. */
  fingerprintOf(token: string): string {
    return token === this.#credentials ? this.fingerprint : fingerprintOf(token);
  }

  /** Whether a token, which is usually the caller's credentials, consists of visible ASCII characters. */
  isVisibleAscii(token: string): boolean {
    if (token !== this.#credentials) return VISIBLE_ASCII.test(token);
    this.#isVisibleAscii ??= VISIBLE_ASCII.test(token);
    return this.#isVisibleAscii;
  }

  get isVerified(): boolean {
    this.#isVerified ||= this.#credentials !== '' && this.#verified.has(this.fingerprint);
    return this.#isVerified;
  }

  /** The fairness group: groups get equal shares, and its members share what it gets. */
  get group(): string {
    return this.isVerified ? this.fingerprint : this.#address;
  }

  /** Identifies the caller in all processes. A secret, since it may be the credentials: only ever hash it. */
  get sharedKey(): string {
    return this.#credentials || this.#address;
  }

  /** The fairness group in all processes. As secret as `sharedKey`. */
  get sharedGroup(): string {
    return this.isVerified ? this.#credentials : this.#address;
  }

  /** Call this when IAM or SMS has accepted the credentials. */
  markVerified(): void {
    if (this.#isVerified || this.#credentials === '') return;
    this.#verified.add(this.fingerprint);
    this.#isVerified = true;
    this.#onVerified?.();
    this.#onVerified = null;
  }

  /** Sets the one callback for when this request verifies its caller, which moves it to a group of its own. */
  onVerified(callback: (() => void) | null): void {
    this.#onVerified = callback;
  }
}

/** For calls that no request has caused. */
export const ANONYMOUS_CALLER = new CallerIdentity('', '', new VerifiedCallers());

/** The addresses that one client can choose from: a single IPv4 address, or the /64 network of an IPv6 address. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:([\d.]+)$/i.exec(address)?.[1];
  if (mapped !== undefined || !address.includes(':')) return mapped ?? address;
  const [head = '', tail] = address.split('%', 1)[0]?.split('::') ?? [];
  const groups = head.split(':').filter((group) => group !== '');
  const missing = tail === undefined ? 0 : 8 - groups.length - tail.split(':').filter((group) => group !== '').length;
  const all = [...groups, ...Array.from({ length: missing }, () => '0'), ...(tail ?? '').split(':')];
  return `${all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
