import { readdirSync, readFileSync } from 'node:fs';
import { type DefinitionNode, type DocumentNode, parse, type StringValueNode, visit } from 'graphql';
import { expect, test } from 'vitest';

const SCHEMA = new URL('../schema/', import.meta.url);
const files = readdirSync(SCHEMA).filter((file) => file.endsWith('.graphql'));

test.each(files)('every definition in schema/%s is described', (file) => {
  const { described, undescribed } = definitionsIn(parse(readFileSync(new URL(file, SCHEMA), 'utf8')));
  expect(described.length).toBeGreaterThan(0);
  expect(undescribed).toEqual([]);
});

// V8 keeps the names in a text with other characters in two bytes each, and JSON.stringify widens every response with such a name.
test.each(files)('schema/%s has ASCII characters only, so that responses are written faster', (file) => {
  expect(readFileSync(new URL(file, SCHEMA), 'utf8')).not.toMatch(/[^\n -~]/);
});

test('definitionsIn finds every kind of definition without a description', () => {
  const { described, undescribed } = definitionsIn(
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
  expect(described).toEqual(['A', 'b', 'c', 'l', 'q']);
  expect(undescribed).toEqual(['d', 'e', 'F', 'g', 'H', 'I', 'J', 'K', 'M', 'n', 'o', 'P', 'r']);
});

/** The names of definitions with and without a description. Extensions need none. */
function definitionsIn(document: DocumentNode) {
  const described: string[] = [];
  const undescribed: string[] = [];
  const enter = (node: DefinitionNode | { name: { value: string }; description?: StringValueNode }) => {
    if (!('name' in node) || !node.name) return;
    const hasDescription = 'description' in node && node.description?.value.trim();
    (hasDescription ? described : undescribed).push(node.name.value);
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
  return { described, undescribed };
}
