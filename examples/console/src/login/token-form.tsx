import { EyeIcon, EyeSlashIcon } from '@heroicons/react/24/outline';
import { ActionIcon, Button, Stack, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { ProblemAlert } from '../components/problem-alert.tsx';
import { CheckTokenDocument } from '../gateway/documents.ts';
import { type Problem, problemOfRequest } from '../gateway/problem.ts';
import { useSession } from '../gateway/session.tsx';
import { useI18n } from '../i18n/i18n.tsx';
import styles from './token-form.module.css';

/** Asks for a token and tries it. `extra` may fill in another one. */
export function TokenForm({
  submit,
  extra,
}: {
  submit: string;
  extra?: (logIn: (token: string) => void) => ReactNode;
}) {
  const { messages } = useI18n();
  const session = useSession();
  const [token, setToken] = useState('');
  const [isVisible, setVisible] = useState(false);
  const [isChecking, setChecking] = useState(false);
  const [isEmpty, setEmpty] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function logIn(candidate: string) {
    setEmpty(candidate === '');
    if (candidate === '' || isChecking) return;
    setChecking(true);
    setProblem(null);
    await session.logIn(candidate, async (client) => {
      const { error } = await client.query(CheckTokenDocument, {}).toPromise();
      const found = error ? problemOfRequest(error) : null;
      // Whoever may not list projects may still open one by its link.
      const isAccepted = found === null || found.kind === 'SmsForbiddenError';
      if (!isAccepted) setProblem(found);
      return isAccepted;
    });
    setChecking(false);
  }

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    logIn(token.trim());
  }

  return (
    <form onSubmit={onSubmit} autoComplete="off">
      <Stack gap="md">
        {/* Not of the type password: a browser would offer to store it. */}
        <TextInput
          label={messages.login.token}
          description={messages.login.tokenHint}
          error={isEmpty && messages.login.empty}
          value={token}
          onChange={({ currentTarget }) => setToken(currentTarget.value)}
          classNames={isVisible ? {} : { input: styles['masked'] ?? '' }}
          size="md"
          name="off"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          data-autofocus
          data-1p-ignore
          data-lpignore="true"
          rightSection={
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={isVisible ? messages.login.hide : messages.login.show}
              onClick={() => setVisible(!isVisible)}
            >
              {isVisible ? <EyeSlashIcon width={18} /> : <EyeIcon width={18} />}
            </ActionIcon>
          }
        />
        {problem && <ProblemAlert problem={problem} />}
        <Button type="submit" size="md" loading={isChecking}>
          {submit}
        </Button>
        {extra?.(logIn)}
      </Stack>
    </form>
  );
}
