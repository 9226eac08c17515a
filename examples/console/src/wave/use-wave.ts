import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { useClient } from 'urql';
import { useSession } from '../gateway/session.tsx';
import { useI18n } from '../i18n/i18n.tsx';
import { WaveStore } from './wave-store.ts';

/** The servers of a wave and their results, which are read as long as the view is open. */
export function useWave(id: string) {
  const client = useClient();
  const { generation } = useSession();
  const { language } = useI18n();
  const store = useMemo(() => new WaveStore(client, id), [client, id]);
  const state = useSyncExternalStore(store.subscribe, store.snapshot);
  // What a former token could not read is read with a new one.
  useEffect(() => {
    store.read();
  }, [store, generation]);
  // The reasons of failures are in the language of the page.
  useEffect(() => {
    if (store.snapshot().hasAllServers) store.readAgain();
  }, [store, language]);
  return { store, ...state };
}
