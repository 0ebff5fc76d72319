import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { act, read } from '../api/call.js';
import type { Instruction } from '../api/contract.js';
import { textOf } from '../app/act.js';
import { ActForm } from '../app/act-form.js';
import { useMe } from '../app/session.js';
import { Failure, Loading, useTitle } from '../app/states.js';
import { Table, Tag, type Tone } from '../parts/parts.js';
import parts from '../parts/parts.module.css';
import { useWords, type Word } from '../words/language.js';
import { CommandedAgencies } from './agency-options.js';

const statusWords = {
  open: ['instructionOpen', 'amber'],
  answered: ['instructionAnswered', 'green'],
  withdrawn: ['instructionWithdrawn', 'plain'],
  closed: ['instructionClosed', 'green'],
  ended: ['instructionEnded', 'plain'],
} as const satisfies Readonly<Record<Instruction['status'], readonly [Word, Tone]>>;

const instructionsQuery = (filter: Readonly<Record<string, string>> = {}) =>
  ({
    queryKey: ['instructions', filter],
    queryFn: () => read('/instructions', {}, filter),
    refetchInterval: 30_000,
  }) as const;

function useAgain(): () => void {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({ queryKey: ['instructions'] });
}

/** What leadership has asked of agencies, and what they answered. */
export function InstructionsPage() {
  const { t } = useWords();
  const me = useMe();
  useTitle(t('instructionsTitle'));
  const found = useQuery(instructionsQuery());
  return (
    <>
      <h1>{t('instructionsTitle')}</h1>
      <p>{t('instructionsLead')}</p>
      {found.error !== null && <Failure error={found.error} />}
      {found.isPending && <Loading />}
      {found.data !== undefined && <InstructionTable items={found.data.items} />}
      {me.role === 'leader' && <GiveToAgency />}
    </>
  );
}

/** Those on one case, with the form for a new one. */
export function CaseInstructions(props: {
  readonly code: string;
  readonly procedures: readonly { readonly procedure: string; readonly name: string }[];
  readonly open: boolean;
}) {
  const { code, procedures, open } = props;
  const { t } = useWords();
  const me = useMe();
  const again = useAgain();
  const found = useQuery(instructionsQuery({ case: code }));
  const items = found.data?.items ?? [];
  if (me.role !== 'leader' && items.length === 0) return null;
  return (
    <section>
      <h2>{t('instructionsTitle')}</h2>
      {found.error !== null && <Failure error={found.error} />}
      {items.length > 0 && <InstructionTable items={items} />}
      {me.role === 'leader' && open && (
        <details>
          <summary>{t('instructionGive')}</summary>
          <ActForm
            again
            button={t('instructionSend')}
            onDone={again}
            send={(form, key) =>
              act(
                '/cases/{code}/instructions',
                { code },
                { ...givenIn(form), procedure: textOf(form, 'procedure') || null },
                key,
              )
            }
          >
            <div className={parts['field']}>
              <label htmlFor="procedure">{t('colProcedure')}</label>
              <select id="procedure" name="procedure" defaultValue="">
                <option value="">{t('instructionWholeCase')}</option>
                {procedures.map(({ procedure, name }) => (
                  <option key={procedure} value={procedure}>
                    {name}
                  </option>
                ))}
              </select>
            </div>
            <Fields />
          </ActForm>
        </details>
      )}
    </section>
  );
}

function GiveToAgency() {
  const { t } = useWords();
  const again = useAgain();
  return (
    <section>
      <h2>{t('instructionToAgency')}</h2>
      <ActForm
        again
        button={t('instructionSend')}
        onDone={again}
        send={(form, key) => act('/instructions', {}, givenIn(form), key)}
      >
        <Fields />
      </ActForm>
    </section>
  );
}

const givenIn = (form: FormData) => ({
  want: textOf(form, 'want') === 'act' ? ('act' as const) : ('explain' as const),
  agency: textOf(form, 'agency'),
  dueDate: textOf(form, 'dueDate'),
  text: textOf(form, 'text'),
});

/** Whom, what, by when. */
function Fields() {
  const { t } = useWords();
  return (
    <>
      <div className={parts['field']}>
        <label htmlFor="agency">{t('colAgency')}</label>
        <select id="agency" name="agency" required>
          <CommandedAgencies />
        </select>
      </div>
      <div className={parts['field']}>
        <label htmlFor="want">{t('instructionWant')}</label>
        <select id="want" name="want" required>
          <option value="explain">{t('instructionExplain')}</option>
          <option value="act">{t('instructionAct')}</option>
        </select>
      </div>
      <div className={parts['field']}>
        <label htmlFor="dueDate">{t('instructionDue')}</label>
        <input id="dueDate" name="dueDate" type="date" required />
      </div>
      <div className={parts['field']}>
        <label htmlFor="text">{t('instructionText')}</label>
        <textarea id="text" name="text" required maxLength={4000} />
      </div>
    </>
  );
}

function InstructionTable({ items }: { readonly items: readonly Instruction[] }) {
  const { t, say, day } = useWords();
  return (
    <Table
      caption={t('instructionsTable')}
      rows={items}
      rowKey={({ id, case: of }) => `${of ?? ''}/${id}`}
      empty={t('instructionsNone')}
      columns={[
        {
          name: t('instructionText'),
          cell: (one) => (
            <>
              {one.text ?? t('erased')}
              <br />
              <span className={parts['faint']}>
                {t(one.want === 'explain' ? 'instructionExplain' : 'instructionAct')} · {day(one.givenAt)}
              </span>
            </>
          ),
        },
        {
          name: t('instructionAbout'),
          cell: (one) =>
            one.case === null ? (
              <AboutAgency one={one} />
            ) : (
              <>
                <Link to="/cases/$code" params={{ code: one.case }}>
                  {one.case}
                </Link>
                {one.procedureName !== null && ` · ${say(one.procedureName)}`}
              </>
            ),
        },
        { name: t('colAgency'), cell: ({ agencyName }) => say(agencyName) },
        { name: t('instructionDue'), cell: ({ dueDate }) => day(dueDate) },
        { name: t('instructionStatus'), cell: (one) => <Status one={one} /> },
        {
          name: t('instructionAnswer'),
          cell: (one) =>
            one.answer === null ? (
              <Acts one={one} />
            ) : (
              <>
                {one.status === 'open' && <Acts one={one} />}
                {one.answer.text ?? t('erased')}
                <br />
                <span className={parts['faint']}>
                  {one.answer.by.name ?? t('erased')} · {day(one.answer.at)}
                </span>
              </>
            ),
        },
      ]}
    />
  );
}

/** The agency as a whole, or the bottleneck with its figure then and now. */
function AboutAgency({ one }: { readonly one: Instruction }) {
  const { t, say, number } = useWords();
  const { bottleneck } = one;
  if (bottleneck === null) return t('instructionWholeAgency');
  const days = (median: number | null) => (median === null ? '–' : number(median, 1));
  return (
    <>
      {say(bottleneck.stepName)} · {say(bottleneck.procedureName)} · {say(bottleneck.atName)}
      <br />
      <span className={parts['faint']}>
        {t('instructionFigure', { before: days(bottleneck.before.median), now: days(bottleneck.now.median) })}
      </span>
    </>
  );
}

function Status({ one }: { readonly one: Instruction }) {
  const { t } = useWords();
  if (one.overdue) return <Tag tone="red">{t('instructionOverdue')}</Tag>;
  const [word, tone] = statusWords[one.status];
  return <Tag tone={tone}>{t(word)}</Tag>;
}

/** What may be done with one that is open: leadership sets another day or takes it back, the head answers. */
function Acts({ one }: { readonly one: Instruction }) {
  const { t } = useWords();
  const me = useMe();
  const again = useAgain();
  if (one.status !== 'open') return '–';
  if (me.role === 'head') {
    if (one.task !== null)
      return (
        <Link to="/tasks/$id" params={{ id: one.task }}>
          {t('instructionReport')}
        </Link>
      );
    return (
      <details>
        <summary>{t('instructionReport')}</summary>
        <ActForm
          button={t('instructionReport')}
          onDone={again}
          send={(form, key) => act('/instructions/{id}/answer', { id: one.id }, { text: textOf(form, 'answer') }, key)}
        >
          <div className={parts['field']}>
            <label htmlFor={`answer-${one.id}`}>{t('instructionAnswer')}</label>
            <textarea id={`answer-${one.id}`} name="answer" required maxLength={4000} />
          </div>
        </ActForm>
      </details>
    );
  }
  return me.role === 'leader' ? <Change one={one} onDone={again} /> : '–';
}

function Change({ one, onDone }: { readonly one: Instruction; readonly onDone: () => void }) {
  const { t, number } = useWords();
  const name = `${one.case ?? ''}-${one.id}`;
  const { case: code, id } = one;
  const cleared = one.bottleneck !== null && one.bottleneck.movedBy > 0;
  const moved = (body: { readonly dueDate: string; readonly reason: string }, key: string) =>
    code === null
      ? act('/instructions/{id}/date', { id }, body, key)
      : act('/cases/{code}/instructions/{instruction}/date', { code, instruction: id }, body, key);
  const taken = (body: { readonly reason: string }, key: string) =>
    code === null
      ? act('/instructions/{id}/withdrawal', { id }, body, key)
      : act('/cases/{code}/instructions/{instruction}/withdrawal', { code, instruction: id }, body, key);
  return (
    <details>
      <summary>{t('instructionChange')}</summary>
      {cleared && (
        <ActForm
          button={t('instructionClose', { days: number(one.bottleneck?.movedBy ?? 0, 1) })}
          onDone={onDone}
          send={async (_form, key) => act('/instructions/{id}/closing', { id }, {}, key)}
        >
          {null}
        </ActForm>
      )}
      <ActForm
        again
        button={t('instructionMove')}
        onDone={onDone}
        send={async (form, key) => moved({ dueDate: textOf(form, 'dueDate'), reason: textOf(form, 'reason') }, key)}
      >
        <div className={parts['field']}>
          <label htmlFor={`date-${name}`}>{t('instructionDue')}</label>
          <input id={`date-${name}`} name="dueDate" type="date" required />
        </div>
        <div className={parts['field']}>
          <label htmlFor={`why-${name}`}>{t('fieldReason')}</label>
          <textarea id={`why-${name}`} name="reason" required maxLength={4000} />
        </div>
      </ActForm>
      <ActForm
        again
        button={t('instructionTakeBack')}
        onDone={onDone}
        send={async (form, key) => taken({ reason: textOf(form, 'reason') }, key)}
      >
        <div className={parts['field']}>
          <label htmlFor={`back-${name}`}>{t('fieldReason')}</label>
          <textarea id={`back-${name}`} name="reason" required maxLength={4000} />
        </div>
      </ActForm>
    </details>
  );
}

/** On the board: how many are open and late, with the way to them. */
export function OpenInstructions() {
  const { t, number } = useWords();
  const found = useQuery(instructionsQuery({ status: 'open' }));
  if (found.data === undefined) return found.error === null ? null : <Failure error={found.error} />;
  const { items, open, overdue } = found.data;
  return (
    <section>
      <h2>{t('instructionsTitle')}</h2>
      <p>
        {t('instructionsOpen', { n: number(open) })}{' '}
        {overdue > 0 && <Tag tone="red">{t('instructionsLate', { n: number(overdue) })}</Tag>}{' '}
        <Link to="/instructions">{t('instructionsAll')}</Link>
      </p>
      {items.length > 0 && <InstructionTable items={items.slice(0, 10)} />}
    </section>
  );
}
