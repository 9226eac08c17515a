/** How a task moves as time passes: computed when it is read, without timers. */
import { directoriesOf, newCheck } from './checks.ts';
import type { Json, MigrationTask, Phase } from './records.ts';
import type { State } from './state.ts';

/** A stopping task needs this share of its run's duration to stand still. */
const STOPPING = 0.05;

/** A sub-task's name and its share of the run, in percent. */
type Step = readonly [name: string, share: number];

/** A task that has not been started. */
export function ready(now: number, duration: number): Phase {
  return {
    state: 'READY',
    run: 'migrate',
    startedAt: null,
    finishedAt: null,
    since: now,
    done: 0,
    duration,
    check: true,
  };
}

/** Share of the run that is done now, 0 to 1. */
export function doneBy(phase: Phase, now: number): number {
  const moving = phase.state === 'RUNNING' || phase.state === 'SYNCING';
  return moving ? Math.min(1, phase.done + Math.max(0, now - phase.since) / phase.duration) : phase.done;
}

/** Brings a task up to the present: a run whose time is over has ended, with the results of its check. */
export function settle(task: MigrationTask, state: State): MigrationTask {
  const { phase } = task;
  const now = state.now();
  if ((phase.state === 'RUNNING' || phase.state === 'SYNCING') && doneBy(phase, now) >= 1) {
    const finishedAt = Math.round(phase.since + (1 - phase.done) * phase.duration);
    const ended = phase.run === 'sync' ? 'SYNC_SUCCESS' : 'MIGRATE_SUCCESS';
    task.phase = { ...phase, state: ended, finishedAt, since: finishedAt, done: 1 };
    if (phase.check) task.results.push(newCheck(finishedAt, directoriesOf(task), task.number + task.results.length));
  } else if (phase.state === 'ABORTING' && now - phase.since >= STOPPING * phase.duration) {
    task.phase = { ...phase, state: 'ABORT', since: phase.since + STOPPING * phase.duration };
  }
  return task;
}

/** The sub-tasks of the present run with their progress in percent and times in epoch ms. */
export function subTasks(task: MigrationTask, now: number): (Json & { name: string; progress: number })[] {
  const { phase } = task;
  if (phase.startedAt === null) return [];
  const steps = stepsOf(task);
  const total = steps.reduce((sum, [, share]) => sum + share, 0);
  const started = phase.startedAt;
  const at = (share: number) => Math.round(started + (share / total) * phase.duration);
  const done = doneBy(phase, now) * total;
  let before = 0;
  return steps.map(([name, share], index) => {
    const start = before;
    before += share;
    const reported = task.progress['subtask_name'] === name ? Number(task.progress['progress']) : null;
    const computed = Math.floor(Math.min(1, Math.max(0, (done - start) / share)) * 100);
    const progress = phase.finishedAt && phase.done === 1 ? 100 : (reported ?? computed);
    return {
      id: task.number * 100 + index + 1,
      name,
      progress,
      start_date: done > start || index === 0 ? at(start) : null,
      end_date: progress === 100 ? at(before) : null,
      migrate_speed: 0,
      user_op: 'start',
      process_trace: '',
    };
  });
}

function stepsOf({ type, os_type, exist_server, phase }: MigrationTask): Step[] {
  const kind = os_type === 'WINDOWS' ? 'WINDOWS' : type === 'MIGRATE_BLOCK' ? 'LINUX_BLOCK' : 'LINUX_FILE';
  const moved = kind === 'WINDOWS' ? 'WINDOWS_BLOCK' : kind;
  if (phase.run === 'sync') {
    return [
      [`SYNC_${moved}`, 85],
      [`CONFIGURE_${kind}`, 15],
    ];
  }
  const create: Step[] = exist_server ? [] : [['CREATE_CLOUD_SERVER', 5]];
  return [
    ...create,
    ['SSL_CONFIG', 2],
    ['ATTACH_AGENT_IMAGE', 5],
    [`FORMAT_DISK_${kind}`, 5],
    [`MIGRATE_${moved}`, 70],
    [`CONFIGURE_${kind}`, 8],
    ['DETTACH_AGENT_IMAGE', 5],
  ];
}
