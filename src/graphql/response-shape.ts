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
import { isText, PLAIN_VALUES } from './plain-values.ts';
import { isTime } from './scalars.ts';
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
    const isPlain = plainForm[type.name] ?? isText;
    return (value) => value === null || value === undefined || isPlain(value) || isSerializable(type, value);
  }
  if (isListType(type)) {
    const item = checkOf(type.ofType);
    return (value) => value === null || value === undefined || (Array.isArray(value) && value.every(item));
  }
  return (value) => value === null || value === undefined || (typeof value === 'object' && !Array.isArray(value));
}

/** Plain values need not be serialized twice. Enums are strings. */
const plainForm: Record<string, Check> = {
  ...PLAIN_VALUES,
  Long: Number.isSafeInteger,
  DateTime: isTime,
  JSON: (value) => value instanceof Verbatim || isShallow(value),
};

function isSerializable(type: GraphQLLeafType, value: unknown): boolean {
  try {
    return type.serialize(value) !== undefined;
  } catch {
    return false;
  }
}
