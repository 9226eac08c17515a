import type { ExecutionResult } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import type { Budget } from '../../request/budget/request-budget.ts';
import type { Context } from '../../request/context.ts';
import { jsonInTurns } from './json-writer.ts';

/** From this size on, a result is written in turns. */
const LONG_RESULT_BYTES = 256 * 1024;

/** Writes a long result in turns, so that it does not block other requests. */
export function useLongResults(): Plugin {
  return {
    onResultProcess({ result, setResult, serverContext }) {
      const { budget } = serverContext as Partial<Context>;
      if (budget === undefined || isAsyncIterable(result) || Array.isArray(result)) return undefined;
      if (budget.responseBytes < LONG_RESULT_BYTES || !result.data) return budget.end();
      return jsonInTurns(result.data).then((data) => {
        budget.end();
        setResult({ ...result, data: null, stringify: (rest) => withData(rest, data) });
      });
    },
  };
}

/** Writes a result as JSON, in turns if it is long. */
export function resultJson(result: ExecutionResult, { responseBytes }: Budget): string | Promise<string> {
  if (responseBytes < LONG_RESULT_BYTES || !result.data) return JSON.stringify(result);
  return jsonInTurns(result.data).then((data) => withData(result, data));
}

// Yoga calls it with the masked errors. It types the result as a string but accepts bytes.
function withData({ data: _, ...rest }: ExecutionResult, data: readonly Buffer[]): string {
  const others = JSON.stringify(rest).slice(1);
  const end = Buffer.from(others === '}' ? others : `,${others}`);
  return Buffer.concat([Buffer.from('{"data":'), ...data, end]) as unknown as string;
}
