import type { StateCount } from '../components/states-bar.tsx';
import type { ProgressFragment } from '../gql/graphql.ts';

export function stateCounts({ tasksByState, serversWithoutTask }: ProgressFragment): StateCount[] {
  return [
    ...tasksByState.map(({ state, stateText, tasks }) => ({ state: state ?? 'UNKNOWN', stateText, servers: tasks })),
    { state: null, stateText: null, servers: serversWithoutTask },
  ];
}
