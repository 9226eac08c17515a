/** Seed data: the demo servers, and as many generated ones as requested. */

import { checkedDirectories, newConsistencyRecord } from './consistency-fixtures.ts';
import { DEMO_SERVERS, OTHER_DEMO_DATA } from './demo-servers.ts';
import { newTask } from './new-task.ts';
import {
  addLongRun,
  addPastMigration,
  addPastRun,
  addTask,
  HOUR_MS,
  PAST_MS,
  randomPast,
  setState,
} from './past-runs.ts';
import { PROJECTS } from './project-fixtures.ts';
import { between, oneOf } from './random.ts';
import type { MigrationTask } from './records.ts';
import { newSourceServer } from './source-fixtures.ts';
import type { State } from './state.ts';
import { errorJson } from './task-actions.ts';
import { TEMPLATES } from './template-fixtures.ts';

/**
 * Fills an empty state. With a count: that many servers, each with a task, the demo servers first. Without one: the demo
 * data, which also has a server without a task, a task without a server, and a wave that can be launched.
 */
export function seed(state: State, count: number | undefined): void {
  for (const project of PROJECTS) state.projects.set(project.id, { ...project });
  for (const template of TEMPLATES) state.templates.set(template.id, { ...template });
  for (const addServer of DEMO_SERVERS.slice(0, count)) addServer(state);
  if (count === undefined) for (const add of OTHER_DEMO_DATA) add(state);
  else for (let index = DEMO_SERVERS.length; index < count; index += 1) addGeneratedServer(state, index);
}

// The seven histories take turns, so that no state of the overview exceeds the maximum of 1,000 in its schema.
function addGeneratedServer(state: State, index: number): void {
  const { random } = state;
  const number = String(index).padStart(4, '0');
  const server = newSourceServer(random, {
    id: state.newId(),
    name: `${oneOf(random, ['web', 'db', 'app', 'cache', 'mail'])}-${number}`,
    // 198.18.0.0/15 is reserved for benchmarks (RFC 2544).
    ip: `198.18.${Math.floor(index / 250)}.${(index % 250) + 1}`,
    os_type: index % 4 === 0 ? 'WINDOWS' : 'LINUX',
    connected: index % 10 !== 0,
    migproject_id: oneOf(random, [PROJECTS[0].id, PROJECTS[1].id]),
  });
  const task = newTask(state, server, state.newId());
  HISTORIES[index % HISTORIES.length]?.(task, state);
  if (task.state === 'MIGRATE_FAIL') task.error_json = errorJson('SMS.3802', task.migration_ip);
  if (task.state === 'SYNC_SUCCESS' || (task.state === 'MIGRATE_SUCCESS' && index % 14 > 6)) {
    const finishedTime = PAST_MS + between(random, 1, 48) * HOUR_MS;
    task.results = [newConsistencyRecord(finishedTime, checkedDirectories(task), task.number)];
  }
  state.servers.set(server.id, server);
  addTask(state, server, task);
}

const HISTORIES: readonly ((task: MigrationTask, state: State) => void)[] = [
  (task, state) => addPastMigration(task, randomPast(state)),
  (task, state) => {
    const end = addPastMigration(task, randomPast(state)) + 2 * HOUR_MS;
    addPastRun(task, 'CUTOVER', addPastRun(task, 'RESYNC', end, HOUR_MS), HOUR_MS / 2);
    setState(task, 'SYNC_SUCCESS');
  },
  (task, state) => addLongRun(task, state, state.random() * 0.5),
  () => {},
  (task, state) => {
    addPastRun(task, 'REPLICATE', randomPast(state), 3 * HOUR_MS, 0.1);
    setState(task, 'MIGRATE_FAIL');
  },
  (task, state) => {
    addPastRun(task, 'REPLICATE', randomPast(state), 3 * HOUR_MS, 0.5);
    setState(task, 'ABORT');
  },
  (task, state) => {
    task.syncing = true;
    addPastRun(task, 'REPLICATE', randomPast(state), 3 * HOUR_MS);
    setState(task, 'SYNCING');
  },
];
