import { Button, Skeleton } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Link } from 'wouter';
import { StatesBar } from '../components/states-bar.tsx';
import { Verdict } from '../components/verdict.tsx';
import { WaveConsistencyDocument, WaveProgressDocument } from '../gateway/documents.ts';
import { mayPass } from '../gateway/problem.ts';
import { useRequest } from '../gateway/use-request.ts';
import type { ProgressFragment } from '../gql/graphql.ts';
import { useI18n } from '../i18n/i18n.tsx';
import { stateCounts } from './state-counts.ts';
import type { Wave } from './use-waves.ts';
import styles from './wave-card.module.css';

/** With more, the verdict is read only on request. */
const MAX_SERVERS_WITHOUT_REQUEST = 500;

interface Props {
  wave: Wave;
  /** Whether it is this wave's turn to read its verdict. */
  isReading: boolean;
  onDone(): void;
}

export function WaveCard({ wave, isReading, onDone }: Props) {
  const { messages, formats } = useI18n();
  const [isRequested, setRequested] = useState(false);
  const progressRequest = useRequest(WaveProgressDocument, { id: wave.id });
  const progress = progressRequest.data?.migrationProject?.progress ?? null;
  const isTooLarge = progressRequest.problem?.code === 'TOO_MANY_SERVERS';
  const isEmpty = progress?.servers === 0;
  const isSmall = progress !== null && progress.servers <= MAX_SERVERS_WITHOUT_REQUEST;
  const verdictRequest = useRequest(
    WaveConsistencyDocument,
    { id: wave.id },
    { isPaused: !progress || isEmpty || !(isRequested || (isSmall && isReading)) },
  );
  const consistency = verdictRequest.data?.migrationProject?.consistency ?? null;
  const isDone =
    !progressRequest.isLoading && (!isSmall || isEmpty || consistency !== null || verdictRequest.problem !== null);
  useEffect(() => {
    if (isDone) onDone();
  }, [isDone, onDone]);

  const problem = isTooLarge ? null : (progressRequest.problem ?? verdictRequest.problem);
  return (
    <li className={styles['card']}>
      <div>
        <Link href={`/waves/${wave.id}`} className={styles['name']}>
          {wave.name ?? wave.id}
        </Link>
        <div className={styles['dimmed']}>{[wave.description, wave.region].filter(Boolean).join(' · ')}</div>
      </div>
      <div>
        {progress && <Progress progress={progress} />}
        {progressRequest.isLoading && !progress && <Skeleton height={10} radius="xl" />}
        {isTooLarge && <span className={styles['dimmed']}>{messages.waves.tooLarge}</span>}
      </div>
      <div className={styles['verdict']}>
        {consistency && (
          <>
            <Verdict verdict={consistency.verdict} />
            <span className={styles['dimmed']}>
              {messages.waves.counts(
                consistency.counts.consistent,
                consistency.counts.different,
                consistency.counts.notVerified,
                formats,
              )}
            </span>
          </>
        )}
        {!consistency && !problem && isSmall && !isEmpty && (
          <span className={styles['dimmed']}>{messages.waves.verdictPending}</span>
        )}
        {!consistency && progress && !isSmall && (
          <Button
            variant="default"
            size="xs"
            loading={isRequested && verdictRequest.isLoading}
            onClick={() => setRequested(true)}
          >
            {messages.waves.verdictOnRequest(progress.servers, formats)}
          </Button>
        )}
        {problem && (
          <span className={styles['problem']} role="alert">
            {messages.problems[problem.kind].title}
            <Button
              variant="subtle"
              size="compact-xs"
              onClick={progressRequest.problem ? progressRequest.reload : verdictRequest.reload}
            >
              {mayPass(problem) ? messages.retry : messages.refresh}
            </Button>
          </span>
        )}
      </div>
    </li>
  );
}

function Progress({ progress }: { progress: ProgressFragment }) {
  const { messages, formats } = useI18n();
  if (progress.servers === 0) return <span className={styles['dimmed']}>{messages.waves.noServers}</span>;
  const { percent } = progress;
  return (
    <>
      <StatesBar counts={stateCounts(progress)} />
      <div className={styles['dimmed']}>
        {messages.waves.servers(progress.servers, formats)}
        {' · '}
        {percent === null ? messages.waves.noSizes : messages.waves.copied(formats.percent(percent))}
      </div>
    </>
  );
}
