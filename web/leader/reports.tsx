import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { act, read } from '../api/call.js';
import type { Reads } from '../api/contract.js';
import { textOf } from '../app/act.js';
import { ActForm } from '../app/act-form.js';
import { useMe } from '../app/session.js';
import { TakeSheet } from '../app/sheet.js';
import { Failure, Loading, useTitle } from '../app/states.js';
import { Bars } from '../parts/chart.js';
import { Facts, Notice, Table, Tag, type Tone } from '../parts/parts.js';
import parts from '../parts/parts.module.css';
import { useWords, type Word } from '../words/language.js';

import { TargetState } from './panels/targets.js';

type Item = Reads['/reports']['items'][number];
type Report = Reads['/reports/{id}'];
type Chapter = Report['chapters'][number];
type Figure = Report['city'][number];

const statusWords = {
  open: ['reportInWork', 'amber'],
  gathered: ['reportGathered', 'blue'],
  approved: ['reportApproved', 'green'],
} as const satisfies Readonly<Record<Item['status'], readonly [Word, Tone]>>;

function Status({ one }: { readonly one: Pick<Item, 'status' | 'overdue'> }) {
  const { t } = useWords();
  const [word, tone] = statusWords[one.status];
  return (
    <>
      <Tag tone={tone}>{t(word)}</Tag> {one.overdue && <Tag tone="red">{t('reportOverdue')}</Tag>}
    </>
  );
}

const listQuery = { queryKey: ['reports'], queryFn: () => read('/reports'), refetchInterval: 60_000 } as const;

/** The reports on the green lane, those that are owed first seen. */
export function ReportsPage() {
  const { t, say, day, number } = useWords();
  useTitle(t('reportsTitle'));
  const { data, error } = useQuery(listQuery);
  return (
    <>
      <h1>{t('reportsTitle')}</h1>
      <p>{t('reportsLead')}</p>
      {error !== null && <Failure error={error} />}
      {data === undefined ? (
        error === null && <Loading />
      ) : (
        <Table
          caption={t('reportsTable')}
          rows={data.items}
          rowKey={({ id }) => id}
          empty={t('reportsNone')}
          columns={[
            {
              name: t('reportName'),
              cell: (one) => (
                <>
                  <Link to="/reports/$id" params={{ id: one.id }}>
                    {say(one.name)}
                  </Link>
                  {one.number !== null && ` · ${one.number}`}
                  <br />
                  <span className={parts['faint']}>{t('cutPeriod', { from: day(one.from), to: day(one.to) })}</span>
                </>
              ),
            },
            { name: t('reportDue'), cell: ({ due }) => day(due) },
            {
              name: t('reportChapters'),
              cell: ({ signed, chapters }) => t('boardPart', { count: number(signed), n: number(chapters) }),
            },
            {
              name: t('instructionStatus'),
              cell: (one) => (
                <>
                  <Status one={one} />{' '}
                  {one.mine === 'unsigned' && one.status === 'open' && <Tag tone="red">{t('reportMine')}</Tag>}
                </>
              ),
            },
          ]}
        />
      )}
    </>
  );
}

/** One report: what the City says, each agency's chapter, what changed after it was approved. */
export function ReportPage() {
  const { t, say, day, moment } = useWords();
  const { id } = useParams({ from: '/reports/$id' });
  const me = useMe();
  const queries = useQueryClient();
  const { data, error } = useQuery({ queryKey: ['reports', id], queryFn: () => read('/reports/{id}', { id }) });
  useTitle(data === undefined ? t('reportsTitle') : say(data.name));
  const again = () => void queries.invalidateQueries({ queryKey: ['reports'] });
  if (data === undefined) return error === null ? <Loading /> : <Failure error={error} />;
  const { chapters, errata, changed } = data;
  const onTime = chapters.flatMap(({ agency, agencyName, figures }) => {
    const found = figures.find(({ figure }) => figure === 'onTime');
    if (found === undefined || found.value === null) return [];
    return [{ key: agency, name: say(agencyName), value: Number(found.value), text: say(found.written) }];
  });
  return (
    <>
      {error !== null && <Failure error={error} />}
      <h1>{say(data.name)}</h1>
      <p>
        {t('cutPeriod', { from: day(data.from), to: day(data.to) })} · <Status one={data} />
      </p>
      <Facts
        items={[
          [t('reportDue'), day(data.due)],
          [t('reportChaptersDue'), day(data.chaptersDue)],
          [t('reportSource'), data.source ?? t('reportSourceOurs')],
          data.number === null ? null : [t('reportNumber'), data.number],
          data.gatheredAt === null
            ? null
            : [t('reportGatheredBy'), `${data.gatheredBy?.name ?? '–'}, ${moment(data.gatheredAt)}`],
          data.approvedAt === null
            ? null
            : [t('reportApprovedBy'), `${data.approvedBy?.name ?? '–'}, ${moment(data.approvedAt)}`],
          data.contentHash === null ? null : [t('reportHash'), <code key="hash">{data.contentHash}</code>],
        ]}
      />
      {data.status !== 'open' && (
        <p>
          <a href={`/api/v1/reports/${id}/paper`}>{t('reportPaper')}</a> ·{' '}
          <a href={`/api/v1/reports/${id}/content`}>{t('reportContent')}</a>
        </p>
      )}
      {data.status !== 'open' && (
        <TakeSheet sheet={{ path: '/reports/{id}/sheet', params: { id } }} what={say(data.name)} />
      )}
      {me.role === 'leader' && data.status === 'gathered' && data.contentHash !== null && (
        <Approve id={id} hash={data.contentHash} onDone={again} />
      )}
      <h2>{t('reportCity')}</h2>
      {data.text !== null && <Paragraphs text={data.text} />}
      <FigureTable report={data} agency={null} figures={data.city} />
      {data.mayGather && data.status === 'open' && <Gather report={data} onDone={again} />}
      <h2>{t('reportChapters')}</h2>
      {chapters.length === 0 && <p>{t('reportNoChapters')}</p>}
      {onTime.length > 0 && <Bars bars={onTime} scale={[0, 1]} />}
      {[...chapters]
        .sort((a, b) => Number(b.agency === me.agency) - Number(a.agency === me.agency))
        .map((one) => (
          <ChapterPart key={one.agency} report={data} chapter={one} onDone={again} />
        ))}
      {data.status === 'approved' && (
        <>
          <h2>{t('reportErrata')}</h2>
          <Table
            caption={t('reportErrataTable')}
            rows={errata.map((one, index) => ({ ...one, index }))}
            rowKey={({ index }) => String(index)}
            empty={t('reportErrataNone')}
            columns={[
              {
                name: t('boardColFigure'),
                cell: (one) => `${say(one.now.name)}${one.agencyName === null ? '' : ` · ${say(one.agencyName)}`}`,
              },
              { name: t('reportPrinted'), cell: ({ before }) => say(before.written) },
              { name: t('reportNow'), cell: ({ now }) => say(now.written) },
              {
                name: t('fieldReason'),
                cell: ({ reason, by, at }) => (
                  <>
                    {reason}
                    <br />
                    <span className={parts['faint']}>
                      {by?.name ?? t('erased')} · {moment(at)}
                    </span>
                  </>
                ),
              },
            ]}
          />
          {changed.length > 0 && <Changed report={data} onDone={again} />}
        </>
      )}
    </>
  );
}

const Paragraphs = ({ text }: { readonly text: string }) => (
  <>
    {text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line, i) => (
        <p key={`${i} ${line}`}>{line}</p>
      ))}
  </>
);

function FigureTable(props: {
  readonly report: Report;
  readonly agency: { readonly code: string; readonly name: string } | null;
  readonly figures: readonly Figure[];
}) {
  const { report, agency, figures } = props;
  const { t, say, number } = useWords();
  return (
    <Table
      caption={agency === null ? t('reportCity') : t('reportFiguresOf', { agency: agency.name })}
      rows={figures}
      rowKey={({ figure }) => figure}
      columns={[
        { name: t('boardColFigure'), cell: (one) => <Named one={one} /> },
        {
          name: t('boardColValue'),
          cell: (one) =>
            one.n === 0 ? say(one.written) : <Behind report={report.id} agency={agency?.code ?? null} one={one} />,
        },
        { name: t('boardColOf'), numeric: true, cell: ({ n }) => number(n) },
      ]}
    />
  );
}

/** A figure that opens what it means. */
function Named({ one }: { readonly one: Figure }) {
  const { say } = useWords();
  const measures = useQuery({ queryKey: ['measures'], queryFn: () => read('/measures'), staleTime: 3_600_000 });
  const measure = measures.data?.items.find(({ code }) => code === one.measure);
  if (measure === undefined) return say(one.name);
  return (
    <details>
      <summary>{say(one.name)}</summary>
      <p>{say(measure.definition)}</p>
      <p className={parts['faint']}>{say(measure.population)}</p>
    </details>
  );
}

/** A value that opens what it is made of. */
function Behind(props: { readonly report: string; readonly agency: string | null; readonly one: Figure }) {
  const { report, agency, one } = props;
  const { say } = useWords();
  const place = `${agency ?? 'city'}-${one.figure}`;
  // A spreadsheet leads here.
  const [asked] = useState(() => window.location.hash === `#${place}`);
  const [open, setOpen] = useState(asked);
  return (
    <details
      id={place}
      open={open}
      ref={(found) => {
        if (asked) found?.scrollIntoView();
      }}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>{say(one.written)}</summary>
      {open && <CasesBehind report={report} agency={agency} figure={one.figure} />}
    </details>
  );
}

function CasesBehind(props: {
  readonly report: string;
  readonly agency: string | null;
  readonly figure: Figure['figure'];
}) {
  const { report: id, agency, figure } = props;
  const { t, number } = useWords();
  const found = useInfiniteQuery({
    queryKey: ['reports', id, 'cases', agency, figure],
    queryFn: ({ pageParam }) =>
      read(
        '/reports/{id}/figures/{figure}/cases',
        { id, figure },
        { ...(agency !== null && { agency }), ...(pageParam && { cursor: pageParam }) },
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
  if (found.error !== null) return <Failure error={found.error} />;
  if (found.data === undefined) return <Loading />;
  const items = found.data.pages.flatMap((page) => page.items);
  const n = found.data.pages[0]?.n ?? 0;
  return (
    <>
      {items.length < n && !found.hasNextPage && (
        <p className={parts['faint']}>{t('cutUnread', { shown: number(items.length), n: number(n) })}</p>
      )}
      <ul>
        {items.map((one, index) => (
          <li key={`${one.case}/${index}`}>
            <Link to="/cases/$code" params={{ code: one.case }}>
              {one.case}
            </Link>
            {one.value !== null && ` · ${number(Number(one.value), figure === 'reduction' ? 4 : 0)}`}
            {one.counted !== null && ` · ${t(one.counted ? 'cutCounts' : 'cutCountsNot')}`}
          </li>
        ))}
      </ul>
      {found.hasNextPage && (
        <button type="button" className={parts['secondary']} onClick={() => void found.fetchNextPage()}>
          {t('more')}
        </button>
      )}
    </>
  );
}

function ChapterPart(props: { readonly report: Report; readonly chapter: Chapter; readonly onDone: () => void }) {
  const { report, chapter, onDone } = props;
  const { t, say, moment } = useWords();
  const me = useMe();
  const { agency, agencyName, state, overdue, figures, targets, reasons, text, signedBy, signedAt } = chapter;
  const mine = me.role === 'head' && me.agency === agency && report.status === 'open';
  return (
    <section>
      <h3>{say(agencyName)}</h3>
      <p>
        {state === 'signed' && signedAt !== null && (
          <>
            <Tag tone="green">{t('reportSigned')}</Tag> {signedBy?.name ?? t('erased')} · {moment(signedAt)}
          </>
        )}
        {state === 'open' && <Tag tone={overdue ? 'red' : 'amber'}>{t(overdue ? 'reportLate' : 'reportUnsigned')}</Tag>}
        {state === 'missing' && <Tag tone="red">{t('reportMissing')}</Tag>}
      </p>
      <FigureTable report={report} agency={{ code: agency, name: say(agencyName) }} figures={figures} />
      {targets.length > 0 && (
        <>
          <h4>{t('reportTargets')}</h4>
          <ul>
            {targets.map(({ figure, written, met }) => (
              <li key={figure}>
                {say(figures.find((one) => one.figure === figure)?.name ?? written)} {say(written)}{' '}
                <TargetState met={met} />
              </li>
            ))}
          </ul>
        </>
      )}
      {reasons.length > 0 && (
        <>
          <h4>{t('reportReasons')}</h4>
          <ul>
            {reasons.map((reason) => (
              <li key={reason.vi}>{say(reason)}</li>
            ))}
          </ul>
        </>
      )}
      {text !== null && <Paragraphs text={text} />}
      {mine && <Sign report={report} chapter={chapter} onDone={onDone} />}
    </section>
  );
}

function Sign(props: { readonly report: Report; readonly chapter: Chapter; readonly onDone: () => void }) {
  const { report, chapter, onDone } = props;
  const { t } = useWords();
  const { agency, draft, text, figuresHash, state } = chapter;
  return (
    <ActForm
      again
      keptAs={`report ${report.id} chapter ${agency}`}
      onRefused={onDone}
      button={t(state === 'signed' ? 'reportSignAnew' : 'reportSign')}
      onDone={onDone}
      send={(form, key) =>
        act(
          '/reports/{id}/chapters/{agency}/signature',
          { id: report.id, agency },
          { text: textOf(form, 'text'), figuresHash },
          key,
        )
      }
    >
      <div className={parts['field']}>
        <label htmlFor="chapter-text">{t('reportText')}</label>
        <p className={parts['help']}>{t('reportTextHelp')}</p>
        <textarea
          key={text ?? ''}
          id="chapter-text"
          name="text"
          required
          rows={12}
          maxLength={20_000}
          defaultValue={text ?? draft?.vi ?? ''}
        />
      </div>
    </ActForm>
  );
}

function Gather({ report, onDone }: { readonly report: Report; readonly onDone: () => void }) {
  const { t, say } = useWords();
  const missing = report.chapters.filter(({ state }) => state === 'open');
  return (
    <section>
      <h3>{t('reportGather')}</h3>
      {missing.length > 0 && (
        <Notice tone="amber">
          <p>{t('reportGatherMissing', { agencies: missing.map(({ agencyName }) => say(agencyName)).join(', ') })}</p>
        </Notice>
      )}
      <ActForm
        keptAs={`report ${report.id} gathering`}
        onRefused={onDone}
        button={t('reportGatherDo')}
        onDone={onDone}
        send={(form, key) => act('/reports/{id}/gathering', { id: report.id }, { text: textOf(form, 'text') }, key)}
      >
        <div className={parts['field']}>
          <label htmlFor="gather-text">{t('reportGatherText')}</label>
          <textarea id="gather-text" name="text" required rows={6} maxLength={20_000} />
        </div>
      </ActForm>
    </section>
  );
}

function Approve({ id, hash, onDone }: { readonly id: string; readonly hash: string; readonly onDone: () => void }) {
  const { t } = useWords();
  return (
    <Notice tone="blue">
      <p>{t('reportApproveHelp')}</p>
      <ActForm
        onRefused={onDone}
        button={t('reportApprove')}
        onDone={onDone}
        send={(_form, key) => act('/reports/{id}/approval', { id }, { contentHash: hash }, key)}
      >
        {null}
      </ActForm>
    </Notice>
  );
}

/** What the register says otherwise by now, each with the way to write it down. */
function Changed({ report, onDone }: { readonly report: Report; readonly onDone: () => void }) {
  const { t, say } = useWords();
  const me = useMe();
  const may = me.role === 'leader' || report.mayGather;
  return (
    <>
      <h3>{t('reportChanged')}</h3>
      <Table
        caption={t('reportChangedTable')}
        rows={report.changed}
        rowKey={({ agency, now }) => `${agency ?? ''}/${now.figure}`}
        columns={[
          {
            name: t('boardColFigure'),
            cell: (one) => `${say(one.now.name)}${one.agencyName === null ? '' : ` · ${say(one.agencyName)}`}`,
          },
          { name: t('reportPrinted'), cell: ({ before }) => say(before.written) },
          { name: t('reportNow'), cell: ({ now }) => say(now.written) },
          ...(may
            ? [
                {
                  name: t('reportErratum'),
                  cell: ({ agency, now: { figure } }: Report['changed'][number]) => (
                    <ActForm
                      button={t('reportErratumWrite')}
                      onDone={onDone}
                      send={(form, key) =>
                        act(
                          '/reports/{id}/errata',
                          { id: report.id },
                          { agency, figure, reason: textOf(form, 'reason') },
                          key,
                        )
                      }
                    >
                      <div className={parts['field']}>
                        <label htmlFor={`reason-${agency ?? ''}-${figure}`}>{t('fieldReason')}</label>
                        <input id={`reason-${agency ?? ''}-${figure}`} name="reason" required maxLength={4000} />
                      </div>
                    </ActForm>
                  ),
                },
              ]
            : []),
        ]}
      />
    </>
  );
}

/** On the board: the report that is owed now, with the way to it. */
export function OwedReports() {
  const { t, say, day } = useWords();
  const { data, error } = useQuery(listQuery);
  const owed = (data?.items ?? []).filter(({ status }) => status !== 'approved');
  if (owed.length === 0 && error === null) return null;
  return (
    <section>
      <h2>{t('reportsTitle')}</h2>
      {error !== null && <Failure error={error} />}
      <ul>
        {owed.map((one) => (
          <li key={one.id}>
            <Link to="/reports/$id" params={{ id: one.id }}>
              {say(one.name)}
            </Link>{' '}
            · {t('reportDue')}: {day(one.due)} <Status one={one} />
          </li>
        ))}
      </ul>
    </section>
  );
}
