import type { Plugin } from 'graphql-yoga';
import type { EdgeContext } from './edge.ts';
import { RequestRefused } from './request-refused.ts';

/** An event stream lasts, so it gives its slot back to requests and counts among the streams, or is refused. */
export function useStreamSlots(): Plugin<Partial<EdgeContext>> {
  return {
    onSubscribe({ args, setResultAndStopExecution }) {
      const { ticket } = args.contextValue;
      if (ticket && !ticket.becomeStream()) setResultAndStopExecution({ errors: [tooManyStreams()] });
    },
  };
}

function tooManyStreams(): RequestRefused {
  return new RequestRefused('OVERLOADED', 'The gateway serves as many streams as it can. Try again later.', {
    status: 503,
    retryAfter: 5,
  });
}
