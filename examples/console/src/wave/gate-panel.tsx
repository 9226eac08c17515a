import { CheckCircleIcon, NoSymbolIcon } from '@heroicons/react/24/outline';
import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Loading } from '../components/loading.tsx';
import { ProblemAlert } from '../components/problem-alert.tsx';
import { GateDocument } from '../gateway/documents.ts';
import { useRequest } from '../gateway/use-request.ts';
import type { CutoverGateReason, GateQuery } from '../gql/graphql.ts';
import { useI18n } from '../i18n/i18n.tsx';
import { ActionDialog } from './action-dialog.tsx';
import styles from './gate-panel.module.css';
import type { ServerRow } from './wave-store.ts';

/** Names of servers below a reason. More would bury the next reason. */
const MAX_NAMES = 12;

interface Props {
  id: string;
  rows: readonly ServerRow[];
  onOpen(id: string): void;
  onChanged(): void;
}

type Gate = NonNullable<NonNullable<GateQuery['migrationProject']>['cutoverGate']>;

/** Whether all targets can be launched, and if not, what stands against it. */
export function GatePanel({ id, rows, onOpen, onChanged }: Props) {
  const { messages } = useI18n();
  const [typed, setTyped] = useState('');
  const [checkedAfter, setCheckedAfter] = useState<string | null>(null);
  const [isLaunching, setLaunching] = useState(false);
  const { data, problem, isLoading, reload } = useRequest(GateDocument, { id, checkedAfter });
  const gate = data?.migrationProject?.cutoverGate ?? null;
  return (
    <>
      <p className={styles['intro']}>{messages.gate.intro}</p>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          const chosen = typed === '' ? null : new Date(typed).toISOString();
          if (chosen === checkedAfter) reload();
          else setCheckedAfter(chosen);
        }}
      >
        <TextInput
          type="datetime-local"
          label={messages.gate.checkedAfter}
          description={messages.gate.checkedAfterHint}
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
        <Button type="submit" loading={isLoading}>
          {messages.gate.check}
        </Button>
      </form>
      {problem && <ProblemAlert problem={problem} onRetry={reload} />}
      {isLoading && !gate && <Loading />}
      {gate && <Result gate={gate} rows={rows} onOpen={onOpen} onLaunch={() => setLaunching(true)} />}
      {isLaunching && (
        <ActionDialog
          action="CUTOVER"
          rows={rows}
          onClose={() => setLaunching(false)}
          onChanged={() => {
            reload();
            onChanged();
          }}
        />
      )}
    </>
  );
}

function Result({ gate, rows, onOpen, onLaunch }: Pick<Props, 'rows' | 'onOpen'> & { gate: Gate; onLaunch(): void }) {
  const { messages, formats } = useI18n();
  const { ready, readyServers, notReadyServers } = gate;
  const total = readyServers + notReadyServers;
  const Icon = ready ? CheckCircleIcon : NoSymbolIcon;
  return (
    <>
      <div className={styles['result']} data-ready={ready} role="status">
        <Icon width={36} aria-hidden />
        <div>
          <strong>{ready ? messages.gate.ready : messages.gate.notReady}</strong>
          <p>
            {ready
              ? messages.gate.readyHint(readyServers, formats)
              : messages.gate.notReadyHint(notReadyServers, total, formats)}
          </p>
        </div>
        {ready && (
          <Button color="red.9" onClick={onLaunch}>
            {messages.gate.launchReady(rows.length, formats)}
          </Button>
        )}
      </div>
      <ul className={styles['reasons']}>
        {gate.reasons.map((reason) => (
          <Reason key={reason} reason={reason} servers={gate.servers} onOpen={onOpen} />
        ))}
      </ul>
    </>
  );
}

function Reason({
  reason,
  servers,
  onOpen,
}: {
  reason: CutoverGateReason;
  servers: Gate['servers'];
  onOpen(id: string): void;
}) {
  const { messages, formats } = useI18n();
  const [isOpen, setOpen] = useState(false);
  const affected = servers.filter(({ reasons }) => reasons.includes(reason));
  const shown = isOpen ? affected : affected.slice(0, MAX_NAMES);
  const { title, advice } = messages.gate.reasons[reason];
  return (
    <li className={styles['reason']}>
      <h3>
        {title}
        {affected.length > 0 && <span>{messages.gate.affected(affected.length, formats)}</span>}
      </h3>
      <p>{advice}</p>
      <div className={styles['names']}>
        {shown.map(({ sourceServer: { id, name }, notVerifiedReason }) => (
          <Button
            key={id}
            variant="default"
            size="compact-sm"
            title={notVerifiedReason ? messages.notVerifiedReasons[notVerifiedReason] : ''}
            onClick={() => onOpen(id)}
          >
            {name ?? id}
          </Button>
        ))}
        {affected.length > shown.length && (
          <Button variant="subtle" size="compact-sm" onClick={() => setOpen(true)}>
            +{formats.number(affected.length - shown.length)}
          </Button>
        )}
      </div>
    </li>
  );
}
