import { Notice } from '../parts/parts.js';
import { useWords } from '../words/language.js';

/** One thing that the law of the moment says of a filing, in words. */
export type Told = readonly [name: string, value: string];
interface Moved {
  readonly name: string;
  /** null: it was not said. */
  readonly before: string | null;
  readonly now: string | null;
}

/** What is said otherwise than before, by its name; a name that is said several times by all that is said of it. */
export function movedIn(before: readonly Told[], now: readonly Told[]): Moved[] {
  const saidOf = (told: readonly Told[], name: string): string | null =>
    told
      .filter((one) => one[0] === name)
      .map(([, value]) => value)
      .join('; ') || null;
  const names = [...new Set([...now, ...before].map(([name]) => name))];
  return names
    .map((name) => ({ name, before: saidOf(before, name), now: saidOf(now, name) }))
    .filter((one) => one.before !== one.now);
}

/** Says that the law changed under what somebody looked at, what of it, and what to do; nothing was filed. */
export function LawMoved({ moved }: { readonly moved: readonly Moved[] }) {
  const { t } = useWords();
  return (
    <Notice tone="amber" alert>
      <p>
        <strong>{t('lawMoved')}</strong> {t('lawMovedText')}
      </p>
      <ul>
        {moved.map(({ name, before, now }) => (
          <li key={name}>{t('lawMovedLine', { name, before: before ?? t('none'), now: now ?? t('none') })}</li>
        ))}
      </ul>
    </Notice>
  );
}
