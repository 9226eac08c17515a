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

type Check = (value: unknown, path: string[], found: InvalidField[]) => void;

/** Most offending places that one error names. */
export const MAX_FIELDS = 20;

/**
 * A check of a field's arguments against the `@limit` and `@pathId` directives of the SDL, made once at start. It
 * throws `InvalidInput` with the path of each offending place; null when nothing is limited.
 */
export function limitsOf({
  args: slots,
}: Pick<GraphQLField<unknown, unknown>, 'args'>): ((args: Record<string, unknown>) => void) | null {
  const check = checkEach(slots, new Set());
  if (check === null) return null;
  return (args) => {
    const found: InvalidField[] = [];
    check(args, [], found);
    if (found.length > 0) throw new InvalidInputError(found.slice(0, MAX_FIELDS));
  };
}

type Slot = GraphQLArgument | GraphQLInputField;

function checkEach(slots: readonly Slot[], above: ReadonlySet<unknown>): Check | null {
  const checks = slots.flatMap((slot) => {
    const check = both(ownCheck(slot), checkOfType(slot.type, above));
    return check === null ? [] : [[slot.name, check] as const];
  });
  if (checks.length === 0) return null;
  return (values, path, found) => {
    for (const [name, check] of checks) check((values as Record<string, unknown>)[name], [...path, name], found);
  };
}

/** What the type asks for: limits further in, and enum values that can be sent. */
function checkOfType(type: GraphQLInputType, above: ReadonlySet<unknown>): Check | null {
  if (isNonNullType(type)) return checkOfType(type.ofType, above);
  if (isListType(type)) {
    const inner = checkOfType(type.ofType, above);
    return inner && eachItem(inner);
  }
  if (isEnumType(type) && type.getValue('UNKNOWN'))
    return complain((value) => (value === 'UNKNOWN' ? 'UNKNOWN cannot be sent.' : null));
  // An input type that holds itself would never end; its own limits are checked where it first stands.
  if (!isInputObjectType(type) || above.has(type)) return null;
  const inner = checkEach(Object.values(type.getFields()), new Set(above).add(type));
  return inner && ifGiven(inner);
}

function ownCheck({ astNode }: Slot): Check | null {
  const directives = astNode?.directives ?? [];
  const limit = argumentsOf(directives.find(({ name }) => name.value === 'limit'));
  const isPathId = directives.some(({ name }) => name.value === 'pathId');
  return both(
    Object.keys(limit).length === 0 ? null : complain((value) => complaint(value, limit)),
    isPathId ? complain((id) => (/^\w[\w-]{0,35}$/.test(String(id)) ? null : NOT_AN_ID)) : null,
  );
}

const NOT_AN_ID = 'Is not 1 to 36 letters, digits, "-" and "_", or begins with "-".';

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

function argumentsOf(directive: DirectiveNode | undefined): Limit {
  return Object.fromEntries(
    (directive?.arguments ?? []).map(({ name, value }) => {
      const text = 'value' in value ? String(value.value) : '';
      return [name.value, value.kind === 'StringValue' ? new RegExp(text, 'u') : Number(text)];
    }),
  );
}

function complaint(value: unknown, limit: Limit): string | null {
  if (Array.isArray(value)) {
    const { minItems, maxItems, itemMaxLength = Infinity } = limit;
    const tooLong = value.findIndex((item) => typeof item === 'string' && lengthOf(item) > itemMaxLength);
    if (tooLong !== -1) return `Item ${tooLong} has more than ${itemMaxLength} characters.`;
    return outside(value.length, minItems, maxItems, `Has ${value.length} items`);
  }
  if (typeof value !== 'string') return outside(Number(value), limit.least, limit.most, `Is ${value}`);
  const length = lengthOf(value);
  const wrong = outside(length, limit.minLength, limit.maxLength, `Has ${length} characters`);
  if (wrong === null && limit.pattern?.test(value) === false) return `Does not match ${limit.pattern.source}.`;
  return wrong;
}

function outside(size: number, least = -Infinity, most = Infinity, what: string): string | null {
  if (size >= least && size <= most) return null;
  const allowed = most === Infinity ? `${least} or more` : least <= 0 ? `up to ${most}` : `${least} to ${most}`;
  return `${what}; ${allowed} are allowed.`;
}

/** In code points, as JSON Schema counts. */
function lengthOf(text: string): number {
  return /[\ud800-\udfff]/.test(text) ? [...text].length : text.length;
}

function complain(complaintOf: (value: unknown) => string | null): Check {
  return ifGiven((value, path, found) => {
    const message = complaintOf(value);
    if (message !== null) found.push({ path, message });
  });
}

function ifGiven(check: Check): Check {
  return (value, path, found) => {
    if (value !== null && value !== undefined) check(value, path, found);
  };
}

function eachItem(check: Check): Check {
  return ifGiven((values, path, found) => {
    // A variable may give one item for a list of one.
    const items = Array.isArray(values) ? values : [values];
    for (const [index, item] of items.entries()) check(item, [...path, String(index)], found);
  });
}

function both(one: Check | null, other: Check | null): Check | null {
  if (one === null || other === null) return one ?? other;
  return (value, path, found) => {
    const before = found.length;
    one(value, path, found);
    if (found.length === before) other(value, path, found);
  };
}
