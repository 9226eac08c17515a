import { GraphQLError, type GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { DateTimeISOResolver, JSONResolver } from 'graphql-scalars';

const LEAST = -(2n ** 63n);
const MOST = 2n ** 63n - 1n;

type Behaviour = Pick<GraphQLScalarType, 'serialize' | 'parseValue' | 'parseLiteral'>;

/** What the custom scalars of the SDL do; their names and descriptions stay the SDL's. */
export const scalars: Record<'DateTime' | 'JSON' | 'Long', Behaviour> = {
  DateTime: behaviourOf(DateTimeISOResolver),
  // A number that is too long for a double comes as a bigint, which JSON cannot write.
  JSON: { ...behaviourOf(JSONResolver), serialize: (value) => JSON.parse(JSON.stringify(value, textForBigint)) },
  Long: {
    serialize: toLong,
    parseValue: toLong,
    parseLiteral: (node: ValueNode) =>
      toLong(node.kind === Kind.INT || node.kind === Kind.STRING ? node.value : undefined),
  },
};

function behaviourOf({ serialize, parseValue, parseLiteral }: GraphQLScalarType): Behaviour {
  return { serialize, parseValue, parseLiteral };
}

function textForBigint(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}

/** Exact up to 2^53 - 1 as a number, and as text beyond. */
function toLong(value: unknown): number | string {
  const isWhole =
    typeof value === 'bigint' ||
    Number.isSafeInteger(value) ||
    (typeof value === 'string' && /^-?\d{1,19}$/.test(value));
  const long = isWhole ? BigInt(value as bigint | number | string) : null;
  if (long === null || long < LEAST || long > MOST)
    throw new GraphQLError('Long takes a whole number of up to 64 bits.');
  return Number.isSafeInteger(Number(long)) ? Number(long) : String(long);
}
