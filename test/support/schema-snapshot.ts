/** The schema as clients were promised it, with its hidden parts. `npm run schema:accept` writes it anew. */
import { readFileSync, writeFileSync } from 'node:fs';
import { lexicographicSortSchema, parse, print, printSchema, visit } from 'graphql';
import { buildSchema } from '../../src/graphql/schema.ts';

const FILE = new URL('../schema.snapshot.graphql', import.meta.url);

export const acceptedSchema = (): string => readFileSync(FILE, 'utf8');

/** Without descriptions, which may change. */
export function presentSchema(): string {
  const sdl = parse(printSchema(lexicographicSortSchema(buildSchema(['agent', 'secrets']))));
  const bare = visit(sdl, {
    enter: (node) => ('description' in node ? { ...node, description: undefined } : undefined),
  });
  return `${print(bare)}\n`;
}

if (import.meta.main) writeFileSync(FILE, presentSchema());
