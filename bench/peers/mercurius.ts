import Fastify from 'fastify';
import mercurius from 'mercurius';
import { resolvers, tokenIn, typeDefs } from './graph.ts';

const app = Fastify({ logger: false, http: { maxHeaderSize: 65_536 } });
app.register(mercurius, {
  schema: typeDefs,
  resolvers: resolvers as never,
  jit: 1,
  context: (request) => tokenIn(request.headers),
});
process.send?.(await app.listen({ port: 0, host: '127.0.0.1' }));
