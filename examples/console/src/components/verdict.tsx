import { CheckCircleIcon, ExclamationCircleIcon, QuestionMarkCircleIcon } from '@heroicons/react/20/solid';
import type { ConsistencyVerdict } from '../gql/graphql.ts';
import { useI18n } from '../i18n/i18n.tsx';
import styles from './verdict.module.css';

const ICONS = {
  CONSISTENT: CheckCircleIcon,
  DIFFERENT: ExclamationCircleIcon,
  NOT_VERIFIED: QuestionMarkCircleIcon,
};

/** A verdict as icon, color and word; null while it is being read. */
export function Verdict({ verdict, isLarge = false }: { verdict: ConsistencyVerdict | null; isLarge?: boolean }) {
  const { messages } = useI18n();
  if (verdict === null) return <span className={styles['pending']}>{messages.verdictPending}</span>;
  const Icon = ICONS[verdict];
  return (
    <span className={styles['verdict']} data-verdict={verdict} data-large={isLarge}>
      <Icon aria-hidden width={isLarge ? 22 : 16} />
      {messages.verdicts[verdict]}
    </span>
  );
}
