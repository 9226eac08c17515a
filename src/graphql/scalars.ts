import { GraphQLError, type GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { DateTimeISOResolver, JSONResolver } from 'graphql-scalars';
import { hasRoundedNumber } from '../sms/text/json.ts';
import { Verbatim } from '../sms/wire.ts';

const LEAST = -(2n ** 63n);
const MOST = 2n ** 63n - 1n;

type Behaviour = Pick<GraphQLScalarType, 'serialize' | 'parseValue' | 'parseLiteral'>;

/** What the custom scalars of the SDL do; their names and descriptions stay the SDL's. */
export const scalars: Record<'DateTime' | 'JSON' | 'Long', Behaviour> = {
  DateTime: behaviourOf(DateTimeISOResolver),
  JSON: {
    // A number that is too long for a double comes as a bigint, which JSON cannot write.
    serialize: (value) => (value instanceof Verbatim ? value.value : JSON.parse(JSON.stringify(value, textForBigint))),
    parseValue: (value) => new Verbatim(value),
    parseLiteral: (node, variables) => {
      const value = JSONResolver.parseLiteral(node, variables);
      if (!hasRoundedNumber(value)) return new Verbatim(value);
      throw new GraphQLError('JSON takes no number beyond 2^53 - 1, which JSON readers round. Send it as a text.');
    },
  },
  Long: {
    serialize: (value) => exactly(toLong(value), String),
    parseValue: (value) => exactly(toLong(value), BigInt),
    parseLiteral: (node: ValueNode) =>
      exactly(toLong(node.kind === Kind.INT || node.kind === Kind.STRING ? node.value : undefined), BigInt),
  },
};

function behaviourOf({ serialize, parseValue, parseLiteral }: GraphQLScalarType): Behaviour {
  return { serialize, parseValue, parseLiteral };
}

function textForBigint(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}

/** As a number up to 2^53 - 1, and beyond in the form that loses no digit. */
function exactly<Form>(long: bigint, form: (long: bigint) => Form): number | Form {
  return Number.isSafeInteger(Number(long)) ? Number(long) : form(long);
}

function toLong(value: unknown): bigint {
  const isWhole =
    typeof value === 'bigint' ||
    Number.isSafeInteger(value) ||
    (typeof value === 'string' && /^-?\d{1,19}$/.test(value));
  const long = isWhole ? BigInt(value as bigint | number | string) : null;
  if (long === null || long < LEAST || long > MOST)
    throw new GraphQLError('Long takes a whole number of up to 64 bits.');
  return long;
}
