/** The supergraph behind Apollo Gateway, which has no subscriptions. */
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { forwardedHeaders } from './forwarded-headers.ts';
import type { RunningServer } from './listen.ts';

interface Context {
  headers?: Record<string, string>;
}

export async function startApolloGateway(supergraphSdl: string, port: number): Promise<RunningServer> {
  const gateway = new ApolloGateway({
    supergraphSdl,
    buildService: ({ url }) =>
      new RemoteGraphQLDataSource<Context>({
        ...(url && { url }),
        willSendRequest({ request, context: { headers = {} } }) {
          for (const [name, value] of Object.entries(headers)) request.http?.headers.set(name, String(value));
        },
      }),
  });
  const server = new ApolloServer<Context>({ gateway, includeStacktraceInErrorResponses: false });
  const { url } = await startStandaloneServer(server, {
    listen: { host: '127.0.0.1', port },
    context: async ({ req: { headers } }) => ({
      headers: forwardedHeaders((name) => headers[name]?.toString()),
    }),
  });
  return { url: `${url}graphql`, stop: () => server.stop() };
}
