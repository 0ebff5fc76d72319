import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { act, newKey } from '../api/call.js';
import type { FitAnswer, SandboxFiling, TrialReceipt } from '../api/contract.js';
import { FilingSignature } from '../parts/filing-signature.js';
import { Facts, Notice, Table, Tag, type Tone } from '../parts/parts.js';
import parts from '../parts/parts.module.css';
import { useTop } from '../app/states.js';
import { useWords, type Word, type Words } from '../words/language.js';
import type { Content } from './filing-values.js';
import type { Told } from '../parts/looked.js';
import { ask, type Guide, type Step, type VerdictProps, wholeOf } from './guided.js';

/** One subject a page, in the order in which whoever wants to try something knows the answers. */
const steps: readonly Step[] = [
  {
    title: 'stepSolution',
    asks: [
      ...ask('text', 'solution.name.vi', 'solution.name.en'),
      ...ask('choice', 'solution.field'),
      ...ask('words', 'solution.summary.vi', 'solution.summary.en'),
    ],
  },
  {
    title: 'stepTrialPlace',
    asks: [
      {
        path: 'solution.sites',
        type: 'rows',
        needed: true,
        columns: [
          { name: 'zone', type: 'choice' },
          { name: 'area', type: 'text' },
        ],
      },
      ...ask('whole', 'solution.months', 'solution.users'),
      ...ask('money', 'solution.valueVnd'),
      ...ask('choice', 'solution.dataLocation'),
      ...ask('yes-no', 'solution.otherProvinces', 'solution.crossBorder'),
    ],
  },
  {
    title: 'stepTrialEffects',
    asks: ask(
      'yes-no',
      'solution.realUsers',
      'solution.closedTest',
      'solution.canHarm',
      'solution.insured',
      'solution.directLegalEffect',
      'solution.sensitiveData',
      'solution.nationalSecuritySystem',
    ),
  },
  {
    title: 'stepTrialRules',
    asks: [
      { path: 'solution.declared', type: 'declared' },
      ...ask('yes-no', 'solution.regulatedByLaw'),
      {
        path: 'solution.exemptionsSought',
        type: 'rows',
        needed: false,
        columns: [
          { name: 'act', type: 'text' },
          { name: 'article', type: 'text' },
        ],
      },
    ],
  },
  {
    title: 'stepApplicant',
    asks: [
      ...ask('text', 'applicant.name'),
      ...ask('country', 'applicant.country'),
      ...ask('text', 'applicant.registrationNumber'),
      ...ask('choice', 'applicant.kind', 'applicant.language'),
      ...ask('yes-no', 'applicant.operatesInPark', 'applicant.smallOrStartUp'),
    ],
  },
];

export const trialGuide: Guide = {
  kind: 'sandbox',
  title: 'fileTrial',
  steps,
  empty: { kind: 'sandbox', documents: [] },
  look: (content, words) => fitOf(content).then((found) => ({ told: toldOf(found, words) })),
  Verdict: Tested,
  Received: ({ receipt }) => (receipt.kind === 'sandbox' ? <Received receipt={receipt} /> : null),
};

const verdicts = {
  yes: ['fitYes', 'green'],
  unknown: ['fitUnknown', 'amber'],
  no: ['fitNo', 'red'],
} as const satisfies Record<'yes' | 'unknown' | 'no', readonly [Word, Tone]>;

const fitOf = (content: Content): Promise<FitAnswer> =>
  act('/regimes/fit', {}, wholeOf(trialGuide, content) as unknown as SandboxFiling, newKey());

/** What each regime says of it, test by test. */
const toldOf = ({ items }: FitAnswer, { t, say, cite }: Words): Told[] =>
  items.flatMap((one): Told[] => [
    [say(one.name), t(verdicts[one.verdict][0])],
    ...one.reasons.map((reason): Told => [
      `${say(one.name)}: ${say(reason.text)}`,
      `${t(verdicts[reason.verdict][0])} (${cite(reason.clause)})`,
    ]),
  ]);

/** What the regimes of the day say; where several would take it, whoever files chooses. */
function Tested({ content, onLooked, onFailed }: VerdictProps) {
  const words = useWords();
  const { cite, t, say } = words;
  const [fit, setFit] = useState<FitAnswer>();
  const [chosen, setChosen] = useState('');
  useEffect(() => {
    fitOf(content).then((found) => {
      setFit(found);
      // What is refused is refused when it is filed, too, with its reason: nobody is kept from asking.
      onLooked({}, { told: toldOf(found, words) });
    }, onFailed);
  }, [content]);
  if (fit === undefined) return null;
  const open = fit.items.filter(({ verdict }) => verdict !== 'no');
  const taken = open.find(({ regime }) => regime === (chosen || fit.taken?.regime));
  const near = taken === undefined ? nearest(fit) : taken;
  const choose = (regime: string) => {
    setChosen(regime);
    onLooked(regime === '' ? {} : ({ regime } satisfies Content));
  };
  return (
    <Notice tone={taken === undefined ? 'red' : taken.verdict === 'yes' ? 'green' : 'amber'}>
      <p>
        <strong>
          {taken !== undefined
            ? t(taken.verdict === 'yes' ? 'fitTaken' : 'fitTakenUnknown', { regime: say(taken.name) })
            : open.length > 1
              ? t('fitSeveral')
              : fit.refusal === null
                ? t('fitNone')
                : say(fit.refusal.title)}
        </strong>
      </p>
      {open.length > 1 && (
        <div className={parts['field']}>
          <label htmlFor="regime">{t('fitChoose')}</label>
          <select id="regime" value={chosen} onChange={({ currentTarget }) => choose(currentTarget.value)}>
            <option value="">{t('choose')}</option>
            {open.map((one) => (
              <option key={one.regime} value={one.regime}>
                {say(one.name)}
              </option>
            ))}
          </select>
        </div>
      )}
      {near !== undefined && (
        <>
          {taken === undefined && <p>{t('fitNearest', { regime: say(near.name) })}</p>}
          <ul>
            {near.reasons.map((one) => (
              <li key={one.code}>
                {say(one.text)} <Tag tone={verdicts[one.verdict][1]}>{t(verdicts[one.verdict][0])}</Tag>{' '}
                <span className={parts['faint']}>{cite(one.clause)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Notice>
  );
}

/** The regime that the refusal speaks of. */
const nearest = ({ refusal, items }: FitAnswer) => items.find(({ regime }) => regime === refusal?.details['regime']);

/** The receipt: code, PIN (shown once), under which regime, and when the decision is due. */
function Received({ receipt }: { readonly receipt: TrialReceipt }) {
  const { t, say, day } = useWords();
  useTop();
  const { trial } = receipt;
  return (
    <>
      <h1>{t('receiptTrialTitle')}</h1>
      <Notice tone="green" alert>
        <p>{t('receiptText')}</p>
        <Facts
          items={[
            [t('statusCode'), <strong>{receipt.public.code}</strong>],
            [t('statusPin'), <strong>{receipt.public.pin}</strong>],
            [t('regimeOne'), say(trial.regimeName)],
            [t('trialAuthority'), say(trial.authority.name)],
            [t('trialSupervisor'), say(trial.supervises.name)],
            [t('trialDecisionDue'), day(receipt.decisionDue.endDate)],
            [t('filingSignature'), <FilingSignature signed={receipt.signed} />],
          ]}
        />
        <p>{t('receiptPin')}</p>
      </Notice>
      <Table
        caption={t('receiptPlan')}
        rows={receipt.plan}
        rowKey={({ procedure }) => procedure}
        columns={[
          { name: t('colProcedure'), cell: (one) => say(one.name) },
          { name: t('colAgency'), cell: (one) => say(one.agencyName) },
          { name: t('planLaw'), cell: ({ statutory }) => (statutory.ends === null ? '–' : day(statutory.ends)) },
        ]}
      />
      <p>
        <Link to="/cases/$code" params={{ code: receipt.case }}>
          {t('receiptNext')}
        </Link>
      </p>
    </>
  );
}
