/** The actions on a task: in which states each is allowed, and what it does. */

import { smsError } from '../error-responses.ts';
import type { MigrationTask, TaskState } from './records.ts';
import type { State } from './state.ts';
import { beginRun, completedCheckShare, completedShare } from './task-runs.ts';

export interface TaskAction {
  operation: string;
  template_id?: string;
  switch_hce?: boolean;
  is_need_consistency_check?: boolean;
}

interface Rule {
  isAllowed(task: MigrationTask, now: number): boolean;
  /** Code and message if the action is not allowed. */
  code: string;
  message: string;
  execute(task: MigrationTask, state: State, action: TaskAction): void;
  /** Command for the agent. */
  command?: string;
}

/** Our choice where SMS documents no code. SMS.6005 says that the server is in the wrong state. */
const WRONG_STATE = 'SMS.6005';

const LAUNCH: Rule = {
  isAllowed: isIn('SYNCING'),
  code: 'SMS.7721',
  message: 'The target can be launched only in continuous synchronization.',
  execute: (task, state) => beginRun(task, 'CUTOVER', state.now(), state.taskDuration),
  command: 'CUTOVER',
};

const RULES: Readonly<Record<string, Rule>> = {
  start: {
    isAllowed: isIn('READY', 'ABORT', 'MIGRATE_FAIL', 'SYNC_FAIL'),
    code: 'SMS.7713',
    message: 'Only a task that is ready, paused or failed can be started.',
    execute: start,
    command: 'START',
  },
  stop: {
    isAllowed: isIn('RUNNING', 'SYNCING'),
    code: 'SMS.7714',
    message: 'Only a running task can be paused.',
    execute: (task, state) => halt(task, 'ABORTING', state.now()),
    command: 'STOP',
  },
  cutover: LAUNCH,
  /** Older name of `cutover`. */
  test: LAUNCH,
  clone_test: {
    isAllowed: isIn('SYNCING'),
    code: 'SMS.7721',
    message: 'The target can be cloned only in continuous synchronization.',
    execute: cloneTarget,
  },
  restart: {
    isAllowed: (task) => isLaunched(task) && task.clearedAt === null,
    code: 'SMS.7722',
    message: 'Synchronization can be resumed only after the target was launched, and until its snapshots are removed.',
    execute: (task, state, { is_need_consistency_check: check }) => {
      beginRun(task, 'RESYNC', state.now(), state.taskDuration, check);
    },
    command: 'SYNC',
  },
  skip: {
    isAllowed: isSkippable,
    code: WRONG_STATE,
    message: 'A consistency check can be skipped only while it is between 5 % and 95 %.',
    execute: (task, state) => halt(task, 'SKIPPING', state.now()),
    command: 'SKIP',
  },
  clear: {
    isAllowed: (task) => isLaunched(task) && task.clearedAt === null,
    code: WRONG_STATE,
    message: 'The snapshots of a task can be removed only once, and only after its target was launched.',
    execute: (task, state) => {
      task.clearedAt = state.now();
    },
  },
  migration_test: {
    isAllowed: isIn('READY'),
    code: WRONG_STATE,
    message: 'A migration drill is possible only before the task is started.',
    execute: (task, state) => {
      task.drilledAt = state.now();
    },
    command: 'PREMIGRATE',
  },
  network_check: { isAllowed: () => true, code: WRONG_STATE, message: '', execute: checkNetwork },
  error_for_overspeed: {
    isAllowed: isIn('RUNNING', 'SYNCING'),
    code: 'SMS.7714',
    message: 'Only a running task can be too fast.',
    execute: (task, state) => {
      task.error_json = errorJson('SMS.9007');
      halt(task, 'ABORT', state.now());
    },
  },
};

/** Executes an action, or throws SMS's error if it is not allowed. */
export function performAction(task: MigrationTask, action: TaskAction, state: State): void {
  const rule = RULES[action.operation];
  if (!rule) throw smsError('SMS.6011', 'Parameter operation is not valid.');
  if (action.switch_hce && task.os_type !== 'LINUX') {
    throw smsError('SMS.9001', 'Parameter switch_hce is not valid: the task is not a Linux task.');
  }
  if (!rule.isAllowed(task, state.now())) {
    throw smsError(rule.code, `${rule.message} The task is in state ${task.state}.`);
  }
  const server = state.servers.get(task.server_id);
  if (!server) throw smsError('SMS.8109', 'The source server of the task has been deleted.');
  rule.execute(task, state, action);
  server.reported = null;
  if (rule.command) server.command = { command_name: rule.command, command_param: { task_id: task.id, bucket: '' } };
}

/** The error of a task in SMS's format: a JSON text whose parameters are a JSON text again. */
export function errorJson(code: string, ...params: string[]): string {
  return JSON.stringify({ error_code: code, error_param: JSON.stringify(params) });
}

function isIn(...states: TaskState[]): Rule['isAllowed'] {
  return ({ state }) => states.includes(state);
}

function isLaunched({ state }: MigrationTask): boolean {
  return state === 'MIGRATE_SUCCESS' || state === 'SYNC_SUCCESS';
}

function isSkippable(task: MigrationTask, now: number): boolean {
  const done = task.state === 'RUNNING' ? completedCheckShare(task, now) : null;
  return done !== null && done >= 0.05 && done <= 0.95;
}

/** Starts the task, or continues where it stopped or failed. */
function start(task: MigrationTask, state: State, { is_need_consistency_check: check }: TaskAction): void {
  const now = state.now();
  const last = task.runs.at(-1);
  task.error_json = '';
  if (!last) {
    beginRun(task, 'REPLICATE', now, state.taskDuration, check || task.is_need_consistency_check);
    return;
  }
  task.finishedAt = null;
  task.state = last.endedAt === null ? 'RUNNING' : 'SYNCING';
  task.since = now;
}

function halt(task: MigrationTask, newState: TaskState, now: number): void {
  const run = task.runs.at(-1);
  if (run) run.done = completedShare(task, now);
  task.state = newState;
  task.since = now;
}

/** Stores a network measurement like that of an agent. */
export function checkNetwork(task: MigrationTask): void {
  task.network_check = {
    domain_connectivity: true,
    destination_connectivity: true,
    network_delay: 31.5,
    network_jitter: 2.4,
    migration_speed: 412,
    loss_percentage: 0.1,
    cpu_usage: 38,
    mem_usage: 55,
    evaluation_result: 'SUCCESS',
  };
}

function cloneTarget(task: MigrationTask, state: State, { template_id }: TaskAction): void {
  if (!template_id) throw smsError('SMS.6013', 'Parameter template_id is missing: a clone requires a template.');
  const name = `${task.target.name}-clone`;
  task.clone = { vm_id: state.newId(), name, clone_error: '', clone_state: 'CREATING', error_msg: '' };
  beginRun(task, 'CLONE', state.now(), state.taskDuration);
}
