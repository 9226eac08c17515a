/** What the primary process and its workers send each other. */
import type { MetricsSnapshot } from '../http/telemetry/merged-metrics.ts';
import type { EmulatorAddress } from './run-gateway.ts';
import type { Stop } from './signals.ts';

export type ToWorker =
  | { kind: 'start'; port: number; emulator: EmulatorAddress | null }
  | { kind: 'stop'; how: Parameters<Stop>[0] }
  | { kind: 'report-metrics' };

export type FromWorker =
  | { kind: 'listening' }
  | { kind: 'failed'; reason: string }
  | { kind: 'metrics'; snapshot: MetricsSnapshot };
