import { useEffect, useState } from 'react';
import { useClient } from 'urql';
import { WatchWaveDocument } from '../gateway/documents.ts';
import { mayPass, type Problem, problemOf, problemOfRequest } from '../gateway/problem.ts';
import { useSession } from '../gateway/session.tsx';
import type { ProgressFragment } from '../gql/graphql.ts';
import { useI18n } from '../i18n/i18n.tsx';
import type { WaveStore } from './wave-store.ts';

/** How often SMS is read for the watch, in seconds. */
const INTERVAL_SECONDS = 5;
const MAX_BACKOFF_SECONDS = 30;
/** How often a wave is read that is too large for a watch. */
const POLL_INTERVAL_MS = 30_000;

export type WatchStatus =
  | { kind: 'connecting' | 'live' | 'resting' | 'polled' | 'offline' }
  /** Connects again by itself, at `at` (epoch ms). */
  | { kind: 'waiting'; at: number; problem: Problem | null }
  | { kind: 'failed'; problem: Problem };

export interface Watch {
  status: WatchStatus;
  progress: ProgressFragment | null;
  /** Watches again after everything has ended, or at once instead of later. */
  restart(): void;
}

/** Watches a wave until all of its tasks have ended, across broken connections. */
export function useWatch(store: WaveStore, id: string): Watch {
  const client = useClient();
  const { generation, isExpired } = useSession();
  const { language } = useI18n();
  const [status, setStatus] = useState<WatchStatus>({ kind: 'connecting' });
  const [progress, setProgress] = useState<ProgressFragment | null>(null);
  const [attempt, setAttempt] = useState(0);

  // `generation`, `language` and `attempt` only say when to connect again.
  useEffect(() => {
    if (isExpired) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stop: (() => void) | undefined;
    let failures = 0;
    const restart = () => {
      failures = 0;
      connect();
    };

    function connect() {
      clearTimeout(timer);
      stop?.();
      let isOver = false;
      setStatus({ kind: 'connecting' });
      const { unsubscribe } = client
        .subscription(WatchWaveDocument, { id, interval: INTERVAL_SECONDS })
        .subscribe(({ data, error, hasNext }) => {
          const event = data?.migrationProgress;
          if (isOver) return;
          if (event?.__typename === 'MigrationProgressUpdate' && !error && hasNext) {
            failures = 0;
            store.apply(event);
            setProgress(event.progress);
            setStatus({ kind: event.ended ? 'resting' : 'live' });
            isOver = event.ended;
          } else {
            isOver = true;
            onBreak(error ? problemOfRequest(error) : event && 'code' in event ? problemOf(event) : null);
          }
        });
      stop = () => {
        isOver = true;
        unsubscribe();
      };
    }

    function onBreak(problem: Problem | null) {
      if (problem?.code === 'TOO_MANY_SERVERS') {
        setStatus({ kind: 'polled' });
        timer = setTimeout(function poll() {
          store.readAgain();
          timer = setTimeout(poll, POLL_INTERVAL_MS);
        }, POLL_INTERVAL_MS);
      } else if (problem && !mayPass(problem)) setStatus({ kind: 'failed', problem });
      else {
        failures += 1;
        const seconds = problem?.retryAfterSeconds ?? Math.min(MAX_BACKOFF_SECONDS, 2 ** failures);
        setStatus({ kind: 'waiting', at: Date.now() + seconds * 1_000, problem });
        timer = setTimeout(connect, seconds * 1_000);
      }
    }

    // A stream does not notice that the network is gone until it has been silent for a while.
    function onOffline() {
      clearTimeout(timer);
      stop?.();
      setStatus({ kind: 'offline' });
    }

    connect();
    addEventListener('online', restart);
    addEventListener('offline', onOffline);
    return () => {
      removeEventListener('online', restart);
      removeEventListener('offline', onOffline);
      clearTimeout(timer);
      stop?.();
    };
  }, [client, store, id, generation, isExpired, language, attempt]);

  return { status, progress, restart: () => setAttempt((before) => before + 1) };
}
