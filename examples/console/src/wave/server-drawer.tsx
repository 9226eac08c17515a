import { Button, Drawer, Table } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { Loading } from '../components/loading.tsx';
import { ProblemAlert } from '../components/problem-alert.tsx';
import { Verdict } from '../components/verdict.tsx';
import { ServerDocument, TaskDocument } from '../gateway/documents.ts';
import { useRequest } from '../gateway/use-request.ts';
import type { TaskQuery } from '../gql/graphql.ts';
import { useI18n } from '../i18n/i18n.tsx';
import { ActionDialog } from './action-dialog.tsx';
import { ACTIONS, type Action } from './actions.ts';
import styles from './server-drawer.module.css';
import { useStateName } from './use-state-name.ts';
import type { Check, ServerRow } from './wave-store.ts';

/** Everything about one server; closed without one. */
export function ServerDrawer({
  row,
  onClose,
  onChanged,
}: {
  row: ServerRow | null;
  onClose(): void;
  onChanged(): void;
}) {
  const { messages } = useI18n();
  return (
    <Drawer
      opened={row !== null}
      onClose={onClose}
      position="right"
      size="min(620px, 100vw)"
      title={row?.name ?? row?.id}
      closeButtonProps={{ 'aria-label': messages.close }}
      lockScroll={false}
      attributes={{ header: { role: 'none' } }}
      classNames={{ title: styles['title'] ?? '' }}
    >
      {row && <Details key={row.id} row={row} onChanged={onChanged} />}
    </Drawer>
  );
}

function Details({ row, onChanged }: { row: ServerRow; onChanged(): void }) {
  const { messages } = useI18n();
  const server = useRequest(ServerDocument, { id: row.id });
  return (
    <div className={styles['details']}>
      {row.task ? (
        <TaskSection row={row} taskId={row.task.id} onChanged={onChanged} />
      ) : (
        <p className={styles['hint']}>{messages.server.noTask}</p>
      )}
      <CheckSection check={row.check} />
      {server.problem && <ProblemAlert problem={server.problem} onRetry={server.reload} />}
      {server.isLoading && !server.data && <Loading />}
      {server.data && !server.data.sourceServer && <p className={styles['hint']}>{messages.server.gone}</p>}
      {server.data?.sourceServer && <ServerFacts server={server.data.sourceServer} />}
    </div>
  );
}

function TaskSection({ row, taskId, onChanged }: { row: ServerRow; taskId: string; onChanged(): void }) {
  const { messages } = useI18n();
  const stateName = useStateName();
  const [action, setAction] = useState<Action | null>(null);
  // Another state allows other actions.
  const { data, problem, isLoading, reload } = useRequest(
    TaskDocument,
    { id: taskId },
    { revision: row.task?.state ?? null },
  );
  const task = data?.migrationTask ?? null;
  const error = row.task?.error ?? task?.error ?? null;
  const allowed = ACTIONS.filter((one) => task?.allowedActions?.includes(one));
  return (
    <>
      <Section title={messages.server.task}>
        <p className={styles['state']}>{stateName(row.task)}</p>
        {problem && <ProblemAlert problem={problem} onRetry={reload} />}
        {isLoading && !task && <Loading />}
        {task && (
          <fieldset className={styles['actions']} aria-label={messages.server.actions}>
            {allowed.map((one) => (
              <Button
                key={one}
                size="sm"
                variant={one === 'CUTOVER' ? 'filled' : 'default'}
                onClick={() => setAction(one)}
              >
                {messages.actions[one]}
              </Button>
            ))}
            {allowed.length === 0 && <span className={styles['hint']}>{messages.server.noActions}</span>}
          </fieldset>
        )}
      </Section>
      {error && (
        <Section title={messages.server.whyFailed}>
          <div className={styles['failure']}>
            <p>{error.message ?? messages.wave.failedWithoutReason}</p>
            <p className={styles['hint']}>
              {[error.code && messages.server.code(error.code), ...error.params].filter(Boolean).join(' · ')}
            </p>
          </div>
        </Section>
      )}
      {task && <TaskFacts task={task} />}
      {task && <Steps task={task} />}
      {action && (
        <ActionDialog
          action={action}
          rows={[row]}
          onClose={() => setAction(null)}
          onChanged={() => {
            reload();
            onChanged();
          }}
        />
      )}
    </>
  );
}

function TaskFacts({ task }: { task: NonNullable<TaskQuery['migrationTask']> }) {
  const { messages, formats } = useI18n();
  const { targetServer, startDate, remainSeconds } = task;
  const facts: [string, string][] = [
    [messages.server.target, [targetServer?.name, targetServer?.ip].filter(Boolean).join(', ')],
    [messages.server.started, startDate ? formats.dateTime(startDate) : ''],
    [messages.wave.progress, remainSeconds ? messages.wave.remaining(formats.duration(Number(remainSeconds))) : ''],
  ];
  return <FactTable facts={facts.filter(([, value]) => value !== '')} />;
}

function FactTable({ facts }: { facts: readonly (readonly [label: string, value: string])[] }) {
  return (
    <Table variant="vertical" layout="fixed" withTableBorder>
      <Table.Tbody>
        {facts.map(([label, value]) => (
          <Table.Tr key={label}>
            <Table.Th w={130}>{label}</Table.Th>
            <Table.Td>{value}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Steps({ task }: { task: NonNullable<TaskQuery['migrationTask']> }) {
  const { messages, formats } = useI18n();
  const steps = task.subTasks ?? [];
  if (steps.length === 0) return null;
  return (
    <Section title={messages.server.steps}>
      <ol className={styles['steps']}>
        {steps.map(({ subTaskId, name, progress, startDate }) => (
          <li key={String(subTaskId)}>
            <span className={styles['path']}>{name}</span>
            <span className={styles['hint']}>{startDate ? formats.dateTime(startDate) : ''}</span>
            <span className={styles['percent']}>{progress === null ? '–' : formats.percent(progress)}</span>
          </li>
        ))}
      </ol>
    </Section>
  );
}

function CheckSection({ check }: { check: Check | null }) {
  const { messages, formats } = useI18n();
  const { different, missing, extra, files } = messages.differences;
  return (
    <Section title={messages.server.directories}>
      <div className={styles['verdict']}>
        <Verdict verdict={check?.verdict ?? null} />
        <span className={styles['hint']}>
          {check?.finishedTime
            ? messages.server.checkedAt(formats.dateTime(check.finishedTime))
            : check && !check.problem && messages.server.neverChecked}
        </span>
      </div>
      {check?.problem && <ProblemAlert problem={check.problem} />}
      {check?.reason && check.directories.length === 0 && (
        <p className={styles['hint']}>{messages.notVerifiedReasons[check.reason]}</p>
      )}
      {check?.directories.map((directory) => (
        <div key={directory.dirCheck} className={styles['directory']}>
          <div className={styles['verdict']}>
            <span className={styles['path']}>{directory.dirCheck}</span>
            <Verdict verdict={directory.verdict} />
          </div>
          {directory.reason && <p className={styles['hint']}>{messages.notVerifiedReasons[directory.reason]}</p>}
          <dl className={styles['counts']}>
            {[
              [files, directory.numTotalFiles],
              [different, directory.numDifferentFiles],
              [missing, directory.numTargetMissFiles],
              [extra, directory.numTargetMoreFiles],
            ].map(([label, count]) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{typeof count === 'number' ? formats.number(count) : '–'}</dd>
              </div>
            ))}
          </dl>
        </div>
      ))}
    </Section>
  );
}

interface Facts {
  ip: string | null;
  osVersion: string | null;
  connected: boolean | null;
  lastVisitTime: string | null;
  agentVersion: string | null;
  checks:
    | { name: string | null; result: string | null; error: { code: string | null; message: string | null } | null }[]
    | null;
}

function ServerFacts({ server }: { server: Facts }) {
  const { messages, formats } = useI18n();
  const failed = (server.checks ?? []).filter(({ result, error }) => result !== 'OK' || error);
  const agent =
    server.connected === false
      ? messages.server.disconnectedSince(server.lastVisitTime ? formats.dateTime(server.lastVisitTime) : '–')
      : messages.server.connected;
  return (
    <>
      {failed.length > 0 && (
        <Section title={messages.server.environment}>
          {failed.map(({ name, error }) => (
            <div key={name} className={styles['failure']}>
              <strong>{name}</strong>
              <p>{error?.message ?? error?.code}</p>
            </div>
          ))}
        </Section>
      )}
      <Section title={messages.wave.columns.name}>
        <FactTable
          facts={[
            [messages.server.address, server.ip ?? '–'],
            [messages.server.system, server.osVersion ?? '–'],
            [messages.server.agent, [server.agentVersion, agent].filter(Boolean).join(', ')],
          ]}
        />
      </Section>
    </>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className={styles['heading']}>{title}</h3>
      {children}
    </section>
  );
}
