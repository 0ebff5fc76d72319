import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { limitValue } from '../../domain/law/limit-words.js';
import { act, read } from '../api/call.js';
import type { Trial, TrialReadings } from '../api/contract.js';
import { textOf } from '../app/act.js';
import { ActForm, FileInput, useUploads } from '../app/act-form.js';
import { FailedPage, Failure, Loading, useTitle } from '../app/states.js';
import { ActingIn } from '../investor/acting-in.js';
import { useAgencyName } from '../case/queries.js';
import { documentAddress, useDocuments } from '../documents/documents.js';
import { Facts, Notice, Table, Tag, type Tone, Unverified } from '../parts/parts.js';
import parts from '../parts/parts.module.css';
import { useWords, type Word, type Words } from '../words/language.js';
import { placeOn } from '../parts/chart.js';
import { Adjusting, Keys } from './adjusting.js';
import css from './trial.module.css';

const phases = {
  admission: ['phaseAdmission', 'blue'],
  admitted: ['trialPhaseAdmitted', 'blue'],
  running: ['trialPhaseRunning', 'green'],
  held: ['phaseHeld', 'red'],
  suspended: ['trialPhasePaused', 'amber'],
  assessment: ['trialPhaseAssessment', 'blue'],
  ended: ['trialPhaseEnded', 'plain'],
  transition: ['trialPhaseTransition', 'blue'],
  over: ['phaseOver', 'plain'],
} as const satisfies Record<Trial['phase'], readonly [Word, Tone]>;

type Limit = NonNullable<Trial['terms']>['limits'][number];
type Reading = TrialReadings['items'][number];

/** What a limit allows, in words. */
function boundText({ min, max, values, unit }: Limit, { t, number, say }: Words): string {
  const digits = (value: number) => number(value, Number.isInteger(value) ? 0 : 2);
  if (values !== undefined) return values.map((one) => limitValue(one, say)).join(', ');
  if (min !== undefined && max !== undefined) return `${digits(min)} – ${digits(max)} ${unit}`;
  if (max !== undefined) return `${t('limitAtMost', { n: digits(max) })} ${unit}`;
  return min === undefined ? '–' : `${t('limitAtLeast', { n: digits(min) })} ${unit}`;
}

/** A trial as it stands: what is due first, then limits against what was measured, and everything that happened; the acts that the reader may do now. */
export function TrialPage() {
  const words = useWords();
  const { t, say, day, moment } = words;
  const { code } = useParams({ from: '/cases/$code/trial' });
  const queries = useQueryClient();
  const agencyName = useAgencyName();
  useTitle(t('trialTitle', { code }));
  const found = useQuery({
    queryKey: ['trial', code],
    queryFn: () => read('/cases/{code}/trial', { code }),
    refetchInterval: 15_000,
  });
  const readings = useQuery({
    queryKey: ['trial-readings', code],
    queryFn: () => read('/cases/{code}/trial/readings', { code }, { limit: 100 }),
    refetchInterval: 15_000,
  });
  const { link, view } = useDocuments(found.data?.withheldDocuments);
  if (found.data === undefined && found.error !== null)
    return <FailedPage title={t('trialTitle', { code })} error={found.error} />;
  const trial = found.data;
  if (trial === undefined) return <Loading />;
  const again = () => {
    for (const key of ['trial', 'trial-readings', 'case']) void queries.invalidateQueries({ queryKey: [key, code] });
  };
  const due = dueOf(trial, words);
  return (
    <ActingIn code={code}>
      <p>
        <Link to="/cases/$code" params={{ code }}>
          {t('trialCase', { code })}
        </Link>
      </p>
      <h1>
        {say(trial.regime.name)} <Tag tone={phases[trial.phase][1]}>{t(phases[trial.phase][0])}</Tag>
      </h1>
      {found.error !== null && <Failure error={found.error} />}
      <Facts
        items={[
          [t('trialAuthority'), agencyName(trial.authority)],
          [t('trialSupervisor'), agencyName(trial.supervises)],
          [t('trialDecision'), trial.decision ?? '–'],
          [
            t('trialTerm'),
            trial.from === null || trial.until === null ? '–' : `${day(trial.from)} – ${day(trial.until)}`,
          ],
          trial.ending === null ? null : [t('trialEnding'), t(endings[trial.ending])],
          trial.certificate === null ? null : [t('trialCertificate'), trial.certificate],
          trial.transitionUntil === null ? null : [t('trialTransition'), day(trial.transitionUntil)],
        ]}
      />
      <section>
        <h2>{t('trialDue')}</h2>
        {due.length === 0 ? (
          <Notice tone="green">
            <p>{t('trialDueNone')}</p>
          </Notice>
        ) : (
          <ul>
            {due.map((one) => (
              <li key={one.key}>
                {one.text}
                {one.date !== null && ` · ${t('askedBy', { day: one.date })}`}{' '}
                {one.late && <Tag tone="red">{t('riskBreached')}</Tag>}
              </li>
            ))}
          </ul>
        )}
      </section>
      <Acts trial={trial} code={code} onDone={again} />
      <section>
        <h2>{t('trialLimits')}</h2>
        {trial.terms === null ? (
          <p>{t('trialNoTerms')}</p>
        ) : (
          <Table
            caption={t('trialLimitsTable', { share: words.percent(trial.warnAt) })}
            rows={trial.terms.limits}
            rowKey={(one) => one.code}
            empty={t('none')}
            columns={[
              {
                name: t('colName'),
                cell: (one) => (
                  <>
                    {say(one.name)} <Unverified verified={one.verified} />
                  </>
                ),
              },
              { name: t('limitAllowed'), cell: (one) => boundText(one, words) },
              {
                name: t('limitMeasured'),
                cell: (one) => (
                  <Measured
                    limit={one}
                    reading={readings.data?.items.find(({ limit }) => limit === one.code)}
                    alerted={trial.alerts.find(({ limit }) => limit === one.code)}
                  />
                ),
              },
            ]}
          />
        )}
        {trial.metrics !== null && (
          <p className={parts['faint']}>{t('trialBatch', { n: trial.metrics.batch, to: moment(trial.metrics.to) })}</p>
        )}
      </section>
      <section>
        <h2>{t('trialIncidents')}</h2>
        <Table
          caption={t('trialIncidents')}
          rows={trial.incidents}
          rowKey={({ id }) => id}
          empty={t('trialIncidentsNone')}
          columns={[
            { name: t('colNumber'), cell: ({ id }) => id },
            {
              name: t('incidentSeverity'),
              cell: ({ severity }) => (severity === null ? '–' : t(severities[severity])),
            },
            {
              name: t('colState'),
              cell: ({ status, late }) => (
                <>
                  {t(incidentStates[status])} {late && <Tag tone="red">{t('incidentLate')}</Tag>}
                </>
              ),
            },
            { name: t('incidentReportBy'), cell: ({ reportBy }) => moment(reportBy) },
            { name: t('incidentWhat'), cell: ({ description }) => description ?? '–' },
            {
              name: t('fieldFinding'),
              cell: ({ finding }) => (finding === null ? '–' : (finding.reason ?? day(finding.at))),
            },
          ]}
        />
        {trial.holds.length > 0 && (
          <Table
            caption={t('trialHolds')}
            rows={trial.holds}
            rowKey={({ id }) => id}
            columns={[
              { name: t('colWhen'), cell: ({ placedAt }) => moment(placedAt) },
              {
                name: t('holdCause'),
                cell: ({ cause }) =>
                  cause.kind === 'limit' ? `${cause.limit} = ${String(cause.value)}` : cause.incident,
              },
              { name: t('colState'), cell: ({ status }) => t(holdStates[status]) },
              { name: t('holdConfirmBy'), cell: ({ confirmBy }) => moment(confirmBy) },
              { name: t('fieldReason'), cell: ({ reason }) => reason ?? '–' },
            ]}
          />
        )}
      </section>
      <section>
        <h2>{t('trialReports')}</h2>
        <Table
          caption={t('trialReports')}
          rows={trial.reports}
          rowKey={({ duty }) => duty}
          empty={t('trialReportsNone')}
          columns={[
            { name: t('reportPeriod'), cell: ({ duty }) => duty.split('#').at(-1) ?? duty },
            { name: t('colDue'), cell: ({ dueDate }) => (dueDate === null ? '–' : day(dueDate)) },
            { name: t('colState'), cell: ({ status }) => <Owed status={status} /> },
            { name: t('reportFiled'), cell: ({ filedAt }) => (filedAt === null ? '–' : day(filedAt)) },
            {
              name: t('colDocument'),
              cell: ({ documentId }) =>
                documentId === null ? '–' : link(documentAddress(documentId), t('reportOpen')),
            },
          ]}
        />
        {view}
        <Table
          caption={t('trialVisits')}
          rows={trial.visits}
          rowKey={({ id }) => id}
          empty={t('trialVisitsNone')}
          columns={[
            { name: t('colDate'), cell: ({ on }) => day(on) },
            { name: t('decisionOutcome'), cell: ({ result }) => t(visitResults[result]) },
            { name: t('visitFindings'), cell: ({ findings }) => findings ?? t('erased') },
          ]}
        />
      </section>
      <section>
        <h2>{t('trialRequests')}</h2>
        <Table
          caption={t('trialRequests')}
          rows={trial.requests}
          rowKey={({ id }) => id}
          empty={t('trialRequestsNone')}
          columns={[
            {
              name: t('requestKind'),
              cell: ({ kind, months }) =>
                months === null ? t(requestKinds[kind]) : `${t(requestKinds[kind])}: ${t('months', { n: months })}`,
            },
            { name: t('requestAt'), cell: ({ requestedAt }) => day(requestedAt) },
            { name: t('requestDecideBy'), cell: ({ decideBy }) => day(decideBy) },
            { name: t('colState'), cell: ({ status }) => t(requestStates[status]) },
            { name: t('fieldReason'), cell: ({ reason }) => reason ?? '–' },
            { name: t('requestAnswer'), cell: ({ answer }) => answer ?? '–' },
          ]}
        />
      </section>
    </ActingIn>
  );
}

const endings = {
  completed: 'endingCompleted',
  failed: 'endingFailed',
  revoked: 'endingRevoked',
  withdrawn: 'endingWithdrawn',
  expired: 'endingExpired',
} as const satisfies Record<NonNullable<Trial['ending']>, Word>;
const severities = { minor: 'severityMinor', serious: 'severitySerious', critical: 'severityCritical' } as const;
const incidentStates = {
  'to-report': 'incidentToReport',
  missed: 'incidentMissed',
  reported: 'incidentReported',
  examined: 'incidentExamined',
} as const;
const holdStates = {
  placed: 'holdPlaced',
  confirmed: 'holdConfirmed',
  lifted: 'holdLifted',
  lapsed: 'holdLapsed',
} as const;
const visitResults = {
  'in-order': 'visitInOrder',
  shortcomings: 'visitShortcomings',
  violation: 'visitViolation',
} as const;
const requestKinds = {
  adjustment: 'requestAdjustment',
  extension: 'requestExtension',
  resumption: 'requestResumption',
} as const;
const requestStates = {
  open: 'requestOpen',
  granted: 'requestGranted',
  refused: 'requestRefused',
  dropped: 'requestDropped',
} as const;
const owedStates = {
  open: ['owedOpen', 'blue'],
  overdue: ['riskBreached', 'red'],
  met: ['owedMet', 'green'],
} as const satisfies Record<string, readonly [Word, Tone]>;

function Owed({ status }: { readonly status: keyof typeof owedStates }) {
  const { t } = useWords();
  return <Tag tone={owedStates[status][1]}>{t(owedStates[status][0])}</Tag>;
}

/** The latest reading of a limit, between nothing and its bound. */
function Measured(props: {
  readonly limit: Limit;
  readonly reading: Reading | undefined;
  readonly alerted: Trial['alerts'][number] | undefined;
}) {
  const { limit, reading, alerted } = props;
  const { t, number, moment } = useWords();
  if (reading === undefined) return <span className={parts['faint']}>{t('limitNoReading')}</span>;
  const { value } = reading;
  const text = typeof value === 'number' ? number(value, Number.isInteger(value) ? 0 : 2) : String(value);
  const alert = alerted?.at === reading.at ? alerted.standing : undefined;
  const bound = limit.max;
  return (
    <>
      <strong>
        {text} {limit.unit}
      </strong>{' '}
      {alert !== undefined && (
        <Tag tone={alert === 'beyond' ? 'red' : 'amber'}>{t(alert === 'beyond' ? 'limitBeyond' : 'limitNear')}</Tag>
      )}{' '}
      <span className={parts['faint']}>{moment(reading.at)}</span>
      {typeof value === 'number' && bound !== undefined && bound > 0 && (
        <svg className={css['gauge']} width="100%" height="10" aria-hidden="true">
          <rect className={css['ground']} width="100%" height="10" />
          <rect
            className={value > bound ? css['beyond'] : css['within']}
            width={`${placeOn([0, bound * 1.25], value).toFixed(1)}%`}
            height="10"
          />
          <line className={css['bound']} x1="80%" x2="80%" y1="0" y2="10" />
        </svg>
      )}
    </>
  );
}

interface Due {
  readonly key: string;
  readonly text: string;
  readonly date: string | null;
  readonly late: boolean;
}

/** What is owed now, the earliest date first. */
function dueOf(trial: Trial, { t, say, day, moment }: Words): Due[] {
  const open = <T extends { readonly status: 'open' | 'overdue' | 'met' }>(list: readonly T[]) =>
    list.filter(({ status }) => status !== 'met');
  const entry = (
    { duty, dueDate, status }: Trial['visitsDue'][number],
    text: string,
  ): Due & { readonly order: string } => ({
    key: duty,
    text,
    date: dueDate === null ? null : day(dueDate),
    late: status === 'overdue',
    order: dueDate ?? '9999',
  });
  const all = [
    ...open(trial.reports).map((one) => entry(one, t('dueReport'))),
    ...trial.visitsDue.map((one) => entry(one, t('dueVisit'))),
    ...(trial.finalReportDue !== null && trial.finalReportDue.status !== 'met'
      ? [entry(trial.finalReportDue, t('dueFinal'))]
      : []),
    ...open(trial.userDuties).map((one) => entry(one, say(one.name))),
    ...trial.incidents
      .filter(({ status }) => status === 'to-report' || status === 'missed')
      .map(({ id, reportBy, status }) => ({
        key: id,
        text: t('dueIncident', { id }),
        date: moment(reportBy),
        late: status === 'missed',
        order: reportBy,
      })),
    ...trial.permits
      .filter(({ number }) => number === null)
      .map(({ permit, name, authority }) => ({
        key: permit,
        text: `${t('duePermit')}: ${say(name)}${authority === '' ? '' : ` (${authority})`}`,
        date: null,
        late: false,
        order: '0',
      })),
  ];
  return all.sort((a, b) => (a.order < b.order ? -1 : 1));
}

/** Acts that have a form on this page. */
const acts: ReadonlySet<string> = new Set([
  'recordPermit',
  'fileReport',
  'reportIncident',
  'registerKey',
  'requestAdjustment',
  'requestExtension',
  'fileFinalReport',
  'recordVisit',
  'suspend',
  'resume',
  'requestResumption',
  'revoke',
  'withdraw',
]);

/** What the reader may do with the trial now, each in a form of its own. */
function Acts({ trial, code, onDone }: { readonly trial: Trial; readonly code: string; readonly onDone: () => void }) {
  const { t, say } = useWords();
  const [uploaded, add] = useUploads();
  const may = new Set(trial.may);
  const params = { code };
  const fileOf = (name: string) => uploaded[name]?.id ?? null;
  const instantOf = (form: FormData, name: string) => `${textOf(form, name)}:00+07:00`;
  const file = (name: string) => (
    <FileInput name={name} label={t('evidenceFile')} uploaded={uploaded} onUploaded={add} />
  );
  const reason = (name: string) => (
    <div className={parts['field']}>
      <label htmlFor={`${name}-reason`}>{t('fieldReason')}</label>
      <textarea id={`${name}-reason`} name="reason" required maxLength={4000} />
    </div>
  );
  const withReason = (name: 'resumption' | 'suspension' | 'termination', word: Word, offered: boolean) =>
    offered && (
      <details key={name + word}>
        <summary>{t(word)}</summary>
        <ActForm
          again
          button={t(word)}
          onDone={onDone}
          send={(form, key) => act(`/cases/{code}/trial/${name}`, params, { reason: textOf(form, 'reason') }, key)}
        >
          {reason(name)}
        </ActForm>
      </details>
    );
  const open = trial.incidents.filter(({ status }) => status === 'to-report' || status === 'missed');
  const missing = trial.permits.filter(({ number }) => number === null);
  const owed = trial.reports.some(({ filedAt }) => filedAt === null);
  // What may be done and has nothing to be done about is not offered.
  const idle = new Set([...(missing.length === 0 ? ['recordPermit'] : []), ...(owed ? [] : ['fileReport'])]);
  const offered = trial.may.filter((one) => !idle.has(one) && acts.has(one));
  return (
    <section>
      <h2>{t('trialActs')}</h2>
      {offered.length === 0 && <p>{t('trialActsNone')}</p>}
      {may.has('recordPermit') && missing.length > 0 && (
        <details>
          <summary>{t('actPermit')}</summary>
          <ActForm
            again
            button={t('evidenceSend')}
            onDone={onDone}
            send={(form, key) =>
              act(
                '/cases/{code}/trial/permits',
                params,
                {
                  permit: textOf(form, 'permit'),
                  number: textOf(form, 'number'),
                  documentId: fileOf('permit-file'),
                  validTo: textOf(form, 'validTo') || null,
                },
                key,
              )
            }
          >
            <div className={parts['field']}>
              <label htmlFor="permit">{t('duePermit')}</label>
              <select id="permit" name="permit" required>
                {missing.map((one) => (
                  <option key={one.permit} value={one.permit}>
                    {say(one.name)}
                  </option>
                ))}
              </select>
            </div>
            <div className={parts['field']}>
              <label htmlFor="number">{t('evidenceReference')}</label>
              <input id="number" name="number" required maxLength={100} />
            </div>
            <div className={parts['field']}>
              <label htmlFor="validTo">
                {t('permitValidTo')} ({t('optional')})
              </label>
              <input id="validTo" name="validTo" type="date" />
            </div>
            {file('permit-file')}
          </ActForm>
        </details>
      )}
      {may.has('fileReport') && owed && (
        <details>
          <summary>{t('actReport')}</summary>
          <ActForm
            again
            button={t('actReport')}
            disabled={fileOf('report-file') === null}
            onDone={onDone}
            send={(_form, key) =>
              act(
                '/cases/{code}/trial/reports',
                params,
                { duty: null, documentId: fileOf('report-file'), figures: {} },
                key,
              )
            }
          >
            {file('report-file')}
          </ActForm>
        </details>
      )}
      {may.has('reportIncident') && (
        <details open={open.length > 0}>
          <summary>{t('actIncident')}</summary>
          <ActForm
            again
            button={t('actIncident')}
            onDone={onDone}
            send={(form, key) =>
              act(
                '/cases/{code}/trial/incidents',
                params,
                {
                  incident: textOf(form, 'incident') || null,
                  severity: textOf(form, 'severity') as keyof typeof severities,
                  happenedAt: instantOf(form, 'happenedAt'),
                  knownAt: instantOf(form, 'knownAt'),
                  description: textOf(form, 'description'),
                  documentId: fileOf('incident-file'),
                },
                key,
              )
            }
          >
            <div className={parts['field']}>
              <label htmlFor="incident">{t('incidentWhich')}</label>
              <select id="incident" name="incident" defaultValue={open[0]?.id ?? ''}>
                <option value="">{t('incidentNew')}</option>
                {open.map(({ id }) => (
                  <option key={id} value={id}>
                    {id}
                  </option>
                ))}
              </select>
            </div>
            <div className={parts['field']}>
              <label htmlFor="severity">{t('incidentSeverity')}</label>
              <select id="severity" name="severity">
                {Object.entries(severities).map(([value, word]) => (
                  <option key={value} value={value}>
                    {t(word)}
                  </option>
                ))}
              </select>
            </div>
            {(['happenedAt', 'knownAt'] as const).map((name) => (
              <div key={name} className={parts['field']}>
                <label htmlFor={name}>{t(name === 'happenedAt' ? 'incidentHappened' : 'incidentKnown')}</label>
                <input id={name} name={name} type="datetime-local" required />
              </div>
            ))}
            <div className={parts['field']}>
              <label htmlFor="description">{t('incidentWhat')}</label>
              <textarea id="description" name="description" required maxLength={8000} />
            </div>
            {file('incident-file')}
          </ActForm>
        </details>
      )}
      {may.has('registerKey') && (
        <details>
          <summary>{t('actKey')}</summary>
          <Keys code={code} keys={trial.keys} onDone={onDone} />
        </details>
      )}
      {may.has('requestAdjustment') && trial.terms !== null && (
        <details>
          <summary>{t('actAdjust')}</summary>
          <Adjusting code={code} regime={trial.regime.code} terms={trial.terms} onDone={onDone} />
        </details>
      )}
      {may.has('requestExtension') && (
        <details>
          <summary>{t('actExtension')}</summary>
          <ActForm
            again
            button={t('actExtension')}
            onDone={onDone}
            send={(form, key) =>
              act(
                '/cases/{code}/trial/extension',
                params,
                { months: Number(textOf(form, 'months')), reason: textOf(form, 'reason') },
                key,
              )
            }
          >
            <div className={parts['field']}>
              <label htmlFor="months">{t('extensionMonths')}</label>
              <input id="months" name="months" inputMode="numeric" pattern="\d{1,3}" required />
            </div>
            {reason('extension')}
          </ActForm>
        </details>
      )}
      {may.has('fileFinalReport') && (
        <details>
          <summary>{t('actFinalReport')}</summary>
          <ActForm
            again
            button={t('actFinalReport')}
            onDone={onDone}
            send={(form, key) => {
              const [ruleAct, article, change] = ['act', 'article', 'change'].map((name) => textOf(form, name));
              const lessons = ruleAct && article && change ? [{ act: ruleAct, article, change }] : [];
              return act(
                '/cases/{code}/trial/final-report',
                params,
                { documentId: fileOf('final-file'), lessons, figures: {} },
                key,
              );
            }}
          >
            {file('final-file')}
            <p>{t('finalLesson')}</p>
            {(['act', 'article', 'change'] as const).map((name) => (
              <div key={name} className={parts['field']}>
                <label htmlFor={`lesson-${name}`}>
                  {t(name === 'act' ? 'lessonAct' : name === 'article' ? 'lessonArticle' : 'lessonChange')} (
                  {t('optional')})
                </label>
                <input id={`lesson-${name}`} name={name} maxLength={name === 'article' ? 100 : 300} />
              </div>
            ))}
          </ActForm>
        </details>
      )}
      {may.has('recordVisit') && (
        <details>
          <summary>{t('actVisit')}</summary>
          <ActForm
            again
            button={t('actVisit')}
            onDone={onDone}
            send={(form, key) =>
              act(
                '/cases/{code}/trial/visits',
                params,
                {
                  on: textOf(form, 'on'),
                  result: textOf(form, 'result') as keyof typeof visitResults,
                  findings: textOf(form, 'findings'),
                },
                key,
              )
            }
          >
            <div className={parts['field']}>
              <label htmlFor="on">{t('colDate')}</label>
              <input id="on" name="on" type="date" required />
            </div>
            <div className={parts['field']}>
              <label htmlFor="result">{t('decisionOutcome')}</label>
              <select id="result" name="result">
                {Object.entries(visitResults).map(([value, word]) => (
                  <option key={value} value={value}>
                    {t(word)}
                  </option>
                ))}
              </select>
            </div>
            <div className={parts['field']}>
              <label htmlFor="findings">{t('visitFindings')}</label>
              <textarea id="findings" name="findings" required maxLength={8000} />
            </div>
          </ActForm>
        </details>
      )}
      {withReason('suspension', 'actSuspend', may.has('suspend'))}
      {withReason('resumption', 'actResume', may.has('resume'))}
      {withReason('resumption', 'actAskResume', may.has('requestResumption') && !may.has('resume'))}
      {withReason('termination', 'actRevoke', may.has('revoke'))}
      {withReason('termination', 'actWithdraw', may.has('withdraw') && !may.has('revoke'))}
    </section>
  );
}
