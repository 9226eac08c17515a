/** Compares the root fields of the SDL with openapi.json. The files facts-responses and facts-inputs compare the rest. */
import { expect, it } from 'vitest';
import { buildSchema } from '../src/graphql/schema.ts';
import { operationKeyOf, operations, rootFieldsOf } from './support/openapi.ts';

const schema = buildSchema(['agent', 'secrets']);
const rootFields = rootFieldsOf(schema);

it('the SDL has one root field for each operation in openapi.json that is not retired', () => {
  const current = operations.filter(({ isRetired }) => !isRetired).map(({ key }) => key);
  expect(rootFields.flatMap((field) => operationKeyOf(field) ?? []).sort()).toEqual(current.sort());
});

it('the SDL leaves out the operations that SMS has retired', () => {
  expect(operations.filter(({ isRetired }) => isRetired).map(({ operationId }) => operationId)).toEqual([
    'showSha256',
    'checkNetAcl',
    'unlockTargetEcs',
  ]);
});

it('the SDL has one root field without an operation of its own: the report, which reads many results', () => {
  expect(rootFields.filter((field) => !operationKeyOf(field)).map(({ name }) => name)).toEqual(['consistencyReport']);
});

it('the description of each subscription names the operation that it calls', () => {
  const subscriptions = Object.values(schema.getSubscriptionType()?.getFields() ?? {});
  expect(subscriptions.map((field) => [field.name, operationKeyOf(field)])).toEqual([
    ['exportConsistencyResults', 'POST /v3/tasks/consistency-results/export'],
    ['migrationTask', 'GET /v3/tasks/{task_id}'],
    ['migrationProgress', 'GET /v3/sources'],
  ]);
});
