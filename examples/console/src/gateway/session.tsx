import type { Client } from '@urql/core';
import { createContext, type ReactNode, use, useMemo, useRef, useState } from 'react';
import { Provider } from 'urql';
import { useI18n } from '../i18n/i18n.tsx';
import { createClient } from './client.ts';

export interface Session {
  /** Whether a token has been given. */
  hasToken: boolean;
  /** Whether it was refused since, so that a new one is needed. */
  isExpired: boolean;
  /** Counts the tokens. Reads that depend on it run again with a new token. */
  generation: number;
  /** Whether the gateway says that its data is made up. */
  isDemo: boolean;
  /** Sends a request with this token, which becomes the session's if the result is not an error. */
  logIn(token: string, check: (client: Client) => Promise<boolean>): Promise<boolean>;
  logOut(): void;
}

const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error('There is no session.');
  return session;
}

/** The token is a variable of this component, and nowhere else: neither in the URL nor in storage, so a reload forgets it. */
export function SessionProvider({ url, children }: { url: string; children: ReactNode }) {
  const { headerLanguage } = useI18n();
  const token = useRef('');
  const language = useRef(headerLanguage);
  language.current = headerLanguage;
  const [state, setState] = useState({ hasToken: false, isExpired: false, generation: 0, isDemo: false });

  const client = useMemo(
    () =>
      createClient({
        url,
        headers: () => ({
          ...(token.current !== '' && { 'x-auth-token': token.current }),
          'x-language': language.current,
        }),
        onUnauthenticated: () => setState((before) => (before.isExpired ? before : { ...before, isExpired: true })),
        onResponse: ({ headers }) => {
          if (headers.get('x-sms-emulator'))
            setState((before) => (before.isDemo ? before : { ...before, isDemo: true }));
        },
      }),
    [url],
  );

  const session: Session = {
    ...state,
    async logIn(candidate, check) {
      const before = token.current;
      token.current = candidate;
      if (!(await check(client))) {
        token.current = before;
        return false;
      }
      setState(({ generation, isDemo }) => ({
        hasToken: true,
        isExpired: false,
        generation: generation + 1,
        isDemo,
      }));
      return true;
    },
    logOut() {
      token.current = '';
      setState(({ generation, isDemo }) => ({ hasToken: false, isExpired: false, generation: generation + 1, isDemo }));
    },
  };
  return (
    <SessionContext value={session}>
      <Provider value={client}>{children}</Provider>
    </SessionContext>
  );
}
