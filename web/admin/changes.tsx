import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { act, read } from '../api/call.js';
import type { LawChange } from '../api/contract.js';
import { textOf, useAct } from '../app/act.js';
import { useMe, useToday } from '../app/session.js';
import { Failure, Loading } from '../app/states.js';
import { Table, Tag, type Tone } from '../parts/parts.js';
import parts from '../parts/parts.module.css';
import { useWords, type Word } from '../words/language.js';
import { Differences } from './differences.js';
import { Effect } from './effect.js';
import { useReadable } from './readable-view.js';
import { Section } from './section.js';

const changeStates = {
  proposed: ['changeProposed', 'amber'],
  confirmed: ['changeConfirmed', 'blue'],
  pending: ['changePending', 'blue'],
  done: ['changeDone', 'green'],
  declined: ['changeDeclined', 'plain'],
} as const satisfies Record<LawChange['status'], readonly [Word, Tone]>;
const changeKinds: Readonly<Record<LawChange['kind'], Word>> = {
  calendar: 'changeCalendar',
  procedure: 'changeProcedure',
  list: 'changeList',
  setting: 'changeSetting',
  agency: 'changeAgency',
  pathway: 'changePathway',
  regime: 'changeRegime',
};

/** The day from which a version of a procedure holds: it is named by it. */
const holdsFrom = ({ version }: LawChange): string => version.slice(version.indexOf('@') + 1);

/** What was published or proposed, of everything or `of` one definition; what waits for a second admin is looked at and confirmed here. */
export function Changes(props: {
  readonly mayConfirm: boolean;
  readonly of?: { readonly kind: LawChange['kind']; readonly code: string };
}) {
  const { mayConfirm, of } = props;
  const { t, day } = useWords();
  const today = useToday();
  const isMeant = (one: LawChange) => of === undefined || (one.kind === of.kind && one.code === of.code);
  const list = useQuery({ queryKey: ['law-changes'], queryFn: () => read('/law-changes'), refetchInterval: 30_000 });
  return (
    <Section title={t('adminChanges')} error={list.error}>
      {list.isPending && <Loading />}
      {list.data !== undefined && (
        <Table
          caption={t('adminChanges')}
          titled
          rows={list.data.items.filter(isMeant)}
          rowKey={({ id }) => id}
          empty={t('adminChangesNone')}
          columns={[
            { name: t('changeWhat'), cell: (one) => `${t(changeKinds[one.kind])} · ${one.code} · ${one.version}` },
            { name: t('changeDocument'), cell: ({ document }) => document },
            {
              name: t('colBy'),
              cell: (one) => (
                <>
                  {one.publishedByName ?? t('erased')} · {day(one.at)}
                  {one.confirmedBy !== null && (
                    <>
                      <br />
                      <span className={parts['faint']}>
                        {t('changeConfirmedBy', { name: one.confirmedByName ?? t('erased') })}
                      </span>
                    </>
                  )}
                </>
              ),
            },
            {
              name: t('colState'),
              cell: ({ status, total, done, moved, effectiveFrom, declinedFor }) => (
                <>
                  <Tag tone={changeStates[status][1]}>{t(changeStates[status][0])}</Tag>{' '}
                  {effectiveFrom !== null && t('procedureFrom', { from: day(effectiveFrom) })}{' '}
                  {total > 0 && t('changeReached', { done, total, moved })} {declinedFor ?? ''}
                </>
              ),
            },
            {
              name: t('delegationDo'),
              cell: (one) =>
                !mayConfirm ? (
                  '–'
                ) : one.status === 'proposed' || one.status === 'confirmed' ? (
                  <Confirming change={one} />
                ) : one.kind === 'procedure' &&
                  one.status !== 'declined' &&
                  today !== undefined &&
                  holdsFrom(one) > today ? (
                  <Withdrawing change={one} />
                ) : (
                  '–'
                ),
            },
          ]}
        />
      )}
    </Section>
  );
}

function Confirming({ change }: { readonly change: LawChange }) {
  const { t } = useWords();
  const me = useMe();
  const queries = useQueryClient();
  const { busy, failed, run } = useAct();
  const [open, setOpen] = useState(false);
  const { id } = change;
  const preview = useQuery({
    queryKey: ['law-changes', id, 'preview'],
    queryFn: () => read('/law-changes/{id}/preview', { id }),
    enabled: open,
  });
  const answer = (name: 'confirmation' | 'refusal') =>
    run(
      (key) => act(`/law-changes/{id}/${name}`, { id }, undefined, `${key}-${name}`),
      () => void queries.invalidateQueries(),
    );
  const own = change.publishedBy === me.id;
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('changeLook')}</summary>
      {preview.error !== null && <Failure error={preview.error} />}
      {open && preview.isPending && <Loading />}
      {preview.data !== undefined && (
        <>
          <Effect effect={preview.data} />
          <Changing of={change.kind} before={preview.data.replaces} after={preview.data.data} />
        </>
      )}
      {(preview.data !== undefined || preview.error !== null) && (
        <>
          {failed !== undefined && <Failure error={failed} />}
          {own && change.status === 'proposed' && <p>{t('changeOwn')}</p>}
          <div className={parts['actions']}>
            {preview.data !== undefined && !own && change.status === 'proposed' && (
              <button type="button" disabled={busy} onClick={() => answer('confirmation')}>
                {t('changeConfirm')}
              </button>
            )}
            <button type="button" className={parts['secondary']} disabled={busy} onClick={() => answer('refusal')}>
              {t(own || change.status === 'confirmed' ? 'changeTakeBack' : 'changeRefuse')}
            </button>
          </div>
        </>
      )}
    </details>
  );
}

/** What it changes; definitions of the law by their names. */
function Changing(props: { readonly of: LawChange['kind']; readonly before: unknown; readonly after: unknown }) {
  const { of, before, after } = props;
  const readable = useReadable(before, after);
  const isDefinition = of === 'procedure' || of === 'pathway' || of === 'regime' || of === 'agency';
  return <Differences before={before} after={after} {...(isDefinition && { readable })} />;
}

/** A version of a procedure that is not in force yet is taken back, with its reason. */
function Withdrawing({ change }: { readonly change: LawChange }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const { busy, failed, run } = useAct();
  const { id, version } = change;
  const send = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const reason = textOf(new FormData(event.currentTarget), 'reason');
    run(
      (key) => act('/law-changes/{id}/withdrawal', { id }, { reason }, key),
      () => void queries.invalidateQueries(),
    );
  };
  return (
    <details>
      <summary aria-label={t('lawWithdrawOf', { version })}>{t('lawWithdraw')}</summary>
      <form onSubmit={send}>
        <div className={parts['field']}>
          <label htmlFor={`reason-${id}`}>{t('fieldReason')}</label>
          <input id={`reason-${id}`} name="reason" required maxLength={500} />
        </div>
        {failed !== undefined && <Failure error={failed} />}
        <button type="submit" className={parts['secondary']} disabled={busy}>
          {t(busy ? 'sending' : 'lawWithdraw')}
        </button>
      </form>
    </details>
  );
}
