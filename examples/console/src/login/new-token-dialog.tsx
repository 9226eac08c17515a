import { Modal, Text } from '@mantine/core';
import { useI18n } from '../i18n/i18n.tsx';
import { TokenForm } from './token-form.tsx';

/** Asks for another token on top of the page, so that nothing on the page is lost. */
export function NewTokenDialog({ isOpen }: { isOpen: boolean }) {
  const { messages } = useI18n();
  return (
    <Modal
      opened={isOpen}
      onClose={() => {}}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
      title={messages.login.expiredHeading}
      lockScroll={false}
      zIndex={500}
      centered
    >
      <Text mb="md">{messages.login.expiredIntro}</Text>
      <TokenForm submit={messages.login.goOn} />
    </Modal>
  );
}
