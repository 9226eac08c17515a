import { InboxIcon } from '@heroicons/react/24/outline';
import type { ReactNode } from 'react';
import styles from './empty-state.module.css';

export function EmptyState({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={styles['empty']} role="status">
      <InboxIcon width={40} aria-hidden />
      <strong>{title}</strong>
      {children}
    </div>
  );
}
