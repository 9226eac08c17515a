import type { Client } from '@urql/core';
import { ChecksDocument, ServersDocument } from '../gateway/documents.ts';
import { type Problem, problemOf, problemOfRequest } from '../gateway/problem.ts';
import type {
  ChecksQuery,
  ConsistencyVerdict,
  NotVerifiedReason,
  ServerRowFragment,
  TaskRowFragment,
  WatchWaveSubscription,
} from '../gql/graphql.ts';

type Report = NonNullable<ChecksQuery['consistencyReport']>;
export type Directory = Report['rows'][number];
type Update = Extract<WatchWaveSubscription['migrationProgress'], { __typename: 'MigrationProgressUpdate' }>;

/** The latest consistency check of a server. */
export interface Check {
  verdict: ConsistencyVerdict;
  reason: NotVerifiedReason | null;
  finishedTime: string | null;
  directories: readonly Directory[];
  problem: Problem | null;
}

export interface ServerRow extends ServerRowFragment {
  task: TaskRowFragment | null;
  /** Null while it is being read. */
  check: Check | null;
}

export interface WaveState {
  rows: readonly ServerRow[];
  /** As SMS counts them; null until it has. */
  totalServers: number | null;
  /** Whether all servers have been read. */
  hasAllServers: boolean;
  /** Whether the results of all servers have been read. */
  hasAllChecks: boolean;
  problem: Problem | null;
  /** False once SMS knows no such wave. */
  exists: boolean;
}

const PAGE_SIZE = 200;

const EMPTY: WaveState = {
  rows: [],
  totalServers: null,
  hasAllServers: false,
  hasAllChecks: false,
  problem: null,
  exists: true,
};

/**
 * The servers of a wave with the results of their checks. Both are read in pages of 200, so that a wave of any size appears
 * at once and no request grows. What has been read is kept when a later page fails, and `read` continues there.
 */
export class WaveStore {
  #state = EMPTY;
  #rows = new Map<string, ServerRow>();
  /** Servers whose results may have changed. Those that are known are shown until they have been read again. */
  #staleIds = new Set<string>();
  #listeners = new Set<() => void>();
  #after: string | null = null;
  #isReading = false;
  #client: Client;
  #id: string;

  constructor(client: Client, id: string) {
    this.#client = client;
    this.#id = id;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): WaveState => this.#state;

  /** Reads what has not been read yet. */
  async read(): Promise<void> {
    if (this.#isReading) return;
    this.#isReading = true;
    this.#publish({ problem: null });
    try {
      await this.#readServers();
      await this.#readChecks();
    } finally {
      this.#isReading = false;
    }
  }

  /** Reads everything again, and keeps what is there until it has. */
  async readAgain(): Promise<void> {
    if (this.#isReading) return;
    this.#after = null;
    this.#staleIds = new Set(this.#rows.keys());
    this.#state = { ...this.#state, hasAllServers: false };
    await this.read();
  }

  /** Takes over what the subscription reports. */
  apply({ changedTasks, removedTaskIds, progress }: Update): void {
    for (const { sourceServer, ...task } of changedTasks ?? []) {
      const before = sourceServer && this.#rows.get(sourceServer.id);
      if (!before) continue;
      this.#rows.set(sourceServer.id, { ...before, ...sourceServer, task });
      // A task that enters another state may have been checked.
      if (before.task?.state !== task.state) this.#staleIds.add(sourceServer.id);
    }
    const removed = new Set(removedTaskIds);
    if (removed.size > 0)
      for (const [id, row] of this.#rows)
        if (row.task && removed.has(row.task.id))
          this.#rows.set(id, { ...row, task: null, check: withoutCheck('NO_TASK') });
    this.#publish({});
    const { hasAllServers, problem } = this.#state;
    if (!hasAllServers || problem) return;
    if (progress.servers !== this.#rows.size) this.readAgain();
    else if (this.#staleIds.size > 0) this.read();
  }

  async #readServers(): Promise<void> {
    const seen = this.#after === null ? new Set<string>() : null;
    while (!this.#state.hasAllServers) {
      const { data, error } = await this.#client
        .query(ServersDocument, { id: this.#id, after: this.#after })
        .toPromise();
      const page = data?.migrationProject?.sourceServers;
      if (error || !page) {
        const problem = error ? problemOfRequest(error) : null;
        this.#publish({ problem, exists: problem !== null || data?.migrationProject !== null });
        return;
      }
      for (const { currentTask, isConsistencyResultExist, ...server } of page.nodes) {
        seen?.add(server.id);
        const task = currentTask ?? null;
        const before = this.#rows.get(server.id);
        const known = knownCheck(task, isConsistencyResultExist);
        if (known) this.#staleIds.delete(server.id);
        const kept = before && before.task?.id === task?.id ? before.check : null;
        this.#rows.set(server.id, { ...server, task, check: known ?? kept });
      }
      const { hasNextPage, endCursor = null } = page.pageInfo;
      this.#after = endCursor;
      if (!hasNextPage && seen) for (const id of this.#rows.keys()) if (!seen.has(id)) this.#rows.delete(id);
      this.#publish({ totalServers: page.totalCount ?? null, hasAllServers: !hasNextPage });
    }
  }

  async #readChecks(): Promise<void> {
    while (this.#state.hasAllServers) {
      const unread = [...this.#rows.values()]
        .filter(({ id, task, check }) => task !== null && (check === null || this.#staleIds.has(id)))
        .slice(0, PAGE_SIZE);
      if (unread.length === 0) return this.#publish({ hasAllChecks: true });
      const taskIds = unread.flatMap(({ task }) => task?.id ?? []);
      const { data, error } = await this.#client.query(ChecksDocument, { taskIds }).toPromise();
      if (error || !data?.consistencyReport) return this.#publish({ problem: error ? problemOfRequest(error) : null });
      const checks = checksByTask(data.consistencyReport);
      for (const { id, task } of unread) {
        const row = this.#rows.get(id);
        this.#staleIds.delete(id);
        if (row) this.#rows.set(id, { ...row, check: checks.get(task?.id ?? '') ?? withoutCheck('READ_FAILED') });
      }
      this.#publish({});
    }
  }

  #publish(change: Partial<WaveState>): void {
    this.#state = { ...this.#state, ...change, rows: [...this.#rows.values()] };
    for (const listener of this.#listeners) listener();
  }
}

/** SMS says in its list which servers have results, so that the others cost no call. */
function knownCheck(task: TaskRowFragment | null, hasResults: boolean | null | undefined): Check | null {
  if (task === null) return withoutCheck('NO_TASK');
  return hasResults === false ? withoutCheck('NO_RESULTS') : null;
}

function withoutCheck(reason: NotVerifiedReason): Check {
  return { verdict: 'NOT_VERIFIED', reason, finishedTime: null, directories: [], problem: null };
}

function checksByTask({ tasks, rows, failedTasks }: Report): ReadonlyMap<string, Check> {
  const directories = Map.groupBy(
    rows.filter(({ dirCheck }) => dirCheck),
    ({ taskId }) => taskId,
  );
  const problems = new Map(failedTasks.map(({ taskId, error }) => [taskId, problemOf(error)]));
  return new Map(
    tasks.map(({ taskId, verdict, reason = null, finishedTime = null }) => [
      taskId,
      {
        verdict,
        reason,
        finishedTime,
        directories: directories.get(taskId) ?? [],
        problem: problems.get(taskId) ?? null,
      },
    ]),
  );
}
