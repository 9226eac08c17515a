/** Hive Gateway with SMS's OpenAPI description in place of resolvers. It returns the exported file as a string. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';
import { composeSubgraphs } from '@graphql-mesh/fusion-composition';
import { loadOpenAPISubgraph } from '@omnigraph/openapi';
import { listen } from '../listen.ts';

const DESCRIPTION = new URL('../../src/emulator/http/openapi.json', import.meta.url);
const LIST = '/v3/sources';
const EXPORT = '/v3/tasks/consistency-results/export';

const silent = { log() {}, debug() {}, info() {}, warn() {}, error() {}, child: () => silent };

const runtime = createGatewayRuntime({
  supergraph: await supergraph(process.env['UPSTREAM'] ?? ''),
  logging: 'error',
  landingPage: false,
  graphiql: false,
  propagateHeaders: {
    fromClientToSubgraphs: ({ request }) => ({ 'x-auth-token': request.headers.get('x-auth-token') ?? '' }),
  },
});
listen(createServer({ maxHeaderSize: 65_536 }, runtime));

async function supergraph(endpoint: string): Promise<string> {
  const source = join(tmpdir(), `sms-openapi-${process.pid}.json`);
  writeFileSync(source, JSON.stringify(measuredPart()));
  const { schema$ } = loadOpenAPISubgraph('sms', { source, endpoint, ignoreErrorResponses: true })({
    fetch,
    cwd: tmpdir(),
    logger: silent,
  });
  const { supergraphSdl } = composeSubgraphs([{ name: 'sms', schema: await schema$ }]);
  rmSync(source);
  return supergraphSdl ?? '';
}

/** The two operations that are measured. */
function measuredPart() {
  const description = JSON.parse(readFileSync(DESCRIPTION, 'utf8'));
  const { get } = description.paths[LIST];
  const { post } = description.paths[EXPORT];
  const file = { description: 'The file.', content: { 'application/octet-stream': { schema: { type: 'string' } } } };
  return {
    ...description,
    paths: { [LIST]: { get }, [EXPORT]: { post: { ...post, responses: { 200: file } } } },
  };
}
