/** Compares the schema with the snapshot of the schema that was accepted last. */
import { buildSchema, findBreakingChanges, findDangerousChanges } from 'graphql';
import { expect, it } from 'vitest';
import { acceptedSchema, currentSchema } from './support/schema-snapshot.ts';

const [accepted, current] = [acceptedSchema(), currentSchema()];
const [before, after] = [accepted, current].map((sdl) => buildSchema(sdl, { assumeValidSDL: true }));
if (!before || !after) throw new Error('There is no schema.');

const IF_INTENDED = 'If this is intended, say so in CHANGELOG.md and run `npm run schema:accept`.';

it('the schema has no breaking changes', () => {
  expect(descriptionsOf(findBreakingChanges(before, after)), `This breaks clients. ${IF_INTENDED}`).toEqual([]);
});

it('the schema has no dangerous changes', () => {
  expect(descriptionsOf(findDangerousChanges(before, after)), `This may break clients. ${IF_INTENDED}`).toEqual([]);
});

it('the schema equals its snapshot', () => {
  expect(current, 'The schema has changed. Run `npm run schema:accept` and review the difference.').toBe(accepted);
});

it('removed fields, new mandatory fields and new nullable lists are found as breaking changes', () => {
  const sdl = accepted
    .replace('  speedLimit: Int\n', '')
    .replace('  priority: Int\n', '  priority: Int!\n')
    .replace('nodes: [MigrationTask!]!', 'nodes: [MigrationTask!]');
  const changed = buildSchema(sdl, { assumeValidSDL: true });
  const types = findBreakingChanges(before, changed).map(({ type }) => type);
  expect(types.sort()).toEqual(['FIELD_CHANGED_KIND', 'FIELD_CHANGED_KIND', 'FIELD_REMOVED']);
});

function descriptionsOf(changes: readonly { description: string }[]): string[] {
  return changes.map(({ description }) => description);
}
