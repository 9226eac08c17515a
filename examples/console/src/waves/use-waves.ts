import { useEffect, useState } from 'react';
import { WavesDocument } from '../gateway/documents.ts';
import { useRequest } from '../gateway/use-request.ts';
import type { WavesQuery } from '../gql/graphql.ts';

const PAGE_SIZE = 25;

export type Wave = NonNullable<WavesQuery['migrationProjects']>['nodes'][number];

/** The waves, page after page. */
export function useWaves() {
  const [after, setAfter] = useState<string | null>(null);
  const [waves, setWaves] = useState<readonly Wave[]>([]);
  const { data, problem, isLoading, reload } = useRequest(WavesDocument, { first: PAGE_SIZE, after });
  const page = data?.migrationProjects;
  useEffect(() => {
    if (page) setWaves((before) => [...new Map([...before, ...page.nodes].map((wave) => [wave.id, wave])).values()]);
  }, [page]);
  const { hasNextPage = false, endCursor = null } = page?.pageInfo ?? {};
  return { waves, problem, isLoading, hasMore: hasNextPage, loadMore: () => setAfter(endCursor), reload };
}
