import { Text } from '@mantine/core';
import { Dialog } from '../components/dialog.tsx';
import { useI18n } from '../i18n/i18n.tsx';
import { TokenForm } from './token-form.tsx';

/** Asks for another token on top of the page, so that nothing on the page is lost. */
export function NewTokenDialog({ isOpen }: { isOpen: boolean }) {
  const { messages } = useI18n();
  return (
    <Dialog isOpen={isOpen} title={messages.login.expiredHeading} zIndex={500}>
      <Text>{messages.login.expiredIntro}</Text>
      <TokenForm submit={messages.login.goOn} />
    </Dialog>
  );
}
