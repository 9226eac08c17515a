import { type GraphQLSchema, isUnionType } from 'graphql';
import { isObject } from '../../sms/errors/error-body.ts';
import { InvalidInputError } from '../../sms/errors/errors.ts';
import { hasRoundedNumber } from '../../text/json.ts';
import { mayGoOn, nextTurn } from '../../time/event-loop-turns.ts';
import { MAX_INVALID_FIELDS } from '../input-limits.ts';
import { failed, never } from '../response-budget.ts';
import type { FieldWrapper } from './field-wrapper.ts';

/**
 * Validates the references of a supergraph, because Apollo's SDL of `_entities` has no limits, and its resolver reports an unknown
 * type as an internal error. A reference that fails becomes null or has its own error, like a field.
 */
export function resolveReferences(schema: GraphQLSchema): FieldWrapper {
  const union = schema.getType('_Entity');
  const entityNames = isUnionType(union) ? union.getTypes().map(({ name }) => name) : [];
  return (resolve) => (source, args, context, info) => {
    const { budget } = context;
    const references = args['representations'] as unknown[];
    validate(references, entityNames);
    const entities = resolve(source, args, context, info) as Promise<unknown>[];
    return entities.map((entity) =>
      entity.then(
        async (value) => {
          if (!budget.takeUnpaced() && !mayGoOn()) await nextTurn();
          return budget.isAbandoned ? never() : value;
        },
        (error: unknown) => failed(error, budget, true),
      ),
    );
  };
}

function validate(references: readonly unknown[], entityNames: readonly unknown[]): void {
  const invalid = references.flatMap((reference, index) => {
    const path = ['representations', String(index)];
    if (!isObject(reference) || !entityNames.includes(reference['__typename']))
      return [{ path: [...path, '__typename'], message: `Must be one of ${entityNames.join(', ')}.` }];
    if (typeof reference['id'] !== 'object' && hasRoundedNumber(reference['id']))
      return [{ path, message: 'Contains a number beyond 2^53 - 1. Send it as a string.' }];
    return [];
  });
  if (invalid.length > 0) throw new InvalidInputError(invalid.slice(0, MAX_INVALID_FIELDS));
}
