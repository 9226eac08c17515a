import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useI18n } from '../i18n/i18n.tsx';
import styles from './dialog.module.css';

interface Props {
  title: string;
  children: ReactNode;
  /** Without it, the dialog cannot be closed. */
  onClose?: () => void;
  isOpen?: boolean;
  zIndex?: number;
}

/** A dialog that a click beside it does not close, so that nothing is lost by mistake. */
export function Dialog({ title, children, onClose, isOpen = true, zIndex = 300 }: Props) {
  const { messages } = useI18n();
  return (
    <Modal
      opened={isOpen}
      onClose={onClose ?? (() => {})}
      title={title}
      withCloseButton={onClose !== undefined}
      closeOnEscape={onClose !== undefined}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': messages.close }}
      // It would need a style element.
      lockScroll={false}
      size="lg"
      zIndex={zIndex}
      classNames={{ title: styles['title'] ?? '' }}
      // It is not the banner of the page.
      attributes={{ header: { role: 'none' } }}
    >
      <div className={styles['body']}>{children}</div>
    </Modal>
  );
}
