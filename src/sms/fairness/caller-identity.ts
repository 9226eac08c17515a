import { hash, randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';

/** Callers whose credentials were accepted lately; beyond it the least recently seen one is forgotten. */
const MAX_KNOWN_CALLERS = 10_000;

// Another in each process, so that no fingerprint can be compared with a list of stolen tokens.
const SALT = randomBytes(32).toString('base64');

/** Tells credentials apart without holding them. */
function fingerprintOf(credentials: string): string {
  return hash('sha256', SALT + credentials, 'base64');
}

/** The fingerprints of credentials that IAM or SMS has accepted. */
export class VerifiedCallers {
  readonly #fingerprints = new LRUCache<string, true>({ max: MAX_KNOWN_CALLERS });

  has(fingerprint: string): boolean {
    return this.#fingerprints.get(fingerprint) === true;
  }

  add(fingerprint: string): void {
    this.#fingerprints.set(fingerprint, true);
  }
}

/**
 * Who sends a request, for a fair share of what all callers use. Anybody can make up any number of tokens, so a caller has
 * a group of its own only once its credentials were accepted. Before that it stands in the group of its network address,
 * together with all others there.
 */
export class CallerIdentity {
  readonly #known: VerifiedCallers;
  readonly #credentials: string;
  readonly #address: string;
  #fingerprint: string | null = null;
  #isVerified = false;
  #onVerified: (() => void) | null = null;

  /** Empty credentials are those of a caller without any. */
  constructor(credentials: string, address: string, known: VerifiedCallers) {
    this.#credentials = credentials;
    this.#address = networkOf(address);
    this.#known = known;
  }

  get hasCredentials(): boolean {
    return this.#credentials !== '';
  }

  /** The same for all requests with these credentials, and for no others. */
  get fingerprint(): string {
    this.#fingerprint ??= fingerprintOf(this.#credentials || this.#address);
    return this.#fingerprint;
  }

  /** Of a token, which as a rule is what the caller is known by. */
  fingerprintOf(token: string): string {
    return token === this.#credentials ? this.fingerprint : fingerprintOf(token);
  }

  get isVerified(): boolean {
    this.#isVerified ||= this.#credentials !== '' && this.#known.has(this.fingerprint);
    return this.#isVerified;
  }

  /** Among whom the caller gets a fair share. */
  get group(): string {
    return this.isVerified ? this.fingerprint : this.#address;
  }

  /** Who the caller is, for a hash that is the same in other processes: it holds the credentials. */
  get sharedKey(): string {
    return this.#credentials || this.#address;
  }

  /** Among whom it gets a fair share there. */
  get sharedGroup(): string {
    return this.isVerified ? this.#credentials : this.#address;
  }

  /** IAM or SMS has accepted the credentials. */
  markVerified(): void {
    if (this.#isVerified || this.#credentials === '') return;
    this.#known.add(this.fingerprint);
    this.#isVerified = true;
    this.#onVerified?.();
    this.#onVerified = null;
  }

  /** Calls back when the caller gets a group of its own by this request. */
  onVerified(callback: (() => void) | null): void {
    this.#onVerified = callback;
  }
}

/** A caller of whom nothing is known: calls that no request has brought. */
export const ANONYMOUS_CALLER = new CallerIdentity('', '', new VerifiedCallers());

/** What one client can choose its address from: a single IPv4 address, or 64 bits of an IPv6 address. */
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
