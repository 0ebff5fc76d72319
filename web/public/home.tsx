import { useWords, type Word } from '../words/language.js';
import css from '../parts/parts.module.css';

const doors: readonly (readonly [to: string, name: Word, text: Word])[] = [
  ['/qualify', 'homeQualify', 'homeQualifyText'],
  ['/status', 'homeStatus', 'homeStatusText'],
  ['/decisions', 'homeDecision', 'homeDecisionText'],
  ['/projects/new', 'homeFile', 'homeFileText'],
  ['/procedures', 'homeCatalogue', 'homeCatalogueText'],
  ['/figures', 'homeFigures', 'homeFiguresText'],
];
const steps: readonly (readonly [name: Word, text: Word])[] = [
  ['homeHow1', 'homeHow1Text'],
  ['homeHow2', 'homeHow2Text'],
  ['homeHow3', 'homeHow3Text'],
  ['homeHow4', 'homeHow4Text'],
];

export function Home() {
  const { t } = useWords();
  return (
    <>
      <h1>{t('homeTitle')}</h1>
      <p className={css['lead']}>{t('homeLead')}</p>
      <h2>{t('homeDo')}</h2>
      <ul className={css['doors']}>
        {doors.map(([to, name, text]) => (
          <li key={to}>
            <a className={css['door']} href={to}>
              <strong>{t(name)}</strong>
              {t(text)}
            </a>
          </li>
        ))}
      </ul>
      <h2>{t('homeHow')}</h2>
      <ol className={css['how']}>
        {steps.map(([name, text]) => (
          <li key={name}>
            <h3>{t(name)}</h3>
            <p>{t(text)}</p>
          </li>
        ))}
      </ol>
      <p>{t('homeTarget')}</p>
    </>
  );
}
