/** The schema snapshot, with the hidden parts. `npm run schema:accept` updates it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { lexicographicSortSchema, parse, print, printSchema, visit } from 'graphql';
import { buildSchema } from '../../src/graphql/schema.ts';

const FILE = new URL('../schema.snapshot.graphql', import.meta.url);

export const acceptedSchema = (): string => readFileSync(FILE, 'utf8');

/** Without descriptions, which may change freely. */
export function currentSchema(): string {
  const sdl = parse(printSchema(lexicographicSortSchema(buildSchema(['agent', 'secrets']))));
  const withoutDescriptions = visit(sdl, {
    enter: (node) => ('description' in node ? { ...node, description: undefined } : undefined),
  });
  return `${print(withoutDescriptions)}\n`;
}

if (import.meta.main) writeFileSync(FILE, currentSchema());
