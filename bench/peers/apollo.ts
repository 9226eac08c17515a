import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { type Context, resolvers, tokenIn, typeDefs } from './graph.ts';

process.env['NODE_ENV'] = 'production';
const server = new ApolloServer<Context>({ typeDefs, resolvers, csrfPrevention: true });
const { url } = await startStandaloneServer(server, {
  listen: { port: 0, host: '127.0.0.1' },
  context: async ({ req }) => tokenIn(req.headers),
});
process.send?.(url.replace(/\/$/, ''));
