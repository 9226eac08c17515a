import { useI18n } from '../i18n/i18n.tsx';
import { differentFilesOf } from './servers.ts';
import type { ServerRow } from './wave-store.ts';

/** The one thing that is most important to know about a server. */
export function useNote(): (row: ServerRow) => string {
  const { messages, formats } = useI18n();
  return (row) => {
    const { task, check, connected } = row;
    if (task?.error) return task.error.message ?? task.error.code ?? messages.wave.failedWithoutReason;
    const files = differentFilesOf(row);
    if (files > 0) return messages.wave.differentFiles(files, formats);
    if (connected === false) return messages.wave.disconnected;
    if (check?.problem) return check.problem.message;
    if (check?.reason) return messages.notVerifiedReasons[check.reason];
    if (!check) return task?.subtaskInfo ?? '';
    const identical = check.directories.filter(({ verdict }) => verdict === 'CONSISTENT').length;
    return messages.wave.directoriesOf(identical, check.directories.length, formats);
  };
}
