/** The files of the schema, and what the API description of the emulator says about their operations. */
import { readdirSync, readFileSync } from 'node:fs';
import { type DefinitionNode, type FieldDefinitionNode, Kind, parse } from 'graphql';

const ROOT = new URL('../', import.meta.url);

export interface SchemaPart {
  /** Of the file, without its extension. */
  name: string;
  definitions: readonly DefinitionNode[];
}

export const parts: readonly SchemaPart[] = readdirSync(new URL('schema/', ROOT))
  .filter((file) => file.endsWith('.graphql'))
  .toSorted()
  .map((file) => ({
    name: file.replace('.graphql', ''),
    definitions: parse(readFileSync(new URL(`schema/${file}`, ROOT), 'utf8')).definitions,
  }));

/** The root fields that a part adds to one of the root types. */
export function rootFieldsOf({ definitions }: SchemaPart, root: string): FieldDefinitionNode[] {
  return definitions.flatMap((node) =>
    node.kind === Kind.OBJECT_TYPE_EXTENSION && node.name.value === root ? (node.fields ?? []) : [],
  );
}

const { paths } = JSON.parse(readFileSync(new URL('src/emulator/http/openapi.json', ROOT), 'utf8')) as {
  paths: Record<string, Record<string, { 'x-iam-action'?: string | null }>>;
};

/** The operation of SMS that the description of a field names, such as `GET /v3/tasks`, and the IAM action that it requires. */
export function smsOperationOf({ description }: FieldDefinitionNode): { operation: string; action: string } | null {
  const [, method, path] = /`(GET|POST|PUT|DELETE) (\/[^`]*)`\s*$/.exec(description?.value ?? '') ?? [];
  if (method === undefined || path === undefined) return null;
  return { operation: `${method} ${path}`, action: paths[path]?.[method.toLowerCase()]?.['x-iam-action'] ?? '' };
}
