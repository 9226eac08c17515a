/** The tables of docs/scaling.md. */
import type { Cost } from './measure.ts';
import type { OperationName } from './operations.ts';
import { ACCOUNTS, MONTH_SECONDS, type Month } from './simulate.ts';
import { throttlingOf } from './throttling.ts';

const TITLES: Readonly<Record<OperationName, string>> = {
  progress: 'progress of a wave, each reading of a watch',
  owned: '50 servers of an owner, from a supergraph',
  detail: 'one task in detail',
  failures: 'overview and failed servers',
  inventory: 'page of 200 servers, for an inventory',
  gate: 'cut-over gate of a wave',
  report: 'consistency report of a wave',
  export: 'export of a wave',
  createTask: 'create a task',
  start: 'start a task',
  cutover: 'launch a target',
  deleteTask: 'delete a task',
};

export function requestTable(costs: Readonly<Record<OperationName, Cost>>, { requests, calls }: Month): string {
  const names = Object.keys(TITLES) as OperationName[];
  const rows = names.map((name) => [
    TITLES[name],
    format(requests[name] ?? 0),
    format(costs[name].estimate),
    format(costs[name].calls),
    format(calls[name] ?? 0),
  ]);
  return table(['request', 'in a month', 'estimated calls', 'calls', 'calls in a month'], rows);
}

export function setupTable(months: readonly (readonly [string, Month])[]): string {
  const rows = months.map(([title, month]) => [
    title,
    format(total(month.calls)),
    format(total(month.calls) / ACCOUNTS / MONTH_SECONDS, 2),
    format(busiestSecond(month)),
    format(month.cpuSeconds / 3_600, 1),
    format(month.busiestCores, 3),
  ]);
  const header = ['', 'calls', 'per second and account', 'busiest second', 'processor hours', 'cores, busiest minute'];
  return table(header, rows);
}

export function throttlingTable(month: Month, limits: readonly number[]): string {
  const rows = limits.map((limit) => {
    const { secondsAbove, delayed, longestWait } = throttlingOf(month, limit);
    const share = (secondsAbove / ACCOUNTS / MONTH_SECONDS) * 100;
    return [String(limit), `${format(share, 3)} %`, format(delayed), `${format(longestWait, 1)} s`];
  });
  return table(['calls per second', 'of all seconds above it', 'delayed calls', 'longest delay'], rows);
}

function total(calls: Readonly<Record<string, number>>): number {
  return Object.values(calls).reduce((sum, one) => sum + one, 0);
}

function busiestSecond({ perSecond }: Month): number {
  return perSecond.reduce((most, seconds) => seconds.reduce((one, other) => Math.max(one, other), most), 0);
}

function format(number: number, digits = 0): string {
  return number.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
