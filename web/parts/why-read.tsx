import { lookReasonName } from '../../domain/people/look-reasons.js';
import type { Readings } from '../api/contract.js';
import { useWords } from '../words/language.js';
import { Tag } from './parts.js';

/** Why somebody looked into a case; marked where they had no work on it. */
export function WhyRead({ why, reason }: Pick<Readings['items'][number], 'why' | 'reason'>) {
  const { t, say } = useWords();
  switch (why) {
    case 'task':
      return t('whyTask');
    case 'seat':
      return t('whySeat');
    case 'supervision':
      return t('whySupervision');
    case 'stated':
    case 'none':
      return (
        <>
          <Tag tone="amber">{t('whyNone')}</Tag> {reason !== null && say(lookReasonName(reason))}
        </>
      );
    case null:
      return '–';
  }
}
