import {
  type GraphQLField,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  isLeafType,
  isListType,
  isNonNullType,
} from 'graphql';
import { SmsUnavailableError } from '../sms/errors/errors.ts';
import { isShallow } from '../sms/text/json.ts';
import { Verbatim } from '../sms/wire.ts';

type Fits = (value: unknown) => boolean;

/**
 * Holds what SMS sent for a field against the type of the field. Returns the value, or throws `SmsUnreachable`
 * INVALID_ANSWER: an answer of another shape than promised is no bug of the gateway, and none of its values is repeated.
 */
export function shapeOf<Value>(
  type: GraphQLObjectType,
  field: GraphQLField<unknown, unknown>,
): (value: Value) => Value {
  const fits = fitting(field.type);
  const message = `What SMS sent as ${type.name}.${field.name} is not of the promised type. Try later.`;
  return (value) => {
    if (fits(value)) return value;
    throw new SmsUnavailableError('INVALID_ANSWER', message);
  };
}

function fitting(type: GraphQLOutputType): Fits {
  if (isNonNullType(type)) {
    const inner = fitting(type.ofType);
    return (value) => value !== null && value !== undefined && inner(value);
  }
  if (isLeafType(type)) {
    const isUsual = usual[type.name] ?? isText;
    return (value) => value === null || value === undefined || isUsual(value) || serializes(type, value);
  }
  const given = fittingGiven(type);
  return (value) => value === null || value === undefined || given(value);
}

function fittingGiven(type: GraphQLOutputType): Fits {
  if (isListType(type)) {
    const item = fitting(type.ofType);
    return (values) => Array.isArray(values) && values.every(item);
  }
  return (value) => typeof value === 'object' && !Array.isArray(value);
}

const isText: Fits = (value) => typeof value === 'string';

/** Spares a value of the usual form the second serialization. Texts and enums are texts. */
const usual: Record<string, Fits> = {
  Int: (value) => value === (Number(value) | 0),
  Float: Number.isFinite,
  Boolean: (value) => typeof value === 'boolean',
  Long: Number.isSafeInteger,
  DateTime: (value) => Number.isInteger(value) && Math.abs(Number(value)) <= LAST_TIME,
  JSON: (value) => value instanceof Verbatim || isShallow(value),
};

/** The last time that a `Date` can hold, epoch milliseconds. */
const LAST_TIME = 8.64e15;

function serializes(type: GraphQLLeafType, value: unknown): boolean {
  try {
    return type.serialize(value) !== undefined;
  } catch {
    return false;
  }
}
