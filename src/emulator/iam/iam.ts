/** The part of IAM that clients of SMS need: tokens, temporary keys, and the ids of account and project. */
import { iamError } from '../error-responses.ts';
import { type EmulatorRequest, parseJson, queryPairs } from '../http/request.ts';
import { EmulatorResponse, jsonResponse } from '../http/response.ts';
import type { State, Token, User } from '../world/state.ts';
import { authenticate } from './authentication.ts';
import { iamTimestamp, temporaryKey } from './temporary-key.ts';

/** Lifetime of a temporary key; the minimum is the default. Source: the vendor's page. */
const MIN_KEY_SECONDS = 900;
const MAX_KEY_SECONDS = 86_400;

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
    if (!subject) throw iamError(404, 'Not Found', 'Could not find token.');
    return { token: tokenView(subject) };
  },

  'POST /v3/auth/tokens': (request, state) => {
    const { name, password, domain } = identityOf(request)?.password?.user ?? {};
    const user = state.users.find((one) => one.name === name && one.domain.name === domain?.name);
    if (!user || user.password === null || user.password !== password) {
      throw iamError(401, 'Unauthorized', 'The username or password is wrong.');
    }
    const id = `demo-token-${state.newId()}`;
    const { status, headers, body } = jsonResponse(201, { token: tokenView(state.addToken(id, user)) });
    return new EmulatorResponse(status, { ...headers, 'X-Subject-Token': id }, body);
  },

  'POST /v3.0/OS-CREDENTIAL/securitytokens': (request, state) => {
    const identity = identityOf(request);
    if (String(identity?.methods) !== 'token') throw iamError(400, 'Bad Request', 'The method must be token.');
    const token = state.validToken(identity?.token?.id ?? request.headers['x-auth-token'] ?? '');
    if (!token) throw unauthenticated('decrypt token fail');
    const seconds = identity?.token?.duration_seconds ?? MIN_KEY_SECONDS;
    if (!Number.isInteger(seconds) || seconds < MIN_KEY_SECONDS || seconds > MAX_KEY_SECONDS) {
      throw iamError(400, 'Bad Request', `duration_seconds must be from ${MIN_KEY_SECONDS} to ${MAX_KEY_SECONDS}.`);
    }
    return jsonResponse(201, { credential: temporaryKey(token.user, seconds, state) });
  },

  'GET /v3/auth/domains': (request, state) => {
    const { id, name } = userOf(request, state).domain;
    return { domains: [{ id, name, description: '', enabled: true, links: {} }], links: {} };
  },

  'GET /v3/projects': (request, state) => {
    const { domain } = userOf(request, state);
    const filter = new Map(queryPairs(request)).get('name');
    const projects = PROJECTS.filter(({ name }) => filter === undefined || name === filter);
    return { projects: projects.map((project) => ({ ...project, domain_id: domain.id, enabled: true })), links: {} };
  },
};

/** Executes a request to IAM; null for any other request. */
export function iamHandler(request: EmulatorRequest, state: State): (() => unknown) | null {
  const route = routes[`${request.method} ${request.path}`];
  return route ? () => route(request, state) : null;
}

function identityOf(request: EmulatorRequest): NonNullable<Login['auth']>['identity'] {
  try {
    return (parseJson(request.body) as Login | null)?.auth?.identity;
  } catch {
    throw iamError(400, 'Bad Request', 'The request body is not valid JSON.');
  }
}

function userOf(request: EmulatorRequest, state: State): User {
  const caller = authenticate(request, state);
  if (!caller) throw unauthenticated('no credentials');
  if ('problem' in caller) throw unauthenticated(caller.problem);
  return caller.user;
}

function unauthenticated(reason: string): Error {
  return iamError(401, 'Unauthorized', `The request you have made requires authentication: ${reason}`);
}

function tokenView({ user, issuedAt, expiresAt }: Token): object {
  const { id, name, domain, rights } = user;
  return {
    methods: ['password'],
    issued_at: iamTimestamp(issuedAt),
    expires_at: iamTimestamp(expiresAt),
    user: { id, name, domain },
    domain,
    roles: rights === '*' ? [{ id: '0', name: 'te_admin' }] : [],
    catalog: [],
  };
}
