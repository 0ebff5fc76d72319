import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Calendar } from '../../domain/time/calendar.js';
import { read } from '../api/call.js';
import type { RoadmapItem, TimelineEntry } from '../api/contract.js';
import { Failure, Loading } from '../app/states.js';
import parts from '../parts/parts.module.css';
import { useWords } from '../words/language.js';
import css from './case.module.css';
import { datesOf, Roadmap } from './roadmap.js';

/** The case as the register had it after one event: nothing of the past changes. */
const frameQuery = (code: string, seq: number) =>
  ({
    queryKey: ['frame', code, seq],
    queryFn: async () => {
      const [roadmap, ledger] = await Promise.all([
        read('/cases/{code}/roadmap', { code }, { seq }),
        read('/cases/{code}/ledger', { code }, { seq }),
      ]);
      return { roadmap, ledger };
    },
    staleTime: 'static',
  }) as const;

const marked = 'filmDay';
const speeds = [0.5, 1, 2, 4] as const;
const aheadOfTime = 2;

/** Whether whoever looks asked their system for less that moves by itself. */
function useStillness(): boolean {
  const [asked] = useState(() => window.matchMedia('(prefers-reduced-motion: reduce)'));
  const [still, setStill] = useState(asked.matches);
  useEffect(() => {
    const change = () => setStill(asked.matches);
    asked.addEventListener('change', change);
    return () => asked.removeEventListener('change', change);
  }, [asked]);
  return still;
}

/** What happened, event by event, on the ribbon as it stood after each: by itself, or step by step. */
export function Film(props: {
  readonly code: string;
  /** Those the reader reads, oldest first; at least one. */
  readonly events: readonly TimelineEntry[];
  /** The roadmap of now: its dates keep their place. */
  readonly items: readonly RoadmapItem[];
  readonly calendar: Calendar | undefined;
  readonly agencyName: (code: string) => string;
}) {
  const { code, events, items, calendar, agencyName } = props;
  const { t, say, moment, number } = useWords();
  const queries = useQueryClient();
  const still = useStillness();
  const [place, setPlace] = useState(0);
  const [wanted, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<number>(1);
  const last = events.length - 1;
  const playing = wanted && !still && place < last;
  const event = events[place];
  const frame = useQuery({ ...frameQuery(code, event?.seq ?? 1), placeholderData: keepPreviousData });
  useEffect(() => {
    // One that fails is asked for again, and told, when it is to be shown.
    for (const { seq } of events.slice(place + 1, place + 1 + aheadOfTime))
      queries.query(frameQuery(code, seq)).catch(() => undefined);
  }, [queries, code, events, place]);
  const shown = !frame.isPlaceholderData && frame.data !== undefined;
  useEffect(() => {
    // The next one only once this one was seen.
    if (!playing || !shown) return;
    const waiting = setTimeout(() => setPlace((now) => now + 1), 1_000 / speed);
    return () => clearTimeout(waiting);
  }, [playing, shown, place, speed]);
  if (event === undefined) return null;
  const go = (to: number) => {
    setPlaying(false);
    setPlace(Math.min(Math.max(to, 0), last));
  };
  const { actor } = event;
  const by = actor.name ?? (actor.agency === null ? t('bySystem') : agencyName(actor.agency));
  return (
    <>
      <div className={parts['actions']} role="group" aria-label={t('filmControls')}>
        {still ? (
          <span className={parts['faint']}>{t('filmStill')}</span>
        ) : (
          <button
            type="button"
            onClick={() => {
              if (place === last) setPlace(0);
              setPlaying(!playing);
            }}
          >
            {t(playing ? 'filmPause' : 'filmPlay')}
          </button>
        )}
        <button type="button" className={parts['secondary']} disabled={place === 0} onClick={() => go(place - 1)}>
          {t('filmBack')}
        </button>
        <button type="button" className={parts['secondary']} disabled={place === last} onClick={() => go(place + 1)}>
          {t('filmOn')}
        </button>
        {!still && (
          <label className={css['speed']}>
            {t('filmSpeed')}{' '}
            <select value={speed} onChange={({ currentTarget }) => setSpeed(Number(currentTarget.value))}>
              {speeds.map((one) => (
                <option key={one} value={one}>
                  {number(one, one < 1 ? 1 : 0)}×
                </option>
              ))}
            </select>
          </label>
        )}
      </div>
      <label htmlFor="film-place">{t('filmPlace')}</label>
      <input
        id="film-place"
        className={css['place']}
        type="range"
        min={0}
        max={last}
        value={place}
        aria-valuetext={t('filmAt', { n: place + 1, of: events.length, event: say(event.name) })}
        onChange={({ currentTarget }) => go(Number(currentTarget.value))}
      />
      {/* By itself it would be read out over and over. */}
      <p aria-live={playing ? 'off' : 'polite'}>
        <strong>{t('filmAt', { n: place + 1, of: events.length, event: say(event.name) })}</strong>{' '}
        {moment(event.occurredAt)} · {by}
      </p>
      {frame.error !== null && <Failure error={frame.error} />}
      {frame.isPending && <Loading />}
      {frame.data !== undefined && (
        <Roadmap
          id="film"
          label={t('filmTitle')}
          marked={marked}
          reach={datesOf(items)}
          code={code}
          items={frame.data.roadmap.items}
          asOf={frame.data.roadmap.asOf}
          ledger={frame.data.ledger}
          calendar={calendar}
          agencyName={agencyName}
        />
      )}
    </>
  );
}
