/** What the build does in advance, so that no start of the program has to. bench/start-time.ts measures the result. */
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'graphql';
import type { Plugin } from 'rolldown';

const SCHEMA = join(import.meta.dirname, '../schema');

/** Replaces the module that parses the SDL by one that contains it parsed, as JSON, which V8 reads several times faster. */
export function parsedSdl(): Plugin {
  return {
    name: 'parsed-sdl',
    load: {
      filter: { id: /[\\/]src[\\/]graphql[\\/]sdl\.ts$/ },
      handler() {
        const documents = globSync('*.graphql', { cwd: SCHEMA }).map((file) => {
          this.addWatchFile(join(SCHEMA, file));
          const document = parse(readFileSync(join(SCHEMA, file), 'utf8'), { noLocation: true });
          return [basename(file, '.graphql'), JSON.stringify(document)];
        });
        return `const documents = ${JSON.stringify(Object.fromEntries(documents))};
export const documentOf = (part) => JSON.parse(documents[part]);`;
      },
    },
  };
}

/** Omits the validation of the SDL, which the tests have done. */
export function validSdl(): Plugin {
  const call = 'buildASTSchema)(subgraph.document)';
  return {
    name: 'valid-sdl',
    transform: {
      filter: { id: /[\\/]@apollo[\\/]subgraph[\\/]dist[\\/]buildSubgraphSchema\.js$/ },
      handler(code) {
        if (!code.includes(call)) this.error(`@apollo/subgraph no longer contains ${call}`);
        return code.replace(call, 'buildASTSchema)(subgraph.document, { assumeValid: true })');
      },
    },
  };
}
