/** Estimates what an operation costs before it runs. */
import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  print,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { isObject } from '../sms/errors/error-body.ts';

type Variables = Readonly<Record<string, unknown>>;

export interface Estimate {
  /** Calls to SMS: page sizes times joins. For a subscription, per event. */
  calls: number;
  /** References to entities, over all fields named `_entities`. */
  references: number;
}

export type Estimator = (document: DocumentNode, operation: OperationDefinitionNode, variables: Variables) => Estimate;

/**
 * Estimates from the `@cost` and `@listSize` directives in the SDL. Identical fields of one object share their calls, and so do
 * all fields that one read of the whole object returns. An estimate is cached by the sizes of the variables, unless there are
 * references, whose types matter as well.
 */
export function estimator(schema: GraphQLSchema): Estimator {
  const costs = costsOf(schema);
  const cache = new WeakMap<OperationDefinitionNode, Map<string, Estimate>>();
  return (document, operation, variables) => {
    let estimates = cache.get(operation);
    if (estimates === undefined) {
      estimates = new Map();
      cache.set(operation, estimates);
    }
    const sizes = sizesIn(variables);
    const cached = estimates.get(sizes);
    if (cached !== undefined) return cached;
    const estimate = new Estimation(schema, costs, document, operation, variables).result();
    if (estimate.references === 0 && estimates.size < MAX_ESTIMATES) estimates.set(sizes, estimate);
    return estimate;
  };
}

/** Cached per operation, for different sizes of its variables. */
const MAX_ESTIMATES = 100;

const WORD = /^\w+$/;

/** The cache key: numbers, booleans and the lengths of lists, in variables and in their fields. */
function sizesIn(variables: Variables, levels = 1): string {
  let sizes = '';
  for (const name in variables) {
    const value = variables[name];
    // Quoted, so that no name can imitate the key of other variables.
    sizes += WORD.test(name) ? ` ${name}:` : ` ${JSON.stringify(name)}:`;
    if (Array.isArray(value)) sizes += `[${value.length}]`;
    else if (isObject(value)) sizes += levels > 0 ? `{${sizesIn(value, levels - 1)}}` : '{}';
    else if (typeof value !== 'string') sizes += value;
  }
  return sizes;
}

type Field = GraphQLField<unknown, unknown>;

/** The cost of a field, as its directives declare it. */
interface FieldCost {
  weight: number;
  /** Whether one call returns all such fields of an object. */
  isShared: boolean;
  arguments: readonly ArgumentCost[];
  assumedSize: number;
  /** Arguments that set the length of a list. */
  slicing: readonly { name: string; defaultLength: number; maxLength: number }[];
  /** Fields below this one whose lists have that length. */
  sizedFields: readonly string[];
}

/** An argument, or a field of an input object, that costs calls: for each item of a list, each unit of a number, or once. */
interface ArgumentCost {
  path: readonly string[];
  weight: number;
  defaultValue: unknown;
  /** The largest number that the field accepts. */
  max: number;
}

function costsOf(schema: GraphQLSchema): ReadonlyMap<Field, FieldCost> {
  const costs = new Map<Field, FieldCost>();
  for (const type of Object.values(schema.getTypeMap()))
    if (isObjectType(type) || isInterfaceType(type))
      for (const field of Object.values(type.getFields())) costs.set(field, costOf(field));
  return costs;
}

function costOf({ astNode, args }: Field): FieldCost {
  const listSize = directive(astNode, 'listSize');
  const slicing = textsIn(listSize, 'slicingArguments');
  const isShared = ['detail', 'listed'].some((name) => directive(astNode, name) !== undefined);
  return {
    weight: numberIn(directive(astNode, 'cost'), 'weight') ?? (isShared ? 1 : 0),
    isShared,
    arguments: argumentCostsOf(args),
    assumedSize: numberIn(listSize, 'assumedSize') ?? 1,
    slicing: args
      .filter(({ name }) => slicing.includes(name))
      .map(({ name, defaultValue, astNode: node }) => ({
        name,
        defaultLength: typeof defaultValue === 'number' ? defaultValue : 0,
        maxLength: numberIn(directive(node, 'limit'), 'most') ?? Infinity,
      })),
    sizedFields: textsIn(listSize, 'sizedFields'),
  };
}

function argumentCostsOf(inputs: readonly (GraphQLArgument | GraphQLInputField)[], parent?: string): ArgumentCost[] {
  return inputs.flatMap(({ name, type, astNode, defaultValue }) => {
    const path = parent === undefined ? [name] : [parent, name];
    const weight = numberIn(directive(astNode, 'cost'), 'weight');
    const max = numberIn(directive(astNode, 'limit'), 'most') ?? Infinity;
    const inputType = getNullableType(type);
    return [
      ...(weight === undefined ? [] : [{ path, weight, defaultValue, max }]),
      ...(parent === undefined && isInputObjectType(inputType)
        ? argumentCostsOf(Object.values(inputType.getFields()), name)
        : []),
    ];
  });
}

/** The objects at one path of the response. */
interface ObjectsAtPath {
  count: number;
  /** Whether the calls that read these objects as a whole are counted already. */
  isRead: boolean;
}

interface Selected {
  type: GraphQLNamedType;
  field: Field;
  nodes: FieldNode[];
}

/** Lengths of lists, by the names of fields or types. */
type Sizes = ReadonlyMap<string, number>;
const NO_SIZES: Sizes = new Map();

/** One estimate of one operation. */
class Estimation {
  #references = 0;
  readonly #schema: GraphQLSchema;
  readonly #costs: ReadonlyMap<Field, FieldCost>;
  readonly #operation: OperationDefinitionNode;
  readonly #fragments: ReadonlyMap<string, { type: string; selectionSet: SelectionSetNode }>;
  readonly #variables: Variables;

  constructor(
    schema: GraphQLSchema,
    costs: ReadonlyMap<Field, FieldCost>,
    { definitions }: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Variables,
  ) {
    this.#schema = schema;
    this.#costs = costs;
    this.#operation = operation;
    this.#variables = variables;
    this.#fragments = new Map(
      definitions.flatMap((node) =>
        node.kind === Kind.FRAGMENT_DEFINITION
          ? [[node.name.value, { type: node.typeCondition.name.value, selectionSet: node.selectionSet }] as const]
          : [],
      ),
    );
  }

  result(): Estimate {
    const { operation, selectionSet } = this.#operation;
    const root = this.#schema.getRootType(operation);
    const calls = root ? this.#callsIn(root, [selectionSet], { count: 1, isRead: false }, NO_SIZES) : 0;
    return { calls, references: this.#references };
  }

  #callsIn(type: GraphQLNamedType, sets: readonly SelectionSetNode[], objects: ObjectsAtPath, sizes: Sizes): number {
    const fields = new Map<string, Selected>();
    for (const { selections } of sets) this.#collect(type, selections, fields);
    const byType = new Map<string, ObjectsAtPath>();
    let calls = 0;
    for (const selected of fields.values()) {
      const { name } = selected.type;
      const count = sizes.get(name);
      // Only references are counted by type.
      const own = count === undefined ? objects : (byType.get(name) ?? { count, isRead: false });
      byType.set(name, own);
      calls += this.#callsOf(selected, own, sizes);
    }
    return calls;
  }

  /** Merges identical fields, except those of a mutation, which are all executed. */
  #collect(type: GraphQLNamedType, selections: readonly SelectionNode[], fields: Map<string, Selected>): void {
    for (const selection of selections) {
      if (!this.#isIncluded(selection)) continue;
      if (selection.kind !== Kind.FIELD) {
        const fragment = this.#fragmentIn(selection, type);
        if (fragment) this.#collect(fragment.type, fragment.selections, fields);
        continue;
      }
      const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[selection.name.value] : undefined;
      if (!field) continue;
      const isWrite = type === this.#schema.getMutationType();
      const key = isWrite ? (selection.alias ?? selection.name).value : `${type.name}.${callIn(selection)}`;
      const same = fields.get(key);
      if (same) same.nodes.push(selection);
      else fields.set(key, { type, field, nodes: [selection] });
    }
  }

  #fragmentIn(selection: Exclude<SelectionNode, FieldNode>, above: GraphQLNamedType) {
    const named = selection.kind === Kind.FRAGMENT_SPREAD ? this.#fragments.get(selection.name.value) : undefined;
    const { selectionSet } = selection.kind === Kind.FRAGMENT_SPREAD ? (named ?? {}) : selection;
    const on = selection.kind === Kind.FRAGMENT_SPREAD ? named?.type : selection.typeCondition?.name.value;
    const type = on === undefined ? above : this.#schema.getType(on);
    return type && selectionSet && { type, selections: selectionSet.selections };
  }

  #callsOf({ field, nodes }: Selected, objects: ObjectsAtPath, sizes: Sizes): number {
    const [node] = nodes;
    const cost = this.#costs.get(field);
    if (!node || !cost) return 0;
    const { count } = objects;
    let calls = cost.isShared && objects.isRead ? 0 : cost.weight * count;
    objects.isRead ||= cost.isShared;
    if (field.name === '_entities') this.#countReferences(node, nodes);
    for (const { path, weight, defaultValue, max } of cost.arguments)
      calls += weight * count * Math.min(unitsIn(this.#argumentAt(node, path) ?? defaultValue), max);
    const below = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    if (below.length === 0) return calls;
    const type = getNamedType(field.type);
    const size = sizes.get(field.name) ?? cost.assumedSize;
    // A part of an object is completed by reading the whole object. A field that reads a single object returns all of it.
    const isPart = size === 1 && !isEntity(type);
    const objectsBelow = isPart ? objects : { count: count * size, isRead: cost.weight > 0 && !cost.isShared };
    return calls + this.#callsIn(type, below, objectsBelow, this.#sizesBelow(field, cost, node));
  }

  /** Identical fields share their calls, but each alias has its own references. */
  #countReferences(node: FieldNode, identical: readonly FieldNode[]): void {
    const names = new Set(identical.map(({ alias, name }) => (alias ?? name).value));
    this.#references += names.size * unitsIn(this.#argument(node, 'representations'));
  }

  #sizesBelow(field: Field, { slicing, sizedFields }: FieldCost, node: FieldNode): Sizes {
    if (field.name === '_entities') return typesIn(this.#argument(node, 'representations'));
    if (sizedFields.length === 0) return NO_SIZES;
    const lengths = slicing.map(({ name, defaultLength, maxLength }) => {
      const length = this.#argument(node, name) ?? defaultLength;
      // A greater length is rejected before any call.
      return typeof length === 'number' ? Math.min(length, maxLength) : 0;
    });
    return new Map(sizedFields.map((name) => [name, Math.max(...lengths)]));
  }

  #argumentAt(node: FieldNode, [name = '', ...path]: readonly string[]): unknown {
    return path.reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), this.#argument(node, name));
  }

  #argument({ arguments: args }: FieldNode, name: string): unknown {
    return this.#valueOf(args?.find((argument) => argument.name.value === name)?.value);
  }

  /** The value of an argument, as far as an estimate depends on it. */
  #valueOf(node: ValueNode | undefined): unknown {
    switch (node?.kind) {
      case Kind.VARIABLE:
        return this.#variable(node.name.value);
      case Kind.INT:
        return Number(node.value);
      case Kind.BOOLEAN:
      case Kind.STRING:
      case Kind.ENUM:
        return node.value;
      case Kind.LIST:
        return node.values.map((value) => this.#valueOf(value));
      case Kind.OBJECT:
        return Object.fromEntries(node.fields.map(({ name, value }) => [name.value, this.#valueOf(value)]));
      default:
        return undefined;
    }
  }

  #variable(name: string): unknown {
    const { [name]: value } = this.#variables;
    if (value !== undefined) return value;
    const definition = this.#operation.variableDefinitions?.find(({ variable }) => variable.name.value === name);
    return this.#valueOf(definition?.defaultValue);
  }

  #isIncluded({ directives = [] }: SelectionNode): boolean {
    return directives.every(({ name: { value: name }, arguments: args }) => {
      if (name !== 'skip' && name !== 'include') return true;
      return this.#valueOf(args?.[0]?.value) !== (name === 'skip');
    });
  }
}

/** The name and arguments of a field. The order of the arguments does not matter. */
function callIn({ name, arguments: args = [] }: FieldNode): string {
  const printed = args.map((argument) => print(argument));
  return printed.length === 0 ? name.value : `${name.value}(${printed.toSorted().join()})`;
}

function isEntity({ astNode }: GraphQLNamedType): boolean {
  return directive(astNode, 'key') !== undefined;
}

/** The number of references of each type. */
function typesIn(references: unknown): Sizes {
  const sizes = new Map<string, number>();
  for (const reference of Array.isArray(references) ? references : []) {
    const type = String(Object(reference).__typename);
    sizes.set(type, (sizes.get(type) ?? 0) + 1);
  }
  return sizes;
}

function unitsIn(value: unknown): number {
  if (Array.isArray(value)) return value.length;
  if (typeof value === 'number') return value;
  return value === undefined || value === null ? 0 : 1;
}

interface Annotated {
  readonly directives?: readonly DirectiveNode[] | undefined;
}

function directive(node: Annotated | null | undefined, name: string): DirectiveNode | undefined {
  return node?.directives?.find((found) => found.name.value === name);
}

function numberIn(found: DirectiveNode | undefined, name: string): number | undefined {
  const value = found?.arguments?.find((argument) => argument.name.value === name)?.value;
  return value?.kind === Kind.INT || value?.kind === Kind.FLOAT ? Number(value.value) : undefined;
}

function textsIn(found: DirectiveNode | undefined, name: string): string[] {
  const value = found?.arguments?.find((argument) => argument.name.value === name)?.value;
  const items = value?.kind === Kind.LIST ? value.values : [];
  return items.flatMap((item) => (item.kind === Kind.STRING ? [item.value] : []));
}
