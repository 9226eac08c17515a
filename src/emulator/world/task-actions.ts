/** What may be done to a task in which state, and what it does. */

import { smsRefusal } from '../error-responses.ts';
import type { MigrationTask, TaskState } from './records.ts';
import type { State } from './state.ts';
import { begin, checkDoneBy, doneBy } from './task-runs.ts';

export interface TaskAction {
  operation: string;
  template_id?: string;
  switch_hce?: boolean;
  is_need_consistency_check?: boolean;
}

interface Rule {
  /** Whether the task is in a state for it. */
  when(task: MigrationTask, now: number): boolean;
  /** SMS's code where it is not. */
  code: string;
  only: string;
  act(task: MigrationTask, state: State, action: TaskAction): void;
  /** What the agent is told. */
  command?: string;
}

/** Our choice where SMS documents no code: the server is in the wrong state. */
const WRONG_STATE = 'SMS.6005';

const LAUNCH: Rule = {
  when: isIn('SYNCING'),
  code: 'SMS.7721',
  only: 'The target can be launched in continuous synchronization only.',
  act: (task, state) => begin(task, 'CUTOVER', state.now(), state.taskDuration),
  command: 'CUTOVER',
};

const RULES: Readonly<Record<string, Rule>> = {
  start: {
    when: isIn('READY', 'ABORT', 'MIGRATE_FAIL', 'SYNC_FAIL'),
    code: 'SMS.7713',
    only: 'Only a task that is ready, paused or failed can be started.',
    act: start,
    command: 'START',
  },
  stop: {
    when: isIn('RUNNING', 'SYNCING'),
    code: 'SMS.7714',
    only: 'Only a running task can be paused.',
    act: (task, state) => halt(task, 'ABORTING', state.now()),
    command: 'STOP',
  },
  cutover: LAUNCH,
  /** The older name. */
  test: LAUNCH,
  clone_test: {
    when: isIn('SYNCING'),
    code: 'SMS.7721',
    only: 'The target can be cloned in continuous synchronization only.',
    act: cloneTarget,
  },
  restart: {
    when: (task) => isLaunched(task) && task.clearedAt === null,
    code: 'SMS.7722',
    only: 'Synchronization is taken up again only after the target was launched, while its snapshots are there.',
    act: (task, state, { is_need_consistency_check: check }) => {
      begin(task, 'RESYNC', state.now(), state.taskDuration, check);
    },
    command: 'SYNC',
  },
  skip: {
    when: isSkippable,
    code: WRONG_STATE,
    only: 'A consistency check can be left out only while it runs, between 5 % and 95 %.',
    act: (task, state) => halt(task, 'SKIPPING', state.now()),
    command: 'SKIP',
  },
  clear: {
    when: (task) => isLaunched(task) && task.clearedAt === null,
    code: WRONG_STATE,
    only: 'The snapshots of a task can be removed once, after its target was launched.',
    act: (task, state) => {
      task.clearedAt = state.now();
    },
  },
  migration_test: {
    when: isIn('READY'),
    code: WRONG_STATE,
    only: 'A drill is possible only before the task is started.',
    act: (task, state) => {
      task.drilledAt = state.now();
    },
    command: 'PREMIGRATE',
  },
  network_check: { when: () => true, code: WRONG_STATE, only: '', act: checkNetwork },
  error_for_overspeed: {
    when: isIn('RUNNING', 'SYNCING'),
    code: 'SMS.7714',
    only: 'Only a running task can be too fast.',
    act: (task, state) => {
      task.error_json = errorJson('SMS.9007');
      halt(task, 'ABORT', state.now());
    },
  },
};

/** Does to a task what is asked for, or refuses as SMS does. */
export function perform(task: MigrationTask, action: TaskAction, state: State): void {
  const rule = RULES[action.operation];
  if (!rule) throw smsRefusal('SMS.6011', 'Parameter operation is not valid.');
  if (action.switch_hce && task.os_type !== 'LINUX') {
    throw smsRefusal('SMS.9001', 'Parameter switch_hce is not valid: the task is not a Linux task.');
  }
  if (!rule.when(task, state.now())) {
    throw smsRefusal(rule.code, `${rule.only} The task is in state ${task.state}.`);
  }
  const server = state.servers.get(task.server_id);
  if (!server) throw smsRefusal('SMS.8109', 'The source server of the task has been deleted.');
  rule.act(task, state, action);
  server.reported = null;
  if (rule.command) server.command = { command_name: rule.command, command_param: { task_id: task.id, bucket: '' } };
}

/** An error of a task as SMS keeps it: a JSON text, with its parameters as a JSON text inside. */
export function errorJson(code: string, ...params: string[]): string {
  return JSON.stringify({ error_code: code, error_param: JSON.stringify(params) });
}

function isIn(...states: TaskState[]): Rule['when'] {
  return ({ state }) => states.includes(state);
}

function isLaunched({ state }: MigrationTask): boolean {
  return state === 'MIGRATE_SUCCESS' || state === 'SYNC_SUCCESS';
}

function isSkippable(task: MigrationTask, now: number): boolean {
  const done = task.state === 'RUNNING' ? checkDoneBy(task, now) : null;
  return done !== null && done >= 0.05 && done <= 0.95;
}

/** Begins, or goes on where the task stopped or failed. */
function start(task: MigrationTask, state: State, { is_need_consistency_check: check }: TaskAction): void {
  const now = state.now();
  const last = task.runs.at(-1);
  task.error_json = '';
  if (!last) {
    begin(task, 'REPLICATE', now, state.taskDuration, check || task.is_need_consistency_check);
    return;
  }
  task.finishedAt = null;
  task.state = last.endedAt === null ? 'RUNNING' : 'SYNCING';
  task.since = now;
}

function halt(task: MigrationTask, into: TaskState, now: number): void {
  const run = task.runs.at(-1);
  if (run) run.done = doneBy(task, now);
  task.state = into;
  task.since = now;
}

/** What an agent that measures the network would report. */
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
  if (!template_id) throw smsRefusal('SMS.6013', 'Parameter template_id is missing: a clone is made from a template.');
  const name = `${task.target.name}-clone`;
  task.clone = { vm_id: state.newId(), name, clone_error: '', clone_state: 'CREATING', error_msg: '' };
  begin(task, 'CLONE', state.now(), state.taskDuration);
}
