import type { Dispatcher } from 'undici';
import type { Redactor } from './clean.ts';
import { SmsUnreachable } from './errors.ts';

/** An answer of SMS, read to its end. */
export interface Answer {
  status: number;
  bytes: Buffer;
  /** SMS's own id of the call, when it is safe to repeat. */
  requestId: string | null;
  header(name: string): string | null;
  /** For what of it is repeated to the caller beside data. */
  redact: Redactor;
}

/**
 * Reads a response to a call up to `maxBytes`; the connection of a longer one is dropped. `redact` knows the secrets of the call.
 * Throws `SmsUnreachable` INVALID_ANSWER for a body that is too long or compressed (none was asked for).
 */
export async function readAnswer(
  response: Dispatcher.ResponseData,
  redact: Redactor,
  maxBytes: number,
): Promise<Answer> {
  const header = (name: string): string | null => {
    const value = response.headers[name];
    return (Array.isArray(value) ? value[0] : value) ?? null;
  };
  const requestId = redact.id(header('x-request-id'));
  const refuse = (message: string) => {
    // Destroying it is an error to the stream, and one that nobody listens to ends the process.
    response.body.on('error', () => {}).destroy();
    return new SmsUnreachable('INVALID_ANSWER', message, { facts: { requestId } });
  };

  const encoding = header('content-encoding')?.toLowerCase() ?? 'identity';
  if (encoding !== 'identity') throw refuse('SMS sent a compressed answer, which was not asked for. Try later.');
  const tooLong = `SMS sent more than ${maxBytes} bytes in one answer. Ask for fewer things at once, or raise the limit.`;
  if (Number(header('content-length')) > maxBytes) throw refuse(tooLong);

  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response.body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw refuse(tooLong);
    chunks.push(chunk);
  }
  return { status: response.statusCode, bytes: Buffer.concat(chunks), requestId, header, redact };
}
