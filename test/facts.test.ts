/** Compares the root fields of the SDL with openapi.json. Its responses and inputs are compared in facts-answers and facts-inputs. */
import { expect, it } from 'vitest';
import { buildSchema } from '../src/graphql/schema.ts';
import { operationKeyOf, operations, rootFieldsOf } from './support/openapi.ts';

const schema = buildSchema(['agent', 'secrets']);
const rootFields = rootFieldsOf(schema);

it('has one root field for each operation in openapi.json that is not retired', () => {
  const current = operations.filter(({ isRetired }) => !isRetired).map(({ key }) => key);
  expect(rootFields.flatMap((field) => operationKeyOf(field) ?? []).sort()).toEqual(current.sort());
});

it('leaves out the operations that SMS has retired', () => {
  expect(operations.filter(({ isRetired }) => isRetired).map(({ operationId }) => operationId)).toEqual([
    'showSha256',
    'checkNetAcl',
    'unlockTargetEcs',
  ]);
});

it('has one root field without an operation of its own: the report, which reads many results', () => {
  expect(rootFields.filter((field) => !operationKeyOf(field)).map(({ name }) => name)).toEqual(['consistencyReport']);
});

it('names the operation that reads one task in the subscription', () => {
  const subscriptions = Object.values(schema.getSubscriptionType()?.getFields() ?? {});
  expect(subscriptions.map((field) => [field.name, operationKeyOf(field)])).toEqual([
    ['migrationTask', 'GET /v3/tasks/{task_id}'],
  ]);
});
