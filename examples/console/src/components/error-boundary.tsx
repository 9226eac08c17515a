import { Button, Center, Stack, Text, Title } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { useI18n } from '../i18n/i18n.tsx';

/** Shows that the page has a bug. It sends nothing anywhere. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    return this.state.hasFailed ? <Crashed /> : this.props.children;
  }
}

function Crashed() {
  const { messages } = useI18n();
  return (
    <Center component="main" mih="100vh" p="md">
      <Stack role="alert" align="center">
        <Title order={1}>{messages.problem.crashed}</Title>
        <Text>{messages.problem.crashedHint}</Text>
        <Button onClick={() => location.reload()}>{messages.problem.reload}</Button>
      </Stack>
    </Center>
  );
}
