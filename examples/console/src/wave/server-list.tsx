// biome-ignore-all lint/a11y/useSemanticElements: rows that are placed one by one cannot be those of a table element
// biome-ignore-all lint/a11y/useFocusableInteractive: what can be focused are the controls in the cells
import { Checkbox } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { memo, useLayoutEffect, useRef, useState } from 'react';
import { phaseOf } from '../components/phases.ts';
import { Verdict } from '../components/verdict.tsx';
import { useI18n } from '../i18n/i18n.tsx';
import styles from './server-list.module.css';
import { percentOf } from './servers.ts';
import { useNote } from './use-note.ts';
import { useStateName } from './use-state-name.ts';
import type { ServerRow } from './wave-store.ts';

const ROW_HEIGHT_PX = 60;
const NARROW_ROW_HEIGHT_PX = 132;

interface Props {
  rows: readonly ServerRow[];
  selectedIds: ReadonlySet<string>;
  onSelect(ids: ReadonlySet<string>): void;
  onOpen(id: string): void;
}

/** Only the rows in sight are in the document, so that thousands of servers scroll as well as ten. */
export function ServerList({ rows, selectedIds, onSelect, onOpen }: Props) {
  const { messages } = useI18n();
  const isNarrow = useMediaQuery('(max-width: 860px)') ?? false;
  const body = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  // What is above the list may have become higher.
  useLayoutEffect(() => {
    const now = body.current ? Math.round(body.current.getBoundingClientRect().top + scrollY) : 0;
    if (now !== top) setTop(now);
  });
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => (isNarrow ? NARROW_ROW_HEIGHT_PX : ROW_HEIGHT_PX),
    overscan: 5,
    scrollMargin: top,
    getItemKey: (index) => rows[index]?.id ?? index,
  });
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, isNarrow]);

  const selected = rows.filter(({ id }) => selectedIds.has(id)).length;
  const toggleAll = () => {
    const shownIds = rows.map(({ id }) => id);
    const others = [...selectedIds].filter((id) => !shownIds.includes(id));
    onSelect(new Set(selected === rows.length ? others : [...others, ...shownIds]));
  };
  const toggle = (id: string) => {
    const ids = new Set(selectedIds);
    if (!ids.delete(id)) ids.add(id);
    onSelect(ids);
  };
  const { name, state, progress, verdict, why } = messages.wave.columns;
  return (
    <div className={styles['table']} role="table" aria-label={messages.wave.servers} aria-rowcount={rows.length + 1}>
      <div role="rowgroup">
        <div className={styles['head']} role="row" aria-rowindex={1}>
          <span role="columnheader">
            <Checkbox
              aria-label={messages.wave.selectAll}
              checked={selected > 0 && selected === rows.length}
              indeterminate={selected > 0 && selected < rows.length}
              onChange={toggleAll}
            />
          </span>
          {[name, state, progress, verdict, why].map((title) => (
            <span key={title} role="columnheader">
              {title}
            </span>
          ))}
        </div>
      </div>
      <div ref={body} role="rowgroup" className={styles['body']} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ key, index, start, size }) => {
          const row = rows[index];
          return (
            row && (
              <Row
                key={key}
                row={row}
                rowIndex={index + 2}
                top={start - top}
                height={size}
                isSelected={selectedIds.has(row.id)}
                onToggle={toggle}
                onOpen={onOpen}
              />
            )
          );
        })}
      </div>
    </div>
  );
}

interface RowProps {
  row: ServerRow;
  rowIndex: number;
  top: number;
  height: number;
  isSelected: boolean;
  onToggle(id: string): void;
  onOpen(id: string): void;
}

const Row = memo(
  function Row({ row, rowIndex, top, height, isSelected, onToggle, onOpen }: RowProps) {
    const { messages, formats } = useI18n();
    const stateName = useStateName();
    const note = useNote();
    const name = row.name ?? row.id;
    const percent = percentOf(row);
    const phase = phaseOf(row.task?.state ?? null);
    return (
      <div
        className={styles['row']}
        role="row"
        aria-rowindex={rowIndex}
        data-selected={isSelected}
        style={{ transform: `translateY(${top}px)`, height }}
      >
        <span role="cell" className={styles['select']}>
          <Checkbox aria-label={messages.wave.select(name)} checked={isSelected} onChange={() => onToggle(row.id)} />
        </span>
        <span role="cell" className={styles['name']}>
          <button type="button" onClick={() => onOpen(row.id)} aria-label={messages.wave.open(name)}>
            {name}
          </button>
          <span className={styles['dimmed']}>{row.ip}</span>
        </span>
        <span role="cell" className={styles['state']}>
          <span className={styles['dot']} data-phase={phase} aria-hidden />
          {stateName(row.task)}
        </span>
        <span role="cell" className={styles['progress']}>
          {percent === null || row.task === null ? (
            <span className={styles['dimmed']}>–</span>
          ) : (
            <>
              <span
                className={styles['track']}
                role="progressbar"
                aria-label={messages.wave.columns.progress}
                aria-valuenow={Math.floor(percent)}
                aria-valuemin={0}
                aria-valuemax={100}
              >
                <span className={styles['fill']} data-phase={phase} style={{ width: `${percent}%` }} />
              </span>
              <span className={styles['percent']}>{formats.percent(Math.floor(percent * 10) / 10)}</span>
            </>
          )}
        </span>
        <span role="cell" className={styles['verdict']}>
          <Verdict verdict={row.check?.verdict ?? null} />
        </span>
        <span role="cell" className={styles['note']}>
          <span>{note(row)}</span>
        </span>
      </div>
    );
  },
  (one, other) =>
    one.row === other.row &&
    one.rowIndex === other.rowIndex &&
    one.top === other.top &&
    one.height === other.height &&
    one.isSelected === other.isSelected,
);
