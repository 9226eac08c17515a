import { Center, Loader } from '@mantine/core';
import { useI18n } from '../i18n/i18n.tsx';

export function Loading() {
  const { messages } = useI18n();
  return (
    <Center role="status" aria-label={messages.loading} mih={240}>
      <Loader type="dots" />
    </Center>
  );
}
