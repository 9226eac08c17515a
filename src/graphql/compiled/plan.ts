/**
 * Compiles an operation into a tree of objects that execute it. Fields are collected, types looked up and arguments computed
 * once, not per request. Operations that it does not support are left to the executor.
 */
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  TypeNameMetaFieldDef,
} from 'graphql';
import { compileArguments } from './arguments.ts';
import {
  AbstractPlan,
  type Complete,
  completeLeaf,
  completeList,
  completeNonNull,
  FieldPlan,
  ObjectPlan,
} from './completion.ts';

/** Thrown if a plan does not support a part of the operation. */
class UnsupportedError extends Error {
  override readonly name = 'UnsupportedError';
}

/** The plan of a query or mutation. Null if it is not supported. */
export function compilePlan(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): ObjectPlan | null {
  const root = schema.getRootType(operation.operation);
  if (!root || operation.operation === 'subscription' || (operation.directives ?? []).length > 0) return null;
  try {
    return new Compiler(schema, document, operation).planOf(root, [operation.selectionSet]);
  } catch (error) {
    if (error instanceof UnsupportedError) return null;
    throw error;
  }
}

type Fields = Map<string, FieldNode[]>;

class Compiler {
  readonly #schema: GraphQLSchema;
  readonly #operation: OperationDefinitionNode;
  readonly #fragments: Record<string, FragmentDefinitionNode> = {};

  constructor(schema: GraphQLSchema, { definitions }: DocumentNode, operation: OperationDefinitionNode) {
    this.#schema = schema;
    this.#operation = operation;
    for (const node of definitions) if (node.kind === Kind.FRAGMENT_DEFINITION) this.#fragments[node.name.value] = node;
  }

  planOf(type: GraphQLObjectType, sets: readonly SelectionSetNode[]): ObjectPlan {
    if (type.isTypeOf) throw new UnsupportedError();
    const fields: Fields = new Map();
    const visited = new Set<string>();
    for (const set of sets) this.#collect(type, set, fields, visited);
    return new ObjectPlan([...fields].map(([name, nodes]) => this.#fieldPlan(type, name, nodes)));
  }

  /** In the order of the specification (section 6.3.2). */
  #collect(type: GraphQLObjectType, { selections }: SelectionSetNode, fields: Fields, visited: Set<string>): void {
    for (const selection of selections) {
      if ((selection.directives ?? []).length > 0) throw new UnsupportedError();
      if (selection.kind === Kind.FIELD) {
        const name = (selection.alias ?? selection.name).value;
        const nodes = fields.get(name);
        if (nodes) nodes.push(selection);
        else fields.set(name, [selection]);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        if (this.#applies(selection.typeCondition?.name.value, type))
          this.#collect(type, selection.selectionSet, fields, visited);
      } else if (!visited.has(selection.name.value)) {
        visited.add(selection.name.value);
        const fragment = this.#fragments[selection.name.value];
        if (fragment && this.#applies(fragment.typeCondition.name.value, type))
          this.#collect(type, fragment.selectionSet, fields, visited);
      }
    }
  }

  #applies(condition: string | undefined, type: GraphQLObjectType): boolean {
    if (condition === undefined || condition === type.name) return true;
    const conditional = this.#schema.getType(condition);
    return isAbstractType(conditional) && this.#schema.isSubType(conditional, type);
  }

  #fieldPlan(parent: GraphQLObjectType, responseName: string, nodes: readonly FieldNode[]): FieldPlan {
    const [node] = nodes;
    const name = node?.name.value ?? '';
    // An ordinary object cannot have a property of this name.
    if (node === undefined || responseName === '__proto__') throw new UnsupportedError();
    const field = name === '__typename' ? TypeNameMetaFieldDef : parent.getFields()[name];
    if (field === undefined) throw new UnsupportedError();
    const info = this.#infoOf(field, parent, nodes);
    return new FieldPlan({
      responseName,
      nodes,
      field,
      readArguments: compileArguments(field, node),
      resolve: name === '__typename' ? () => parent.name : (field.resolve ?? ((source) => (source as Source)[name])),
      complete: this.#completion(field.type, nodes, info),
      info,
    });
  }

  #completion(type: GraphQLOutputType, nodes: readonly FieldNode[], info: GraphQLResolveInfo): Complete {
    if (isNonNullType(type)) {
      const inner = this.#completion(type.ofType, nodes, info);
      return completeNonNull(inner, `${info.parentType.name}.${info.fieldName}`);
    }
    if (isListType(type)) return completeList(this.#completion(type.ofType, nodes, info), type.ofType, nodes);
    if (isLeafType(type)) return completeLeaf(type);
    const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    if (isObjectType(type)) return this.planOf(type, sets).complete;
    const possible = this.#schema.getPossibleTypes(type);
    return new AbstractPlan(type, new Map(possible.map((one) => [one.name, this.planOf(one, sets)])), info).complete;
  }

  /** No resolver of the gateway reads the path or the variables. The one of `_entities` reads the schema. */
  #infoOf(field: GraphQLField<unknown, unknown>, parentType: GraphQLObjectType, fieldNodes: readonly FieldNode[]) {
    return {
      fieldName: field.name,
      fieldNodes,
      returnType: field.type,
      parentType,
      schema: this.#schema,
      fragments: this.#fragments,
      operation: this.#operation,
    } as unknown as GraphQLResolveInfo;
  }
}

type Source = Record<string, unknown>;
