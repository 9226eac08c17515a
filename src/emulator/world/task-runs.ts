/** The runs of a task: what each consists of, and how far it is. */
import type { Json, MigrationTask, Run, RunKind, Step } from './records.ts';

/** Share of a whole migration (copy and launch) that a run takes. */
export const SHARES: Record<RunKind, number> = { REPLICATE: 0.87, RESYNC: 0.87, CUTOVER: 0.13, CLONE: 0.25 };
/** Percent of a run that its consistency check takes, at the end. */
const CHECK = 10;

/** Appends a run that starts at `at`; the task is RUNNING from then on. `whole` is how long a migration takes, in ms. */
export function begin(task: MigrationTask, kind: RunKind, at: number, whole: number, check = false): Run {
  const run: Run = {
    kind,
    user_op: kind === 'REPLICATE' ? kind : `${kind}${task.runs.filter((other) => other.kind === kind).length}`,
    steps: stepsOf(task, kind, check),
    startedAt: at,
    endedAt: null,
    done: 0,
    duration: SHARES[kind] * whole,
    check,
  };
  task.runs.push(run);
  task.state = 'RUNNING';
  task.since = at;
  stamp(task, at);
  return run;
}

/** Share of the last run that is done at `time`, 0 to 1; 0 before the first one. */
export function doneBy(task: MigrationTask, time: number): number {
  const run = task.runs.at(-1);
  if (!run) return 0;
  if (run.endedAt !== null) return 1;
  if (task.state !== 'RUNNING') return run.done;
  return Math.min(1, run.done + Math.max(0, time - task.since) / run.duration);
}

/** When the last run ends if nothing happens, epoch ms. */
export function endOf(task: MigrationTask, run: Run): number {
  return Math.round(task.since + (1 - run.done) * run.duration);
}

/** Share of the consistency check of the last run that is done, 0 to 1; null while none runs. */
export function checkDoneBy(task: MigrationTask, time: number): number | null {
  const run = task.runs.at(-1);
  if (!run?.check || run.endedAt !== null) return null;
  const done = doneBy(task, time) * 100 - (100 - CHECK);
  return done >= 0 ? done / CHECK : null;
}

/** Notes for the steps of the last run when they began and ended, as far as it is at `time`. */
export function stamp(task: MigrationTask, time: number): void {
  const run = task.runs.at(-1);
  if (!run) return;
  const percent = doneBy(task, time) * 100;
  const reached = (share: number) => Math.round(task.since + (share / 100 - run.done) * run.duration);
  let before = 0;
  for (const step of run.steps) {
    if (percent >= before) step.startedAt ??= reached(before);
    before += step.share;
    if (percent >= before) step.endedAt ??= reached(before);
  }
}

/** The sub-tasks of all runs, with progress in percent and times in epoch ms. Ids rise; names come again. */
export function subTasks(task: MigrationTask, time: number): (Json & { name: string; progress: number })[] {
  let id = task.number * 1000;
  return task.runs.flatMap((run, index) => {
    const percent = index === task.runs.length - 1 ? doneBy(task, time) * 100 : 100;
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
  const moved = system === 'WINDOWS' ? 'WINDOWS_BLOCK' : system;
  const end = check ? 100 - CHECK : 100;
  switch (kind) {
    case 'REPLICATE':
      return steps(end, [
        ...(exist_server ? [] : [['CREATE_CLOUD_SERVER', 6] as const]),
        ['SSL_CONFIG', 2],
        ['ATTACH_AGENT_IMAGE', 6],
        [`FORMAT_DISK_${system}`, 6],
        [`MIGRATE_${moved}`, 'rest'],
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
        [`SYNC_${moved}`, 'rest'],
      ]);
    case 'CLONE':
      return steps(end, [['CLONE_VM', 'rest']]);
  }
}

function steps(end: number, shares: readonly (readonly [name: string, share: number | 'rest'])[]): Step[] {
  const given = shares.reduce((sum, [, share]) => sum + (share === 'rest' ? 0 : share), 0);
  return shares.map(([name, share]) => ({
    name,
    share: share === 'rest' ? end - given : share,
    startedAt: null,
    endedAt: null,
  }));
}
