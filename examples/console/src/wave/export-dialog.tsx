import { ArrowDownTrayIcon } from '@heroicons/react/24/outline';
import { Button, Group, Progress } from '@mantine/core';
import { useEffect } from 'react';
import { Dialog } from '../components/dialog.tsx';
import { ProblemAlert } from '../components/problem-alert.tsx';
import { useI18n } from '../i18n/i18n.tsx';
import styles from './action-dialog.module.css';
import { bytesOfBase64, download, type NamedFile } from './download.ts';
import { ReportButton } from './report-button.tsx';
import { type ExportState, useExport } from './use-export.ts';
import type { ServerRow } from './wave-store.ts';

/** Exports the results of these servers with a progress bar, and hands over the files. */
export function ExportDialog({ rows, onClose }: { rows: readonly ServerRow[]; onClose(): void }) {
  const { messages, formats } = useI18n();
  const { state, start, interrupt } = useExport();
  const { isRunning, files, doneIds, failures, problem, isInterrupted } = state;
  // Only when the dialog goes.
  useEffect(() => interrupt, []);

  const withTask = rows.filter(({ task }) => task !== null);
  const failedIds = new Set(failures.map(({ taskId }) => taskId));
  const left = withTask.filter(({ task }) => task && !doneIds.has(task.id) && !failedIds.has(task.id));
  const failedRows = withTask.filter(({ task }) => task && failedIds.has(task.id));
  const done = withTask.length - left.length;
  const hasStarted = isRunning || done > 0 || isInterrupted;
  const isComplete = hasStarted && left.length === 0 && !isRunning;
  return (
    <Dialog title={messages.exporting.heading} {...(!isRunning && { onClose })}>
      <p>{withTask.length > 0 ? messages.exporting.intro(withTask.length, formats) : messages.exporting.nothing}</p>
      {withTask.length < rows.length && withTask.length > 0 && (
        <p className={styles['hint']}>{messages.exporting.withoutTask(rows.length - withTask.length, formats)}</p>
      )}
      {hasStarted && (
        <div>
          <Progress aria-label={messages.exporting.heading} value={(done / withTask.length) * 100} size="lg" />
          <p role="status">
            {isComplete && failures.length === 0
              ? messages.exporting.finished
              : messages.exporting.progress(done, withTask.length, formats)}
          </p>
        </div>
      )}
      {isInterrupted && (
        <>
          <p role="alert">{messages.exporting.interrupted}</p>
          {problem && <ProblemAlert problem={problem} />}
        </>
      )}
      {isComplete && failures.length > 0 && <Failures failures={failures} />}
      {isComplete && files.length === 0 && doneIds.size > 0 && <p>{messages.exporting.noFiles}</p>}
      <Group justify="flex-end">
        <Button variant="default" onClick={isRunning ? interrupt : onClose}>
          {isRunning ? messages.cancel : messages.close}
        </Button>
        {!hasStarted && withTask.length > 0 && (
          <ReportButton taskIds={withTask.flatMap(({ task }) => task?.id ?? [])} />
        )}
        {!hasStarted && withTask.length > 0 && (
          <Button onClick={() => start(withTask)}>{messages.exporting.start}</Button>
        )}
        {isInterrupted && left.length > 0 && (
          <Button onClick={() => start(left)}>{messages.exporting.goOn(left.length, formats)}</Button>
        )}
        {isComplete && failedRows.length > 0 && (
          <Button variant="default" onClick={() => start(failedRows)}>
            {messages.exporting.again}
          </Button>
        )}
        {files.length > 0 && !isRunning && (
          <Button
            leftSection={<ArrowDownTrayIcon width={16} />}
            onClick={() => download(namedFiles(files), 'consistency-results.zip')}
          >
            {messages.exporting.download(files.length)}
          </Button>
        )}
      </Group>
    </Dialog>
  );
}

/** Those with the same cause together. */
function Failures({ failures }: Pick<ExportState, 'failures'>) {
  const { messages, formats } = useI18n();
  const groups = [...Map.groupBy(failures, ({ problem }) => `${problem.code} ${problem.message}`).values()];
  return (
    <>
      <strong>{messages.exporting.partly(failures.length, formats)}</strong>
      {groups.map((group) => (
        <div key={group[0]?.taskId}>
          <p className={styles['names']}>{group.map(({ name }) => name).join(', ')}</p>
          {group[0] && <ProblemAlert problem={group[0].problem} />}
        </div>
      ))}
    </>
  );
}

/** Each name once: SMS gives all files of an export the same. */
function namedFiles(files: ExportState['files']): NamedFile[] {
  return files.map(({ fileName, contentType, base64 }, index) => {
    const name = fileName ?? 'consistency-results';
    const numbered = name.replace(/(\.[^.]*)?$/, `-${index + 1}$1`);
    return {
      name: files.length === 1 ? name : numbered,
      type: contentType ?? 'application/octet-stream',
      bytes: bytesOfBase64(base64 ?? ''),
    };
  });
}
