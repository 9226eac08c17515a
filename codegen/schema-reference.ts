/** A plugin of GraphQL Code Generator: a page for each file of the schema, and an index of all operations. */
import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type EnumValueDefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  print,
  type StringValueNode,
  type TypeNode,
  valueFromASTUntyped,
} from 'graphql';
import { parts, rootFieldsOf, type SchemaPart, smsOperationOf } from './schema-parts.ts';

const HEAD = '<!-- Written by `npm run codegen` from the schema. -->';
const ROOT_TYPES = { Query: 'Queries', Mutation: 'Mutations', Subscription: 'Subscriptions' };
const HIDDEN_PARTS = ['agent', 'secrets'];

/** The page of each type that is not an extension. */
const pages = new Map(
  parts.flatMap(({ name, definitions }) =>
    definitions.flatMap((node) =>
      'name' in node && node.name && !node.kind.endsWith('Extension') ? [[node.name.value, name] as const] : [],
    ),
  ),
);

/** The page of a part or, without one, the index. */
export function plugin(_schema: unknown, _documents: unknown, config: { part?: string }): string {
  const part = parts.find(({ name }) => name === config.part);
  return `${(part ? pageOf(part) : index()).join('\n\n')}\n`;
}

function index(): string[] {
  const rows = parts.flatMap((part) =>
    Object.keys(ROOT_TYPES).flatMap((root) =>
      rootFieldsOf(part, root).map((field) => {
        const { operation = '', action = '' } = smsOperationOf(field) ?? {};
        const { value: name } = field.name;
        const link = `[\`${name}\`](${part.name}.md#${name.toLowerCase()}-${root.toLowerCase()})`;
        return [link, root.toLowerCase(), code(operation), code(action), callsOfOperation(field)];
      }),
    ),
  );
  return [
    HEAD,
    '# Schema reference',
    'All operations, with the operation of SMS that they call, the permission (IAM action) that the caller needs for it, and the calls ' +
      'that they cost at most, without those of the fields below. An operation without one combines several. [The schema](../schema.md) explains the rules.',
    `Pages: ${parts.map(({ name }) => `[${name}](${name}.md)`).join(', ')}.`,
    table(['operation', 'kind', 'SMS', 'permission', 'calls'], rows),
  ];
}

function pageOf(part: SchemaPart): string[] {
  const isHidden = HIDDEN_PARTS.includes(part.name);
  const note = isHidden ? ` Only in the schema if \`SMS_EXPOSE\` contains \`${part.name}\`.` : '';
  const types = part.definitions.flatMap(definitionOf);
  return [
    HEAD,
    `# Reference: ${part.name}`,
    `[All operations](README.md).${note}`,
    ...Object.entries(ROOT_TYPES).flatMap(([root, title]) => {
      const fields = rootFieldsOf(part, root);
      return fields.length === 0 ? [] : [`## ${title}`, ...fields.flatMap((field) => operationOf(field, root))];
    }),
    ...(types.length === 0 ? [] : ['## Types', ...types]),
  ];
}

/** The heading has the kind, since a type may have the same name. */
function operationOf(field: FieldDefinitionNode, root: string): string[] {
  const { action = '' } = smsOperationOf(field) ?? {};
  const facts = [`Returns ${linked(field.type)}.`, `Calls: ${callsOfOperation(field)}.`];
  if (action !== '') facts.push(`Permission: ${code(action)}.`);
  return [
    `### ${field.name.value} (${root.toLowerCase()})`,
    ...described(field.description),
    facts.join(' '),
    ...inputTable('argument', field.arguments),
  ];
}

function definitionOf(node: DefinitionNode): string[] {
  if (!('name' in node) || !node.name || node.name.value in ROOT_TYPES) return [];
  const { value: name } = node.name;
  const heading = [`### ${name}`, ...('description' in node ? described(node.description) : [])];
  switch (node.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION:
      return [...heading, ...fieldTable(node.fields)];
    case Kind.OBJECT_TYPE_EXTENSION:
      return [
        `### More fields of ${name}`,
        `See [${name}](${pages.get(name)}.md#${name.toLowerCase()}).`,
        ...fieldTable(node.fields),
      ];
    case Kind.UNION_TYPE_DEFINITION:
      return [...heading, `One of ${(node.types ?? []).map(linked).join(', ')}.`];
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      return [...heading, ...inputTable('field', node.fields)];
    case Kind.ENUM_TYPE_DEFINITION:
      return [...heading, ...valueTable(node.values)];
    case Kind.SCALAR_TYPE_DEFINITION:
      return heading;
    default:
      return [];
  }
}

function fieldTable(fields: readonly FieldDefinitionNode[] = []): string[] {
  const rows = fields.map(({ name, type, description, arguments: inputs = [], directives }) => {
    const calls = callsOf(directives);
    const names = inputs.map((input) => input.name.value).join(', ');
    const label = names === '' ? name.value : `${name.value}(${names})`;
    return [code(label), linked(type), cell(description), calls === '0' ? '' : calls];
  });
  return [table(['field', 'type', 'meaning', 'calls'], rows)];
}

function inputTable(title: string, inputs: readonly InputValueDefinitionNode[] = []): string[] {
  if (inputs.length === 0) return [];
  const rows = inputs.map(({ name, type, description, defaultValue, directives }) => {
    const standard = defaultValue ? ` Default: ${code(print(defaultValue))}.` : '';
    return [code(name.value), linked(type), `${cell(description)}${constraintOf(directives)}${standard}`];
  });
  return [table([title, 'type', 'meaning'], rows)];
}

function valueTable(values: readonly EnumValueDefinitionNode[] = []): string[] {
  return [
    table(
      ['value', 'meaning'],
      values.map(({ name, description }) => [code(name.value), cell(description)]),
    ),
  ];
}

/** A type with a link to the page that defines it. */
function linked(type: TypeNode): string {
  const text = code(print(type));
  const name = print(type).replaceAll(/[[\]!]/g, '');
  const page = pages.get(name);
  return page === undefined ? text : `[${text}](${page}.md#${name.toLowerCase()})`;
}

function described(description: StringValueNode | undefined): string[] {
  return description ? [description.value.trim()] : [];
}

function cell(description: StringValueNode | undefined): string {
  return (description?.value ?? '').trim().replaceAll(/\s+/g, ' ').replaceAll('|', '\\|');
}

/** The value of `@cost`. */
function callsOf(directives: readonly ConstDirectiveNode[] | undefined): string {
  return String(argumentsOf(directives, 'cost')['weight'] ?? 0);
}

function callsOfOperation({ directives, arguments: inputs = [] }: FieldDefinitionNode): string {
  const more = inputs.some((input) => callsOf(input.directives) !== '0') ? ' and those of its arguments' : '';
  return `${callsOf(directives)}${more}`;
}

/** What `@limit` and `@cost` say about an input. */
function constraintOf(directives: readonly ConstDirectiveNode[] | undefined): string {
  const limit = argumentsOf(directives, 'limit');
  const calls = callsOf(directives);
  const texts = [
    range(limit['least'], limit['most']),
    range(limit['minLength'], limit['maxLength'], ' characters'),
    range(limit['minItems'], limit['maxItems'], ' items'),
    range(undefined, limit['itemMaxLength'], ' characters each'),
    limit['pattern'] === undefined ? '' : `must match ${code(String(limit['pattern']).replaceAll('|', '\\|'))}`,
    calls === '0' ? '' : `calls: ${calls}`,
  ];
  const text = texts.filter((one) => one !== '').join('; ');
  return text === '' ? '' : ` (${text})`;
}

function range(least: unknown, most: unknown, unit = ''): string {
  if (least === undefined && most === undefined) return '';
  if (most === undefined) return `at least ${least}${unit}`;
  return least === undefined ? `at most ${most}${unit}` : `${least} to ${most}${unit}`;
}

function argumentsOf(directives: readonly ConstDirectiveNode[] = [], name: string): Record<string, unknown> {
  const found = directives.find((directive) => directive.name.value === name);
  return Object.fromEntries((found?.arguments ?? []).map((one) => [one.name.value, valueFromASTUntyped(one.value)]));
}

const code = (text: string) => (text === '' ? '' : `\`${text}\``);

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
