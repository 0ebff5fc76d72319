import { Link } from '@tanstack/react-router';
import { Facts } from '../parts/parts.js';
import { useAgencyName } from '../case/queries.js';
import { useWords, type Word } from '../words/language.js';
import { grantorOf, memberWords } from '../investor/acting.js';
import { useMe } from './session.js';
import { waysOf } from './shell.js';
import { useTitle } from './states.js';

const roles = {
  investor: 'roleInvestor',
  representative: 'roleRepresentative',
  'receiving-officer': 'roleReceivingOfficer',
  officer: 'roleOfficer',
  head: 'roleHead',
  leader: 'roleLeader',
  expert: 'roleExpert',
  auditor: 'roleAuditor',
  admin: 'roleAdmin',
  operator: 'roleOperator',
} as const satisfies Record<string, Word>;

/** Who I am here, and where to go on. */
export function Start() {
  const { t, day } = useWords();
  const me = useMe();
  const agencyName = useAgencyName();
  useTitle(t('navAccount'));
  const ways = waysOf[me.role].filter(({ to }) => to !== '/start');
  return (
    <>
      <h1>{t('startTitle', { name: me.name })}</h1>
      {ways.length > 0 ? (
        <ul>
          {ways.map(({ to, word }) => (
            <li key={to}>
              <Link to={to}>{t(word)}</Link>
            </li>
          ))}
        </ul>
      ) : (
        <p>{t('startNoPages')}</p>
      )}
      <Facts
        items={[
          [t('accountId'), me.id],
          [t('accountRole'), t(roles[me.role])],
          me.agency === null ? null : [t('colAgency'), agencyName(me.agency)],
          me.organisation === null ? null : [t('accountOrganisation'), me.organisation],
          [t('accountMail'), me.email],
          ...me.powersOfAttorney.map((power): [string, string] =>
            power.memberAs === null
              ? [
                  t('accountPower'),
                  t('accountPowerOf', { grantor: grantorOf(power), from: day(power.from), to: day(power.to) }),
                ]
              : [t('navOrganisation'), `${grantorOf(power)} (${t(memberWords[power.memberAs])})`],
          ),
        ]}
      />
    </>
  );
}
