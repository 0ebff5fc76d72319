import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { type PartyAct, partyActNames } from '../../domain/people/party-acts.js';
import { read } from '../api/call.js';
import { OnBehalfContext } from '../app/act-form.js';
import { useMe } from '../app/session.js';
import { Loading } from '../app/states.js';
import { Notice } from '../parts/parts.js';
import { useWords } from '../words/language.js';
import { grantorOf, type HeldPower, heldFrom, memberWords } from './acting.js';

/** What an act is called; one of a later release by its own name. */
export const actName = (act: string, say: ReturnType<typeof useWords>['say']): string =>
  Object.hasOwn(partyActNames, act) ? say(partyActNames[act as PartyAct]) : act;

/** Says in whose name somebody acts here: a representative in what and how long, a member of an organisation as what. */
export function ActingFor({ powers }: { readonly powers: readonly HeldPower[] }) {
  const { t, say, day } = useWords();
  const [first] = powers;
  if (first === undefined) return null;
  if (first.memberAs !== null)
    return (
      <Notice tone="blue">
        <p>
          <strong>{t('actingMember', { grantor: grantorOf(first), as: t(memberWords[first.memberAs]) })}</strong>{' '}
          {first.memberAs === 'reads' && t('memberReadsOnly')} <Link to="/organisation">{t('navOrganisation')}</Link>
        </p>
      </Notice>
    );
  const acts = [...new Set(powers.flatMap((power) => power.acts))].map((act) => actName(act, say));
  const until = powers.map(({ to }) => to).reduce((last, to) => (to > last ? to : last));
  return (
    <Notice tone="blue">
      <p>
        <strong>{t('actingFor', { grantor: grantorOf(first) })}</strong> {t('actingUntil', { day: day(until) })}{' '}
        <Link to="/powers">{t('navPowers')}</Link>
      </p>
      <details>
        <summary>{t('actingMay', { n: acts.length })}</summary>
        <ul>
          {acts.map((act) => (
            <li key={act}>{act}</li>
          ))}
        </ul>
        <p>{t('actingElse')}</p>
      </details>
    </Notice>
  );
}

/** Around a page of one case: whoever acts for its investor sees in whose name, and what they upload becomes that investor’s. */
export function ActingIn({ code, children }: { readonly code: string; readonly children: ReactNode }) {
  const me = useMe();
  const found = useQuery({
    queryKey: ['case', code],
    queryFn: () => read('/cases/{code}', { code }),
    enabled: me.role === 'investor' || me.role === 'representative',
  });
  const grantor = found.data?.onBehalfOf ?? undefined;
  // Nothing is uploaded before it is known for whom.
  if (found.isLoading) return <Loading />;
  return (
    <>
      {grantor !== undefined && <ActingFor powers={heldFrom(me, grantor)} />}
      <OnBehalfContext value={grantor}>{children}</OnBehalfContext>
    </>
  );
}

/** Why whoever acts for the investor cannot do this. */
export function NotGranted(props: { readonly powers: readonly HeldPower[] | undefined; readonly act: PartyAct }) {
  const { t, say } = useWords();
  const isMember = props.powers?.some(({ memberAs }) => memberAs !== null) === true;
  return <p>{isMember ? t('memberReadsOnly') : t('actingNotThis', { act: actName(props.act, say) })}</p>;
}
