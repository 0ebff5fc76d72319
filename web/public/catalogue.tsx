import { registerName } from '../../domain/law/registers.js';
import type {
  Agencies,
  Calendar,
  Calendars,
  Pathways,
  Procedure,
  Procedures,
  ProcedureVersions,
  Publications,
  PublicTrial,
  PublicTrials,
} from '../api/contract.js';
import { Heading } from '../parts/frame.js';
import { Facts, Notice, Table, Tag, Unverified, useTerm } from '../parts/parts.js';
import { useWords, type Word } from '../words/language.js';

const phases = { licence: 'phaseLicence', build: 'phaseBuild', operate: 'phaseOperate' } as const;
const automations = { full: 'automationFull', assisted: 'automationAssisted', manual: 'automationManual' } as const;

function useAgencies({ items }: Agencies): (code: string) => string {
  const { say } = useWords();
  const names = new Map(items.map(({ code, name }) => [code, say(name)]));
  return (code) => names.get(code) ?? code;
}

const competent = ({ competentAgency: { park, zone, province, central } }: Procedure): readonly string[] => [
  ...new Set([park, zone, province, central].filter((one) => one !== null)),
];

export function ProcedureList({ procedures, agencies }: { procedures: Procedures; agencies: Agencies }) {
  const { t, say, day } = useWords();
  const nameOf = useAgencies(agencies);
  const term = useTerm();
  return (
    <>
      <Heading title={t('proceduresTitle')} lead={t('proceduresLead', { at: day(procedures.at) })} />
      <Table
        caption={t('navProcedures')}
        titled
        rows={procedures.items}
        rowKey={({ code }) => code}
        columns={[
          { name: t('colProcedure'), cell: (one) => <a href={`/procedures/${one.code}`}>{say(one.name)}</a> },
          { name: t('colPhase'), cell: (one) => t(phases[one.phase]) },
          { name: t('colAgency'), cell: (one) => competent(one).map(nameOf).join(' · ') },
          { name: t('colTerm'), cell: (one) => term(one.statutoryBudget) },
        ]}
      />
    </>
  );
}

export function ProcedurePage({ procedure, agencies }: { procedure: ProcedureVersions; agencies: Agencies }) {
  const { cite, t, say, day } = useWords();
  const nameOf = useAgencies(agencies);
  const term = useTerm();
  const [newest] = procedure.items;
  if (newest === undefined) return null;
  return (
    <>
      <h1>{say(newest.name)}</h1>
      <Facts
        items={[
          [t('colAgency'), competent(newest).map(nameOf).join(' · ')],
          [t('colTerm'), term(newest.statutoryBudget)],
          [t('colBasis'), cite(newest.budgetBasis)],
          [t('colPhase'), t(phases[newest.phase])],
          [t('procedureResult'), say(newest.result)],
          [t('procedureVersion', { version: newest.version }), validity(newest, t, day)],
        ]}
      />
      <Table
        caption={t('procedureDocuments')}
        rows={newest.documents}
        rowKey={({ code }) => code}
        empty={t('none')}
        columns={[
          { name: t('colDocument'), cell: (one) => say(one.name) },
          {
            name: t('colSource'),
            cell: ({ obtainableFrom }) =>
              obtainableFrom === null
                ? t('procedureToFile')
                : t('procedureOnceOnly', { source: say(registerName(obtainableFrom)) }),
          },
        ]}
      />
      <Table
        caption={t('procedureSteps')}
        rows={newest.steps}
        rowKey={({ code }) => code}
        columns={[
          { name: t('colStep'), cell: (one) => say(one.name) },
          { name: t('colAgency'), cell: (one) => nameOf(one.agency) },
          { name: t('colWho'), cell: (one) => t(automations[one.automation]) },
        ]}
      />
      <p>
        <a href="/procedures">{t('backToProcedures')}</a>
      </p>
    </>
  );
}

function validity(
  { validFrom, validTo }: Procedure,
  t: (word: Word, values?: Record<string, string>) => string,
  day: (date: string) => string,
): string {
  const from = t('procedureFrom', { from: day(String(validFrom)) });
  return validTo === null ? from : `${from} ${t('procedureTo', { to: day(String(validTo)) })}`;
}

export function PathwayList({ pathways, procedures }: { pathways: Pathways; procedures: Procedures }) {
  const { cite, t, say } = useWords();
  const names = new Map(procedures.items.map(({ code, name }) => [code, say(name)]));
  const nameOf = (code: string) => names.get(code) ?? code;
  return (
    <>
      <Heading title={t('pathwaysTitle')} lead={t('pathwaysLead')} />
      {pathways.items.map((pathway) => (
        <section key={pathway.code} aria-labelledby={pathway.code}>
          <h2 id={pathway.code}>{say(pathway.name)}</h2>
          <p>{pathway.legalBasis.map(cite).join(' · ')}</p>
          {pathway.lawfulWhen.length > 0 && (
            <>
              <h3>{t('pathwayConditions')}</h3>
              <ul>
                {pathway.lawfulWhen.map((one) => (
                  <li key={one.clause + one.text.en}>
                    {say(one.text)} ({cite(one.clause)}) <Unverified verified={one.verified} />
                  </li>
                ))}
              </ul>
            </>
          )}
          <details>
            <summary>
              {t('pathwayProcedures')} ({pathway.procedures.length})
            </summary>
            <Table
              caption={say(pathway.name)}
              rows={pathway.procedures}
              rowKey={(one) => one.procedure + one.clause}
              columns={[
                {
                  name: t('colProcedure'),
                  cell: (one) => <a href={`/procedures/${one.procedure}`}>{nameOf(one.procedure)}</a>,
                },
                { name: t('colPhase'), cell: (one) => t(phases[one.phase]) },
                {
                  name: t('colAfter'),
                  cell: (one) => one.after.map(({ procedure }) => nameOf(procedure)).join(' · ') || '–',
                },
                {
                  name: t('colBasis'),
                  cell: (one) => (
                    <>
                      {cite(one.clause)} <Unverified verified={one.verified} />
                    </>
                  ),
                },
              ]}
            />
          </details>
        </section>
      ))}
    </>
  );
}

type DayOff = Calendar['daysOff'][number];

const closed = { 'whole-day': 'closedWholeDay', 'half-day': 'closedHalfDay' } as const;

function Days({ caption, days }: { readonly caption: string; readonly days: readonly DayOff[] }) {
  const { t, say, day } = useWords();
  return (
    <Table
      caption={caption}
      rows={days}
      rowKey={({ date }) => date}
      columns={[
        { name: t('colDate'), cell: ({ date }) => day(date) },
        {
          name: t('colName'),
          cell: ({ name, closure }) => (closure ? `${say(name)} (${t(closed[closure])})` : say(name)),
        },
        {
          name: t('colSource'),
          cell: ({ source, verified }) => (
            <>
              {source} <Unverified verified={verified} />
            </>
          ),
        },
      ]}
    />
  );
}

export function Holidays({ items, ahead }: Calendars) {
  const { t, say, day } = useWords();
  return (
    <>
      <Heading title={t('holidaysTitle')} lead={t('holidaysLead')} />
      {items.map((calendar) => {
        const next = ahead.find((one) => one.calendar === calendar.code)?.daysOff ?? [];
        return (
          <section key={calendar.code}>
            <h2>{say(calendar.name)}</h2>
            <p>{t('holidaysSpan', { from: day(calendar.from), to: day(calendar.to) })}</p>
            <Days caption={t('navHolidays')} days={calendar.daysOff} />
            {calendar.makeUpDays.length > 0 && <Days caption={t('holidaysMakeUp')} days={calendar.makeUpDays} />}
            {next.length > 0 && <Days caption={t('holidaysAhead')} days={next} />}
          </section>
        );
      })}
    </>
  );
}

function More({ to, next }: { readonly to: string; readonly next: string | null }) {
  const { t } = useWords();
  return next === null ? null : (
    <p>
      <a href={`${to}?cursor=${encodeURIComponent(next)}`} rel="next">
        {t('more')}
      </a>
    </p>
  );
}

export function PublicationList({ items, next }: Publications) {
  const { t, say, moment } = useWords();
  return (
    <>
      <Heading title={t('publicationsTitle')} lead={t('publicationsLead')} />
      <Table
        caption={t('publicationsTitle')}
        titled
        rows={items}
        rowKey={(one) => one.dossierCode + one.step}
        empty={t('publicationsNone')}
        columns={[
          { name: t('colProject'), cell: ({ filed }) => (filed === null ? t('erased') : say(filed.project)) },
          { name: t('colInvestor'), cell: ({ filed }) => filed?.investor ?? '–' },
          {
            name: t('colPlace'),
            cell: ({ filed }) =>
              [filed?.place.zone, filed?.place.lot].filter((one) => typeof one === 'string').join(', ') || '–',
          },
          { name: t('colProcedure'), cell: ({ name }) => say(name) },
          { name: t('colAgency'), cell: ({ agencyName }) => say(agencyName) },
          { name: t('colPublished'), cell: ({ publishedAt }) => moment(publishedAt) },
        ]}
      />
      <More to="/publications" next={next} />
    </>
  );
}

const trialPhases = {
  admitted: 'trialPhaseAdmitted',
  running: 'trialPhaseRunning',
  paused: 'trialPhasePaused',
  assessment: 'trialPhaseAssessment',
  transition: 'trialPhaseTransition',
  ended: 'trialPhaseEnded',
} as const;

export function TrialList({ items, next }: PublicTrials) {
  const { t, say, day } = useWords();
  return (
    <>
      <Heading title={t('trialsTitle')} lead={t('trialsLead')} />
      <Table
        caption={t('trialsTitle')}
        titled
        rows={items}
        rowKey={({ code }) => code}
        empty={t('trialsNone')}
        columns={[
          {
            name: t('colSolution'),
            cell: ({ code, solution }) => (
              <a href={`/public/trials/${code}`}>{solution === null ? t('erased') : say(solution)}</a>
            ),
          },
          { name: t('colHolder'), cell: ({ holder }) => holder ?? t('naturalPerson') },
          { name: t('colRegime'), cell: ({ regimeName }) => say(regimeName) },
          { name: t('colState'), cell: ({ phase }) => <Tag>{t(trialPhases[phase])}</Tag> },
          { name: t('colUntil'), cell: ({ until }) => day(until) },
        ]}
      />
      <More to="/trials" next={next} />
    </>
  );
}

export function Trial(trial: PublicTrial) {
  const { t, say, day } = useWords();
  return (
    <>
      <h1>{trial.solution === null ? t('erased') : say(trial.solution)}</h1>
      <Facts
        items={[
          [t('colState'), <Tag>{t(trialPhases[trial.phase])}</Tag>],
          [t('colHolder'), trial.holder ?? t('naturalPerson')],
          [t('colRegime'), say(trial.regimeName)],
          [t('trialAuthority'), say(trial.authorityName)],
          [t('trialSupervisor'), say(trial.supervisorName)],
          [t('trialAdmitted'), day(trial.admittedOn)],
          [t('colUntil'), day(trial.until)],
          [t('trialAreas'), trial.conditions.areas.map(({ name }) => say(name)).join(' · ') || t('none')],
        ]}
      />
      {trial.certificate !== null && (
        <Notice tone="green">
          <p>{trial.certificate}</p>
        </Notice>
      )}
      <p>
        <a href="/trials">{t('trialsTitle')}</a>
      </p>
    </>
  );
}
