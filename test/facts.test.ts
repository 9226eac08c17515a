/** The SDL against the API's description: operations. Answers and inputs are in the files beside. */
import { expect, it } from 'vitest';
import { buildSchema } from '../src/graphql/schema.ts';
import { operationNamed, operations, rootFieldsOf } from './support/openapi.ts';

const schema = buildSchema(['agent', 'secrets']);
const rootFields = rootFieldsOf(schema);
const living = operations.filter(({ legacy }) => !legacy).map(({ key }) => key);

it('has one root field for each of the 49 living operations', () => {
  expect(rootFields.flatMap((field) => operationNamed(field) ?? []).sort()).toEqual(living.sort());
  expect(living).toHaveLength(49);
});

it('leaves out what the pages list as history', () => {
  expect(operations.filter(({ legacy }) => legacy).map(({ operationId }) => operationId)).toEqual([
    'showSha256',
    'checkNetAcl',
    'unlockTargetEcs',
  ]);
});

it('has one root field without an operation: the report, which reads many results', () => {
  expect(rootFields.filter((field) => !operationNamed(field)).map(({ name }) => name)).toEqual(['consistencyReport']);
});

it('watches with the operation that reads one task', () => {
  const watches = Object.values(schema.getSubscriptionType()?.getFields() ?? {});
  expect(watches.map((field) => [field.name, operationNamed(field)])).toEqual([
    ['migrationTask', 'GET /v3/tasks/{task_id}'],
  ]);
});
