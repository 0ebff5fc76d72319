import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type SubmitEvent, useState } from 'react';
import { act, read } from '../api/call.js';
import type { CityData, CityListProposal } from '../api/contract.js';
import { textOf, useAct } from '../app/act.js';
import { useToday } from '../app/session.js';
import { Failure, Loading, useTitle } from '../app/states.js';
import { type Deciding, DecisionFields, decidingOf } from './decision-fields.js';
import { Notice, Table } from '../parts/parts.js';
import { SettingForm } from './setting-form.js';
import parts from '../parts/parts.module.css';
import { bothOf, useWords, type Word } from '../words/language.js';

type List = CityData['lists'][number];
type Entry = List['entries'][number];
type Code = CityListProposal['data']['code'];

const lists = {
  'key-projects': 'listKeyProjects',
  'high-technologies': 'listHighTechnologies',
  memoranda: 'listMemoranda',
  'strategic-investors': 'listStrategicInvestors',
} as const satisfies Readonly<Record<Code, Word>>;

const settings = {
  promulgation: 'settingPromulgation',
  ladders: 'settingLadders',
  conference: 'settingConference',
  conditionSubjects: 'settingSubjects',
  fees: 'settingFees',
  notices: 'settingNotices',
  reports: 'settingReports',
  evaluations: 'settingEvaluations',
  taskDays: 'settingTaskDays',
  delegation: 'settingDelegation',
  automation: 'settingAutomation',
  calendarAhead: 'settingCalendarAhead',
  observed: 'settingObserved',
  sandbox: 'settingSandbox',
  registers: 'settingRegisters',
} as const satisfies Readonly<Record<keyof CityData['settings'], Word>>;

/** What the City decides beside the law: shown as it holds, changed by a proposal that another administrator confirms. */
export function CityDataPage() {
  const { t, say } = useWords();
  useTitle(t('adminCityData'));
  const [proposed, setProposed] = useState<string>();
  const found = useQuery({ queryKey: ['city-data'], queryFn: () => read('/city-data') });
  const today = useToday();
  const held = (code: Code): List | undefined => found.data?.lists.find((one) => one.code === code);
  return (
    <>
      <p>
        <Link to="/admin">{t('navAdmin')}</Link>
      </p>
      <h1>{t('adminCityData')}</h1>
      <p>{t('adminCityDataLead')}</p>
      {proposed !== undefined && (
        <Notice tone="green" alert>
          <p>
            {t('cityProposed', { what: proposed })} <Link to="/admin">{t('adminChanges')}</Link>
          </p>
        </Notice>
      )}
      {found.error !== null && <Failure error={found.error} />}
      {found.isPending && <Loading />}
      {found.data !== undefined && today !== undefined && (
        <>
          {(Object.keys(lists) as Code[]).map((code) => (
            <ListSection
              key={code}
              code={code}
              name={say(held(code)?.name ?? bothOf(lists[code]))}
              held={held(code)}
              today={today}
              onDone={setProposed}
            />
          ))}
          <Settings data={found.data} today={today} onDone={setProposed} />
        </>
      )}
    </>
  );
}

function ListSection(props: {
  readonly code: Code;
  readonly name: string;
  readonly held: List | undefined;
  readonly today: string;
  readonly onDone: (what: string) => void;
}) {
  const { code, name, held, today, onDone } = props;
  const { t, say, day } = useWords();
  const queries = useQueryClient();
  const { busy, failed, run } = useAct();
  const entries = held?.entries ?? [];
  const propose = (next: readonly Entry[], deciding: Deciding, after: () => void) => {
    const body = {
      data: { code, name: held?.name ?? bothOf(lists[code]), entries: next },
      ...deciding,
    } as CityListProposal;
    run(
      (key) => act('/city-data/lists/{code}/versions', { code }, body, key),
      () => {
        after();
        onDone(name);
        void queries.invalidateQueries({ queryKey: ['law-changes'] });
      },
    );
  };
  const add = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const element = event.currentTarget;
    const form = new FormData(element);
    const [vi, en] = [textOf(form, 'vi'), textOf(form, 'en')];
    const [organisation, to] = [textOf(form, 'organisation'), textOf(form, 'to')];
    const entry = {
      number: textOf(form, 'number'),
      ...(vi !== '' && { subject: { vi, en: en === '' ? vi : en } }),
      organisation: organisation === '' ? null : organisation,
      from: textOf(form, 'from'),
      to: to === '' ? null : to,
      document: textOf(form, 'decision'),
    };
    propose([...entries.filter(({ number }) => number !== entry.number), entry], decidingOf(form), () =>
      element.reset(),
    );
  };
  const end = (number: string) => (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const to = textOf(form, 'to');
    propose(
      entries.map((one) => (one.number === number ? { ...one, to } : one)),
      decidingOf(form),
      () => undefined,
    );
  };
  return (
    <section>
      <h2>{name}</h2>
      {failed !== undefined && <Failure error={failed} />}
      <Table
        caption={t('cityEntries', { n: entries.length })}
        rows={entries}
        rowKey={({ number }) => number}
        empty={t('cityEntriesNone')}
        columns={[
          { name: t('cityNumber'), cell: ({ number }) => number },
          { name: t('citySubject'), cell: ({ subject }) => (subject === undefined ? '–' : say(subject)) },
          { name: t('cityOrganisation'), cell: ({ organisation }) => organisation ?? '–' },
          {
            name: t('citySpan'),
            cell: ({ from, to }) => `${day(from)} – ${to === null ? t('cityOpenEnd') : day(to)}`,
          },
          { name: t('calendarDocument'), cell: ({ document }) => document },
          {
            name: t('delegationDo'),
            cell: ({ number, to }) =>
              to !== null ? (
                '–'
              ) : (
                <details>
                  <summary aria-label={t('cityEndOf', { number })}>{t('cityEnd')}</summary>
                  <form onSubmit={end(number)}>
                    <div className={parts['field']}>
                      <label htmlFor={`${code}-${number}-to`}>{t('cityLastDay')}</label>
                      <input id={`${code}-${number}-to`} name="to" type="date" required />
                    </div>
                    <DecisionFields id={`${code}-${number}`} today={today} />
                    <button type="submit" disabled={busy}>
                      {t(busy ? 'sending' : 'cityPropose')}
                    </button>
                  </form>
                </details>
              ),
          },
        ]}
      />
      <details>
        <summary aria-label={t('cityAddTo', { name })}>{t('cityAdd')}</summary>
        <form onSubmit={add}>
          <div className={parts['field']}>
            <label htmlFor={`${code}-number`}>{t('cityNumber')}</label>
            <input
              id={`${code}-number`}
              name="number"
              required
              maxLength={32}
              pattern="[0-9A-Za-z.\-]+"
              autoComplete="off"
            />
          </div>
          {(['vi', 'en'] as const).map((language) => (
            <div key={language} className={parts['field']}>
              <label htmlFor={`${code}-${language}`}>{t(language === 'vi' ? 'citySubjectVi' : 'citySubjectEn')}</label>
              <input id={`${code}-${language}`} name={language} maxLength={500} />
            </div>
          ))}
          <div className={parts['field']}>
            <label htmlFor={`${code}-organisation`}>{`${t('cityOrganisation')} (${t('optional')})`}</label>
            <input id={`${code}-organisation`} name="organisation" maxLength={100} autoComplete="off" />
          </div>
          <div className={parts['field']}>
            <label htmlFor={`${code}-first`}>{t('cityFirstDay')}</label>
            <input id={`${code}-first`} name="from" type="date" required defaultValue={today} />
          </div>
          <div className={parts['field']}>
            <label htmlFor={`${code}-last`}>{`${t('cityLastDay')} (${t('optional')})`}</label>
            <input id={`${code}-last`} name="to" type="date" />
          </div>
          <DecisionFields id={code} today={today} />
          <button type="submit" disabled={busy}>
            {t(busy ? 'sending' : 'cityPropose')}
          </button>
        </form>
      </details>
    </section>
  );
}

/** The other parts, each in a form of its own that is made when it is opened. */
function Settings(props: { readonly data: CityData; readonly today: string; readonly onDone: (what: string) => void }) {
  const { data, today, onDone } = props;
  const { t } = useWords();
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [sent, setSent] = useState<Readonly<Record<string, number>>>({});
  return (
    <section>
      <h2>{t('citySettings')}</h2>
      <p>{t('citySettingsLead')}</p>
      {(Object.keys(settings) as (keyof typeof settings)[]).map((code) => (
        <details
          key={code}
          onToggle={({ currentTarget }) => {
            if (currentTarget.open) setOpen((before) => new Set([...before, code]));
          }}
        >
          <summary>{t(settings[code])}</summary>
          {open.has(code) && (
            <SettingForm
              // After it was sent it begins anew with what holds.
              key={sent[code] ?? 0}
              code={code}
              held={data.settings[code]}
              today={today}
              onDone={() => {
                setSent((before) => ({ ...before, [code]: (before[code] ?? 0) + 1 }));
                onDone(t(settings[code]));
              }}
            />
          )}
        </details>
      ))}
    </section>
  );
}
