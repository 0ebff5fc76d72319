import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { type PartyAct, partyActNames } from '../../domain/people/party-acts.js';
import { read } from '../api/call.js';
import { OnBehalfContext } from '../app/act-form.js';
import { useMe } from '../app/session.js';
import { Notice } from '../parts/parts.js';
import { useWords } from '../words/language.js';
import { grantorOf, type HeldPower, heldFrom } from './acting.js';

/** What an act is called; one of a later release by its own name. */
export const actName = (act: string, say: ReturnType<typeof useWords>['say']): string =>
  Object.hasOwn(partyActNames, act) ? say(partyActNames[act as PartyAct]) : act;

/** Says in whose name a representative acts here, in what and how long. */
export function ActingFor({ powers }: { readonly powers: readonly HeldPower[] }) {
  const { t, say, day } = useWords();
  const [first] = powers;
  if (first === undefined) return null;
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

/** Around a page of one case: a representative sees in whose name they act, and what they upload becomes that investor’s. */
export function ActingIn({ code, children }: { readonly code: string; readonly children: ReactNode }) {
  const me = useMe();
  const acting = me.role === 'representative';
  const found = useQuery({
    queryKey: ['case', code],
    queryFn: () => read('/cases/{code}', { code }),
    enabled: acting,
  });
  const grantor = found.data?.onBehalfOf ?? undefined;
  return (
    <>
      {acting && grantor !== undefined && <ActingFor powers={heldFrom(me, grantor)} />}
      <OnBehalfContext value={grantor}>{children}</OnBehalfContext>
    </>
  );
}
