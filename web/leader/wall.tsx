import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { Failure, Loading, useTitle } from '../app/states.js';
import { useWords } from '../words/language.js';
import { useDashboards } from './dashboards.js';
import { Cards, figuresOf } from './figures.js';
import css from './leader.module.css';
import { PromiseTable } from './panels/promises.js';
import { ReductionBars } from './panels/reduction.js';

const minute = 60_000;

/** The script this page runs and the one that the server would give it now. */
const scriptOf = (page: Document): string | null =>
  page.querySelector('script[type=module]')?.getAttribute('src') ?? null;

/** A screen that nobody touches takes a new release by itself, and only once the server has it whole. */
function useNewRelease(): void {
  useEffect(() => {
    const look = async (): Promise<void> => {
      const response = await fetch('/wall', { credentials: 'same-origin', redirect: 'error' });
      if (!response.ok) return;
      const there = scriptOf(new DOMParser().parseFromString(await response.text(), 'text/html'));
      if (there !== null && there !== scriptOf(document)) window.location.reload();
    };
    // No answer now: the page says so by its figures, and looks again later.
    const timer = setInterval(() => void look().catch(() => undefined), 10 * minute);
    return () => clearInterval(timer);
  }, []);
}

/** The figures for a screen on a wall: no controls, asked for anew every minute. */
export function Wall() {
  const words = useWords();
  const { t, moment } = words;
  const { data, error } = useDashboards({}, minute);
  useTitle(t('navWall'));
  useNewRelease();
  return (
    <div className={css['wall']}>
      <div className={css['head']}>
        <h1>{t('boardTitle')}</h1>
        {data !== undefined && <p>{t('boardAsOf', { at: moment(data.summary.asOf) })}</p>}
        <p>
          <Link to="/board">{t('wallBack')}</Link>
        </p>
      </div>
      {error !== null && <Failure error={error} />}
      {data === undefined ? (
        error === null && <Loading />
      ) : (
        <>
          <h2 className={css['unseen']}>{t('boardHeadline')}</h2>
          <Cards figures={figuresOf(words, data)} still />
          <div className={css['halves']}>
            <section>
              <h2>{t('boardReductionTable')}</h2>
              <ReductionBars {...data} />
            </section>
            <section>
              <h2>{t('boardPromises')}</h2>
              <PromiseTable {...data} limit={5} />
            </section>
          </div>
        </>
      )}
    </div>
  );
}
