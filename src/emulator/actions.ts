/** What may be done to a task in which state, and what it does. */
import { doneBy } from './progress.ts';
import type { MigrationTask, Phase, TaskState } from './records.ts';
import { smsRefusal } from './refusal.ts';
import type { State } from './state.ts';

export interface TaskAction {
  operation: string;
  template_id?: string;
  is_need_consistency_check?: boolean;
}

interface Rule {
  from: readonly TaskState[];
  /** SMS's code where the task is in another state. */
  code: string;
  only: string;
  act(task: MigrationTask, state: State, action: TaskAction): void;
}

const MOVING: readonly TaskState[] = ['RUNNING', 'SYNCING'];
const SUCCEEDED: readonly TaskState[] = ['MIGRATE_SUCCESS', 'SYNC_SUCCESS'];
const FAILED: readonly TaskState[] = ['MIGRATE_FAIL', 'SYNC_FAIL'];
const RESTING: readonly TaskState[] = [...SUCCEEDED, ...FAILED, 'READY', 'ABORT'];

/**
 * `start` also starts a new task and, after a migration, the synchronization of what changed since. SMS.1038, 1039 and
 * 1040 are SMS's own; SMS.9001 for the rest is our choice.
 */
const RULES: Readonly<Record<string, Rule>> = {
  start: {
    from: ['READY', 'ABORT', ...SUCCEEDED],
    code: 'SMS.1039',
    only: 'Only tasks that are new, paused or finished can be started.',
    act: start,
  },
  stop: { from: MOVING, code: 'SMS.1038', only: 'Only tasks that are running can be paused.', act: stop },
  restart: { from: FAILED, code: 'SMS.1040', only: 'Only tasks that failed can be restarted.', act: restart },
  skip: { from: MOVING, code: 'SMS.1038', only: 'Only what is running can be skipped.', act: skip },
  error_for_overspeed: {
    from: MOVING,
    code: 'SMS.1038',
    only: 'Only tasks that are running can be too fast.',
    act: overspeed,
  },
  network_check: {
    from: [...MOVING, ...RESTING],
    code: 'SMS.9001',
    only: 'Wait until the task has stopped.',
    act: checkNetwork,
  },
  clear: { from: RESTING, code: 'SMS.9001', only: 'Only tasks that rest can be cleared.', act: () => {} },
  test: afterSuccess(() => {}),
  migration_test: afterSuccess(() => {}),
  cutover: afterSuccess(() => {}),
  clone_test: afterSuccess(cloneServer),
};

/** Does to a task what is asked for, or refuses as SMS does. */
export function perform(task: MigrationTask, action: TaskAction, state: State): void {
  const rule = RULES[action.operation];
  if (!rule) throw smsRefusal(400, 'SMS.9001', 'Parameter operation is not valid.');
  const now = task.phase.state;
  if (!rule.from.includes(now)) throw smsRefusal(400, rule.code, `${rule.only} The task is in state ${now}.`);
  rule.act(task, state, action);
  const server = state.servers.get(task.server_id);
  if (!server) return;
  server.reported = null;
  server.command = { command_name: action.operation.toUpperCase(), command_param: { task_id: task.id, bucket: '' } };
}

function afterSuccess(act: Rule['act']): Rule {
  return { from: SUCCEEDED, code: 'SMS.9001', only: 'Only tasks that have finished can do this.', act };
}

function start(task: MigrationTask, state: State, { is_need_consistency_check: check = true }: TaskAction): void {
  const { phase } = task;
  const now = state.now();
  const resumed = phase.state === 'ABORT';
  const run = resumed ? phase.run : phase.state === 'READY' ? 'migrate' : 'sync';
  task.progress = {};
  task.phase = {
    ...begun(run, now, state.taskDuration, check),
    // The clock of a resumed run goes on as if it had never stood still.
    ...(resumed && { startedAt: Math.round(now - phase.done * state.taskDuration), done: phase.done }),
  };
}

function stop(task: MigrationTask, state: State): void {
  const now = state.now();
  task.phase = { ...task.phase, state: 'ABORTING', done: doneBy(task.phase, now), since: now };
}

function restart(task: MigrationTask, state: State, { is_need_consistency_check: check = true }: TaskAction): void {
  task.error_json = '';
  task.progress = {};
  task.phase = begun(task.phase.run, state.now(), state.taskDuration, check);
}

function skip(task: MigrationTask, state: State): void {
  const now = state.now();
  const ended = task.phase.run === 'sync' ? 'SYNC_SUCCESS' : 'MIGRATE_SUCCESS';
  task.phase = { ...task.phase, state: ended, done: 1, since: now, finishedAt: now };
}

function overspeed(task: MigrationTask, state: State): void {
  const now = state.now();
  task.error_json = JSON.stringify({ error_code: 'SMS.9007', error_param: [] });
  task.phase = { ...task.phase, state: 'ABORT', done: doneBy(task.phase, now), since: now };
}

function checkNetwork(task: MigrationTask): void {
  task.network_check = {
    domain_connectivity: true,
    destination_connectivity: true,
    network_delay: 31.5,
    network_jitter: 2.4,
    migration_speed: 412,
    loss_percentage: 0.1,
    cpu_usage: 38,
    mem_usage: 55,
    evaluation_result: 'normal',
  };
}

function cloneServer(task: MigrationTask, state: State): void {
  const name = `${task.target.name}-clone`;
  task.clone = { vm_id: state.newId(), name, clone_error: '', clone_state: 'FINISHED', error_msg: '' };
}

function begun(run: Phase['run'], now: number, duration: number, check: boolean): Phase {
  const state = run === 'sync' ? 'SYNCING' : 'RUNNING';
  return { state, run, startedAt: now, finishedAt: null, since: now, done: 0, duration, check };
}
