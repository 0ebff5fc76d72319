import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { act, newKey, read } from '../api/call.js';
import type { GreenLaneFiling, Receipt, Screening } from '../api/contract.js';
import { useMe } from '../app/session.js';
import { FailedPage, Loading, useTop } from '../app/states.js';
import { FilingSignature } from '../parts/filing-signature.js';
import { Facts, Lane, Notice, Table, Unverified } from '../parts/parts.js';
import { screeningLooked } from '../parts/screening-told.js';
import { dryRunCookie, filingCarried } from '../public/dry-run.js';
import { useWords } from '../words/language.js';
import { ActingFor } from './acting-in.js';
import { grantorOf, type HeldPower, heldFrom, mayFileFor } from './acting.js';
import { FiledDraft } from './filed-draft.js';
import type { Content } from './filing-values.js';
import { ask, type Guide, Guided, type Step, type VerdictProps, wholeOf } from './guided.js';
import { trialGuide } from './trial-filing.js';

/** One subject a page, in the order in which an investor knows the answers. */
const steps: readonly Step[] = [
  {
    title: 'stepProject',
    asks: [
      ...ask('text', 'project.name.vi', 'project.name.en'),
      ...ask('choice', 'project.field'),
      ...ask('words', 'project.summary.vi', 'project.summary.en'),
    ],
  },
  {
    title: 'stepSite',
    asks: [
      ...ask('choice', 'project.site.zone', 'project.site.land'),
      ...ask('text', 'project.site.lot'),
      ...ask('decimal', 'project.site.areaM2'),
      ...ask('yes-no', 'project.construction'),
      ...ask('choice', 'project.feasibilityGroup', 'project.environmentalGroup'),
    ],
  },
  {
    title: 'stepCapital',
    asks: [
      ...ask('money', 'project.capital.totalVnd', 'project.capital.totalUsd'),
      ...ask('share', 'project.capital.foreignShare'),
      ...ask('whole', 'project.termYears', 'project.staffAfterThreeYears', 'project.foreignExperts'),
      ...ask('yes-no', 'project.importsEquipment'),
    ],
  },
  {
    title: 'stepLane',
    asks: ask(
      'yes-no',
      'project.highTechListed',
      'project.internationallyLinked',
      'project.strategicInvestor',
      'project.keyProjectListed',
      'project.restrictedTechnology',
    ),
  },
  {
    title: 'stepInvestor',
    asks: [
      ...ask('text', 'investor.name'),
      ...ask('country', 'investor.country'),
      ...ask('text', 'investor.registrationNumber'),
      ...ask('choice', 'investor.language'),
    ],
  },
];

const nothing: Content = { kind: 'green-lane', documents: [] };

/** What a dry run in this browser found out, until a draft has it. */
const carried = (): Content | undefined => {
  const cookie = document.cookie.split('; ').find((one) => one.startsWith(`${dryRunCookie.name}=`));
  return filingCarried(cookie && decodeURIComponent(cookie.slice(dryRunCookie.name.length + 1)));
};
const forgetCarried = (): void => {
  document.cookie = `${dryRunCookie.name}=; path=${dryRunCookie.path}; max-age=0`;
};

const projectGuide: Guide = {
  kind: 'green-lane',
  title: 'fileNew',
  steps,
  empty: nothing,
  look: (content, words) => screened(content).then((found) => screeningLooked(found, words)),
  Verdict: Screened,
  Received: ({ receipt }) => (receipt.kind === 'green-lane' ? <Received receipt={receipt} /> : null),
  onKept: forgetCarried,
};

/** Filing a project, or a solution to be tried; what a dry run in this browser found out is there already. */
export function Filing() {
  const { draft, kind, for: whose } = useSearch({ from: '/projects/new' });
  const me = useMe();
  const { t } = useWords();
  const kept = useQuery({
    queryKey: ['draft', draft],
    queryFn: () => read('/drafts/{id}', { id: draft ?? '' }),
    enabled: draft !== undefined,
    staleTime: Infinity,
  });
  const guide = (draft === undefined ? kind : kept.data?.content?.['kind']) === 'sandbox' ? trialGuide : projectGuide;
  const fields = useQuery({
    queryKey: ['fields', guide.kind],
    queryFn: () => read('/fields', {}, { kind: guide.kind }),
    staleTime: Infinity,
    enabled: draft === undefined || kept.data !== undefined,
  });
  const [carriedHere] = useState(carried);
  const begun = draft === undefined && guide === projectGuide ? carriedHere : undefined;
  const error = fields.error ?? kept.error;
  if (error !== null) return <FailedPage title={t(guide.title)} error={error} />;
  const given = mayFileFor(me);
  const acting = me.role === 'representative';
  if (acting && given.length === 0) return <CannotFile title={t(guide.title)} />;
  // An investor chooses on the first page: themselves, or an organisation.
  const chosen = given.length === 1 ? given[0]?.grantor : whose;
  const owner = kept.data?.owner ?? (acting ? chosen : undefined);
  if (acting && given.every(({ grantor }) => grantor !== owner))
    return <ForWhom title={t(guide.title)} choices={given} {...(kind !== undefined && { kind })} />;
  if (fields.data === undefined || (draft !== undefined && kept.data === undefined)) return <Loading />;
  if (kept.data?.status === 'filed') return <FiledDraft draft={kept.data} guide={guide} />;
  return (
    <>
      {owner !== undefined && owner !== me.id && <ActingFor powers={heldFrom(me, owner)} />}
      <Guided
        key={guide.kind}
        guide={guide}
        fields={fields.data.items}
        version={kept.data?.version}
        content={kept.data?.content ?? begun ?? guide.empty}
        {...(owner !== undefined && { onBehalfOf: owner })}
        {...(begun !== undefined && { begun: 'fileFromDryRun' as const })}
      />
    </>
  );
}

/** A representative whom nobody lets file: what to ask for. */
function CannotFile({ title }: { readonly title: string }) {
  const { t } = useWords();
  return (
    <>
      <h1>{title}</h1>
      <Notice tone="amber">
        <p>{t('actingCannotFile')}</p>
        <p>
          <Link to="/powers">{t('navPowers')}</Link>
        </p>
      </Notice>
    </>
  );
}

/** A representative of several investors says for whom, before anything else. */
function ForWhom(props: { readonly title: string; readonly choices: readonly HeldPower[]; readonly kind?: 'sandbox' }) {
  const { title, choices, kind } = props;
  const { t } = useWords();
  return (
    <>
      <h1>{title}</h1>
      <h2>{t('actingChoose')}</h2>
      <ul>
        {choices.map((power) => (
          <li key={power.grantor}>
            <Link to="/projects/new" search={{ ...(kind && { kind }), for: power.grantor }}>
              {grantorOf(power)}
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}

const screened = (content: Content): Promise<Screening> =>
  act('/screenings', {}, wholeOf(projectGuide, content) as unknown as GreenLaneFiling, newKey());

/** The dry run of what was written. */
function Screened({ content, onLooked, onFailed }: VerdictProps) {
  const words = useWords();
  const [screening, setScreening] = useState<Screening>();
  useEffect(() => {
    screened(content).then((found) => {
      setScreening(found);
      onLooked({}, screeningLooked(found, words));
    }, onFailed);
    // Once for what was written: whoever is told changes with every drawing.
  }, [content]);
  return screening === undefined ? null : <Plan screening={screening} />;
}

/** What the engine would do with it: lane, pathway, days. */
function Plan({ screening }: { readonly screening: Screening }) {
  const { cite, t, say, day, percent } = useWords();
  const recommended = screening.pathways.find(({ id }) => id === screening.recommended.pathway);
  return (
    <Notice tone="green">
      <Facts
        items={[
          [t('statusLane'), <Lane lane={screening.lane} />],
          [t('planPathway'), recommended === undefined ? screening.recommended.pathway : say(recommended.name)],
          [t('planBaseline'), `${t('workingDays', { n: screening.baselineDays })} · ${day(screening.baselineEndDate)}`],
          [t('planTarget'), `${t('workingDays', { n: screening.targetDays })} · ${day(screening.targetEndDate)}`],
          [t('planReduction'), percent(screening.plannedReduction)],
        ]}
      />
      <p>{say(screening.recommended.reason)}</p>
      <ul>
        {screening.predicates.map((one) => (
          <li key={one.id}>
            {say(one.name)}: {t(one.verdict === 'yes' ? 'yes' : one.verdict === 'no' ? 'no' : 'unknown')} (
            {cite(one.clause)}) <Unverified verified={one.verified} />
            {one.nearMiss !== undefined && ` ${say(one.nearMiss.text)}`}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

/** The receipt: code, PIN (shown once), and when each agency answers if every dossier comes on time. */
function Received({ receipt }: { readonly receipt: Receipt }) {
  const { t, say, day } = useWords();
  useTop();
  return (
    <>
      <h1>{t('receiptTitle')}</h1>
      <Notice tone="green" alert>
        <p>{t('receiptText')}</p>
        <Facts
          items={[
            [t('statusCode'), <strong>{receipt.public.code}</strong>],
            [t('statusPin'), <strong>{receipt.public.pin}</strong>],
            [t('statusLane'), <Lane lane={receipt.lane} />],
            [t('planBaseline'), `${t('workingDays', { n: receipt.baseline.days })} · ${day(receipt.baseline.endDate)}`],
            [t('planTarget'), `${t('workingDays', { n: receipt.target.days })} · ${day(receipt.target.endDate)}`],
            [t('filingSignature'), <FilingSignature signed={receipt.signed} />],
          ]}
        />
        <p>{t('receiptPin')}</p>
        {receipt.lane !== 'green' && <p>{t(receipt.lane === 'undecided' ? 'receiptLane' : 'receiptLaneAgain')}</p>}
        <p>
          {t('receiptThen')}{' '}
          <Link to="/cases/$code" params={{ code: receipt.case }}>
            {t('receiptNext')}
          </Link>
        </p>
      </Notice>
      <Table
        caption={t('receiptPlan')}
        rows={receipt.plan}
        rowKey={({ procedure }) => procedure}
        columns={[
          { name: t('colProcedure'), cell: (one) => say(one.name) },
          { name: t('colAgency'), cell: (one) => say(one.agencyName) },
          {
            name: t('planLaw'),
            cell: ({ statutory }) => (statutory.ends === null ? '–' : day(statutory.ends)),
          },
          {
            name: t('planPromise'),
            cell: ({ target }) => (target.ends === null ? '–' : day(target.ends)),
          },
          {
            name: t('colMandatory'),
            cell: ({ mandatory }) => t(mandatory ? 'yes' : 'no'),
          },
        ]}
      />
    </>
  );
}
