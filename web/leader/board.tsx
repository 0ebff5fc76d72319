import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { SubmitEvent } from 'react';
import { becomeWall, read } from '../api/call.js';
import { useAct } from '../app/act.js';
import { Failure, Loading, useTitle } from '../app/states.js';
import { Heading } from '../parts/frame.js';
import { laneWords } from '../parts/parts.js';
import partsCss from '../parts/parts.module.css';
import { useWords } from '../words/language.js';
import { useDashboards } from './dashboards.js';
import { Cards, figuresOf } from './figures.js';
import { OpenInstructions } from '../case/instructions.js';
import css from './leader.module.css';
import { AutomationPart } from './panels/automation.js';
import { Bottlenecks } from './panels/bottlenecks.js';
import { Cuts } from './panels/cuts.js';
import { EarlyWarnings } from './panels/early-warning.js';
import { Definitions } from './panels/definitions.js';
import { Others } from './panels/others.js';
import { Promises } from './panels/promises.js';
import { Reduction } from './panels/reduction.js';
import { Targets } from './panels/targets.js';
import { SandboxPart } from './panels/sandbox.js';
import { Times } from './panels/times.js';
import { Waits } from './panels/waits.js';
import { OwedReports } from './reports.js';
import { type BoardSearch, boardSearchOf, lanes } from './search.js';

/** The figures of the green lane: five at a glance, then each with what stands behind it. */
export function Board() {
  const words = useWords();
  const { t, day, moment, number } = words;
  const search = boardSearchOf(useSearch({ strict: false }));
  const { data, error } = useDashboards(search);
  useTitle(t('boardTitle'));
  return (
    <div className={css['sheet']}>
      <Heading title={t('boardTitle')} />
      <Filter key={JSON.stringify(search)} search={search} />
      {error !== null && <Failure error={error} />}
      {data === undefined ? (
        error === null && <Loading />
      ) : (
        <>
          <p className={partsCss['faint']}>
            {data.summary.period.from === null
              ? t('boardPeriodWhole', { to: day(data.summary.period.to) })
              : t('boardPeriod', { from: day(data.summary.period.from), to: day(data.summary.period.to) })}{' '}
            {t('boardAsOf', { at: moment(data.summary.asOf) })}
            {data.summary.dataAgeSeconds >= 5 &&
              ` ${t('boardBehind', { n: number(Math.round(data.summary.dataAgeSeconds)) })}`}
          </p>
          <h2>{t('boardHeadline')}</h2>
          <Cards figures={figuresOf(words, data)} />
          <OpenInstructions />
          <OwedReports />
          <EarlyWarnings />
          <Targets />
          <Cuts search={search} />
          <Reduction {...data} />
          <Times {...data} />
          <Bottlenecks {...data} />
          <Waits search={search} />
          <AutomationPart {...data} />
          <Promises {...data} />
          <SandboxPart {...data} />
          <Others {...data} />
          <Definitions measures={data.measures} />
          <ToWall />
        </>
      )}
    </div>
  );
}

/** Turns this browser into a screen on a wall, which outlives a session of a person and may do nothing else. */
function ToWall() {
  const { t } = useWords();
  const { busy, failed, run } = useAct();
  return (
    <section>
      <h2>{t('navWall')}</h2>
      <p>{t('wallStay')}</p>
      {failed !== undefined && <Failure error={failed} />}
      <button
        type="button"
        className={partsCss['secondary']}
        disabled={busy}
        onClick={() => run(becomeWall, () => window.location.assign('/wall'))}
      >
        {t('wallStayDo')}
      </button>
    </section>
  );
}

function Filter({ search }: { readonly search: BoardSearch }) {
  const { t, say } = useWords();
  const navigate = useNavigate();
  const pathways = useQuery({ queryKey: ['pathways'], queryFn: () => read('/pathways'), staleTime: 3_600_000 });
  const zones = useQuery({ queryKey: ['zones'], queryFn: () => read('/zones'), staleTime: 3_600_000 });
  const show = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const next = boardSearchOf(Object.fromEntries(new FormData(event.currentTarget)));
    void navigate({ to: '/board', search: next });
  };
  return (
    <form className={css['filter']} onSubmit={show}>
      <div>
        <label htmlFor="from">{t('boardFrom')}</label>
        <input id="from" name="from" type="date" defaultValue={search.from} />
      </div>
      <div>
        <label htmlFor="to">{t('boardTo')}</label>
        <input id="to" name="to" type="date" defaultValue={search.to} />
      </div>
      <div>
        <label htmlFor="lane">{t('statusLane')}</label>
        <select id="lane" name="lane" defaultValue={search.lane ?? ''}>
          <option value="">{t('boardEvery')}</option>
          {lanes.map((lane) => (
            <option key={lane} value={lane}>
              {t(laneWords[lane])}
            </option>
          ))}
        </select>
      </div>
      <div>
        <label htmlFor="pathway">{t('pathwaysTitle')}</label>
        {/* Drawn anew when the names have come, so that what the address says is chosen. */}
        <select key={String(pathways.isSuccess)} id="pathway" name="pathway" defaultValue={search.pathway ?? ''}>
          <option value="">{t('boardEvery')}</option>
          {(pathways.data?.items ?? []).map(({ code, name }) => (
            <option key={code} value={code}>
              {say(name)}
            </option>
          ))}
        </select>
      </div>
      <div>
        <label htmlFor="zone">{t('factZone')}</label>
        <select key={String(zones.isSuccess)} id="zone" name="zone" defaultValue={search.zone ?? ''}>
          <option value="">{t('boardEvery')}</option>
          {(zones.data?.items ?? []).map(({ code, name }) => (
            <option key={code} value={code}>
              {say(name)}
            </option>
          ))}
        </select>
      </div>
      <button type="submit">{t('boardShow')}</button>
    </form>
  );
}
