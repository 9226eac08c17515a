/** A request as node:http gives it, made whole. */
import type { IncomingMessage } from 'node:http';
import { gatewayRefusal } from '../error-responses.ts';
import type { EmulatorRequest } from './router.ts';

/** Bytes. Source: the vendor's page on signed calls. */
const BODY_LIMIT = 12 * 1024 * 1024;

/** Reads a request to its end. One byte over the limit is kept, so that `refuseOversized` can tell. */
export async function received(message: IncomingMessage): Promise<EmulatorRequest> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    if (size <= BODY_LIMIT) chunks.push(chunk);
    size += chunk.length;
  }
  const target = message.url ?? '/';
  const end = target.indexOf('?');
  return {
    method: message.method ?? 'GET',
    target,
    path: end < 0 ? target : target.slice(0, end),
    headers: joined(message),
    body: Buffer.concat(chunks),
  };
}

/** Refuses with 413 what no gateway of the vendor would take. */
export function refuseOversized({ body }: EmulatorRequest): void {
  if (body.length > BODY_LIMIT) throw gatewayRefusal(413, 'APIGW.0201', 'Request entity too large');
}

/** The query's decoded pairs in the order sent. Throws URIError where the percent-encoding is broken. */
export function queryOf({ target }: EmulatorRequest): [name: string, value: string][] {
  const start = target.indexOf('?');
  if (start < 0) return [];
  return target
    .slice(start + 1)
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=');
      const name = equals < 0 ? pair : pair.slice(0, equals);
      return [decodeURIComponent(name), equals < 0 ? '' : decodeURIComponent(pair.slice(equals + 1))];
    });
}

function joined(message: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(message.headersDistinct).map(([name, values]) => [name, (values ?? []).join(', ')]),
  );
}
