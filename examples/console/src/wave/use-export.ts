import { useRef, useState } from 'react';
import { useClient } from 'urql';
import { ExportDocument } from '../gateway/documents.ts';
import { type Problem, problemOf, problemOfRequest } from '../gateway/problem.ts';
import type { ExportSubscription } from '../gql/graphql.ts';
import { useI18n } from '../i18n/i18n.tsx';
import type { ServerRow } from './wave-store.ts';

type Update = Extract<ExportSubscription['exportConsistencyResults'], { __typename: 'ExportConsistencyResultsUpdate' }>;
type ExportedFile = Update['files'][number];

export interface ExportState {
  isRunning: boolean;
  files: readonly ExportedFile[];
  /** Ids of tasks. */
  doneIds: ReadonlySet<string>;
  failures: readonly { taskId: string; name: string; problem: Problem }[];
  /** What interrupted the export. */
  problem: Problem | null;
  isInterrupted: boolean;
}

const FIRST: ExportState = {
  isRunning: false,
  files: [],
  doneIds: new Set(),
  failures: [],
  problem: null,
  isInterrupted: false,
};

/** Exports the results of tasks part by part, and keeps each part that has arrived. */
export function useExport() {
  const client = useClient();
  const { language } = useI18n();
  const [state, setState] = useState(FIRST);
  const stop = useRef<(() => void) | null>(null);

  /** Exports these; `isRepeated` for those that failed before. */
  function start(rows: readonly ServerRow[]): void {
    const ids = new Set(rows.flatMap(({ task }) => task?.id ?? []));
    setState((before) => ({
      ...before,
      isRunning: true,
      problem: null,
      isInterrupted: false,
      failures: before.failures.filter(({ taskId }) => !ids.has(taskId)),
    }));
    const taskInfo = rows.flatMap(({ id, name, task }) =>
      task ? [{ taskId: task.id, sourceId: id, sourceName: name }] : [],
    );
    const input = { taskInfo, language: language === 'zh' ? ('ZH_CN' as const) : ('EN_US' as const) };
    // The last event comes twice: urql repeats it when the stream ends.
    let doneTasks = -1;
    let hasEnded = false;
    const { unsubscribe } = client.subscription(ExportDocument, { input }).subscribe(({ data, error, hasNext }) => {
      const event = data?.exportConsistencyResults;
      if (hasEnded) return;
      if (!error && event?.__typename === 'ExportConsistencyResultsUpdate' && event.doneTasks !== doneTasks) {
        doneTasks = event.doneTasks;
        hasEnded = event.ended;
        setState((before) => withPart(before, event));
      }
      if (error || (event && 'code' in event) || (!hasNext && !hasEnded)) {
        hasEnded = true;
        const problem = error ? problemOfRequest(error) : event && 'code' in event ? problemOf(event) : null;
        setState((before) => ({ ...before, isRunning: false, isInterrupted: true, problem }));
      }
    });
    stop.current = unsubscribe;
  }

  /** Stops the export; what has arrived is kept. */
  function interrupt(): void {
    stop.current?.();
    setState((before) => (before.isRunning ? { ...before, isRunning: false, isInterrupted: true } : before));
  }

  return { state, start, interrupt };
}

function withPart(before: ExportState, { files, tasks, failedTasks, ended }: Update): ExportState {
  return {
    ...before,
    isRunning: !ended,
    files: [...before.files, ...files],
    doneIds: new Set([...before.doneIds, ...tasks.flatMap(({ taskId }) => taskId ?? [])]),
    failures: [
      ...before.failures,
      ...failedTasks.map(({ task, error }) => ({
        taskId: task.taskId ?? '',
        name: task.sourceName ?? task.taskId ?? '',
        problem: problemOf(error),
      })),
    ],
  };
}
