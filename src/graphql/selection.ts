/** The ways in which callers select tasks. */
import type { Query } from '../sms/client.ts';
import { InvalidInputError } from '../sms/errors/errors.ts';
import type { ServerSelection } from '../sms/operations/selected-servers.ts';
import type { SourceServerFilter } from './generated/graphql.ts';

/** Throws `InvalidInputError` unless the input has exactly one of the fields. It names those that it has, or all if none. */
export function requireOne(inputs: Readonly<Record<string, unknown>>, parent: readonly string[] = []): void {
  const names = Object.keys(inputs);
  const present = names.filter((name) => (inputs[name] ?? null) !== null);
  if (present.length === 1) return;
  const message = `Give exactly one of ${names.slice(0, -1).join(', ')} and ${names.at(-1)}.`;
  throw new InvalidInputError(
    (present.length === 0 ? names : present).map((name) => ({ path: [...parent, name], message })),
  );
}

interface SelectionInput {
  migrationProject?: string | null | undefined;
  sourceServers?: SourceServerFilter | null | undefined;
}

export function serverSelection({ migrationProject, sourceServers }: SelectionInput): ServerSelection {
  return migrationProject ? { migrationProject } : { filter: { ...(sourceServers as Query | null) } };
}
