import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useI18n } from '../i18n/i18n.tsx';
import styles from './live-status.module.css';
import type { WatchStatus } from './use-watch.ts';

/** Whether what the page shows is up to date. */
export function LiveStatus({ status, onRestart }: { status: WatchStatus; onRestart(): void }) {
  const { messages } = useI18n();
  const { text, hint } = wordsOf(status);
  return (
    <span className={styles['status']}>
      <span role="status" className={styles['words']} data-kind={status.kind} title={hint}>
        <span className={styles['dot']} aria-hidden />
        {text ?? <Seconds status={status} />}
      </span>
      {(status.kind === 'waiting' || status.kind === 'failed') && (
        <Button variant="subtle" size="compact-xs" onClick={onRestart}>
          {messages.retry}
        </Button>
      )}
    </span>
  );

  function wordsOf({ kind }: WatchStatus): { text?: string; hint?: string } {
    const { live, liveHint, connecting, resting, restingHint, polled, polledHint } = messages.wave;
    switch (kind) {
      case 'live':
        return { text: live, hint: liveHint };
      case 'connecting':
        return { text: connecting };
      case 'resting':
        return { text: resting, hint: restingHint };
      case 'polled':
        return { text: polled, hint: polledHint };
      case 'offline':
        return { text: messages.wave.offline, hint: messages.problem.offline };
      case 'failed':
        return { text: messages.problems[status.kind === 'failed' ? status.problem.kind : 'GatewayRejected'].title };
      case 'waiting':
        return {};
    }
  }
}

function Seconds({ status }: { status: WatchStatus }) {
  const { messages } = useI18n();
  const at = status.kind === 'waiting' ? status.at : 0;
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return messages.wave.reconnecting(Math.max(0, Math.ceil((at - now) / 1_000)));
}
