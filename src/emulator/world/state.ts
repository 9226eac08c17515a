/** What the emulator knows: users, keys and tokens on one side, SMS's records on the other, and what time it is. */

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

const DAY = 86_400_000;

export interface User {
  id: string;
  name: string;
  /** For `POST /v3/auth/tokens`; null: this user cannot log in. */
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
  /** A temporary key works only together with its security token, until it expires (epoch ms). */
  temporary: { securityToken: string; expiresAt: number } | null;
  /** Refused signatures in a row. */
  failures: number;
  /** Epoch ms. */
  lockedUntil: number;
}

export class State {
  readonly users: User[];
  /** By access key. */
  readonly keys = new Map<string, StoredKey>();
  /** By the token itself. */
  readonly tokens = new Map<string, Token>();
  /** ECS metadata tokens: expiry in epoch ms. */
  readonly metadataTokens = new Map<string, number>();

  readonly servers = new Map<string, SourceServer>();
  readonly tasks = new Map<string, MigrationTask>();
  readonly templates = new Map<string, ServerTemplate>();
  readonly projects = new Map<string, MigrationProject>();
  privacyAgreed = true;
  /** What `exportConsistencyResults` answers with. */
  exportForm: ExportForm = 'csv';
  /** What the entries of `showConsistencyResult` are. */
  resultForm: ResultForm = 'texts';

  readonly random: Random;
  /** Milliseconds of clock time that a started task takes. */
  readonly taskDuration: number;
  #clock: () => number;
  #offset = 0;
  #lastTaskNumber = 89;

  constructor(clock: () => number, seed: number, taskDuration: number) {
    this.#clock = clock;
    this.random = seeded(seed);
    this.taskDuration = taskDuration;
    const domain = { id: 'd3a9c5e17b2f4086a1d8e4c7f0b95231', name: DEMO_LOGIN.domain };
    const admin: User = {
      id: 'demo-user-1',
      name: DEMO_LOGIN.name,
      password: DEMO_LOGIN.password,
      domain,
      rights: '*',
    };
    const reader: User = {
      id: 'demo-user-2',
      name: 'demo-reader',
      password: null,
      domain,
      rights: new Set(READ_ONLY_ACTIONS),
    };
    const nobody: User = { id: 'demo-user-3', name: 'demo-nobody', password: null, domain, rights: new Set() };
    this.users = [admin, reader, nobody];
    this.addKey(DEMO_ACCESS_KEY.ak, DEMO_ACCESS_KEY.sk, admin);
    // A real token lives for a day; the demo's outlive any demonstration.
    this.addToken(DEMO_TOKEN, admin, 365 * DAY);
    this.addToken(READ_ONLY_TOKEN, reader, 365 * DAY);
    this.addToken(NO_RIGHTS_TOKEN, nobody, 365 * DAY);
    this.tokens.set(EXPIRED_TOKEN, {
      user: admin,
      issuedAt: this.authTime() - 2 * DAY,
      expiresAt: this.authTime() - DAY,
    });
  }

  /** The time of migrations, epoch ms. */
  now(): number {
    return this.#clock() + this.#offset;
  }

  /** The time of signatures, tokens and keys, epoch ms: `advance` does not move it, or it would lock every caller out. */
  authTime(): number {
    return this.#clock();
  }

  /** Lets time pass for migrations, in ms. */
  advance(ms: number): void {
    this.#offset += ms;
  }

  /** Numbers the tasks, so that ids of sub-tasks differ. */
  nextTaskNumber(): number {
    this.#lastTaskNumber += 1;
    return this.#lastTaskNumber;
  }

  newId(): string {
    return uuid(this.random);
  }

  /** Registers a key; with `temporary`, one that expires. */
  addKey(ak: string, sk: string, user: User, temporary: StoredKey['temporary'] = null): StoredKey {
    const key = { ak, sk, user, temporary, failures: 0, lockedUntil: 0 };
    this.keys.set(ak, key);
    return key;
  }

  /** Registers a token that is valid from now, for `lifetime` ms. */
  addToken(token: string, user: User, lifetime = DAY): Token {
    const added = { user, issuedAt: this.authTime(), expiresAt: this.authTime() + lifetime };
    this.tokens.set(token, added);
    return added;
  }

  /** The token if it is known and has not expired. */
  validToken(token: string): Token | undefined {
    const known = this.tokens.get(token);
    return known && known.expiresAt > this.authTime() ? known : undefined;
  }
}
