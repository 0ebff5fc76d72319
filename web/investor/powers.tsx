import { useQuery, useQueryClient } from '@tanstack/react-query';
import { act, read } from '../api/call.js';
import type { PowerOfAttorney } from '../api/contract.js';
import { useAct } from '../app/act.js';
import { useMe } from '../app/session.js';
import { Failure, Loading, useTitle } from '../app/states.js';
import { Facts, Notice, Tag, type Tone } from '../parts/parts.js';
import parts from '../parts/parts.module.css';
import { useWords, type Word } from '../words/language.js';
import { actName } from './acting-in.js';
import { grantorOf } from './acting.js';
import { GrantPower } from './grant-power.js';

const states = {
  offered: ['powerOffered', 'amber'],
  'in-force': ['powerInForce', 'green'],
  future: ['powerFuture', 'blue'],
  ended: ['powerEnded', 'plain'],
  declined: ['powerDeclined', 'red'],
  revoked: ['powerRevoked', 'plain'],
} as const satisfies Record<PowerOfAttorney['state'], readonly [Word, Tone]>;

const isOver = ({ state }: PowerOfAttorney): boolean => ['ended', 'declined', 'revoked'].includes(state);

/** Powers of attorney: an investor grants and takes back, a representative reads and answers. */
export function Powers() {
  const { t } = useWords();
  const me = useMe();
  const queries = useQueryClient();
  useTitle(t('navPowers'));
  const list = useQuery({ queryKey: ['powers'], queryFn: () => read('/powers-of-attorney') });
  const procedures = useQuery({ queryKey: ['procedures'], queryFn: () => read('/procedures'), staleTime: 600_000 });
  const grants = me.role === 'investor';
  const again = () => {
    for (const key of ['powers', 'me', 'cases', 'case', 'drafts']) void queries.invalidateQueries({ queryKey: [key] });
  };
  const items = list.data?.items ?? [];
  const over = items.filter(isOver);
  const nameOf = procedures.data?.items ?? [];
  const shown = (powers: readonly PowerOfAttorney[]) =>
    powers.map((power) => <Power key={power.id} power={power} procedures={nameOf} onDone={again} />);
  return (
    <>
      <h1>{t('navPowers')}</h1>
      <p>{t(grants ? 'powersLead' : 'powersHeldLead', { account: me.id })}</p>
      {list.error !== null && <Failure error={list.error} />}
      {procedures.error !== null && <Failure error={procedures.error} />}
      {list.isPending && <Loading />}
      {list.data !== undefined && (
        <>
          <section>
            <h2>{t(grants ? 'powersGranted' : 'powersHeld')}</h2>
            {items.length === over.length && (
              <Notice>
                <p>{t(grants ? 'powersNone' : 'powersHeldNone', { account: me.id })}</p>
              </Notice>
            )}
            {shown(items.filter((power) => !isOver(power)))}
          </section>
          {over.length > 0 && (
            <section>
              <details>
                <summary>{t('powersOver', { n: over.length })}</summary>
                {shown(over)}
              </details>
            </section>
          )}
        </>
      )}
      {grants && procedures.data !== undefined && <GrantPower procedures={procedures.data.items} onDone={again} />}
    </>
  );
}

/** One power: between whom, for what, how long, what it opens; and what the reader may do about it. */
function Power(props: {
  readonly power: PowerOfAttorney;
  readonly procedures: readonly {
    readonly code: string;
    readonly name: { readonly vi: string; readonly en: string };
  }[];
  readonly onDone: () => void;
}) {
  const { power, procedures, onDone } = props;
  const { t, say, day } = useWords();
  const me = useMe();
  const answering = useAct();
  const grants = power.grantor === me.id;
  const who = grants ? (power.representativeName ?? power.representative) : grantorOf(power);
  const answer = (name: 'acceptance' | 'refusal' | 'revocation') =>
    answering.run((key) => act(`/powers-of-attorney/{id}/${name}`, { id: power.id }, {}, `${key}-${name}`), onDone);
  const nameOf = (code: string) => {
    const found = procedures.find((one) => one.code === code);
    return found === undefined ? code : say(found.name);
  };
  const [word, tone] = states[power.state];
  const title = `power-${power.id}`;
  return (
    <article aria-labelledby={title}>
      <h3 id={title}>
        {who} <Tag tone={tone}>{t(word)}</Tag>
      </h3>
      <Facts
        items={[
          grants ? [t('powerAccount'), power.representative] : null,
          [t('powerTerm'), `${day(power.from)} – ${day(power.to)}`],
          [
            t('powerReads'),
            power.procedures === null
              ? t('powerReadsAll')
              : t('powerReadsSome', { names: power.procedures.map(nameOf).join('; ') }),
          ],
          [
            t('powerMay'),
            <ul>
              {power.acts.map((one) => (
                <li key={one}>{actName(one, say)}</li>
              ))}
            </ul>,
          ],
        ]}
      />
      {answering.failed !== undefined && <Failure error={answering.failed} />}
      {!grants && power.state === 'offered' && (
        <>
          <p>{t('powerAnswerLead')}</p>
          <div className={parts['actions']}>
            <button type="button" disabled={answering.busy} onClick={() => answer('acceptance')}>
              {t('powerAccept')}
            </button>
            <button
              type="button"
              className={parts['secondary']}
              disabled={answering.busy}
              onClick={() => answer('refusal')}
            >
              {t('powerDecline')}
            </button>
          </div>
        </>
      )}
      {grants && !isOver(power) && (
        <details>
          <summary>{t('powerRevoke')}</summary>
          <p>{t('powerRevokeLead', { name: who })}</p>
          <button type="button" disabled={answering.busy} onClick={() => answer('revocation')}>
            {t('powerRevokeNow')}
          </button>
        </details>
      )}
    </article>
  );
}
