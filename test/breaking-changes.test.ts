/** What clients were promised stays: the schema is held against the one that was accepted last. */
import { buildSchema, findBreakingChanges, findDangerousChanges } from 'graphql';
import { expect, it } from 'vitest';
import { acceptedSchema, presentSchema } from './support/schema-snapshot.ts';

const [accepted, present] = [acceptedSchema(), presentSchema()];
const [before, after] = [accepted, present].map((sdl) => buildSchema(sdl, { assumeValidSDL: true }));
if (!before || !after) throw new Error('There is no schema.');

const ON_PURPOSE = 'If it is meant, say so in CHANGELOG.md and run `npm run schema:accept`.';

it('breaks no client', () => {
  expect(descriptionsOf(findBreakingChanges(before, after)), `This breaks clients. ${ON_PURPOSE}`).toEqual([]);
});

it('surprises no client', () => {
  expect(descriptionsOf(findDangerousChanges(before, after)), `Clients may not expect this. ${ON_PURPOSE}`).toEqual([]);
});

it('is the schema that was accepted', () => {
  expect(present, 'The schema has changed. Run `npm run schema:accept`, and look at the difference.').toBe(accepted);
});

it('notices what is taken away, what becomes mandatory and what may be null', () => {
  const sdl = accepted
    .replace('  speedLimit: Int\n', '')
    .replace('  priority: Int\n', '  priority: Int!\n')
    .replace('nodes: [MigrationTask!]!', 'nodes: [MigrationTask!]');
  const changed = buildSchema(sdl, { assumeValidSDL: true });
  expect(
    findBreakingChanges(before, changed)
      .map(({ type }) => type)
      .sort(),
  ).toEqual(['FIELD_CHANGED_KIND', 'FIELD_CHANGED_KIND', 'FIELD_REMOVED']);
});

function descriptionsOf(changes: readonly { description: string }[]): string[] {
  return changes.map(({ description }) => description);
}
