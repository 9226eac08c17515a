/** The state of the emulator: users, keys and tokens, the records of SMS, and the clock. */

import {
  DEMO_ACCESS_KEY,
  DEMO_LOGIN,
  DEMO_TOKEN,
  EXPIRED_TOKEN,
  NO_RIGHTS_TOKEN,
  READ_ONLY_ACTIONS,
  READ_ONLY_TOKEN,
} from './demo-credentials.ts';
import type { ExportForm, ResultForm } from './export-forms.ts';
import { type Random, seeded, uuid } from './random.ts';
import type { MigrationProject, MigrationTask, ServerTemplate, SourceServer } from './records.ts';

const DAY_MS = 86_400_000;

export interface User {
  id: string;
  name: string;
  /** For `POST /v3/auth/tokens`; null if the user cannot log in. */
  password: string | null;
  domain: { id: string; name: string };
  /** IAM actions, or '*' for all of them. */
  rights: '*' | ReadonlySet<string>;
}

export interface Token {
  user: User;
  /** Epoch ms. */
  issuedAt: number;
  expiresAt: number;
}

export interface StoredKey {
  ak: string;
  sk: string;
  user: User;
  /** For a temporary key: the security token that it requires, and its expiry in epoch ms. */
  temporary: { securityToken: string; expiresAt: number } | null;
  /** Invalid signatures in a row. */
  failures: number;
  /** Epoch ms. */
  lockedUntil: number;
}

export class State {
  readonly users: User[];
  /** By access key. */
  readonly keys = new Map<string, StoredKey>();
  /** By token. */
  readonly tokens = new Map<string, Token>();
  /** ECS metadata tokens with their expiry, epoch ms. */
  readonly metadataTokens = new Map<string, number>();

  readonly servers = new Map<string, SourceServer>();
  readonly tasks = new Map<string, MigrationTask>();
  readonly templates = new Map<string, ServerTemplate>();
  readonly projects = new Map<string, MigrationProject>();
  privacyAgreed = true;
  /** Of the response of `exportConsistencyResults`. */
  exportForm: ExportForm = 'csv';
  /** Of the entries of `showConsistencyResult`. */
  resultForm: ResultForm = 'texts';

  readonly random: Random;
  /** Milliseconds from the start of a task to its end. */
  readonly taskDuration: number;
  #clock: () => number;
  #offset = 0;
  #lastTaskNumber = 89;

  constructor(clock: () => number, seed: number, taskDuration: number) {
    this.#clock = clock;
    this.random = seeded(seed);
    this.taskDuration = taskDuration;
    const domain = { id: 'd3a9c5e17b2f4086a1d8e4c7f0b95231', name: DEMO_LOGIN.domain };
    const { name, password } = DEMO_LOGIN;
    const readOnly = new Set(READ_ONLY_ACTIONS);
    const admin: User = { id: 'demo-user-1', name, password, domain, rights: '*' };
    const reader: User = { id: 'demo-user-2', name: 'demo-reader', password: null, domain, rights: readOnly };
    const nobody: User = { id: 'demo-user-3', name: 'demo-nobody', password: null, domain, rights: new Set() };
    this.users = [admin, reader, nobody];
    this.addKey(DEMO_ACCESS_KEY.ak, DEMO_ACCESS_KEY.sk, admin);
    // A real token is valid for a day; these outlast any demonstration.
    this.addToken(DEMO_TOKEN, admin, 365 * DAY_MS);
    this.addToken(READ_ONLY_TOKEN, reader, 365 * DAY_MS);
    this.addToken(NO_RIGHTS_TOKEN, nobody, 365 * DAY_MS);
    const now = this.authTime();
    this.tokens.set(EXPIRED_TOKEN, { user: admin, issuedAt: now - 2 * DAY_MS, expiresAt: now - DAY_MS });
  }

  /** The clock of migrations, epoch ms. */
  now(): number {
    return this.#clock() + this.#offset;
  }

  /** The clock of signatures, tokens and keys, epoch ms. `advance` does not move it, because credentials would expire. */
  authTime(): number {
    return this.#clock();
  }

  /** Advances the clock of migrations. */
  advance(ms: number): void {
    this.#offset += ms;
  }

  nextTaskNumber(): number {
    this.#lastTaskNumber += 1;
    return this.#lastTaskNumber;
  }

  newId(): string {
    return uuid(this.random);
  }

  addKey(ak: string, sk: string, user: User, temporary: StoredKey['temporary'] = null): StoredKey {
    const key = { ak, sk, user, temporary, failures: 0, lockedUntil: 0 };
    this.keys.set(ak, key);
    return key;
  }

  /** The token is valid from now on. */
  addToken(token: string, user: User, lifetimeMs = DAY_MS): Token {
    const added = { user, issuedAt: this.authTime(), expiresAt: this.authTime() + lifetimeMs };
    this.tokens.set(token, added);
    return added;
  }

  /** Undefined if the token is unknown or expired. */
  validToken(token: string): Token | undefined {
    const match = this.tokens.get(token);
    return match && match.expiresAt > this.authTime() ? match : undefined;
  }
}
