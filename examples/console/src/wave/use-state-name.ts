import type { TaskRowFragment } from '../gql/graphql.ts';
import { useI18n } from '../i18n/i18n.tsx';

/** The state of a task in words; SMS's own text for a state that the gateway does not know. */
export function useStateName(): (task: Pick<TaskRowFragment, 'state' | 'stateText'> | null) => string {
  const { messages } = useI18n();
  return (task) => {
    if (task === null) return messages.noTask;
    const { state, stateText } = task;
    return state === null || state === 'UNKNOWN' ? (stateText ?? messages.unknown) : messages.taskStates[state];
  };
}
