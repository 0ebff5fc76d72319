import { useQuery, useQueryClient } from '@tanstack/react-query';
import { act, read } from '../api/call.js';
import type { Organisation, Organisations } from '../api/contract.js';
import { textOf, useAct } from '../app/act.js';
import { ActForm } from '../app/act-form.js';
import { useMe } from '../app/session.js';
import { Failure, Loading, useTitle } from '../app/states.js';
import { Notice, Table, Tag } from '../parts/parts.js';
import parts from '../parts/parts.module.css';
import { useWords } from '../words/language.js';
import { memberWords } from './acting.js';

type As = Organisation['as'];
const organisationsQuery = { queryKey: ['organisations'], queryFn: () => read('/organisations') } as const;

/** What changes an organisation answers with all of them. */
function useTaken() {
  const queries = useQueryClient();
  return (next: Organisations) => {
    queries.setQueryData(organisationsQuery.queryKey, next);
    // For whom one acts, and what one reads, is another now.
    for (const key of ['me', 'cases', 'case', 'drafts']) void queries.invalidateQueries({ queryKey: [key] });
  };
}

/** The enterprises for which an investor acts with others: who is in them and as what; found, join, invite, leave. */
export function OrganisationsPage() {
  const { t } = useWords();
  useTitle(t('navOrganisation'));
  const me = useMe();
  const found = useQuery(organisationsQuery);
  const taken = useTaken();
  const { items = [], vouched = null } = found.data ?? {};
  const isIn = vouched !== null && items.some(({ enterprise }) => enterprise === vouched.enterprise);
  return (
    <>
      <h1>{t('navOrganisation')}</h1>
      <p>{t('organisationLead', { id: me.id })}</p>
      {found.error !== null && <Failure error={found.error} />}
      {found.isPending && <Loading />}
      {vouched !== null && (!isIn || (!vouched.managed && !vouched.seenOut)) && (
        <Notice tone="blue">
          <p>{t('organisationVouched', { name: vouched.name, enterprise: vouched.enterprise })}</p>
          {vouched.seenOut ? <p>{t('organisationSeenOut')}</p> : <Joining vouched={vouched} />}
        </Notice>
      )}
      {found.data !== undefined && items.length === 0 && vouched === null && <p>{t('organisationNone')}</p>}
      {items.map((one) => (
        <One key={one.id} organisation={one} onTaken={taken} />
      ))}
    </>
  );
}

/** Whoever is vouched for founds it, joins it, or takes it over where nobody is left who manages it. */
function Joining({ vouched }: { readonly vouched: NonNullable<Organisations['vouched']> }) {
  const { t } = useWords();
  const { organisation, managed } = vouched;
  if (organisation === null)
    return <Doing button={t('organisationFound')} send={(key) => act('/organisations', {}, {}, key)} />;
  return (
    <>
      {!managed && <p>{t('organisationUnmanaged')}</p>}
      <Doing
        button={t(managed ? 'organisationJoin' : 'organisationTakeOver')}
        send={(key) => act('/organisations/{id}/membership', { id: organisation }, {}, key)}
      />
    </>
  );
}

/** One act by one button. */
function Doing(props: {
  readonly button: string;
  readonly send: (key: string) => Promise<Organisations>;
  readonly plain?: boolean;
}) {
  const { button, send, plain = false } = props;
  const { t } = useWords();
  const taken = useTaken();
  const { busy, failed, run } = useAct();
  return (
    <>
      {failed !== undefined && <Failure error={failed} />}
      <button
        type="button"
        className={plain ? parts['secondary'] : undefined}
        disabled={busy}
        onClick={() => run(send, taken)}
      >
        {busy ? t('sending') : button}
      </button>
    </>
  );
}

function One({
  organisation,
  onTaken,
}: {
  readonly organisation: Organisation;
  readonly onTaken: (next: Organisations) => unknown;
}) {
  const { t, day } = useWords();
  const me = useMe();
  const { id, name, enterprise, as, invited, members } = organisation;
  const manages = as === 'manages' && !invited;
  if (invited)
    return (
      <Notice tone="blue">
        <h2>{name}</h2>
        <p>{t('organisationInvited', { name, enterprise, as: t(memberWords[as]) })}</p>
        <div className={parts['actions']}>
          <Doing
            button={t('organisationAccept')}
            send={(key) => act('/organisations/{id}/invitations/acceptance', { id }, {}, key)}
          />
          <Doing
            plain
            button={t('organisationDecline')}
            send={(key) => act('/organisations/{id}/invitations/refusal', { id }, {}, key)}
          />
        </div>
      </Notice>
    );
  return (
    <section>
      <h2>{name}</h2>
      <p className={parts['faint']}>{t('organisationOf', { enterprise, as: t(memberWords[as]) })}</p>
      <Table
        caption={t('organisationMembers', { name })}
        titled
        rows={members}
        rowKey={({ person }) => person}
        columns={[
          { name: t('colName'), cell: (one) => `${one.name ?? t('erased')} (${one.person})` },
          {
            name: t('memberAs'),
            cell: (one) =>
              manages ? (
                <Becoming organisation={id} member={one} onTaken={onTaken} />
              ) : (
                <>
                  {t(memberWords[one.as])} {one.invited && <Tag tone="amber">{t('memberInvited')}</Tag>}
                </>
              ),
          },
          { name: t('memberSince'), cell: ({ since }) => day(since) },
          {
            name: t('delegationDo'),
            cell: ({ person }) =>
              person === me.id || manages ? (
                <Doing
                  plain
                  button={t(person === me.id ? 'memberLeave' : 'memberRemove')}
                  send={(key) => act('/organisations/{id}/members/{person}/departure', { id, person }, {}, key)}
                />
              ) : (
                '–'
              ),
          },
        ]}
      />
      {manages && (
        <details>
          <summary>{t('organisationInvite')}</summary>
          <ActForm
            again
            button={t('organisationInvite')}
            send={async (form, key) =>
              onTaken(
                await act(
                  '/organisations/{id}/invitations',
                  { id },
                  { person: textOf(form, 'person'), as: textOf(form, 'as') as As },
                  key,
                ),
              )
            }
            onDone={() => undefined}
          >
            <div className={parts['field']}>
              <label htmlFor={`${id}-person`}>{t('memberId')}</label>
              <p className={parts['help']} id={`${id}-person-help`}>
                {t('memberIdHelp')}
              </p>
              <input
                id={`${id}-person`}
                name="person"
                required
                maxLength={100}
                autoComplete="off"
                spellCheck={false}
                aria-describedby={`${id}-person-help`}
              />
            </div>
            <AsField id={`${id}-as`} chosen="reads" />
          </ActForm>
        </details>
      )}
    </section>
  );
}

function AsField({ id, chosen }: { readonly id: string; readonly chosen: As }) {
  const { t } = useWords();
  return (
    <div className={parts['field']}>
      <label htmlFor={id}>{t('memberAs')}</label>
      <select id={id} name="as" defaultValue={chosen}>
        {(Object.keys(memberWords) as As[]).map((one) => (
          <option key={one} value={one}>
            {t(memberWords[one])}
          </option>
        ))}
      </select>
    </div>
  );
}

function Becoming(props: {
  readonly organisation: string;
  readonly member: Organisation['members'][number];
  readonly onTaken: (next: Organisations) => unknown;
}) {
  const { organisation, member, onTaken } = props;
  const { t } = useWords();
  const { busy, failed, run } = useAct();
  const { person, as, invited, name } = member;
  return (
    <>
      <select
        // Drawn anew with what it is now, also where it was refused.
        key={`${as} ${String(busy)}`}
        aria-label={t('memberAsOf', { name: name ?? person })}
        defaultValue={as}
        disabled={busy}
        onChange={({ currentTarget: { value } }) =>
          run(
            (key) =>
              act('/organisations/{id}/members/{person}/role', { id: organisation, person }, { as: value as As }, key),
            onTaken,
          )
        }
      >
        {(Object.keys(memberWords) as As[]).map((one) => (
          <option key={one} value={one}>
            {t(memberWords[one])}
          </option>
        ))}
      </select>{' '}
      {invited && <Tag tone="amber">{t('memberInvited')}</Tag>}
      {failed !== undefined && <Failure error={failed} />}
    </>
  );
}

/** For whom a filing is begun, where somebody may file for more than themselves. */
export function ForWhom() {
  const { t } = useWords();
  const me = useMe();
  const { data } = useQuery({ ...organisationsQuery, enabled: me.role === 'investor' });
  const files = (data?.items ?? []).filter(({ as, invited }) => !invited && as !== 'reads');
  if (files.length === 0) return null;
  return (
    <div className={parts['field']}>
      <label htmlFor="on-behalf-of">{t('fileForWhom')}</label>
      <select id="on-behalf-of" name="onBehalfOf">
        {files.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
        <option value="">{t('fileForMyself', { name: me.name })}</option>
      </select>
    </div>
  );
}
