import {
  ArrowDownTrayIcon,
  BarsArrowDownIcon,
  BarsArrowUpIcon,
  MagnifyingGlassIcon,
} from '@heroicons/react/24/outline';
import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core';
import { useDeferredValue, useMemo, useState } from 'react';
import { EmptyState } from '../components/empty-state.tsx';
import { Loading } from '../components/loading.tsx';
import type { MigrationTaskState } from '../gql/graphql.ts';
import { useI18n } from '../i18n/i18n.tsx';
import { ActionDialog } from './action-dialog.tsx';
import { ACTIONS, type Action } from './actions.ts';
import { ExportDialog } from './export-dialog.tsx';
import { ServerList } from './server-list.tsx';
import { FIRST_VIEW, SORT_KEYS, select, stateOf, VERDICTS, type View } from './servers.ts';
import styles from './servers-panel.module.css';
import type { ServerRow } from './wave-store.ts';

interface Props {
  rows: readonly ServerRow[];
  isReading: boolean;
  view: View;
  onView(view: View): void;
  selectedIds: ReadonlySet<string>;
  onSelect(ids: ReadonlySet<string>): void;
  onOpen(id: string): void;
  onChanged(): void;
}

export function ServersPanel({ rows, isReading, view, onView, selectedIds, onSelect, onOpen, onChanged }: Props) {
  const { messages, formats } = useI18n();
  // Typing must not wait for thousands of rows.
  const deferredView = useDeferredValue(view);
  const shown = useMemo(() => select(rows, deferredView), [rows, deferredView]);
  const selected = useMemo(() => rows.filter(({ id }) => selectedIds.has(id)), [rows, selectedIds]);
  const [action, setAction] = useState<Action | null>(null);
  const [isExporting, setExporting] = useState(false);
  return (
    <>
      <Toolbar rows={rows} view={view} onView={onView} />
      <div className={styles['bar']} data-selecting={selected.length > 0}>
        <span role="status">
          {selected.length > 0
            ? messages.wave.selected(selected.length, formats)
            : messages.wave.shown(shown.length, rows.length, formats)}
        </span>
        <div className={styles['actions']}>
          {selected.length > 0 && (
            <>
              {ACTIONS.map((one) => (
                <Button key={one} size="xs" variant="default" onClick={() => setAction(one)}>
                  {messages.actions[one]}
                </Button>
              ))}
              <Button size="xs" variant="subtle" onClick={() => onSelect(new Set())}>
                {messages.wave.clearSelection}
              </Button>
            </>
          )}
          <Button size="xs" leftSection={<ArrowDownTrayIcon width={14} />} onClick={() => setExporting(true)}>
            {selected.length > 0 ? messages.wave.export : messages.wave.exportAll}
          </Button>
        </div>
      </div>
      {shown.length > 0 && <ServerList rows={shown} selectedIds={selectedIds} onSelect={onSelect} onOpen={onOpen} />}
      {rows.length > 0 && shown.length === 0 && (
        <EmptyState title={messages.wave.noMatch}>
          <Button variant="default" onClick={() => onView({ ...FIRST_VIEW, sortKey: view.sortKey })}>
            {messages.wave.clearFilters}
          </Button>
        </EmptyState>
      )}
      {rows.length === 0 && isReading && <Loading />}
      {action && <ActionDialog action={action} rows={selected} onClose={() => setAction(null)} onChanged={onChanged} />}
      {isExporting && <ExportDialog rows={selected.length > 0 ? selected : rows} onClose={() => setExporting(false)} />}
    </>
  );
}

function Toolbar({ rows, view, onView }: Pick<Props, 'rows' | 'view' | 'onView'>) {
  const { messages } = useI18n();
  const states = useMemo(() => [...new Set(rows.map(stateOf))], [rows]);
  const change = (part: Partial<View>) => onView({ ...view, ...part });
  const nameOf = (state: MigrationTaskState | 'NO_TASK') =>
    state === 'NO_TASK' ? messages.noTask : messages.taskStates[state];
  return (
    <div className={styles['toolbar']}>
      <TextInput
        className={styles['search'] ?? ''}
        type="search"
        label={messages.wave.search}
        leftSection={<MagnifyingGlassIcon width={16} />}
        value={view.search}
        onChange={({ currentTarget }) => change({ search: currentTarget.value })}
      />
      <NativeSelect
        label={messages.wave.filterVerdict}
        value={view.verdict ?? ''}
        onChange={({ currentTarget }) => change({ verdict: (currentTarget.value || null) as View['verdict'] })}
        data={[
          { value: '', label: messages.wave.all },
          ...VERDICTS.map((verdict) => ({ value: verdict, label: messages.verdicts[verdict] })),
        ]}
      />
      <NativeSelect
        label={messages.wave.filterState}
        value={view.state ?? ''}
        onChange={({ currentTarget }) => change({ state: (currentTarget.value || null) as View['state'] })}
        data={[
          { value: '', label: messages.wave.all },
          ...states.map((state) => ({ value: state, label: nameOf(state) })),
        ]}
      />
      <div className={styles['sort']}>
        <NativeSelect
          label={messages.wave.sort}
          value={view.sortKey}
          onChange={({ currentTarget }) => change({ sortKey: currentTarget.value as View['sortKey'] })}
          data={SORT_KEYS.map((key) => ({ value: key, label: messages.wave.sorts[key] }))}
        />
        <ActionIcon
          variant="default"
          size={36}
          aria-label={view.isDescending ? messages.wave.descending : messages.wave.ascending}
          title={view.isDescending ? messages.wave.descending : messages.wave.ascending}
          onClick={() => change({ isDescending: !view.isDescending })}
        >
          {view.isDescending ? <BarsArrowDownIcon width={18} /> : <BarsArrowUpIcon width={18} />}
        </ActionIcon>
      </div>
    </div>
  );
}
