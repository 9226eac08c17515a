import type { SmsClient } from '../client.ts';
import { limitOf } from './project-consistency.ts';
import { type ServerVerdict, serverVerdicts } from './task-verdict.ts';

/** In the order in which they are reported. */
export const GATE_REASONS = [
  'NO_SERVERS',
  'NO_TASK',
  'FAILED',
  'ALREADY_LAUNCHED',
  'NOT_IN_CONTINUOUS_SYNC',
  'AGENT_DISCONNECTED',
  'DIFFERENT',
  'CHECK_FAILED',
  'READ_FAILED',
  'NOT_VERIFIED',
  'CHECK_TOO_OLD',
] as const;

export type CutoverGateReason = (typeof GATE_REASONS)[number];

export interface ProjectGate {
  ready: boolean;
  reasons: CutoverGateReason[];
  servers: GatedServer[];
}

export interface GatedServer extends ServerVerdict {
  ready: boolean;
  reasons: CutoverGateReason[];
}

/**
 * Whether every source server of a migration project can be launched. When in doubt, it is not ready. `checkedAfter` is the
 * earliest acceptable end of a check, in epoch milliseconds. Throws what `serverVerdicts` throws.
 */
export async function cutoverGate(
  sms: SmsClient,
  migrationProject: string,
  { checkedAfter, maxServers }: { checkedAfter: number | null; maxServers: number },
): Promise<ProjectGate> {
  const servers = (await serverVerdicts(sms, { migrationProject }, limitOf(maxServers))).map((server): GatedServer => {
    const reasons = reasonsAgainst(server, checkedAfter);
    return { ...server, ready: reasons.length === 0, reasons };
  });
  const all = new Set<CutoverGateReason>(
    servers.length === 0 ? ['NO_SERVERS'] : servers.flatMap(({ reasons }) => reasons),
  );
  return { ready: all.size === 0, reasons: GATE_REASONS.filter((reason) => all.has(reason)), servers };
}

function reasonsAgainst(server: ServerVerdict, checkedAfter: number | null): CutoverGateReason[] {
  if (server.task === null) return ['NO_TASK'];
  const reasons = [
    reasonOfState(server),
    server.server['connected'] === false ? ('AGENT_DISCONNECTED' as const) : null,
    reasonOfVerdict(server),
    isTooOld(server, checkedAfter) ? ('CHECK_TOO_OLD' as const) : null,
  ];
  return reasons.filter((reason) => reason !== null);
}

const FAILED_TASK_STATES = ['MIGRATE_FAIL', 'SYNC_FAIL'];
/** Other states of a task in which it is not in continuous synchronization, although its server may seem to be. */
const OTHER_TASK_STATES = [
  'READY',
  'RUNNING',
  'MIGRATE_SUCCESS',
  'SYNC_SUCCESS',
  'ABORTING',
  'ABORT',
  'SKIPPING',
  'DELETING',
  'RESETING',
];
const LAUNCHED_SERVER_STATES = ['finished', 'clearing', 'cleared', 'clearfailed'];

/**
 * SMS reports the state of a server together with its stage. Inside a server, the state of the task is free text, so only a
 * known state counts.
 */
function reasonOfState({ server, task }: ServerVerdict): CutoverGateReason | null {
  const [state, cycle] = [textOf(server['state']).toLowerCase(), textOf(server['migration_cycle']).toLowerCase()];
  const taskState = textOf(task?.['state']).toUpperCase();
  if (state === 'error' || FAILED_TASK_STATES.includes(taskState)) return 'FAILED';
  if (LAUNCHED_SERVER_STATES.includes(state)) return 'ALREADY_LAUNCHED';
  const isSyncing = state === 'syncing' && cycle === 'syncing' && !OTHER_TASK_STATES.includes(taskState);
  return isSyncing ? null : 'NOT_IN_CONTINUOUS_SYNC';
}

function reasonOfVerdict({ verdict, reason }: ServerVerdict): CutoverGateReason | null {
  if (verdict === 'CONSISTENT') return null;
  if (verdict === 'DIFFERENT') return 'DIFFERENT';
  return reason === 'CHECK_FAILED' || reason === 'READ_FAILED' ? reason : 'NOT_VERIFIED';
}

/** A task without a check has nothing that could be too old. */
function isTooOld({ latest, finished_time }: ServerVerdict, checkedAfter: number | null): boolean {
  return checkedAfter !== null && latest !== null && (finished_time === null || finished_time < checkedAfter);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
