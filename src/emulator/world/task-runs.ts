/** The runs of a task: their sub-tasks and their progress. */
import type { Json, MigrationTask, Run, RunKind, Step } from './records.ts';

/** Duration of a run, as a share of a whole migration (copy and launch). */
export const RUN_SHARES: Record<RunKind, number> = { REPLICATE: 0.87, RESYNC: 0.87, CUTOVER: 0.13, CLONE: 0.25 };
/** The last percent of a run, if it has a consistency check. */
const CHECK_PERCENT = 10;

/** Starts a run at `at`. `migrationMs` is the duration of a whole migration. */
export function beginRun(task: MigrationTask, kind: RunKind, at: number, migrationMs: number, check = false): Run {
  const run: Run = {
    kind,
    user_op: kind === 'REPLICATE' ? kind : `${kind}${task.runs.filter((other) => other.kind === kind).length}`,
    steps: stepsOf(task, kind, check),
    startedAt: at,
    endedAt: null,
    done: 0,
    duration: RUN_SHARES[kind] * migrationMs,
    check,
  };
  task.runs.push(run);
  task.state = 'RUNNING';
  task.since = at;
  recordStepTimes(task, at);
  return run;
}

/** Completed share of the last run at `time`, 0 to 1; 0 without a run. */
export function completedShare(task: MigrationTask, time: number): number {
  const run = task.runs.at(-1);
  if (!run) return 0;
  if (run.endedAt !== null) return 1;
  if (task.state !== 'RUNNING') return run.done;
  return Math.min(1, run.done + Math.max(0, time - task.since) / run.duration);
}

/** When the run ends unless it is stopped, epoch ms. */
export function expectedEnd(task: MigrationTask, run: Run): number {
  return Math.round(task.since + (1 - run.done) * run.duration);
}

/** Completed share of the running consistency check, 0 to 1; null if none is running. */
export function completedCheckShare(task: MigrationTask, time: number): number | null {
  const run = task.runs.at(-1);
  if (!run?.check || run.endedAt !== null) return null;
  const done = completedShare(task, time) * 100 - (100 - CHECK_PERCENT);
  return done >= 0 ? done / CHECK_PERCENT : null;
}

/** Records the start and end of the steps that the last run has reached at `time`. */
export function recordStepTimes(task: MigrationTask, time: number): void {
  const run = task.runs.at(-1);
  if (!run) return;
  const percent = completedShare(task, time) * 100;
  const reachedAt = (share: number) => Math.round(task.since + (share / 100 - run.done) * run.duration);
  let before = 0;
  for (const step of run.steps) {
    if (percent >= before) step.startedAt ??= reachedAt(before);
    before += step.share;
    if (percent >= before) step.endedAt ??= reachedAt(before);
  }
}

/** The sub-tasks of all runs, with progress in percent and times in epoch ms. Ids are unique, names are not. */
export function subTasks(task: MigrationTask, time: number): (Json & { name: string; progress: number })[] {
  let id = task.number * 1000;
  return task.runs.flatMap((run, index) => {
    const percent = index === task.runs.length - 1 ? completedShare(task, time) * 100 : 100;
    let before = 0;
    return run.steps.map((step) => {
      id += 1;
      const computed = Math.floor((Math.min(step.share, Math.max(0, percent - before)) / step.share) * 100);
      before += step.share;
      return {
        id,
        name: step.name,
        progress: step.endedAt === null ? (reportedProgress(task, step) ?? computed) : 100,
        start_date: step.startedAt,
        end_date: step.endedAt,
        user_op: run.user_op,
        process_trace: null,
      };
    });
  });
}

function reportedProgress({ progress }: MigrationTask, { name }: Step): number | null {
  return progress['subtask_name'] === name ? Number(progress['progress']) : null;
}

function stepsOf(task: MigrationTask, kind: RunKind, check: boolean): Step[] {
  const { type, os_type, exist_server } = task;
  const system = os_type === 'WINDOWS' ? 'WINDOWS' : type === 'MIGRATE_BLOCK' ? 'LINUX_BLOCK' : 'LINUX_FILE';
  const copied = system === 'WINDOWS' ? 'WINDOWS_BLOCK' : system;
  const end = check ? 100 - CHECK_PERCENT : 100;
  switch (kind) {
    case 'REPLICATE':
      return steps(end, [
        ...(exist_server ? [] : [['CREATE_CLOUD_SERVER', 6] as const]),
        ['SSL_CONFIG', 2],
        ['ATTACH_AGENT_IMAGE', 6],
        [`FORMAT_DISK_${system}`, 6],
        [`MIGRATE_${copied}`, 'rest'],
      ]);
    case 'CUTOVER':
      return steps(end, [
        [`CONFIGURE_${system}`, 60],
        ['DETTACH_AGENT_IMAGE', 'rest'],
      ]);
    case 'RESYNC':
      return steps(end, [
        ['SSL_CONFIG', 2],
        ['ATTACH_AGENT_IMAGE', 6],
        [`SYNC_${copied}`, 'rest'],
      ]);
    case 'CLONE':
      return steps(end, [['CLONE_VM', 'rest']]);
  }
}

function steps(end: number, shares: readonly (readonly [name: string, share: number | 'rest'])[]): Step[] {
  const fixed = shares.reduce((sum, [, share]) => sum + (share === 'rest' ? 0 : share), 0);
  return shares.map(([name, share]) => ({
    name,
    share: share === 'rest' ? end - fixed : share,
    startedAt: null,
    endedAt: null,
  }));
}
