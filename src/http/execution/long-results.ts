import type { ExecutionResult } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import type { Context } from '../../request/context.ts';
import type { Budget } from '../../sms/budget/request-budget.ts';
import { jsonInTurns } from './json-writer.ts';

/** Bytes. What is shorter is written at once. */
const LONG = 256 * 1024;

/** Writes a long result in turns, so that it does not keep the process from answering others. */
export function useLongResults(): Plugin {
  return {
    onResultProcess({ result, setResult, serverContext }) {
      const { budget } = serverContext as Partial<Context>;
      if (budget === undefined || isAsyncIterable(result) || Array.isArray(result)) return undefined;
      if (budget.responseBytes < LONG || !result.data) return budget.end();
      return jsonInTurns(result.data).then((data) => {
        budget.end();
        setResult({ ...result, data: null, stringify: (rest) => withData(rest, data) });
      });
    },
  };
}

/** The JSON of a result, in turns if it is long. */
export function resultJson(result: ExecutionResult, { responseBytes }: Budget): string | Promise<string> {
  if (responseBytes < LONG || !result.data) return JSON.stringify(result);
  return jsonInTurns(result.data).then((data) => withData(result, data));
}

// Yoga calls it with what is left of the errors for the client, and takes bytes where it expects a text.
function withData({ data: _, ...rest }: ExecutionResult, data: readonly Buffer[]): string {
  const others = JSON.stringify(rest).slice(1);
  const end = Buffer.from(others === '}' ? others : `,${others}`);
  return Buffer.concat([Buffer.from('{"data":'), ...data, end]) as unknown as string;
}
