import { readdirSync, readFileSync } from 'node:fs';
import { type DefinitionNode, type DocumentNode, parse, type StringValueNode, visit } from 'graphql';
import { expect, test } from 'vitest';

const SCHEMA = new URL('../schema/', import.meta.url);
const files = readdirSync(SCHEMA).filter((file) => file.endsWith('.graphql'));

test.each(files)('every definition in schema/%s is described', (file) => {
  const { named, nameless } = described(parse(readFileSync(new URL(file, SCHEMA), 'utf8')));
  expect(named.length).toBeGreaterThan(0);
  expect(nameless).toEqual([]);
});

test('a definition without a description is found, wherever it is', () => {
  const { named, nameless } = described(
    parse(`
      "A." type A { "B." b("C." c: Int): Int d(e: Int): Int }
      input F { g: Int }
      enum H { I }
      union J = A
      interface K { "L." l: Int }
      scalar M
      directive @n(o: Int) on FIELD_DEFINITION
      " " type P { "Q." q: Int }
      extend type A { r: Int }
    `),
  );
  expect(named).toEqual(['A', 'b', 'c', 'l', 'q']);
  expect(nameless).toEqual(['d', 'e', 'F', 'g', 'H', 'I', 'J', 'K', 'M', 'n', 'o', 'P', 'r']);
});

/** The names of what has a description, and of what should have one. An extension describes nothing itself. */
function described(document: DocumentNode) {
  const named: string[] = [];
  const nameless: string[] = [];
  const enter = (node: DefinitionNode | { name: { value: string }; description?: StringValueNode }) => {
    if (!('name' in node) || !node.name) return;
    const has = 'description' in node && node.description?.value.trim();
    (has ? named : nameless).push(node.name.value);
  };
  visit(document, {
    ScalarTypeDefinition: enter,
    ObjectTypeDefinition: enter,
    InterfaceTypeDefinition: enter,
    UnionTypeDefinition: enter,
    EnumTypeDefinition: enter,
    EnumValueDefinition: enter,
    InputObjectTypeDefinition: enter,
    InputValueDefinition: enter,
    FieldDefinition: enter,
    DirectiveDefinition: enter,
  });
  return { named, nameless };
}
