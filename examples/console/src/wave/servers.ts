/** What the page computes from the rows of a wave. */
import { PHASES, phaseOf } from '../components/phases.ts';
import type { StateCount } from '../components/states-bar.tsx';
import type { ConsistencyVerdict, MigrationTaskState } from '../gql/graphql.ts';
import type { Directory, ServerRow } from './wave-store.ts';

export const SORT_KEYS = ['name', 'progress', 'state', 'verdict'] as const;
export type SortKey = (typeof SORT_KEYS)[number];

export interface View {
  search: string;
  verdict: ConsistencyVerdict | null;
  /** A state of a task, or `NO_TASK`. */
  state: MigrationTaskState | 'NO_TASK' | null;
  sortKey: SortKey;
  isDescending: boolean;
}

export const FIRST_VIEW: View = { search: '', verdict: null, state: null, sortKey: 'verdict', isDescending: false };

/** From the worst to the best. Whatever has parts takes the worst of their verdicts. */
export const VERDICTS: readonly ConsistencyVerdict[] = ['DIFFERENT', 'NOT_VERIFIED', 'CONSISTENT'];

/** The worst verdict, by the rule of the graph; null while a result is missing. */
export function worstVerdict(rows: readonly ServerRow[]): ConsistencyVerdict | null {
  if (rows.length === 0) return 'NOT_VERIFIED';
  const verdicts = new Set(rows.map(({ check }) => check?.verdict ?? null));
  if (verdicts.has('DIFFERENT')) return 'DIFFERENT';
  if (verdicts.has(null)) return null;
  return verdicts.has('NOT_VERIFIED') ? 'NOT_VERIFIED' : 'CONSISTENT';
}

export function stateOf({ task }: ServerRow): MigrationTaskState | 'NO_TASK' {
  return task ? (task.state ?? 'UNKNOWN') : 'NO_TASK';
}

/** In percent; null if SMS reports no size. */
export function percentOf({ replicatesize, totalsize }: ServerRow): number | null {
  const total = Number(totalsize ?? 0);
  return total > 0 ? Math.min(100, (Number(replicatesize ?? 0) / total) * 100) : null;
}

export function filesOf({ numDifferentFiles, numTargetMissFiles, numTargetMoreFiles }: Directory): number {
  return (numDifferentFiles ?? 0) + (numTargetMissFiles ?? 0) + (numTargetMoreFiles ?? 0);
}

export function differentFilesOf({ check }: ServerRow): number {
  return check?.directories.reduce((sum, directory) => sum + filesOf(directory), 0) ?? 0;
}

export function countsByState(rows: readonly ServerRow[]): StateCount[] {
  return [...Map.groupBy(rows, stateOf)].map(([state, { length }]) => ({
    state: state === 'NO_TASK' ? null : state,
    stateText: null,
    servers: length,
  }));
}

export function select(rows: readonly ServerRow[], view: View): ServerRow[] {
  const text = view.search.trim().toLowerCase();
  const compare = COMPARISONS[view.sortKey];
  return rows
    .filter(
      (row) =>
        (text === '' || `${row.name} ${row.ip}`.toLowerCase().includes(text)) &&
        (view.verdict === null || row.check?.verdict === view.verdict) &&
        (view.state === null || stateOf(row) === view.state),
    )
    .toSorted((one, other) => (view.isDescending ? -1 : 1) * compare(one, other) || byName(one, other));
}

const names = new Intl.Collator(undefined, { numeric: true });

function byName(one: ServerRow, other: ServerRow): number {
  return names.compare(one.name ?? '', other.name ?? '');
}

type Comparison = (one: ServerRow, other: ServerRow) => number;

const COMPARISONS: Record<SortKey, Comparison> = {
  name: byName,
  progress: (one, other) => (percentOf(one) ?? -1) - (percentOf(other) ?? -1),
  state: (one, other) => phaseRank(one) - phaseRank(other),
  verdict: (one, other) => verdictRank(one) - verdictRank(other) || differentFilesOf(other) - differentFilesOf(one),
};

function phaseRank(row: ServerRow): number {
  return PHASES.indexOf(phaseOf(row.task?.state ?? null));
}

function verdictRank({ check }: ServerRow): number {
  return check === null ? VERDICTS.length : VERDICTS.indexOf(check.verdict);
}
