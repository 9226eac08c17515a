import {
  type DirectiveNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import { type InvalidField, InvalidInputError } from '../sms/errors/errors.ts';
import { directiveOf } from './field-directives.ts';

type Check = (value: unknown, path: Path, errors: InvalidField[]) => void;

/** A path as a list linked from its end, so that thousands of valid items need no arrays. */
type Path = { readonly above: Path; readonly key: string | number } | null;

function keysOf(path: Path): string[] {
  const keys: string[] = [];
  for (let at = path; at !== null; at = at.above) keys.push(String(at.key));
  return keys.reverse();
}

/** One error names up to this many invalid fields. */
export const MAX_INVALID_FIELDS = 20;

/**
 * Builds the check of a field's arguments against `@limit` and `@pathId`. It throws `InvalidInputError` with the path of
 * each invalid value. Null if no argument is limited.
 */
export function argumentCheck({
  args,
}: Pick<GraphQLField<unknown, unknown>, 'args'>): ((args: Record<string, unknown>) => void) | null {
  const check = checkEach(args, new Set());
  if (check === null) return null;
  return (values) => {
    const errors: InvalidField[] = [];
    check(values, null, errors);
    if (errors.length > 0) throw new InvalidInputError(errors.slice(0, MAX_INVALID_FIELDS));
  };
}

type Input = GraphQLArgument | GraphQLInputField;

function checkEach(inputs: readonly Input[], ancestors: ReadonlySet<unknown>): Check | null {
  const checks = inputs.flatMap((input) => {
    const check = both(directiveCheck(input), typeCheck(input.type, ancestors));
    return check === null ? [] : [[input.name, check] as const];
  });
  if (checks.length === 0) return null;
  return (values, path, errors) => {
    for (const [name, check] of checks)
      check((values as Record<string, unknown>)[name], { above: path, key: name }, errors);
  };
}

/** Checks the fields of input objects, and that no enum value is `UNKNOWN`. */
function typeCheck(type: GraphQLInputType, ancestors: ReadonlySet<unknown>): Check | null {
  if (isNonNullType(type)) return typeCheck(type.ofType, ancestors);
  if (isListType(type)) {
    const inner = typeCheck(type.ofType, ancestors);
    return inner && eachItem(inner);
  }
  if (isEnumType(type) && type.getValue('UNKNOWN'))
    return valueCheck((value) => (value === 'UNKNOWN' ? 'UNKNOWN is not a valid input.' : null));
  // A recursive input type would never end. Its limits are checked on its first level only.
  if (!isInputObjectType(type) || ancestors.has(type)) return null;
  const inner = checkEach(Object.values(type.getFields()), new Set(ancestors).add(type));
  return inner && unlessNull(inner);
}

function directiveCheck({ astNode }: Input): Check | null {
  const limit = directiveOf(astNode, 'limit');
  return both(limit ? limitCheck(limit) : null, directiveOf(astNode, 'pathId') ? PATH_ID_CHECK : null);
}

const NOT_A_PATH_ID = 'Must be 1 to 36 letters, digits, "-" or "_", and must not start with "-".';
const PATH_ID_CHECK = valueCheck((id) => (/^\w[\w-]{0,35}$/.test(String(id)) ? null : NOT_A_PATH_ID));

interface Limit {
  minLength?: number;
  maxLength?: number;
  pattern?: RegExp;
  minItems?: number;
  maxItems?: number;
  itemMaxLength?: number;
  least?: number;
  most?: number;
}

function limitCheck({ arguments: args = [] }: DirectiveNode): Check {
  const limit: Limit = Object.fromEntries(
    args.map(({ name, value }) => {
      const text = 'value' in value ? String(value.value) : '';
      return [name.value, value.kind === 'StringValue' ? new RegExp(text, 'u') : Number(text)];
    }),
  );
  return valueCheck((value) => limitError(value, limit));
}

function limitError(value: unknown, limit: Limit): string | null {
  if (Array.isArray(value)) {
    const { minItems, maxItems, itemMaxLength = Infinity } = limit;
    const tooLong = value.findIndex((item) => typeof item === 'string' && lengthOf(item) > itemMaxLength);
    if (tooLong !== -1) return `Item ${tooLong} has more than ${itemMaxLength} characters.`;
    return rangeError(value.length, minItems, maxItems, `Has ${value.length} items; must have`);
  }
  if (typeof value !== 'string') return rangeError(Number(value), limit.least, limit.most, `Is ${value}; must be`);
  const length = lengthOf(value);
  const error = rangeError(length, limit.minLength, limit.maxLength, `Has ${length} characters; must have`);
  if (error === null && limit.pattern?.test(value) === false) return `Must match ${limit.pattern.source}.`;
  return error;
}

function rangeError(size: number, min = -Infinity, max = Infinity, message: string): string | null {
  if (size >= min && size <= max) return null;
  const range = min === -Infinity ? `at most ${max}` : max === Infinity ? `at least ${min}` : `${min} to ${max}`;
  return `${message} ${range}.`;
}

/** In code points, as JSON Schema counts. */
function lengthOf(text: string): number {
  if (!/[\ud800-\udfff]/.test(text)) return text.length;
  let pairs = 0;
  for (let at = 0; at < text.length; at += 1) {
    if ((text.codePointAt(at) ?? 0) <= 0xffff) continue;
    pairs += 1;
    at += 1;
  }
  return text.length - pairs;
}

function valueCheck(errorOf: (value: unknown) => string | null): Check {
  return unlessNull((value, path, errors) => {
    const message = errorOf(value);
    if (message !== null) errors.push({ path: keysOf(path), message });
  });
}

function unlessNull(check: Check): Check {
  return (value, path, errors) => {
    if (value !== null && value !== undefined) check(value, path, errors);
  };
}

function eachItem(check: Check): Check {
  return unlessNull((values, path, errors) => {
    // GraphQL accepts a single item in place of a list.
    const items = Array.isArray(values) ? values : [values];
    for (const [index, item] of items.entries()) check(item, { above: path, key: index }, errors);
  });
}

/** Runs the second check only if the first one finds no error. */
function both(first: Check | null, second: Check | null): Check | null {
  if (first === null || second === null) return first ?? second;
  return (value, path, errors) => {
    const before = errors.length;
    first(value, path, errors);
    if (errors.length === before) second(value, path, errors);
  };
}
