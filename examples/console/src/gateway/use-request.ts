import type { AnyVariables, TypedDocumentNode } from '@urql/core';
import { useCallback, useEffect, useState } from 'react';
import { useClient } from 'urql';
import { useI18n } from '../i18n/i18n.tsx';
import { type Problem, problemOfRequest } from './problem.ts';
import { useSession } from './session.tsx';

export interface RequestState<Data> {
  /** The last data that arrived. A problem later does not remove it. */
  data: Data | null;
  problem: Problem | null;
  isLoading: boolean;
  reload(): void;
}

/** Reads when the variables or the `revision` change, with a new token, and in another language, in which the gateway's texts are too. */
export function useRequest<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  { isPaused = false, revision = null }: { isPaused?: boolean; revision?: string | null } = {},
): RequestState<Data> {
  const client = useClient();
  const { generation } = useSession();
  const { language } = useI18n();
  const [attempt, setAttempt] = useState(0);
  const [state, setState] = useState<Omit<RequestState<Data>, 'reload'>>({
    data: null,
    problem: null,
    isLoading: true,
  });
  const key = JSON.stringify(variables);

  // `generation`, `language`, `revision` and `attempt` only say when to read again.
  useEffect(() => {
    if (isPaused) return;
    let isCurrent = true;
    setState((before) => ({ ...before, isLoading: true }));
    client
      .query(document, JSON.parse(key) as Variables)
      .toPromise()
      .then(({ data, error }) => {
        if (!isCurrent) return;
        setState((before) => ({
          data: data ?? before.data,
          problem: error ? problemOfRequest(error) : null,
          isLoading: false,
        }));
      });
    return () => {
      isCurrent = false;
    };
  }, [client, document, key, isPaused, revision, generation, language, attempt]);

  const reload = useCallback(() => setAttempt((before) => before + 1), []);
  return { ...state, reload };
}
