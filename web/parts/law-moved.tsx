import { useWords, type Word } from '../words/language.js';
import type { Change } from './looked.js';
import { Notice } from './parts.js';

const ofFiling = { what: 'lawMoved', then: 'lawMovedText' } as const satisfies Record<string, Word>;

/** Says that the law changed, or the day, under what somebody looked at, what of it, and what to do. `words`: where it is no filing. */
export function LawMoved(props: {
  readonly change: Change;
  readonly words?: { readonly what: Word; readonly then: Word };
}) {
  const {
    change: { moved, isNextDay },
    words = ofFiling,
  } = props;
  const { t } = useWords();
  return (
    <Notice tone="amber" alert>
      <p>
        <strong>{t(isNextDay ? 'dayMoved' : words.what)}</strong> {t(words.then)}
      </p>
      <ul>
        {moved.map(({ name, before, now }) => (
          <li key={name}>{t('lawMovedLine', { name, before: before ?? t('none'), now: now ?? t('none') })}</li>
        ))}
      </ul>
    </Notice>
  );
}
