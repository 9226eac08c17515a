/**
 * The part of IAM that clients of SMS need, on the same port: tokens, temporary keys, and the ids of account and
 * project. Its errors are nested, unlike SMS's.
 */

import { iamRefusal } from '../error-responses.ts';
import { queryOf } from '../http/request.ts';
import { Answer, type EmulatorRequest, json } from '../http/router.ts';
import { parsed } from '../http/validate.ts';
import type { State, Token, User } from '../world/state.ts';
import { callerOf } from './authentication.ts';
import { iamTime, temporaryKey } from './temporary-key.ts';

/** Seconds a temporary key may live. Source: the vendor's page; the shortest is the default. */
const SHORTEST = 900;
const LONGEST = 86_400;

const PROJECTS = [
  { id: '0a1b2c3d4e5f60718293a4b5c6d7e8f9', name: 'ap-southeast-3' },
  { id: '1b2c3d4e5f60718293a4b5c6d7e8f90a', name: 'cn-north-4' },
];

interface Login {
  auth?: {
    identity?: {
      methods?: string[];
      password?: { user?: { name?: string; password?: string; domain?: { name?: string } } };
      token?: { id?: string; duration_seconds?: number };
    };
  };
}

const routes: Readonly<Record<string, (request: EmulatorRequest, state: State) => unknown>> = {
  'GET /v3/auth/tokens': (request, state) => {
    userOf(request, state);
    const subject = state.validToken(request.headers['x-subject-token'] ?? '');
    if (!subject) throw iamRefusal(404, 'Not Found', 'Could not find token.');
    return { token: tokenView(subject) };
  },

  'POST /v3/auth/tokens': (request, state) => {
    const { name, password, domain } = identityOf(request)?.password?.user ?? {};
    const user = state.users.find((known) => known.name === name && known.domain.name === domain?.name);
    if (!user || user.password === null || user.password !== password) {
      throw iamRefusal(401, 'Unauthorized', 'The username or password is wrong.');
    }
    const id = `demo-token-${state.newId()}`;
    const { status, headers, body } = json(201, { token: tokenView(state.addToken(id, user)) });
    return new Answer(status, { ...headers, 'X-Subject-Token': id }, body);
  },

  'POST /v3.0/OS-CREDENTIAL/securitytokens': (request, state) => {
    const identity = identityOf(request);
    if (String(identity?.methods) !== 'token') throw iamRefusal(400, 'Bad Request', 'The method must be token.');
    const token = state.validToken(identity?.token?.id ?? request.headers['x-auth-token'] ?? '');
    if (!token) throw unauthenticated('decrypt token fail');
    const seconds = identity?.token?.duration_seconds ?? SHORTEST;
    if (!Number.isInteger(seconds) || seconds < SHORTEST || seconds > LONGEST) {
      throw iamRefusal(400, 'Bad Request', `duration_seconds must be from ${SHORTEST} to ${LONGEST}.`);
    }
    return json(201, { credential: temporaryKey(token.user, seconds, state) });
  },

  'GET /v3/auth/domains': (request, state) => {
    const { id, name } = userOf(request, state).domain;
    return { domains: [{ id, name, description: '', enabled: true, links: {} }], links: {} };
  },

  'GET /v3/projects': (request, state) => {
    const { domain } = userOf(request, state);
    const wanted = new Map(queryOf(request)).get('name');
    const projects = PROJECTS.filter(({ name }) => wanted === undefined || name === wanted);
    return { projects: projects.map((project) => ({ ...project, domain_id: domain.id, enabled: true })), links: {} };
  },
};

/** What IAM answers, by calling it; null for a request that is not for IAM. */
export function iam(request: EmulatorRequest, state: State): (() => unknown) | null {
  const route = routes[`${request.method} ${request.path}`];
  return route ? () => route(request, state) : null;
}

function identityOf(request: EmulatorRequest): NonNullable<Login['auth']>['identity'] {
  try {
    return (parsed(request.body) as Login | null)?.auth?.identity;
  } catch {
    throw iamRefusal(400, 'Bad Request', 'The request body is not valid JSON.');
  }
}

function userOf(request: EmulatorRequest, state: State): User {
  const caller = callerOf(request, state);
  if (!caller) throw unauthenticated('no credentials');
  if ('refused' in caller) throw unauthenticated(caller.refused);
  return caller.user;
}

function unauthenticated(reason: string): Error {
  return iamRefusal(401, 'Unauthorized', `The request you have made requires authentication: ${reason}`);
}

function tokenView({ user, issuedAt, expiresAt }: Token): object {
  const { id, name, domain, rights } = user;
  return {
    methods: ['password'],
    issued_at: iamTime(issuedAt),
    expires_at: iamTime(expiresAt),
    user: { id, name, domain },
    domain,
    roles: rights === '*' ? [{ id: '0', name: 'te_admin' }] : [],
    catalog: [],
  };
}
