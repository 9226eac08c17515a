/** A request to the emulator, read to its end. */
import type { IncomingMessage } from 'node:http';
import { apiGatewayError, smsError } from '../error-responses.ts';

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

/** Source: the vendor's page on signed calls. */
const MAX_BODY_BYTES = 12 * 1024 * 1024;

/** Keeps at least one byte over the limit of an oversized body, for `rejectOversized`. */
export async function readRequest(message: IncomingMessage): Promise<EmulatorRequest> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
    size += chunk.length;
  }
  const target = message.url ?? '/';
  const [path = ''] = target.split('?');
  return {
    method: message.method ?? 'GET',
    target,
    path,
    headers: joinedHeaders(message),
    body: Buffer.concat(chunks),
  };
}

/** Throws 413 if the body exceeds the limit of the vendor's API gateway. */
export function rejectOversized({ body }: EmulatorRequest): void {
  if (body.length > MAX_BODY_BYTES) throw apiGatewayError(413, 'APIGW.0201', 'Request entity too large');
}

/** The decoded query in the order sent. Throws URIError if the percent-encoding is invalid. */
export function queryPairs({ target }: EmulatorRequest): [name: string, value: string][] {
  const start = target.indexOf('?');
  if (start < 0) return [];
  return target
    .slice(start + 1)
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return [decodeURIComponent(name), decodeURIComponent(value.join('='))];
    });
}

/** The JSON of a body. Throws SMS.6010 if it is invalid. */
export function parseJson(body: Buffer, reviver?: (name: string, value: unknown) => unknown): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body), reviver);
  } catch {
    throw smsError('SMS.6010', 'The request body is not valid JSON.');
  }
}

function joinedHeaders(message: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(message.headersDistinct).map(([name, values]) => [name, (values ?? []).join(', ')]),
  );
}
