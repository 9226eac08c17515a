/** Which handler answers a request: method and path template, one percent-decoded value per `{parameter}`. */
import type { State, User } from '../world/state.ts';

/** A request as it came in. */
export interface EmulatorRequest {
  method: string;
  /** Path and query, as in the request line. */
  target: string;
  /** The path alone, still percent-encoded. */
  path: string;
  /** Lower-case names; repeated headers joined with a comma. */
  headers: Record<string, string>;
  body: Buffer;
}

/** What a handler is given: everything checked against the API's description. */
export interface Call<Body = unknown> {
  params: Record<string, string>;
  query: Record<string, string | number | boolean>;
  body: Body;
  request: EmulatorRequest;
  state: State;
  user: User;
}

/**
 * Returns the JSON of a 200 answer, nothing for an acknowledgement, or an `Answer`; throws a `Refusal`. Declared as a method, so that a handler may
 * name the body it has been promised by validation.
 */
type Handler = { handle(call: Call): unknown }['handle'];

/** Keys are `METHOD /path/{parameter}`, exactly as in openapi.json. */
export type Routes = Readonly<Record<string, Handler>>;

/** Any answer that is not simply JSON with status 200. */
export class Answer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Buffer;

  constructor(status: number, headers: Record<string, string>, body: string | Buffer = '') {
    this.status = status;
    this.headers = headers;
    this.body = Buffer.from(body);
  }
}

const JSON_TYPE = 'application/json;charset=UTF-8';

/** A JSON answer with a status. */
export function json(status: number, value: unknown): Answer {
  return new Answer(status, { 'Content-Type': JSON_TYPE }, JSON.stringify(value));
}

/** How SMS acknowledges a call that has nothing to tell: byte for byte as on its pages, with the space. */
export function acknowledgement(): Answer {
  return new Answer(200, { 'Content-Type': JSON_TYPE }, '{ }');
}

export interface Match {
  key: string;
  handler: Handler;
  params: Record<string, string>;
}

/** Finds the route of a request; a literal segment wins over a parameter (`/v3/sources/overview`). */
export function router(...parts: Routes[]): (method: string, path: string) => Match | null {
  const routes = parts
    .flatMap((part) => Object.entries(part))
    .map(([key, handler]) => {
      const [method, template = ''] = key.split(' ');
      return { key, handler, method, segments: template.split('/') };
    })
    .sort((a, b) => literals(b.segments) - literals(a.segments));
  return (method, path) => {
    const sent = path.split('/').map(decodeURIComponent);
    for (const { key, handler, method: wanted, segments } of routes) {
      if (wanted !== method || segments.length !== sent.length) continue;
      const params = capture(segments, sent);
      if (params) return { key, handler, params };
    }
    return null;
  };
}

function literals(segments: string[]): number {
  return segments.filter((segment) => !segment.startsWith('{')).length;
}

function capture(segments: string[], sent: string[]): Record<string, string> | null {
  const params: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const value = sent[index] ?? '';
    if (segment.startsWith('{') && value !== '') params[segment.slice(1, -1)] = value;
    else if (segment !== value) return null;
  }
  return params;
}
