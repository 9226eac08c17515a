import { ArrowLeftIcon, ArrowPathIcon } from '@heroicons/react/24/outline';
import { Button, Tabs, Title } from '@mantine/core';
import { lazy, Suspense, useMemo, useState } from 'react';
import { Link } from 'wouter';
import { EmptyState } from '../components/empty-state.tsx';
import { Loading } from '../components/loading.tsx';
import { ProblemAlert } from '../components/problem-alert.tsx';
import { WaveDocument } from '../gateway/documents.ts';
import { useRequest } from '../gateway/use-request.ts';
import { useI18n } from '../i18n/i18n.tsx';
import { GatePanel } from './gate-panel.tsx';
import { LiveStatus } from './live-status.tsx';
import { ServerDrawer } from './server-drawer.tsx';
import { differentFilesOf, FIRST_VIEW, type View } from './servers.ts';
import { ServersPanel } from './servers-panel.tsx';
import { Summary } from './summary.tsx';
import { useWatch } from './use-watch.ts';
import { useWave } from './use-wave.ts';
import styles from './wave-page.module.css';

const DifferencesPanel = lazy(() => import('./differences-panel.tsx'));

export default function WavePage({ id }: { id: string }) {
  const { messages, formats } = useI18n();
  const about = useRequest(WaveDocument, { id });
  const { store, rows, totalServers, hasAllServers, hasAllChecks, problem, exists } = useWave(id);
  const watch = useWatch(store, id);
  const [tab, setTab] = useState<string | null>('servers');
  const [view, setView] = useState<View>(FIRST_VIEW);
  const [selectedIds, setSelectedIds] = useState<ReadonlySet<string>>(new Set());
  const [openId, setOpenId] = useState<string | null>(null);
  const withDifferences = useMemo(() => rows.filter((row) => differentFilesOf(row) > 0).length, [rows]);

  const wave = about.data?.migrationProject ?? null;
  const back = (
    <Link href="/" className={styles['back']}>
      <ArrowLeftIcon width={16} aria-hidden /> {messages.wave.back}
    </Link>
  );
  if (!exists || (about.data && !wave && !about.problem))
    return (
      <>
        {back}
        <EmptyState title={messages.wave.notFound}>{messages.wave.notFoundHint}</EmptyState>
      </>
    );

  const isEmpty = hasAllServers && rows.length === 0;
  const shownProblem = problem ?? (about.data ? null : about.problem);
  const retry = () => {
    if (about.problem) about.reload();
    store.read();
  };
  return (
    <>
      {back}
      <div className={styles['heading']}>
        <div>
          <Title order={1} size="h2">
            {wave?.name ?? (about.isLoading ? messages.loading : id)}
          </Title>
          <span className={styles['dimmed']}>{[wave?.description, wave?.region].filter(Boolean).join(' · ')}</span>
        </div>
        <div className={styles['tools']}>
          <LiveStatus status={watch.status} onRestart={watch.restart} />
          <Button
            variant="default"
            size="xs"
            leftSection={<ArrowPathIcon width={14} />}
            onClick={() => {
              store.readAgain();
              watch.restart();
            }}
          >
            {messages.refresh}
          </Button>
        </div>
      </div>
      {shownProblem && <ProblemAlert problem={shownProblem} onRetry={retry} />}
      {isEmpty ? (
        <EmptyState title={messages.wave.empty}>{messages.wave.emptyHint}</EmptyState>
      ) : (
        <>
          <Summary
            rows={rows}
            progress={watch.progress}
            totalServers={totalServers}
            hasAllServers={hasAllServers}
            hasAllChecks={hasAllChecks}
          />
          <Tabs value={tab} onChange={setTab} keepMounted={false}>
            <Tabs.List className={styles['tabs'] ?? ''}>
              <Tabs.Tab value="servers">
                {messages.wave.servers} <Count>{formats.number(totalServers ?? rows.length)}</Count>
              </Tabs.Tab>
              <Tabs.Tab value="differences">
                {messages.wave.differences} <Count>{formats.number(withDifferences)}</Count>
              </Tabs.Tab>
              <Tabs.Tab value="gate">{messages.wave.gate}</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="servers">
              <ServersPanel
                rows={rows}
                isReading={!hasAllServers && !problem}
                view={view}
                onView={setView}
                selectedIds={selectedIds}
                onSelect={setSelectedIds}
                onOpen={setOpenId}
                onChanged={watch.restart}
              />
            </Tabs.Panel>
            <Tabs.Panel value="differences">
              <Suspense fallback={<Loading />}>
                <DifferencesPanel
                  rows={rows}
                  hasAllChecks={hasAllChecks}
                  onOpen={setOpenId}
                  onShowUnverified={() => {
                    setView({ ...FIRST_VIEW, verdict: 'NOT_VERIFIED' });
                    setTab('servers');
                  }}
                />
              </Suspense>
            </Tabs.Panel>
            <Tabs.Panel value="gate">
              <GatePanel id={id} rows={rows} onOpen={setOpenId} onChanged={watch.restart} />
            </Tabs.Panel>
          </Tabs>
        </>
      )}
      <ServerDrawer
        row={rows.find((row) => row.id === openId) ?? null}
        onClose={() => setOpenId(null)}
        onChanged={watch.restart}
      />
    </>
  );
}

function Count({ children }: { children: string }) {
  return <span className={styles['count']}>{children}</span>;
}
