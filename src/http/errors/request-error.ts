import { GraphQLError } from 'graphql';

/** Rejects a request before it is executed, with a code and an HTTP status. */
export class RequestError extends GraphQLError {
  override readonly name = 'RequestError';
  readonly http: { status: number; headers?: Record<string, string> };

  constructor(
    code: string,
    message: string,
    { status = 400, retryAfter, facts }: { status?: number; retryAfter?: number; facts?: object } = {},
  ) {
    super(message, { extensions: { code, ...(retryAfter !== undefined && { retryAfter }), ...facts } });
    this.http = { status, ...(retryAfter !== undefined && { headers: { 'retry-after': String(retryAfter) } }) };
  }
}
