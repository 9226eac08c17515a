import type { ReactNode } from 'react';
import { StatesBar } from '../components/states-bar.tsx';
import { Verdict } from '../components/verdict.tsx';
import type { ProgressFragment } from '../gql/graphql.ts';
import { useI18n } from '../i18n/i18n.tsx';
import { stateCounts } from '../waves/state-counts.ts';
import { countsByState, worstVerdict } from './servers.ts';
import styles from './summary.module.css';
import type { ServerRow } from './wave-store.ts';

interface Props {
  rows: readonly ServerRow[];
  /** Null if the wave is too large for a watch, or none has arrived. */
  progress: ProgressFragment | null;
  totalServers: number | null;
  hasAllServers: boolean;
  hasAllChecks: boolean;
}

/** The wave at one look: whether it is identical, how far it is, and in which states its servers are. */
export function Summary({ rows, progress, totalServers, hasAllServers, hasAllChecks }: Props) {
  const { messages, formats } = useI18n();
  const verdict = hasAllServers ? worstVerdict(rows) : null;
  const readChecks = rows.filter(({ check }) => check !== null).length;
  const total = totalServers ?? rows.length;
  const { identical, different, notVerified } = countsOf(rows);
  return (
    <div className={styles['summary']}>
      <Card title={messages.wave.verdict}>
        <Verdict verdict={verdict} isLarge />
        <p aria-live="polite">{verdictSentence()}</p>
        <p className={styles['dimmed']}>{messages.waves.counts(identical, different, notVerified, formats)}</p>
      </Card>
      <Card title={messages.wave.progress}>
        <Copied rows={rows} progress={progress} />
      </Card>
      <Card title={messages.wave.states}>
        <StatesBar counts={progress ? stateCounts(progress) : countsByState(rows)} hasLegend />
      </Card>
    </div>
  );

  function verdictSentence(): string {
    if (!hasAllServers) return messages.wave.readingServers(rows.length, total, formats);
    if (!hasAllChecks && verdict === null) return messages.wave.readingChecks(readChecks, rows.length, formats);
    return verdict ? messages.verdictSentences[verdict] : '';
  }
}

function Copied({ rows, progress }: Pick<Props, 'rows' | 'progress'>) {
  const { messages, formats } = useI18n();
  const sized = rows.filter(({ totalsize }) => Number(totalsize ?? 0) > 0);
  const total = progress ? Number(progress.totalBytes ?? 0) : sum(sized.map(({ totalsize }) => totalsize));
  const copied = progress ? Number(progress.copiedBytes ?? 0) : sum(sized.map(({ replicatesize }) => replicatesize));
  if (total === 0) return <p>{messages.wave.noSizes}</p>;
  const percent = progress?.percent ?? Math.floor((copied / total) * 1_000) / 10;
  const remaining = Number(progress?.remainSeconds ?? 0);
  return (
    <>
      <span className={styles['large']}>{formats.percent(percent)}</span>
      <div
        className={styles['track']}
        role="progressbar"
        aria-label={messages.wave.progress}
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        <span className={styles['fill']} style={{ width: `${percent}%` }} />
      </div>
      <p className={styles['dimmed']}>
        {[
          messages.wave.bytesOf(formats.bytes(copied), formats.bytes(total)),
          progress?.migrateSpeed ? formats.speed(progress.migrateSpeed) : null,
          remaining > 0 ? messages.wave.remaining(formats.duration(remaining)) : null,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
    </>
  );
}

function Card({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles['card']} aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function countsOf(rows: readonly ServerRow[]) {
  const of = (verdict: string) => rows.filter(({ check }) => check?.verdict === verdict).length;
  return { identical: of('CONSISTENT'), different: of('DIFFERENT'), notVerified: of('NOT_VERIFIED') };
}

function sum(values: readonly (number | string | null)[]): number {
  return values.reduce<number>((before, value) => before + Number(value ?? 0), 0);
}
