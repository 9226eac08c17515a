import {
  ArrowPathIcon,
  ClockIcon,
  ExclamationTriangleIcon,
  LockClosedIcon,
  SignalSlashIcon,
} from '@heroicons/react/24/outline';
import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { mayPass, type Problem } from '../gateway/problem.ts';
import { useI18n } from '../i18n/i18n.tsx';
import styles from './problem-alert.module.css';

const DEFAULT_RETRY_SECONDS = 15;

interface Props {
  problem: Problem;
  /** Tries the same again. Done by itself, after a countdown, if the problem may pass. */
  onRetry?: () => void;
  /** Of a change, which is never repeated by itself. */
  isChange?: boolean;
}

/** What went wrong, and what to do next. */
export function ProblemAlert({ problem, onRetry, isChange = false }: Props) {
  const { messages } = useI18n();
  const { title, advice } = messages.problems[problem.kind];
  const isPassing = mayPass(problem);
  const Icon = iconOf(problem);
  return (
    <div className={styles['alert']} data-passing={isPassing} role="alert">
      <Icon className={styles['icon']} aria-hidden />
      <div className={styles['text']}>
        <strong>{title}</strong>
        <p>{adviceOn(problem, advice, isChange)}</p>
        {problem.message !== '' && <p className={styles['message']}>{problem.message}</p>}
        <p className={styles['codes']}>
          {[problem.code, problem.requestId && messages.problem.requestId(problem.requestId)]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      {onRetry && (
        <div className={styles['retry']}>
          {isPassing && !isChange && (
            <Countdown
              key={`${problem.code} ${problem.requestId}`}
              seconds={problem.retryAfterSeconds ?? DEFAULT_RETRY_SECONDS}
              onEnd={onRetry}
            />
          )}
          <Button size="xs" variant="default" leftSection={<ArrowPathIcon width={14} />} onClick={onRetry}>
            {messages.retry}
          </Button>
        </div>
      )}
    </div>
  );

  function adviceOn({ outcome, inputKind }: Problem, usual: string, isOfChange: boolean): string {
    if (isOfChange && outcome === 'UNKNOWN') return messages.problem.outcomeUnknown;
    if (inputKind === 'CONFLICT') return messages.problem.conflict;
    return inputKind === 'QUOTA' ? messages.problem.quota : usual;
  }
}

function Countdown({ seconds, onEnd }: { seconds: number; onEnd(): void }) {
  const { messages } = useI18n();
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    const timer = setTimeout(() => (left > 1 ? setLeft(left - 1) : onEnd()), 1_000);
    return () => clearTimeout(timer);
  }, [left, onEnd]);
  return <span className={styles['countdown']}>{messages.problem.retryIn(left)}</span>;
}

function iconOf({ kind }: Problem) {
  if (kind === 'SmsForbiddenError' || kind === 'SmsUnauthenticatedError') return LockClosedIcon;
  if (kind === 'SmsThrottledError' || kind === 'GatewayOverloaded') return ClockIcon;
  return kind === 'GatewayUnreachable' || kind === 'SmsUnavailableError' ? SignalSlashIcon : ExclamationTriangleIcon;
}
