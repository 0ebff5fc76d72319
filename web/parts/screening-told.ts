import type { Screening } from '../api/contract.js';
import type { Words } from '../words/language.js';
import { vietnamDay } from './days.js';
import type { Looked, Told } from './looked.js';
import { laneWords } from './parts.js';

const verdictWord = { yes: 'yes', no: 'no', unknown: 'unknown' } as const;

/** All that whoever files goes by: lane, pathway, days, tests, the procedures with their terms. */
function toldOf(screening: Screening, { t, say, day, cite }: Words): Told[] {
  const recommended = screening.pathways.find(({ id }) => id === screening.recommended.pathway);
  return [
    [t('statusLane'), t(laneWords[screening.lane])],
    [t('planPathway'), recommended === undefined ? screening.recommended.pathway : say(recommended.name)],
    [t('planBaseline'), `${t('workingDays', { n: screening.baselineDays })} · ${day(screening.baselineEndDate)}`],
    [t('planTarget'), `${t('workingDays', { n: screening.targetDays })} · ${day(screening.targetEndDate)}`],
    ...screening.predicates.map((one): Told => [say(one.name), `${t(verdictWord[one.verdict])} (${cite(one.clause)})`]),
    ...(recommended?.procedures ?? []).map(({ name, budget, ends }): Told => {
      const term = t(budget.unit === 'working-day' ? 'workingDays' : 'calendarDays', { n: budget.amount });
      return [say(name), [term, ...(ends === null ? [] : [day(ends)])].join(' · ')];
    }),
  ];
}

/** What the law of the moment says of a filing. */
export const screeningLooked = (screening: Screening, words: Words): Looked => ({
  told: toldOf(screening, words),
  day: vietnamDay(screening.filedAt),
});
