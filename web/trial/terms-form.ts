import type { Trial, TrialAdjustment, TrialEvaluation, TrialTermsProposal } from '../api/contract.js';
import { linesOf, textOf } from '../app/act.js';

type Terms = TrialTermsProposal['terms'];
type Narrower = NonNullable<Terms['limits']>[number];

/** Numbers of the rows `{name}-{n}` that a form has. */
const rowsOf = (form: FormData, name: string): number[] =>
  [...form.keys()].flatMap((key) => {
    const [, row] = new RegExp(`^${name}-(\\d+)$`).exec(key) ?? [];
    return row === undefined ? [] : [Number(row)];
  });

/** A number as people write it, with comma or point; undefined where nothing stands. */
const numberOf = (form: FormData, name: string): number | undefined => {
  const text = textOf(form, name).replace(',', '.');
  return text === '' ? undefined : Number(text);
};
const wholeOf = (form: FormData, name: string): number => Number(textOf(form, name) || 0);
const bounds = (min: number | undefined, max: number | undefined) => ({
  ...(min !== undefined && { min }),
  ...(max !== undefined && { max }),
});

/** A corner a line, `latitude, longitude`; null: the whole site. */
function cornersOf(form: FormData, name: string): NonNullable<Terms['areas'][number]['polygon']> | null {
  const lines = linesOf(form, name);
  if (lines.length === 0) return null;
  return lines.map((line) => {
    const [latitude = '', longitude = ''] = line.split(/[,;\s]+/);
    return [Number(latitude), Number(longitude)] as const;
  });
}

const namesOf = (form: FormData, name: string, row: number) => ({
  vi: textOf(form, `${name}-vi-${row}`),
  en: textOf(form, `${name}-en-${row}`),
});

/** The areas of a form; `codeOf`: by the number of the row and its place. */
const areasOf = (form: FormData, codeOf: (row: number, index: number) => string) =>
  rowsOf(form, 'area-vi').map((row, index) => ({
    code: codeOf(row, index),
    name: namesOf(form, 'area', row),
    site: textOf(form, `area-site-${row}`) || 'none',
    polygon: cornersOf(form, `area-corners-${row}`),
  }));

/** Corners as the form writes them. */
export const cornersText = (polygon: NonNullable<Trial['terms']>['areas'][number]['polygon']): string =>
  (polygon ?? []).map((corner) => corner.join(', ')).join('\n');

/** What a form asks to be otherwise than the conditions have it: nothing that it leaves as it is. */
export function adjustmentFrom(form: FormData, terms: NonNullable<Trial['terms']>): TrialAdjustment {
  const limits = terms.limits.flatMap(({ code, min, max, inclusive }) => {
    const [least, most] = [numberOf(form, `adjust-min-${code}`), numberOf(form, `adjust-max-${code}`)];
    if ((least ?? min) === min && (most ?? max) === max) return [];
    return [{ code, ...bounds(least ?? min, most ?? max), ...(inclusive !== undefined && { inclusive }) }];
  });
  const taken = new Set(terms.areas.map(({ code }) => code));
  const free = (row: number): string => (taken.has(`area-${row + 1}`) ? free(row + 1) : `area-${row + 1}`);
  const areas = areasOf(form, (row) => {
    const code = terms.areas[row]?.code ?? free(row);
    taken.add(code);
    return code;
  });
  const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
  const known = terms.areas.map(({ code, name, site, polygon }) => ({
    code,
    name: { vi: name.vi, en: name.en },
    site,
    polygon,
  }));
  const unit = textOf(form, 'report-unit') === 'week' ? 'week' : 'month';
  const reportEvery = { amount: wholeOf(form, 'report-amount'), unit } as const;
  const transitionMonths = wholeOf(form, 'transition');
  const dataLocation = textOf(form, 'data-location') as typeof terms.dataLocation;
  return {
    ...(!same(areas, known) && { areas }),
    ...(limits.length > 0 && { limits }),
    ...(dataLocation !== terms.dataLocation && { dataLocation }),
    ...((reportEvery.amount !== terms.reportEvery.amount || unit !== terms.reportEvery.unit) && { reportEvery }),
    ...(transitionMonths !== terms.transitionMonths && { transitionMonths }),
    reason: textOf(form, 'reason'),
  };
}

/** The conditions that a form of the evaluation says; codes of what is named in it are made from its place. */
export function termsFrom(
  form: FormData,
  { limits, reportInterval }: Pick<TrialEvaluation, 'limits' | 'reportInterval'>,
): Terms {
  const both = (name: string, row: number) => namesOf(form, name, row);
  const narrower = limits.flatMap(({ code, inclusive }): Narrower[] => {
    const [min, max] = [numberOf(form, `limit-min-${code}`), numberOf(form, `limit-max-${code}`)];
    return min === undefined && max === undefined
      ? []
      : [{ code, ...bounds(min, max), ...(inclusive !== undefined && { inclusive }) }];
  });
  const own = rowsOf(form, 'own-vi').map((row, index): Narrower => ({
    code: `own-${index + 1}`,
    name: both('own', row),
    unit: textOf(form, `own-unit-${row}`),
    watch: textOf(form, `own-watch-${row}`) as NonNullable<Narrower['watch']>,
    ...bounds(numberOf(form, `own-min-${row}`), numberOf(form, `own-max-${row}`)),
    inclusive: true,
  }));
  const every = textOf(form, 'report-amount');
  const visits = textOf(form, 'visit-every');
  const unit = textOf(form, 'report-unit') === 'week' ? 'week' : 'month';
  return {
    months: wholeOf(form, 'months'),
    areas: areasOf(form, (_row, index) => `area-${index + 1}`),
    limits: [...narrower, ...own],
    dataLocation: textOf(form, 'data-location') as Terms['dataLocation'],
    ...((every !== '' || reportInterval === null) && { reportEvery: { amount: Number(every), unit } }),
    ...(visits !== '' && { visitEvery: Number(visits) }),
    transitionMonths: wholeOf(form, 'transition'),
    exemptions: rowsOf(form, 'rule').map((row) => ({
      act: textOf(form, `rule-${row}`),
      article: textOf(form, `article-${row}`),
      whom: textOf(form, `whom-${row}`) as NonNullable<Terms['exemptions']>[number]['whom'],
      scope: textOf(form, `scope-${row}`) as NonNullable<Terms['exemptions']>[number]['scope'],
      basis: textOf(form, `basis-${row}`),
    })),
    userDuties: rowsOf(form, 'duty-vi').map((row, index) => ({
      code: `users-${index + 1}`,
      name: both('duty', row),
      days: wholeOf(form, `duty-days-${row}`),
    })),
  };
}
