import type { MigrationTaskState } from '../gql/graphql.ts';
import { useI18n } from '../i18n/i18n.tsx';
import { PHASES, type Phase, phaseOf } from './phases.ts';
import styles from './states-bar.module.css';

export interface StateCount {
  /** Null: without a task. */
  state: MigrationTaskState | null;
  stateText: string | null;
  servers: number;
}

interface Props {
  counts: readonly StateCount[];
  /** Whether each part is explained below the bar. */
  hasLegend?: boolean;
}

/** Servers by state, as parts of one bar. */
export function StatesBar({ counts, hasLegend = false }: Props) {
  const { messages, formats } = useI18n();
  const total = counts.reduce((sum, { servers }) => sum + servers, 0);
  const parts = counts
    .filter(({ servers }) => servers > 0)
    .map((count) => ({ ...count, phase: phaseOf(count.state), name: nameOf(count) }))
    .toSorted((one, other) => PHASES.indexOf(one.phase) - PHASES.indexOf(other.phase));
  const description = parts.map(({ name, servers }) => `${name}: ${formats.number(servers)}`).join(', ');
  return (
    <div>
      <div className={styles['bar']} role="img" aria-label={description || messages.waves.noServers}>
        {parts.map(({ name, phase, servers }) => (
          <Part key={name} phase={phase} share={servers / total} title={`${name}: ${formats.number(servers)}`} />
        ))}
      </div>
      {hasLegend && (
        <ul className={styles['legend']} aria-hidden>
          {parts.map(({ name, phase, servers }) => (
            <li key={name}>
              <span className={styles['dot']} data-phase={phase} />
              {name} <strong>{formats.number(servers)}</strong>
            </li>
          ))}
        </ul>
      )}
    </div>
  );

  function nameOf({ state, stateText }: StateCount): string {
    if (state === null) return messages.noTask;
    return state === 'UNKNOWN' && stateText ? stateText : messages.taskStates[state];
  }
}

function Part({ phase, share, title }: { phase: Phase; share: number; title: string }) {
  return <span className={styles['part']} data-phase={phase} title={title} style={{ flexGrow: share }} />;
}
