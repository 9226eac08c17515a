import { Alert, Button, Checkbox, Group, Progress } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useClient } from 'urql';
import { Dialog } from '../components/dialog.tsx';
import { ProblemAlert } from '../components/problem-alert.tsx';
import { AllowedActionsDocument, UpdateTaskStatusDocument } from '../gateway/documents.ts';
import { type Problem, problemOf, problemOfRequest } from '../gateway/problem.ts';
import { useSession } from '../gateway/session.tsx';
import { useI18n } from '../i18n/i18n.tsx';
import styles from './action-dialog.module.css';
import type { Action } from './actions.ts';
import type { ServerRow } from './wave-store.ts';

/** More would take long, and one mistake would reach far. */
const MAX_SERVERS = 50;
/** Requests at a time. */
const PARALLEL = 4;

interface Props {
  action: Action;
  rows: readonly ServerRow[];
  onClose(): void;
  /** Called after SMS has accepted something. */
  onChanged(): void;
}

interface Failure {
  row: ServerRow;
  problem: Problem;
}

/** Asks SMS what is allowed now, asks the person to confirm, and carries it out. */
export function ActionDialog({ action, rows, onClose, onChanged }: Props) {
  const { messages, formats } = useI18n();
  const client = useClient();
  const { generation } = useSession();
  const isTooMany = rows.length > MAX_SERVERS;
  // What the person confirms stays the same while the list goes on to change.
  const chosen = useRef(rows).current;
  const [allowed, setAllowed] = useState<readonly ServerRow[] | null>(null);
  const [readProblem, setReadProblem] = useState<Problem | null>(null);
  const [withCheck, setWithCheck] = useState(true);
  const [isSure, setSure] = useState(false);
  const [isRunning, setRunning] = useState(false);
  const [done, setDone] = useState<readonly ServerRow[]>([]);
  const [failures, setFailures] = useState<readonly Failure[]>([]);
  const [attempt, setAttempt] = useState(0);

  // A new token reads what the former could not.
  useEffect(() => {
    if (isTooMany || isRunning || done.length > 0) return;
    let isCurrent = true;
    setReadProblem(null);
    allowedAmong(chosen).then((result) => {
      if (!isCurrent) return;
      if (result.problem) setReadProblem(result.problem);
      else setAllowed(result.rows);
    });
    return () => {
      isCurrent = false;
    };
  }, [generation, attempt]);

  async function allowedAmong(all: readonly ServerRow[]): Promise<{ rows: ServerRow[]; problem: Problem | null }> {
    let problem: Problem | null = null;
    const results = await inParallel(all, async (row) => {
      if (!row.task || problem) return null;
      const { data, error } = await client.query(AllowedActionsDocument, { id: row.task.id }).toPromise();
      if (error) problem = problemOfRequest(error);
      return data?.migrationTask?.allowedActions?.includes(action) ? row : null;
    });
    return { rows: results.filter((row) => row !== null), problem };
  }

  async function run(targets: readonly ServerRow[]) {
    setRunning(true);
    setFailures([]);
    await inParallel(targets, async (row) => {
      const problem = await carryOut(row);
      if (problem) setFailures((before) => [...before, { row, problem }]);
      else setDone((before) => [...before, row]);
    });
    setRunning(false);
    onChanged();
  }

  async function carryOut({ task }: ServerRow): Promise<Problem | null> {
    const input = {
      id: task?.id ?? '',
      operation: action,
      ...(hasCheck && { isNeedConsistencyCheck: withCheck }),
    };
    const { data, error } = await client.mutation(UpdateTaskStatusDocument, { input }).toPromise();
    if (error) return problemOfRequest(error);
    const result = data?.updateTaskStatus;
    return result && 'code' in result ? problemOf(result) : null;
  }

  const hasCheck = action === 'START' || action === 'RESTART';
  const targets = allowed ?? [];
  const unproven = action === 'CUTOVER' ? targets.filter(({ check }) => check?.verdict !== 'CONSISTENT').length : 0;
  const leftOut = allowed ? chosen.length - allowed.length : 0;
  const isOver = !isRunning && (done.length > 0 || failures.length > 0);
  return (
    <Dialog title={messages.actionQuestions[action](allowed?.length || chosen.length, formats)} onClose={onClose}>
      {isTooMany && <Alert color="red">{messages.actionDialog.tooMany(MAX_SERVERS)}</Alert>}
      {!isTooMany && !isOver && <p>{messages.actionEffects[action]}</p>}
      {!isTooMany && !allowed && !readProblem && <p role="status">{messages.actionDialog.reading}</p>}
      {readProblem && <ProblemAlert problem={readProblem} onRetry={() => setAttempt(attempt + 1)} />}
      {allowed?.length === 0 && <p role="status">{messages.actionDialog.nothingAllowed}</p>}
      {targets.length > 0 && !isOver && (
        <>
          <p className={styles['names']}>{targets.map(({ name }) => name).join(', ')}</p>
          {leftOut > 0 && <p className={styles['hint']}>{messages.actionDialog.notAllowed(leftOut, formats)}</p>}
          {hasCheck && (
            <Checkbox
              label={messages.actionDialog.withCheck}
              checked={withCheck}
              onChange={({ currentTarget }) => setWithCheck(currentTarget.checked)}
            />
          )}
          {unproven > 0 && (
            <div className={styles['warning']}>
              <p>{messages.actionDialog.notConsistent(unproven, formats)}</p>
              <Checkbox
                label={messages.actionDialog.launchAnyway}
                checked={isSure}
                onChange={({ currentTarget }) => setSure(currentTarget.checked)}
              />
            </div>
          )}
        </>
      )}
      {(isRunning || isOver) && (
        <div role="status">
          <Progress
            aria-label={messages.actions[action]}
            value={((done.length + failures.length) / targets.length) * 100}
          />
          <p>{messages.actionDialog.done(done.length, targets.length, formats)}</p>
          {isOver && done.length > 0 && <p className={styles['hint']}>{messages.actionDialog.doneHint}</p>}
        </div>
      )}
      {failures.length > 0 && (
        <>
          <strong>{messages.actionDialog.failed(failures.length, formats)}</strong>
          {failures.map(({ row, problem }) => (
            <div key={row.id}>
              <strong>{row.name}</strong>
              <ProblemAlert problem={problem} isChange />
            </div>
          ))}
        </>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {isOver ? messages.close : messages.cancel}
        </Button>
        {!isOver && targets.length > 0 && (
          <Button
            color={action === 'CUTOVER' ? 'red.9' : 'blue.8'}
            loading={isRunning}
            disabled={unproven > 0 && !isSure}
            onClick={() => run(targets)}
          >
            {messages.actions[action]}
          </Button>
        )}
        {isOver && failures.length > 0 && (
          <Button onClick={() => run(failures.map(({ row }) => row))}>{messages.actionDialog.repeatFailed}</Button>
        )}
      </Group>
    </Dialog>
  );
}

async function inParallel<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const left = [...items.entries()];
  const worker = async () => {
    for (let next = left.shift(); next; next = left.shift()) results[next[0]] = await work(next[1]);
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
  return results;
}
