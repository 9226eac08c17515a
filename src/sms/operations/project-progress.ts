import type { SmsClient } from '../client.ts';
import { type SelectedServer, selectedServers } from './selected-servers.ts';

export interface ProjectProgress {
  servers: number;
  servers_without_task: number;
  tasks_by_state: { state: string | null; tasks: number }[];
  /** Rounded down to a tenth, so that it is 100 only when everything is copied. */
  percent: number | null;
  total_bytes: number | null;
  copied_bytes: number | null;
  remaining_bytes: number | null;
  servers_without_sizes: number;
  migrate_speed: number | null;
  remain_seconds: number | null;
}

const LIMIT = { maxServers: 2_000, advice: 'Read them page by page with sourceServers.' };

/** Sums over the source servers of a migration project, from the list alone. Throws what `selectedServers` throws. */
export async function projectProgress(sms: SmsClient, migrationProject: string): Promise<ProjectProgress> {
  return progressOf(await selectedServers(sms, { migrationProject }, LIMIT));
}

/** Sums over source servers. */
export function progressOf(servers: readonly SelectedServer[]): ProjectProgress {
  const tasks = servers.flatMap(({ task }) => task ?? []);
  const sizes = servers.flatMap((server) => sizesOf(server) ?? []);
  const total = sum(sizes.map((size) => size.total));
  const copied = sum(sizes.map((size) => size.copied));
  const speeds = numbersIn(tasks, 'migrate_speed');
  const times = numbersIn(tasks, 'remain_seconds');
  return {
    servers: servers.length,
    servers_without_task: servers.length - tasks.length,
    tasks_by_state: countsByState(tasks.map((task) => task['state'])),
    percent: sizes.length === 0 ? null : Math.floor((1000 * copied) / total) / 10,
    total_bytes: sizes.length === 0 ? null : total,
    copied_bytes: sizes.length === 0 ? null : copied,
    remaining_bytes: sizes.length === 0 ? null : total - copied,
    servers_without_sizes: servers.length - sizes.length,
    migrate_speed: speeds.length === 0 ? null : Math.round(100 * sum(speeds)) / 100,
    remain_seconds: times.length === 0 ? null : times.reduce((longest, time) => Math.max(longest, time)),
  };
}

/** Null unless SMS reports both. A total of 0 says that it does not know the size yet. */
function sizesOf({ server }: SelectedServer): { total: number; copied: number } | null {
  const [total, copied] = [server['totalsize'], server['replicatesize']];
  if (!isCount(total) || !isCount(copied) || total === 0) return null;
  return { total, copied: Math.min(copied, total) };
}

function countsByState(states: readonly unknown[]): { state: string | null; tasks: number }[] {
  const byState = Map.groupBy(states, (state) => (typeof state === 'string' && state !== '' ? state : null));
  return [...byState]
    .map(([state, { length: tasks }]) => ({ state, tasks }))
    .toSorted((a, b) => b.tasks - a.tasks || String(a.state).localeCompare(String(b.state)));
}

function numbersIn(tasks: readonly Readonly<Record<string, unknown>>[], name: string): number[] {
  return tasks.map((task) => task[name]).filter(isCount);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
