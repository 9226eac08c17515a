import { MagnifyingGlassIcon } from '@heroicons/react/24/outline';
import { Button, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { EmptyState } from '../components/empty-state.tsx';
import { Loading } from '../components/loading.tsx';
import { ProblemAlert } from '../components/problem-alert.tsx';
import { useI18n } from '../i18n/i18n.tsx';
import { useWaves } from './use-waves.ts';
import { WaveCard } from './wave-card.tsx';
import styles from './waves-page.module.css';

/** Verdicts that are read at a time: each costs one call to SMS per task. */
const READERS = 2;

export function WavesPage() {
  const { messages } = useI18n();
  const { waves, problem, isLoading, hasMore, loadMore, reload } = useWaves();
  const [search, setSearch] = useState('');
  const [doneIds, setDoneIds] = useState<ReadonlySet<string>>(new Set());
  const text = search.trim().toLowerCase();
  const shown = waves.filter(({ name, description }) => `${name} ${description}`.toLowerCase().includes(text));
  const reading = new Set(
    shown
      .filter(({ id }) => !doneIds.has(id))
      .slice(0, READERS)
      .map(({ id }) => id),
  );
  return (
    <>
      <div className={styles['heading']}>
        <div>
          <Title order={1} size="h2">
            {messages.waves.heading}
          </Title>
          <Text c="dimmed">{messages.waves.intro}</Text>
        </div>
        <TextInput
          className={styles['search'] ?? ''}
          type="search"
          aria-label={messages.waves.search}
          placeholder={messages.waves.search}
          leftSection={<MagnifyingGlassIcon width={16} />}
          value={search}
          onChange={({ currentTarget }) => setSearch(currentTarget.value)}
        />
      </div>
      {problem && <ProblemAlert problem={problem} onRetry={reload} />}
      {isLoading && waves.length === 0 && <Loading />}
      {!isLoading && !problem && waves.length === 0 && <EmptyState title={messages.waves.empty} />}
      {waves.length > 0 && shown.length === 0 && <EmptyState title={messages.waves.noMatch(search.trim())} />}
      <ul className={styles['list']}>
        {shown.map((wave) => (
          <WaveCard
            key={wave.id}
            wave={wave}
            isReading={reading.has(wave.id) || doneIds.has(wave.id)}
            onDone={() => setDoneIds((before) => (before.has(wave.id) ? before : new Set([...before, wave.id])))}
          />
        ))}
      </ul>
      {hasMore && (
        <Button variant="default" mt="md" loading={isLoading} onClick={loadMore}>
          {messages.waves.more}
        </Button>
      )}
    </>
  );
}
