import type { ExecutionResult } from 'graphql';
import { isAsyncIterable, mapAsyncIterator, type Plugin } from 'graphql-yoga';
import type { Budget } from '../../request/budget/request-budget.ts';
import type { Context } from '../../request/context.ts';
import { jsonInTurns } from './json-writer.ts';

/** From this size on, a result is written in turns. */
const LONG_RESULT_BYTES = 256 * 1024;

/** Writes a long result, or a long event of a subscription, in turns, so that it does not block other requests. */
export function useLongResults(): Plugin {
  return {
    onResultProcess({ result, setResult, serverContext }) {
      const { budget } = serverContext as Partial<Context>;
      if (budget === undefined || Array.isArray(result)) return undefined;
      if (isAsyncIterable(result))
        return setResult(mapAsyncIterator(result, (event: ExecutionResult) => written(event, budget) ?? event));
      const writing = written(result, budget);
      return writing === null
        ? budget.end()
        : writing.then((writtenResult) => {
            budget.end();
            setResult(writtenResult);
          });
    },
  };
}

/** `stringify` is called with the masked errors. */
type Written = ExecutionResult & { stringify(rest: ExecutionResult): string };

/** Null if the result is short. */
function written(result: ExecutionResult, budget: Budget): Promise<Written> | null {
  if (budget.responseBytes < LONG_RESULT_BYTES || !result.data) return null;
  return jsonInTurns(result.data).then((data) => ({
    ...result,
    data: null,
    // Yoga types the result as a string but accepts bytes.
    stringify: (rest: ExecutionResult) => withData(rest, data) as unknown as string,
  }));
}

/** Writes a result as JSON, in turns if it is long. */
export function resultJson(result: ExecutionResult, { responseBytes }: Budget): string | Promise<Buffer> {
  if (responseBytes < LONG_RESULT_BYTES || !result.data) return JSON.stringify(result);
  return jsonInTurns(result.data).then((data) => withData(result, data));
}

function withData({ data: _, ...rest }: ExecutionResult, data: readonly Buffer[]): Buffer {
  const others = JSON.stringify(rest).slice(1);
  const end = Buffer.from(others === '}' ? others : `,${others}`);
  return Buffer.concat([Buffer.from('{"data":'), ...data, end]);
}
