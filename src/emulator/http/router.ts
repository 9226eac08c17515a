/** Finds the handler of a request by method and path template. */
import type { State } from '../world/state.ts';
import type { EmulatorRequest } from './request.ts';

/** Input of a handler, validated against openapi.json. */
export interface Call<Body = unknown> {
  params: Record<string, string>;
  query: Record<string, string | number | boolean>;
  body: Body;
  request: EmulatorRequest;
  state: State;
}

/**
 * Returns the JSON of a 200 response, an `EmulatorResponse`, or nothing for an acknowledgement; throws `HttpError`.
 * Declared as a method, so that a handler may name the type of its validated body.
 */
type Handler = { handle(call: Call): unknown }['handle'];

/** Keys are `METHOD /path/{parameter}`, exactly as in openapi.json. */
export type Routes = Readonly<Record<string, Handler>>;

interface Match {
  key: string;
  handler: Handler;
  /** Percent-decoded path parameters. */
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
    .sort((a, b) => literalCount(b.segments) - literalCount(a.segments));
  return (method, path) => {
    const values = path.split('/').map(decodeURIComponent);
    for (const { key, handler, segments, ...route } of routes) {
      const params = route.method === method && matchedParams(segments, values);
      if (params) return { key, handler, params };
    }
    return null;
  };
}

function literalCount(segments: string[]): number {
  return segments.filter((segment) => !segment.startsWith('{')).length;
}

function matchedParams(segments: string[], values: string[]): Record<string, string> | null {
  if (segments.length !== values.length) return null;
  const params: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const value = values[index] ?? '';
    if (segment.startsWith('{') && value !== '') params[segment.slice(1, -1)] = value;
    else if (segment !== value) return null;
  }
  return params;
}
