import { GraphQLError, type GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { DateTimeISOResolver, JSONResolver } from 'graphql-scalars';
import { Verbatim } from '../sms/wire.ts';
import { hasRoundedNumber } from '../text/json.ts';
import { isoTime } from './iso-time.ts';

const MIN_LONG = -(2n ** 63n);
const MAX_LONG = 2n ** 63n - 1n;

type Conversions = Pick<GraphQLScalarType, 'serialize' | 'parseValue' | 'parseLiteral'>;

/** The conversions of the custom scalars. Their names and descriptions come from the SDL. */
export const scalars: Record<'DateTime' | 'JSON' | 'Long', Conversions> = {
  DateTime: {
    ...conversionsOf(DateTimeISOResolver),
    // SMS sends numbers, which the library would validate twice.
    serialize: (value) => (isTime(value) ? isoTime(value) : DateTimeISOResolver.serialize(value)),
  },
  JSON: {
    // A number beyond 2^53 - 1 is a bigint, which JSON.stringify rejects.
    serialize: (value) => (value instanceof Verbatim ? value.value : JSON.parse(JSON.stringify(value, bigintAsString))),
    parseValue: (value) => new Verbatim(value),
    parseLiteral: (node, variables) => {
      const value = JSONResolver.parseLiteral(node, variables);
      if (!hasRoundedNumber(value)) return new Verbatim(value);
      throw new GraphQLError(
        'JSON cannot hold a number beyond 2^53 - 1, which JSON parsers round. Send it as a string.',
      );
    },
  },
  Long: {
    serialize: (value) => (Number.isSafeInteger(value) ? value : numberOr(toLong(value), String)),
    parseValue: (value) => numberOr(toLong(value), BigInt),
    parseLiteral: (node: ValueNode) =>
      numberOr(toLong(node.kind === Kind.INT || node.kind === Kind.STRING ? node.value : undefined), BigInt),
  },
};

/** Epoch milliseconds that a `Date` can hold. */
export function isTime(value: unknown): value is number {
  return Number.isInteger(value) && Math.abs(Number(value)) <= 8.64e15;
}

function conversionsOf({ serialize, parseValue, parseLiteral }: GraphQLScalarType): Conversions {
  return { serialize, parseValue, parseLiteral };
}

function bigintAsString(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}

/** A number up to 2^53 - 1, and beyond that a string, which keeps all digits. */
function numberOr<Form>(long: bigint, exactForm: (long: bigint) => Form): number | Form {
  return Number.isSafeInteger(Number(long)) ? Number(long) : exactForm(long);
}

function toLong(value: unknown): bigint {
  const isWhole =
    typeof value === 'bigint' ||
    Number.isSafeInteger(value) ||
    (typeof value === 'string' && /^-?\d{1,19}$/.test(value));
  const long = isWhole ? BigInt(value as bigint | number | string) : null;
  if (long === null || long < MIN_LONG || long > MAX_LONG)
    throw new GraphQLError('Long must be a whole number of up to 64 bits.');
  return long;
}
