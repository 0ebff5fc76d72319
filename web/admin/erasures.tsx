import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { act, read } from '../api/call.js';
import type { Erasure, ErasureProposal, ErasureRun, LegalHold, LegalHoldPlaced } from '../api/contract.js';
import { textOf, useAct } from '../app/act.js';
import { ActForm } from '../app/act-form.js';
import { useMe } from '../app/session.js';
import { Failure, Loading, useTitle } from '../app/states.js';
import { Facts, Notice, Table, Tag } from '../parts/parts.js';
import parts from '../parts/parts.module.css';
import { useWords, type Word } from '../words/language.js';
import { Section } from './section.js';

const kindWords = {
  person: 'erasurePerson',
  case: 'erasureCase',
  document: 'erasureDocument',
  text: 'erasureText',
} as const satisfies Record<Erasure['kind'], Word>;

const stateWords = {
  proposed: 'erasureProposed',
  confirmed: 'erasureConfirmed',
  refused: 'erasureRefused',
  done: 'erasureDone',
} as const satisfies Record<Erasure['status'], Word>;

/** What is erased under two administrators, with its certificates of destruction, and what may not be: legal holds. */
export function Erasures() {
  const { t } = useWords();
  const me = useMe();
  useTitle(t('adminErasures'));
  return (
    <>
      {me.role === 'admin' && (
        <p>
          <Link to="/admin">{t('navAdmin')}</Link>
        </p>
      )}
      <h1>{t('adminErasures')}</h1>
      <p>{t('adminErasuresLead')}</p>
      <Orders />
      {me.role === 'admin' && <Proposing />}
      {me.role === 'admin' && <Run />}
      <Holds />
    </>
  );
}

function useRefresh(): () => void {
  const queries = useQueryClient();
  return () => {
    for (const one of ['erasures', 'legal-holds']) void queries.invalidateQueries({ queryKey: [one] });
  };
}

function Orders() {
  const { t } = useWords();
  const list = useQuery({ queryKey: ['erasures'], queryFn: () => read('/erasures'), refetchInterval: 30_000 });
  return (
    <Section title={t('erasureList')} error={list.error}>
      {list.isPending && <Loading />}
      {list.data?.items.length === 0 && (
        <Notice>
          <p>{t('erasureNone')}</p>
        </Notice>
      )}
      {list.data?.items.map((order) => (
        <Order key={order.id} order={order} />
      ))}
    </Section>
  );
}

function Order({ order }: { readonly order: Erasure }) {
  const { t, moment } = useWords();
  const me = useMe();
  const again = useRefresh();
  const { busy, failed, run } = useAct();
  const { id, kind, ref, askedBy, basis, proposedBy, proposedAt, status, decidedBy, decidedAt, doneAt, certificate } =
    order;
  const what = `${t(kindWords[kind])} ${ref}`;
  const isMine = proposedBy === me.id;
  const isOpen = status === 'proposed' || status === 'confirmed';
  const decide = (to: 'confirmation' | 'refusal') =>
    run(
      (key) => act(`/erasures/{id}/${to}`, { id }, {}, `${key}-${to}`),
      () => again(),
    );
  return (
    <article aria-label={what}>
      <h3>
        {what}{' '}
        <Tag tone={status === 'done' ? 'green' : status === 'refused' ? 'plain' : 'amber'}>{t(stateWords[status])}</Tag>
      </h3>
      <Facts
        items={[
          [t('erasureAskedBy'), askedBy],
          [t('erasureBasis'), basis],
          [t('erasureProposedBy'), `${proposedBy}, ${moment(proposedAt)}`],
          ...(decidedBy === null || decidedAt === null
            ? []
            : [[t('erasureDecidedBy'), `${decidedBy}, ${moment(decidedAt)}`] as const]),
          ...(doneAt === null ? [] : [[t('erasureDoneAt'), moment(doneAt)] as const]),
        ]}
      />
      {status === 'confirmed' && <p>{t('erasureWaits')}</p>}
      {status === 'done' && certificate === null && <p>{t('erasurePending')}</p>}
      {certificate !== null && (
        <p>
          <a href={`/api/v1/erasures/${id}`} download={`destruction-${id}.json`}>
            {t('erasureCertificate')}
          </a>{' '}
          {t('erasureCertificateRows', {
            rows: Object.values(certificate.content.rows).reduce<number>((sum, n) => sum + Number(n), 0),
            files: certificate.content.files,
          })}
        </p>
      )}
      {failed !== undefined && <Failure error={failed} />}
      {me.role === 'admin' && isOpen && (
        <div className={parts['actions']}>
          {status === 'proposed' && !isMine && (
            <button
              type="button"
              disabled={busy}
              aria-label={t('erasureConfirmOf', { what })}
              onClick={() => decide('confirmation')}
            >
              {t('erasureConfirm')}
            </button>
          )}
          <button
            type="button"
            className={parts['secondary']}
            disabled={busy}
            aria-label={t(isMine ? 'erasureTakeBackOf' : 'erasureRefuseOf', { what })}
            onClick={() => decide('refusal')}
          >
            {t(isMine ? 'erasureTakeBack' : 'erasureRefuse')}
          </button>
        </div>
      )}
      {status === 'proposed' && isMine && <p>{t('erasureOther')}</p>}
    </article>
  );
}

/** Who asked, and the legal basis: what every erasure needs. */
function Why({ id }: { readonly id: string }) {
  const { t } = useWords();
  return (
    <>
      <div className={parts['field']}>
        <label htmlFor={`${id}-asked`}>{t('erasureAskedBy')}</label>
        <p className={parts['help']} id={`${id}-asked-help`}>
          {t('erasureAskedByHelp')}
        </p>
        <input id={`${id}-asked`} name="askedBy" required maxLength={500} aria-describedby={`${id}-asked-help`} />
      </div>
      <div className={parts['field']}>
        <label htmlFor={`${id}-basis`}>{t('erasureBasis')}</label>
        <p className={parts['help']} id={`${id}-basis-help`}>
          {t('erasureBasisHelp')}
        </p>
        <input id={`${id}-basis`} name="basis" required maxLength={500} aria-describedby={`${id}-basis-help`} />
      </div>
    </>
  );
}

function Proposing() {
  const { t } = useWords();
  const again = useRefresh();
  const send = (form: FormData, key: string) =>
    act(
      '/erasures',
      {},
      {
        kind: textOf(form, 'kind') as ErasureProposal['kind'],
        ref: textOf(form, 'ref'),
        askedBy: textOf(form, 'askedBy'),
        basis: textOf(form, 'basis'),
      },
      key,
    );
  return (
    <details>
      <summary>{t('erasurePropose')}</summary>
      <p>{t('erasureProposeLead')}</p>
      <ActForm again send={send} onDone={again} button={t('erasureProposeDo')}>
        <div className={parts['field']}>
          <label htmlFor="erasure-kind">{t('erasureKind')}</label>
          <select id="erasure-kind" name="kind" required>
            {(Object.keys(kindWords) as Erasure['kind'][]).map((kind) => (
              <option key={kind} value={kind}>
                {t(kindWords[kind])}
              </option>
            ))}
          </select>
        </div>
        <div className={parts['field']}>
          <label htmlFor="erasure-ref">{t('erasureRef')}</label>
          <p className={parts['help']} id="erasure-ref-help">
            {t('erasureRefHelp')}
          </p>
          <input
            id="erasure-ref"
            name="ref"
            required
            maxLength={200}
            autoComplete="off"
            spellCheck={false}
            aria-describedby="erasure-ref-help"
          />
        </div>
        <Why id="erasure" />
      </ActForm>
    </details>
  );
}

/** The yearly run: the cases of a class whose term of keeping is over. */
function Run() {
  const { t } = useWords();
  const again = useRefresh();
  const send = (form: FormData, key: string) =>
    act(
      '/erasures/runs',
      {},
      {
        caseKind: textOf(form, 'caseKind') as ErasureRun['caseKind'],
        closedBefore: `${textOf(form, 'before')}T00:00:00+07:00`,
        askedBy: textOf(form, 'askedBy'),
        basis: textOf(form, 'basis'),
      },
      key,
    );
  return (
    <details>
      <summary>{t('erasureRun')}</summary>
      <p>{t('erasureRunLead')}</p>
      <ActForm again send={send} onDone={again} button={t('erasureRunDo')}>
        <div className={parts['field']}>
          <label htmlFor="run-kind">{t('erasureRunKind')}</label>
          <select id="run-kind" name="caseKind" required>
            <option value="green-lane">{t('erasureRunGreenLane')}</option>
            <option value="sandbox">{t('erasureRunSandbox')}</option>
          </select>
        </div>
        <div className={parts['field']}>
          <label htmlFor="run-before">{t('erasureRunBefore')}</label>
          <input id="run-before" name="before" type="date" required />
        </div>
        <Why id="run" />
      </ActForm>
    </details>
  );
}

function Holds() {
  const { t, moment } = useWords();
  const me = useMe();
  const again = useRefresh();
  const list = useQuery({ queryKey: ['legal-holds'], queryFn: () => read('/legal-holds') });
  const place = (form: FormData, key: string) =>
    act(
      '/legal-holds',
      {},
      {
        kind: textOf(form, 'kind') as LegalHoldPlaced['kind'],
        ref: textOf(form, 'ref'),
        basis: textOf(form, 'basis'),
      },
      key,
    );
  const standing = list.data?.items.filter(({ liftedAt }) => liftedAt === null) ?? [];
  const lifted = list.data?.items.filter(({ liftedAt }) => liftedAt !== null) ?? [];
  return (
    <Section title={t('holdList')} error={list.error}>
      <p>{t('holdLead')}</p>
      {list.isPending && <Loading />}
      {list.data !== undefined && standing.length === 0 && (
        <Notice>
          <p>{t('holdNone')}</p>
        </Notice>
      )}
      {standing.map((hold) => (
        <Hold key={hold.id} hold={hold} />
      ))}
      {me.role === 'admin' && (
        <details>
          <summary>{t('holdPlace')}</summary>
          <ActForm again send={place} onDone={again} button={t('holdPlaceDo')}>
            <div className={parts['field']}>
              <label htmlFor="hold-kind">{t('holdKind')}</label>
              <select id="hold-kind" name="kind" required>
                <option value="case">{t('erasureCase')}</option>
                <option value="person">{t('erasurePerson')}</option>
              </select>
            </div>
            <div className={parts['field']}>
              <label htmlFor="hold-ref">{t('holdRef')}</label>
              <input id="hold-ref" name="ref" required maxLength={200} autoComplete="off" spellCheck={false} />
            </div>
            <div className={parts['field']}>
              <label htmlFor="hold-basis">{t('holdBasis')}</label>
              <input id="hold-basis" name="basis" required maxLength={500} />
            </div>
          </ActForm>
        </details>
      )}
      {lifted.length > 0 && (
        <Table
          caption={t('holdsLifted')}
          titled
          rows={lifted}
          rowKey={({ id }) => id}
          empty={t('none')}
          columns={[
            { name: t('erasureRefShort'), cell: ({ kind, ref }) => `${t(kindWords[kind])} ${ref}` },
            { name: t('holdBasis'), cell: ({ basis }) => basis },
            { name: t('holdLiftBasis'), cell: ({ liftBasis }) => liftBasis ?? '–' },
            { name: t('erasureDecidedBy'), cell: ({ liftedBy }) => liftedBy ?? '–' },
            { name: t('colWhen'), cell: ({ liftedAt }) => (liftedAt === null ? '–' : moment(liftedAt)) },
          ]}
        />
      )}
    </Section>
  );
}

function Hold({ hold }: { readonly hold: LegalHold }) {
  const { t, moment } = useWords();
  const me = useMe();
  const again = useRefresh();
  const { id, kind, ref, basis, placedBy, placedAt } = hold;
  const what = `${t(kindWords[kind])} ${ref}`;
  const mayLift = me.role === 'admin' && placedBy !== me.id;
  return (
    <article aria-label={what}>
      <h3>
        {what} <Tag tone="red">{t('holdStands')}</Tag>
      </h3>
      <Facts
        items={[
          [t('holdBasis'), basis],
          [t('holdPlacedBy'), `${placedBy}, ${moment(placedAt)}`],
        ]}
      />
      {placedBy === me.id && <p>{t('holdOther')}</p>}
      {mayLift && (
        <details>
          <summary aria-label={t('holdLiftOf', { what })}>{t('holdLift')}</summary>
          <ActForm
            send={(form, key) => act('/legal-holds/{id}/lifting', { id }, { basis: textOf(form, 'basis') }, key)}
            onDone={again}
            button={t('holdLift')}
          >
            <div className={parts['field']}>
              <label htmlFor={`lift-${id}`}>{t('holdLiftBasis')}</label>
              <input id={`lift-${id}`} name="basis" required maxLength={500} />
            </div>
          </ActForm>
        </details>
      )}
    </article>
  );
}
