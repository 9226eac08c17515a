import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import { type InvalidField, InvalidInput } from './sms/errors.ts';

type Check = (value: unknown, path: string[], found: InvalidField[]) => void;

/** Most offending places that one error names. */
const MOST_FIELDS = 20;

/**
 * A check of a field's arguments against the `@limit` directives of the SDL, made once at start. It throws
 * `InvalidInput` with the path of each offending place; null when nothing is limited.
 */
export function limitsOf(field: GraphQLField<unknown, unknown>): ((args: Record<string, unknown>) => void) | null {
  const check = checkEach(field.args);
  if (check === null) return null;
  return (args) => {
    const found: InvalidField[] = [];
    check(args, [], found);
    if (found.length > 0) throw new InvalidInput(found.slice(0, MOST_FIELDS));
  };
}

type Slot = GraphQLArgument | GraphQLInputField;

function checkEach(slots: readonly Slot[], above: ReadonlySet<unknown> = new Set()): Check | null {
  const checks = slots.flatMap((slot) => {
    const check = checkOf(slot, above);
    return check === null ? [] : [[slot.name, check] as const];
  });
  if (checks.length === 0) return null;
  return (values, path, found) => {
    for (const [name, check] of checks) check((values as Record<string, unknown>)[name], [...path, name], found);
  };
}

function checkOf(slot: Slot, above: ReadonlySet<unknown>): Check | null {
  const limit = limitIn(slot);
  const inner = checkOfType(slot.type, above);
  if (Object.keys(limit).length === 0) return inner;
  return (value, path, found) => {
    if (value === null || value === undefined) return;
    const message = complaint(value, limit);
    if (message === null) inner?.(value, path, found);
    else found.push({ path, message });
  };
}

function checkOfType(type: GraphQLInputType, above: ReadonlySet<unknown>): Check | null {
  if (isNonNullType(type)) return checkOfType(type.ofType, above);
  if (isListType(type)) {
    const inner = checkOfType(type.ofType, above);
    return (
      inner &&
      ((values, path, found) => {
        if (Array.isArray(values)) values.forEach((value, index) => inner(value, [...path, String(index)], found));
      })
    );
  }
  // An input type that holds itself would never end; its own limits are checked where it first stands.
  if (!isInputObjectType(type) || above.has(type)) return null;
  const inner = checkEach(Object.values(type.getFields()), new Set(above).add(type));
  return inner && ((value, path, found) => value !== null && value !== undefined && inner(value, path, found));
}

type Limit = Partial<Record<'minLength' | 'maxLength' | 'minItems' | 'maxItems', number>>;

function limitIn(slot: Slot): Limit {
  const directive = slot.astNode?.directives?.find(({ name }) => name.value === 'limit');
  return Object.fromEntries(
    (directive?.arguments ?? []).flatMap(({ name, value }) =>
      value.kind === 'IntValue' ? [[name.value, Number(value.value)]] : [],
    ),
  );
}

function complaint(value: unknown, limit: Limit): string | null {
  if (Array.isArray(value)) return outside(value.length, limit.minItems, limit.maxItems, 'items');
  const text = String(value);
  const length = text.length <= (limit.maxLength ?? Infinity) ? text.length : [...text].length;
  return outside(length, limit.minLength, limit.maxLength, 'characters');
}

function outside(size: number, least = 0, most = Infinity, unit: string): string | null {
  if (size >= least && size <= most) return null;
  const allowed = most === Infinity ? `${least} or more` : least === 0 ? `up to ${most}` : `${least} to ${most}`;
  return `Has ${size} ${unit}; ${allowed} are allowed.`;
}
