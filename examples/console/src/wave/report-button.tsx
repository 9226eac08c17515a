import { DocumentTextIcon } from '@heroicons/react/24/outline';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useClient } from 'urql';
import { ProblemAlert } from '../components/problem-alert.tsx';
import { ReportDocument } from '../gateway/documents.ts';
import { type Problem, problemOfRequest } from '../gateway/problem.ts';
import { useI18n } from '../i18n/i18n.tsx';
import { download } from './download.ts';

/** Of one report. */
const MAX_TASKS = 2_000;

/** Saves the gateway's own report, which also has the verdicts and every server that was never checked. */
export function ReportButton({ taskIds }: { taskIds: readonly string[] }) {
  const { messages } = useI18n();
  const client = useClient();
  const [isLoading, setLoading] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function save() {
    setLoading(true);
    setProblem(null);
    const { data, error } = await client.query(ReportDocument, { taskIds: [...taskIds] }).toPromise();
    const report = data?.consistencyReport;
    if (error) setProblem(problemOfRequest(error));
    else if (report) {
      const { fileName, contentType, text } = report;
      download([{ name: fileName, type: contentType, bytes: new TextEncoder().encode(text) }], fileName);
    }
    setLoading(false);
  }

  if (taskIds.length > MAX_TASKS) return null;
  return (
    <>
      {problem && <ProblemAlert problem={problem} />}
      <Button
        variant="default"
        title={messages.exporting.reportHint}
        leftSection={<DocumentTextIcon width={16} />}
        loading={isLoading}
        onClick={save}
      >
        {messages.exporting.report}
      </Button>
    </>
  );
}
