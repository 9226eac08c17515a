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

/** Adds errors whose paths begin at the value, which is not null. */
type Check = (value: unknown, errors: InvalidAt[]) => void;

interface InvalidAt extends InvalidField {
  path: string[];
}

/** Checks a value inside another one, unless it is null. Paths are built only for errors: thousands of items may be valid. */
function checkAt(key: string | number, check: Check, value: unknown, errors: InvalidAt[]): void {
  if (value === null || value === undefined) return;
  const before = errors.length;
  check(value, errors);
  for (let index = before; index < errors.length; index += 1) errors[index]?.path.unshift(String(key));
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
    const errors: InvalidAt[] = [];
    check(values, errors);
    if (errors.length > 0) throw new InvalidInputError(errors.slice(0, MAX_INVALID_FIELDS));
  };
}

type Input = GraphQLArgument | GraphQLInputField;

function checkEach(inputs: readonly Input[], ancestors: ReadonlySet<unknown>): Check | null {
  const checks = inputs.flatMap((input) => {
    const check = both(directiveCheck(input), typeCheck(input.type, ancestors));
    return check === null ? [] : [{ name: input.name, check }];
  });
  if (checks.length === 0) return null;
  return (values, errors) => {
    for (const { name, check } of checks) checkAt(name, check, (values as Record<string, unknown>)[name], errors);
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
    return (value, errors) => add(errors, value === 'UNKNOWN' ? 'UNKNOWN is not a valid input.' : null);
  // A recursive input type would never end. Its limits are checked on its first level only.
  if (!isInputObjectType(type) || ancestors.has(type)) return null;
  return checkEach(Object.values(type.getFields()), new Set(ancestors).add(type));
}

function directiveCheck({ astNode }: Input): Check | null {
  const limit = directiveOf(astNode, 'limit');
  return both(limit ? limitCheck(limit) : null, directiveOf(astNode, 'pathId') ? checkPathId : null);
}

const NOT_A_PATH_ID = 'Must be 1 to 36 letters, digits, "-" or "_", and must not start with "-".';
const checkPathId: Check = (id, errors) => add(errors, /^\w[\w-]{0,35}$/.test(String(id)) ? null : NOT_A_PATH_ID);

interface Limit {
  minLength: number;
  maxLength: number;
  pattern: RegExp | null;
  minItems: number;
  maxItems: number;
  itemMaxLength: number;
  least: number;
  most: number;
}

const NO_LIMIT: Limit = {
  minLength: -Infinity,
  maxLength: Infinity,
  pattern: null,
  minItems: -Infinity,
  maxItems: Infinity,
  itemMaxLength: Infinity,
  least: -Infinity,
  most: Infinity,
};

function limitCheck({ arguments: args = [] }: DirectiveNode): Check {
  const declared: Partial<Limit> = Object.fromEntries(
    args.map(({ name, value }) => {
      const text = 'value' in value ? String(value.value) : '';
      return [name.value, value.kind === 'StringValue' ? new RegExp(text, 'u') : Number(text)];
    }),
  );
  const limit = { ...NO_LIMIT, ...declared };
  return (value, errors) => add(errors, limitError(value, limit));
}

function limitError(value: unknown, limit: Limit): string | null {
  if (typeof value === 'string') return textError(value, limit);
  if (Array.isArray(value)) return itemsError(value, limit);
  const range = missedRange(Number(value), limit.least, limit.most);
  return range && `Is ${value}; must be ${range}.`;
}

function textError(text: string, { minLength, maxLength, pattern }: Limit): string | null {
  // A code point takes one or two characters, so most texts need no count.
  if (text.length > maxLength || text.length / 2 < minLength) {
    const length = lengthOf(text);
    const range = missedRange(length, minLength, maxLength);
    if (range !== null) return `Has ${length} characters; must have ${range}.`;
  }
  return pattern?.test(text) === false ? `Must match ${pattern.source}.` : null;
}

function itemsError(items: readonly unknown[], { minItems, maxItems, itemMaxLength }: Limit): string | null {
  const isTooLong = (item: unknown) => typeof item === 'string' && lengthOf(item) > itemMaxLength;
  const tooLong = itemMaxLength === Infinity ? -1 : items.findIndex(isTooLong);
  if (tooLong !== -1) return `Item ${tooLong} has more than ${itemMaxLength} characters.`;
  const range = missedRange(items.length, minItems, maxItems);
  return range && `Has ${items.length} items; must have ${range}.`;
}

/** Describes the range if a size is outside of it. Else null. */
function missedRange(size: number, min: number, max: number): string | null {
  if (size >= min && size <= max) return null;
  return min === -Infinity ? `at most ${max}` : max === Infinity ? `at least ${min}` : `${min} to ${max}`;
}

const SURROGATE = /[\ud800-\udfff]/;

/** In code points, as JSON Schema counts. */
function lengthOf(text: string): number {
  if (!SURROGATE.test(text)) return text.length;
  let pairs = 0;
  for (let at = 0; at < text.length; at += 1) {
    if ((text.codePointAt(at) ?? 0) <= 0xffff) continue;
    pairs += 1;
    at += 1;
  }
  return text.length - pairs;
}

function add(errors: InvalidAt[], message: string | null): void {
  if (message !== null) errors.push({ path: [], message });
}

function eachItem(check: Check): Check {
  return (values, errors) => {
    // GraphQL accepts a single item in place of a list.
    const items: readonly unknown[] = Array.isArray(values) ? values : [values];
    for (let index = 0; index < items.length; index += 1) checkAt(index, check, items[index], errors);
  };
}

/** Runs the second check only if the first one finds no error. */
function both(first: Check | null, second: Check | null): Check | null {
  if (first === null || second === null) return first ?? second;
  return (value, errors) => {
    const before = errors.length;
    first(value, errors);
    if (errors.length === before) second(value, errors);
  };
}
