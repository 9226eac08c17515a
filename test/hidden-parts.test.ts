/** SMS_EXPOSE: a part that it does not name is not in the schema, and what an exposed part adds is tagged. */
import {
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  isInputObjectType,
  isObjectType,
  buildSchema as parseSchema,
  valueFromASTUntyped,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { HIDDEN_PARTS, type HiddenPart } from '../src/graphql/hidden-parts.ts';
import { ask, frozenGateway } from './support/ask.ts';

/** Names that only this part has: root fields, types, and fields of types that are always in the schema. */
const names: Record<HiddenPart, readonly string[]> = {
  agent: ['agentConfig', 'agentCommand', 'registerServer', 'updateTaskSpeed', 'AgentConfig', 'CopyState', 'Platform'],
  secrets: ['certificateKey', 'passphrase', 'CertificateKey', 'logShareUrl'],
};

const INTROSPECTION = '{ __schema { types { name fields { name } inputFields { name } } directives { name } } }';

describe.each(HIDDEN_PARTS)('the part %s', (part) => {
  it.each([{ expose: [] }, { expose: HIDDEN_PARTS.filter((other) => other !== part) }])(
    'is not in the schema if $expose is exposed',
    async ({ expose }) => {
      const gateway = await frozenGateway({ expose });
      const introspected = JSON.stringify(await ask(gateway, INTROSPECTION));
      const sdl = await sdlOf(expose);
      expect(names[part].filter((name) => introspected.includes(`"${name}"`))).toEqual([]);
      expect(names[part].filter((name) => new RegExp(`\\b${name}\\b`).test(sdl))).toEqual([]);
      expect(sdl).not.toContain(`@tag(name: "${part}")`);
    },
  );

  it('is in the schema if it is exposed', async () => {
    const gateway = await frozenGateway({ expose: [part] });
    const introspected = JSON.stringify(await ask(gateway, INTROSPECTION));
    expect(names[part].filter((name) => !introspected.includes(`"${name}"`))).toEqual([]);
  });

  it('tags each field that it adds to a type that is always in the schema', async () => {
    const [without, alone] = await Promise.all([sdlOf([]), sdlOf([part])]);
    const before = fieldsOf(without);
    const added = [...fieldsOf(alone)].filter(([name]) => !before.has(name) && before.has(typeOf(name)));
    expect(added.length).toBeGreaterThan(0);
    expect(added.filter(([, tags]) => !tags.includes(part)).map(([name]) => name)).toEqual([]);
  });
});

async function sdlOf(expose: readonly HiddenPart[]): Promise<string> {
  const gateway = await frozenGateway({ expose });
  const { _service } = await ask<{ _service: { sdl: string } }>(gateway, '{ _service { sdl } }');
  return _service.sdl;
}

function typeOf(field: string): string {
  return field.split('.')[0] ?? '';
}

/** The tags of each `Type` and `Type.field`. */
function fieldsOf(sdl: string): Map<string, string[]> {
  const tags = new Map<string, string[]>();
  for (const type of Object.values(parseSchema(sdl, { assumeValidSDL: true }).getTypeMap())) {
    tags.set(type.name, []);
    const fields = isObjectType(type) || isInputObjectType(type) ? Object.values(type.getFields()) : [];
    for (const { name, astNode } of fields) tags.set(`${type.name}.${name}`, tagsOf(astNode));
  }
  return tags;
}

function tagsOf(node: FieldDefinitionNode | InputValueDefinitionNode | null | undefined): string[] {
  return (node?.directives ?? [])
    .filter(({ name }) => name.value === 'tag')
    .flatMap((tag) => tag.arguments?.map(({ value }) => String(valueFromASTUntyped(value))) ?? []);
}
