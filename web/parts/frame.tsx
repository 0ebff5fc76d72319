import type { ReactNode } from 'react';
import { useWords, type Word } from '../words/language.js';
import css from './frame.module.css';

export interface Clock {
  readonly mode: 'real' | 'stepped' | 'ticking';
  readonly now: string;
}

/** One way on in the head of a page. */
export interface Way {
  readonly to: string;
  readonly word: Word;
}

/** The skeleton of every page: head, rehearsal band, one `main`, foot. */
export function Frame(props: {
  readonly clock: Clock | undefined;
  /** Path and query of this page. */
  readonly address: string;
  readonly navigation: ReactNode;
  readonly wide?: boolean;
  /** Nothing but the page and the rehearsal band: a screen on a wall. */
  readonly bare?: boolean;
  readonly children: ReactNode;
}) {
  const { t, moment, language } = useWords();
  const { clock, address, navigation, wide = false, bare = false, children } = props;
  const other = language === 'vi' ? 'en' : 'vi';
  const band = clock !== undefined && clock.mode !== 'real' && (
    <p className={css['band']}>{t('rehearsal', { now: moment(clock.now) })}</p>
  );
  if (bare) {
    return (
      <>
        <header>{band}</header>
        <main id="main" tabIndex={-1}>
          {children}
        </main>
      </>
    );
  }
  return (
    <>
      <a className={css['skip']} href="#main">
        {t('skip')}
      </a>
      <header className={css['header']}>
        {band}
        <div className={css['bar']}>
          <a className={css['brand']} href="/">
            {t('brand')}
          </a>
          <nav aria-label={t('mainNavigation')}>
            <ul className={css['nav']}>
              {navigation}
              <li>
                <a href={`/language?to=${other}&back=${encodeURIComponent(address)}`} lang={other} hrefLang={other}>
                  {t('otherLanguage')}
                </a>
              </li>
            </ul>
          </nav>
        </div>
      </header>
      <main id="main" tabIndex={-1} className={wide ? `${css['main']} ${css['wide']}` : css['main']}>
        {children}
      </main>
      <footer className={css['footer']}>
        <div className={css['bar']}>
          <p>{t('footer')}</p>
          <a href="/api/docs">{t('forPrograms')}</a>
        </div>
      </footer>
    </>
  );
}

/** A link of the head; the page one is on is marked. */
export function WayLink({ way, here }: { readonly way: Way; readonly here: string }) {
  const { t } = useWords();
  return (
    <li>
      <a href={way.to} aria-current={here === way.to ? 'page' : undefined}>
        {t(way.word)}
      </a>
    </li>
  );
}

/** The heading of a page with the sentence that says what it is for. */
export function Heading({ title, lead }: { readonly title: string; readonly lead?: string }) {
  return (
    <>
      <h1>{title}</h1>
      {lead !== undefined && <p className={css['lead']}>{lead}</p>}
    </>
  );
}
