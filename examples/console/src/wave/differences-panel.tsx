import { CheckBadgeIcon } from '@heroicons/react/24/outline';
import { BarChart } from '@mantine/charts';
import { Button, Table } from '@mantine/core';
import { useMemo } from 'react';
import { useI18n } from '../i18n/i18n.tsx';
import styles from './differences-panel.module.css';
import { filesOf } from './servers.ts';
import type { Directory, ServerRow } from './wave-store.ts';

const MAX_BARS = 20;
const MAX_TABLE_ROWS = 200;
const BAR_HEIGHT_PX = 34;

interface Props {
  rows: readonly ServerRow[];
  hasAllChecks: boolean;
  onOpen(id: string): void;
  onShowUnverified(): void;
}

interface Difference {
  row: ServerRow;
  directory: Directory;
  files: number;
}

/** Where files differ: a picture of the worst directories, and a table of all. */
export default function DifferencesPanel({ rows, hasAllChecks, onOpen, onShowUnverified }: Props) {
  const { messages, formats } = useI18n();
  const differences = useMemo(() => differencesIn(rows), [rows]);
  const unverified = rows.filter(({ check }) => check?.verdict === 'NOT_VERIFIED').length;
  const { different, missing, extra, chart, intro } = messages.differences;

  if (differences.length === 0) return <NoDifferences {...{ hasAllChecks, unverified, onShowUnverified }} />;
  const bars = differences.slice(0, MAX_BARS);
  return (
    <>
      <p className={styles['intro']}>{intro}</p>
      {!hasAllChecks && <p role="status">{messages.differences.pending}</p>}
      <figure className={styles['chart']}>
        <figcaption>{chart(bars.length, differences.length)}</figcaption>
        <BarChart
          aria-hidden
          h={bars.length * BAR_HEIGHT_PX + 70}
          data={bars.map(({ row, directory }, index) => ({
            label: `${row.name} ${directory.dirCheck}`,
            index,
            different: directory.numDifferentFiles ?? 0,
            missing: directory.numTargetMissFiles ?? 0,
            extra: directory.numTargetMoreFiles ?? 0,
          }))}
          dataKey="label"
          orientation="vertical"
          type="stacked"
          withLegend
          legendProps={{ verticalAlign: 'top', height: 40 }}
          yAxisProps={{ width: 220, tickMargin: 8, interval: 0 }}
          xAxisProps={{ allowDecimals: false }}
          valueFormatter={formats.number}
          barProps={{
            cursor: 'pointer',
            isAnimationActive: false,
            maxBarSize: 22,
            onClick: ({ payload }: { payload?: { index?: number } }) => {
              const bar = bars[payload?.index ?? -1];
              if (bar) onOpen(bar.row.id);
            },
          }}
          barChartProps={{ accessibilityLayer: false }}
          series={[
            { name: 'different', label: different, color: 'var(--bar-failed)' },
            { name: 'missing', label: missing, color: 'var(--bar-paused)' },
            { name: 'extra', label: extra, color: 'var(--bar-running)' },
          ]}
        />
      </figure>
      <div className={styles['table']}>
        <Table verticalSpacing="xs" aria-label={messages.wave.differences}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{messages.differences.server}</Table.Th>
              <Table.Th>{messages.differences.directory}</Table.Th>
              {[different, missing, extra].map((title) => (
                <Table.Th key={title} className={styles['number'] ?? ''}>
                  {title}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {differences.slice(0, MAX_TABLE_ROWS).map(({ row, directory }) => (
              <Table.Tr key={`${row.id} ${directory.dirCheck}`}>
                <Table.Td>
                  <button type="button" className={styles['open']} onClick={() => onOpen(row.id)}>
                    {row.name}
                  </button>
                </Table.Td>
                <Table.Td className={styles['path'] ?? ''}>{directory.dirCheck}</Table.Td>
                {(['numDifferentFiles', 'numTargetMissFiles', 'numTargetMoreFiles'] as const).map((count) => (
                  <Table.Td key={count} className={styles['number'] ?? ''}>
                    {directory[count] === null ? '–' : formats.number(directory[count])}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </>
  );
}

/** Says that no differences are not the same as identical files. */
function NoDifferences({
  hasAllChecks,
  unverified,
  onShowUnverified,
}: Pick<Props, 'hasAllChecks' | 'onShowUnverified'> & { unverified: number }) {
  const { messages, formats } = useI18n();
  if (!hasAllChecks) return <p role="status">{messages.differences.pending}</p>;
  return (
    <div className={styles['none']} data-verified={unverified === 0}>
      {unverified === 0 && <CheckBadgeIcon width={44} aria-hidden />}
      <strong>{messages.differences.noneFound}</strong>
      <span>
        {unverified === 0
          ? messages.differences.noneVerified
          : messages.differences.noneUnverified(unverified, formats)}
      </span>
      {unverified > 0 && (
        <Button variant="default" onClick={onShowUnverified}>
          {messages.differences.showServers}
        </Button>
      )}
    </div>
  );
}

function differencesIn(rows: readonly ServerRow[]): Difference[] {
  return rows
    .flatMap((row) =>
      (row.check?.directories ?? []).map((directory) => ({ row, directory, files: filesOf(directory) })),
    )
    .filter(({ files }) => files > 0)
    .toSorted((one, other) => other.files - one.files);
}
