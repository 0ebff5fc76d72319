import { Link } from '@tanstack/react-router';
import type { CityDataEffect } from '../api/contract.js';
import { useAgencyName } from '../case/queries.js';
import { useWords, type Word } from '../words/language.js';
import { staffRoleWords } from './people.js';

const effectWords = {
  'reminders-move': 'effectReminders',
  'promise-printed': 'effectPromise',
  'evidence-appears': 'effectEvidenceAppears',
  'evidence-ends': 'effectEvidenceEnds',
  'agency-works-here': 'effectAgency',
  'work-moves': 'effectWorkMoves',
  'pathway-kept': 'effectPathway',
  'regime-kept': 'effectRegime',
  'dates-move': 'effectDates',
  'version-kept': 'effectVersion',
} as const satisfies Record<CityDataEffect['items'][number]['effects'][number], Word>;

/** What a version would do to the cases that run, and to the people of an agency that is merged. */
export function Effect({ effect }: { readonly effect: Pick<CityDataEffect, 'items' | 'looked' | 'merger'> }) {
  const { t } = useWords();
  const { items, looked, merger } = effect;
  return (
    <>
      <p>{t('changeConcerns', { n: items.length, of: looked })}</p>
      {items.length > 0 && (
        <ul>
          {items.map((one) => (
            <li key={one.case}>
              <Link to="/cases/$code" params={{ code: one.case }}>
                {one.case}
              </Link>
              : {one.effects.map((effect) => t(effectWords[effect])).join('; ')}
            </li>
          ))}
        </ul>
      )}
      {merger !== null && <Merger merger={merger} />}
    </>
  );
}

/** Who and what goes over to the agency that takes the place of another one. */
function Merger({ merger }: { readonly merger: NonNullable<CityDataEffect['merger']> }) {
  const { t } = useWords();
  const nameOf = useAgencyName();
  const { into, tasks, cases, people } = merger;
  return (
    <>
      <p>{t('mergerMoves', { into: nameOf(into), tasks, cases, people: people.length })}</p>
      {people.length > 0 && (
        <ul>
          {people.map(({ id, name, role, becomes }) => (
            <li key={id}>
              {name} ({id}): {t(staffRoleWords[role])}
              {becomes !== role && ` → ${t(staffRoleWords[becomes])}`}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
