import { isTurnOver, nextTurn } from '../../time/event-loop-turns.ts';
import type { SmsClient } from '../client.ts';
import type { ConsistencyReport, ReportRow } from './consistency-report.ts';
import { BYTE_ORDER_MARK, csvRecord } from './csv.ts';

/** A file format of reports. */
export interface ReportFile {
  file_name: string;
  content_type: string;
  /** `hold` is called with the length of each piece. */
  write(rows: readonly ReportRow[], hold: (bytes: number) => void): Promise<string>;
}

/** A report, and the file that it is written to. */
export interface FiledReport extends ConsistencyReport {
  file: ReportFile;
  /** The file's content. Written only if it is selected, and once per request. */
  text(): Promise<string>;
}

/** With `onlyDifferences`, the rows are only those of directories that are `DIFFERENT`. All else is that of the whole report. */
export function filed(
  sms: SmsClient,
  report: ConsistencyReport,
  { format, onlyDifferences }: { format: keyof typeof reportFiles; onlyDifferences: boolean },
): FiledReport {
  const file = reportFiles[format];
  const { key, rows } = onlyDifferences ? differencesIn(report) : report;
  return {
    ...report,
    rows,
    // Another name, so that nobody mistakes this file for the whole report.
    file: onlyDifferences ? { ...file, file_name: file.file_name.replace('report', 'differences') } : file,
    text: () => sms.cached(`${format} of ${key}`, async () => textOf(sms, file, await rows())),
  };
}

/** The text counts as held until it is a part of the response, which counts it again. */
async function textOf(sms: SmsClient, file: ReportFile, rows: readonly ReportRow[]): Promise<string> {
  let held = 0;
  const text = await file.write(rows, (bytes) => {
    held += bytes;
    sms.hold(bytes);
  });
  sms.hold(-held);
  return text;
}

function differencesIn({ key, rows }: ConsistencyReport): Pick<ConsistencyReport, 'key' | 'rows'> {
  return {
    key: `differences in ${key}`,
    rows: async () => (await rows()).filter(({ verdict }) => verdict === 'DIFFERENT'),
  };
}

const reportFiles: Record<'CSV' | 'JSON', ReportFile> = {
  CSV: {
    file_name: 'consistency-report.csv',
    content_type: 'text/csv; charset=utf-8',
    write: async (rows, hold) => {
      const record = (row: ReportRow) => csvRecord(COLUMNS.map(([, value]) => value(row)));
      const records = await writeInTurns(rows, { write: record, separator: '', hold });
      return BYTE_ORDER_MARK + csvRecord(COLUMNS.map(([header]) => header)) + records;
    },
  },
  JSON: {
    file_name: 'consistency-report.json',
    content_type: 'application/json',
    write: async (rows, hold) => {
      const object = (row: ReportRow) => JSON.stringify(objectOf(row));
      return `[\n${await writeInTurns(rows, { write: object, separator: ',\n', hold })}\n]\n`;
    },
  },
};

const COLUMNS: readonly (readonly [header: string, value: (row: ReportRow) => string | number | null])[] = [
  ['taskId', (row) => row.task_id],
  ['taskName', (row) => row.task_name],
  ['sourceServerId', (row) => row.source_server_id],
  ['sourceServerName', (row) => row.source_server_name],
  ['finishedTime', ({ finished_time: time }) => (time === null ? null : new Date(time).toISOString())],
  ['checkResult', (row) => row.check_result],
  ['dirCheck', (row) => row.dir_check],
  ['numTotalFiles', (row) => row.num_total_files],
  ['numDifferentFiles', (row) => row.num_different_files],
  ['numTargetMissFiles', (row) => row.num_target_miss_files],
  ['numTargetMoreFiles', (row) => row.num_target_more_files],
  ['verdict', (row) => row.verdict],
  ['reason', (row) => row.reason],
];

const ROWS_PER_PIECE = 200;

interface Writing {
  write(row: ReportRow): string;
  separator: string;
  hold(bytes: number): void;
}

/** Writes and joins rows piece by piece, since joining hundreds of thousands at once blocks the event loop. */
async function writeInTurns(rows: readonly ReportRow[], { write, separator, hold }: Writing): Promise<string> {
  const pieces: string[] = [];
  for (let at = 0; at < rows.length; at += ROWS_PER_PIECE) {
    if (isTurnOver()) await nextTurn();
    const written = rows.slice(at, at + ROWS_PER_PIECE).map(write);
    const piece = written.join(separator);
    hold(piece.length);
    pieces.push(piece);
  }
  return pieces.join(separator);
}

function objectOf(row: ReportRow): Record<string, string | number | null> {
  return Object.fromEntries(COLUMNS.map(([header, value]) => [header, value(row)]));
}
