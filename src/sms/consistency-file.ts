import { stringify } from 'csv-stringify/sync';
import type { ConsistencyReport, ReportRow } from './consistency-report.ts';

/** A form in which a report can be saved. */
export interface ReportFile {
  file_name: string;
  content_type: string;
  write(rows: readonly ReportRow[]): string;
}

/** A report with the form in which it is to be saved. Its text is written only when it is selected. */
export interface FiledReport extends ConsistencyReport {
  file: ReportFile;
}

export const reportFiles: Record<'CSV' | 'JSON', ReportFile> = {
  CSV: { file_name: 'consistency-report.csv', content_type: 'text/csv; charset=utf-8', write: csvOf },
  JSON: { file_name: 'consistency-report.json', content_type: 'application/json', write: jsonOf },
};

const COLUMNS = [
  { key: 'task_id', header: 'taskId' },
  { key: 'task_name', header: 'taskName' },
  { key: 'source_server_id', header: 'sourceServerId' },
  { key: 'source_server_name', header: 'sourceServerName' },
  { key: 'finished_time', header: 'finishedTime' },
  { key: 'check_result', header: 'checkResult' },
  { key: 'dir_check', header: 'dirCheck' },
  { key: 'num_total_files', header: 'numTotalFiles' },
  { key: 'num_different_files', header: 'numDifferentFiles' },
  { key: 'num_target_miss_files', header: 'numTargetMissFiles' },
  { key: 'num_target_more_files', header: 'numTargetMoreFiles' },
  { key: 'verdict', header: 'verdict' },
  { key: 'reason', header: 'reason' },
] as const;

/** The rows as CSV (RFC 4180). A text that a spreadsheet would take for a formula is escaped. */
function csvOf(rows: readonly ReportRow[]): string {
  return stringify(
    rows.map((row) => ({ ...row, finished_time: timeOf(row.finished_time) })),
    { header: true, columns: COLUMNS, escape_formulas: true, record_delimiter: '\r\n' },
  );
}

function jsonOf(rows: readonly ReportRow[]): string {
  const named = rows.map((row) =>
    Object.fromEntries(
      COLUMNS.map(({ key, header }) => [header, key === 'finished_time' ? timeOf(row.finished_time) : row[key]]),
    ),
  );
  return `${JSON.stringify(named, null, 2)}\n`;
}

function timeOf(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}
