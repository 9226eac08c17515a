import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import { RequestError } from '../errors/request-error.ts';
import { accepts } from '../protocol/accept.ts';
import type { Ticket } from './admission.ts';

const EVENT_STREAM_REQUIRED = 'EVENT_STREAM_REQUIRED';
const GRAPHQL_RESPONSE = 'application/graphql-response+json';

/**
 * A subscription is answered by an event stream, to clients that take one. It lasts, so it gives its slot back to requests
 * and counts among the streams, or is refused.
 */
export function useStreamPermits(): Plugin<{ ticket?: Ticket }> {
  return {
    onSubscribe({ args, setResultAndStopExecution }) {
      const { ticket, request } = args.contextValue;
      if (!accepts(request.headers.get('accept'), 'text/event-stream'))
        return setResultAndStopExecution({ errors: [eventStreamRequired()] });
      if (ticket && !ticket.becomeStream()) setResultAndStopExecution({ errors: [tooManyStreams()] });
    },
    // The client may accept nothing that Yoga knows how to write, such as multipart alone; its answer would be empty.
    onResultProcess({ request, result, setResultProcessor }) {
      if (isAsyncIterable(result) || Array.isArray(result)) return;
      const [error] = result.errors ?? [];
      if (error?.extensions['code'] !== EVENT_STREAM_REQUIRED) return;
      const body = JSON.stringify({
        errors: [{ message: error.message, extensions: { code: EVENT_STREAM_REQUIRED } }],
      });
      // Apollo Client shows the message of an error response only in this type.
      const isNamed = request.headers.get('accept')?.toLowerCase().includes(GRAPHQL_RESPONSE) ?? false;
      const type = isNamed ? GRAPHQL_RESPONSE : 'application/json';
      const headers = { 'content-type': `${type}; charset=utf-8` };
      setResultProcessor((_, { Response }) => new Response(body, { status: 406, headers }), type);
    },
  };
}

function eventStreamRequired(): RequestError {
  return new RequestError(
    EVENT_STREAM_REQUIRED,
    'Subscriptions are served as server-sent events alone. Send "Accept: text/event-stream", as the library graphql-sse does.',
    { status: 406 },
  );
}

function tooManyStreams(): RequestError {
  const message = 'There are as many event streams as the gateway serves, or as one caller may have. Try again later.';
  return new RequestError('OVERLOADED', message, { status: 503, retryAfter: 5 });
}
