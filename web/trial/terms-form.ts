import type { TrialEvaluation, TrialTermsProposal } from '../api/contract.js';
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

/** The conditions that a form of the evaluation says; codes of what is named in it are made from its place. */
export function termsFrom(
  form: FormData,
  { limits, reportInterval }: Pick<TrialEvaluation, 'limits' | 'reportInterval'>,
): Terms {
  const both = (name: string, row: number) => ({
    vi: textOf(form, `${name}-vi-${row}`),
    en: textOf(form, `${name}-en-${row}`),
  });
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
    areas: rowsOf(form, 'area-vi').map((row, index) => ({
      code: `area-${index + 1}`,
      name: both('area', row),
      site: textOf(form, `area-site-${row}`) || 'none',
      polygon: cornersOf(form, `area-corners-${row}`),
    })),
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
