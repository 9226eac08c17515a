/** The supergraph behind Hive Gateway, with subscriptions as server-sent events on both sides. */
import { createServer } from 'node:http';
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';
import { forwardedHeaders } from './forwarded-headers.ts';
import { listen, type RunningServer } from './listen.ts';

export async function startHiveGateway(supergraph: string, port: number): Promise<RunningServer> {
  const runtime = createGatewayRuntime({
    supergraph,
    logging: 'warn',
    // In calls to SMS, from `@cost` and `@listSize` of the schema, plus 1 for each object.
    demandControl: { maxCost: 25_000, listSize: 50 },
    propagateHeaders: {
      fromClientToSubgraphs: ({ request }) => forwardedHeaders((name) => request.headers.get(name)),
    },
  });
  const { url, stop } = await listen(createServer(runtime), port);
  return {
    url,
    async stop() {
      await stop();
      await runtime[Symbol.asyncDispose]();
    },
  };
}
