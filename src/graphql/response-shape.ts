import {
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  isLeafType,
  isListType,
  isNonNullType,
} from 'graphql';
import { SmsUnavailableError } from '../sms/errors/errors.ts';
import { Verbatim } from '../sms/wire.ts';
import { isShallow } from '../text/json.ts';
import type { Field, ValueStep } from './wrappers/field-wrapper.ts';

type Check = (value: unknown) => boolean;

/**
 * Checks what SMS sent against the type of the field. Throws `SmsUnavailableError` INVALID_ANSWER: a response of another
 * shape is not a bug of the gateway. The message repeats none of the values.
 */
export function checkShape(field: Field, type: GraphQLObjectType): ValueStep {
  const fits = checkOf(field.type);
  const message = `SMS sent a value of the wrong type for ${type.name}.${field.name}. Try later.`;
  return (value) => {
    if (fits(value)) return value;
    throw new SmsUnavailableError('INVALID_ANSWER', message);
  };
}

function checkOf(type: GraphQLOutputType): Check {
  if (isNonNullType(type)) {
    const inner = checkOf(type.ofType);
    return (value) => value !== null && value !== undefined && inner(value);
  }
  if (isLeafType(type)) {
    const isUsual = usualForm[type.name] ?? isString;
    return (value) => value === null || value === undefined || isUsual(value) || isSerializable(type, value);
  }
  if (isListType(type)) {
    const item = checkOf(type.ofType);
    return (value) => value === null || value === undefined || (Array.isArray(value) && value.every(item));
  }
  return (value) => value === null || value === undefined || (typeof value === 'object' && !Array.isArray(value));
}

const isString: Check = (value) => typeof value === 'string';

/** Values in their usual form need not be serialized twice. Strings, ids and enums are strings. */
const usualForm: Record<string, Check> = {
  Int: (value) => value === (Number(value) | 0),
  Float: Number.isFinite,
  Boolean: (value) => typeof value === 'boolean',
  Long: Number.isSafeInteger,
  DateTime: (value) => Number.isInteger(value) && Math.abs(Number(value)) <= MAX_DATE_MS,
  JSON: (value) => value instanceof Verbatim || isShallow(value),
};

/** The last time that a `Date` can hold. */
const MAX_DATE_MS = 8.64e15;

function isSerializable(type: GraphQLLeafType, value: unknown): boolean {
  try {
    return type.serialize(value) !== undefined;
  } catch {
    return false;
  }
}
