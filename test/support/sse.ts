/** Server-sent events, read over a real connection as in a browser. */
import type { RequestListener } from 'node:http';
import { onTestFinished } from 'vitest';
import { DEMO_TOKEN } from '../../src/emulator/world/demo-credentials.ts';
import { GRAPHQL_PATH } from '../../src/gateway.ts';
import { httpServer } from './harness.ts';

export interface EventStream {
  status: number;
  contentType: string | null;
  /** The data of the next event, or null when the stream is complete. Rejects if it ends before that. */
  next(): Promise<Record<string, unknown> | null>;
  /** The data of all events up to the end. */
  remaining(): Promise<Record<string, unknown>[]>;
  disconnect(): void;
}

interface StreamOptions {
  method?: 'POST' | 'GET';
  token?: string;
  variables?: object;
}

/** Subscribes over HTTP at a listener or URL. */
export async function subscribe(
  gateway: RequestListener | string,
  query: string,
  { method = 'POST', token = DEMO_TOKEN, variables = {} }: StreamOptions = {},
): Promise<EventStream> {
  const url = `${typeof gateway === 'string' ? gateway : await httpServer(gateway)}${GRAPHQL_PATH}`;
  const leaving = new AbortController();
  onTestFinished(() => leaving.abort());
  const headers = { accept: 'text/event-stream', 'x-auth-token': token };
  const response =
    method === 'GET'
      ? await fetch(`${url}?query=${encodeURIComponent(query)}`, { headers, signal: leaving.signal })
      : await fetch(url, {
          method,
          headers: { ...headers, 'content-type': 'application/json' },
          body: JSON.stringify({ query, variables }),
          signal: leaving.signal,
        });
  const events = eventsIn(response);
  const next = async () => {
    const { value, done } = await events.next();
    return done ? null : value;
  };
  return {
    status: response.status,
    contentType: response.headers.get('content-type'),
    next,
    remaining: () => Array.fromAsync(events),
    disconnect: () => leaving.abort(),
  };
}

async function* eventsIn({ body }: Response): AsyncGenerator<Record<string, unknown>> {
  let text = '';
  let complete = false;
  const decoder = new TextDecoder();
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true });
    const events = text.split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) {
      const lines = event.split('\n').filter((line) => line !== '' && !line.startsWith(':'));
      const partOf = (name: string) =>
        lines
          .filter((line) => line.startsWith(`${name}:`))
          .map((line) => line.slice(name.length + 1).trim())
          .join('\n');
      if (partOf('event') === 'complete') complete = true;
      else if (lines.length > 0) yield JSON.parse(partOf('data')) as Record<string, unknown>;
    }
  }
  if (!complete) throw new Error('The stream broke off before it was complete.');
}

/** The subscription with all kinds of errors. */
export const watchQuery = (id: string, fields = 'state', interval = 1) => `subscription {
  migrationTask(id: "${id}", interval: ${interval}) {
    __typename
    ... on MigrationTaskUpdate { ended migrationTask { ${fields} } }
    ... on SmsError { code }
    ... on SmsInvalidInputError { fields { path message } }
    ... on SmsUnavailableError { reason }
  }
}`;

export const updateEvent = (migrationTask: object, ended = false) => ({
  data: { migrationTask: { __typename: 'MigrationTaskUpdate', ended, migrationTask } },
});
export const errorEvent = (error: object) => ({ data: { migrationTask: error } });
