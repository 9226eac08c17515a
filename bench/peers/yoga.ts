import { createServer } from 'node:http';
import { createSchema, createYoga } from 'graphql-yoga';
import { listen } from '../listen.ts';
import { resolvers, typeDefs } from './graph.ts';

const yoga = createYoga({
  schema: createSchema({ typeDefs, resolvers }),
  logging: false,
  graphiql: false,
  landingPage: false,
  context: ({ request }) => ({ token: request.headers.get('x-auth-token') ?? '' }),
});
listen(createServer({ maxHeaderSize: 65_536 }, yoga));
