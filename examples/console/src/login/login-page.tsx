import { Button, Code, Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import { useClient } from 'urql';
import { PingDocument } from '../gateway/documents.ts';
import { useSession } from '../gateway/session.tsx';
import { useI18n } from '../i18n/i18n.tsx';
import styles from './login-page.module.css';
import { TokenForm } from './token-form.tsx';

/** Public: docs/emulator.md lists it. */
const DEMO_TOKEN = 'demo-token-all-rights';

export function LoginPage() {
  const { messages } = useI18n();
  const { isDemo } = useSession();
  const client = useClient();
  // The response says whether the data is made up.
  useEffect(() => {
    client.query(PingDocument, {}).toPromise();
  }, [client]);
  return (
    <div className={styles['page']}>
      <div className={styles['card']}>
        <Title order={1} size="h2">
          {messages.login.heading}
        </Title>
        <Text c="dimmed" mt={4} mb="lg">
          {messages.login.intro}
        </Text>
        <TokenForm
          submit={messages.login.submit}
          extra={(logIn) =>
            isDemo && (
              <div className={styles['demo']}>
                <Text size="sm">
                  {messages.login.demo} <Code>{DEMO_TOKEN}</Code>
                </Text>
                <Button variant="light" size="xs" onClick={() => logIn(DEMO_TOKEN)}>
                  {messages.login.useDemo}
                </Button>
              </div>
            )
          }
        />
      </div>
    </div>
  );
}
