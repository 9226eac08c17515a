import type { MigrationTaskOperation } from '../gql/graphql.ts';

/** The actions of this page, among those that SMS has. */
export const ACTIONS = ['START', 'STOP', 'RESTART', 'CUTOVER'] as const satisfies readonly MigrationTaskOperation[];

export type Action = (typeof ACTIONS)[number];
