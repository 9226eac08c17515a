import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import { RequestError } from '../errors/request-error.ts';
import { accepts } from '../protocol/accept.ts';
import type { Ticket } from './admission.ts';

const EVENT_STREAM_REQUIRED = 'EVENT_STREAM_REQUIRED';
const GRAPHQL_RESPONSE = 'application/graphql-response+json';

/**
 * A subscription becomes an event stream, if its client accepts that. The stream exchanges the permit of its request for one
 * of the few for streams; if there is none, the subscription is rejected.
 */
export function useStreamPermits(): Plugin<{ ticket?: Ticket }> {
  return {
    onSubscribe({ args, setResultAndStopExecution }) {
      const { ticket, request } = args.contextValue;
      if (!accepts(request.headers.get('accept'), 'text/event-stream'))
        return setResultAndStopExecution({ errors: [eventStreamRequired()] });
      if (ticket && !ticket.becomeStream()) setResultAndStopExecution({ errors: [tooManyStreams()] });
    },
    // A client that accepts only what Yoga cannot write, such as multipart, would get an empty response.
    onResultProcess({ request, result, setResultProcessor }) {
      if (isAsyncIterable(result) || Array.isArray(result)) return;
      const [error] = result.errors ?? [];
      if (error?.extensions['code'] !== EVENT_STREAM_REQUIRED) return;
      const body = JSON.stringify({
        errors: [{ message: error.message, extensions: { code: EVENT_STREAM_REQUIRED } }],
      });
      // In a response of any other type Apollo Client does not show the message.
      const acceptsGraphqlResponse = request.headers.get('accept')?.toLowerCase().includes(GRAPHQL_RESPONSE) ?? false;
      const type = acceptsGraphqlResponse ? GRAPHQL_RESPONSE : 'application/json';
      const headers = { 'content-type': `${type}; charset=utf-8` };
      setResultProcessor((_, { Response }) => new Response(body, { status: 406, headers }), type);
    },
  };
}

function eventStreamRequired(): RequestError {
  return new RequestError(
    EVENT_STREAM_REQUIRED,
    'Subscriptions are only available as server-sent events. Send "Accept: text/event-stream", as the library graphql-sse does.',
    { status: 406 },
  );
}

function tooManyStreams(): RequestError {
  const message = 'The limit of open event streams is reached, for the gateway or for one caller. Try again later.';
  return new RequestError('OVERLOADED', message, { status: 503, retryAfter: 5 });
}
