import type { z } from 'zod';
import type { CutRow, FigureCase } from '../../db/read/dashboards/cuts.js';
import type { Text } from '../../domain/law/agency.js';
import type { Catalogue } from '../../domain/law/catalogue.js';
import { filingValues } from '../../domain/law/filing-fields.js';
import { definitionOf, measures } from '../../domain/measures/catalogue.js';
import { type CutDimension, cutFigures, figuresBy } from '../../domain/measures/cuts.js';
import type { DashboardCuts, FigureCases } from '../schemas/cuts.js';

const text = (vi: string, en: string): Text => ({ vi, en });
const unknown = text('chưa rõ', 'unknown');
const all = text('Tất cả', 'All');
const lanes: Readonly<Record<string, Text>> = {
  green: text('Luồng xanh', 'Green lane'),
  standard: text('Luồng thông thường', 'Standard lane'),
  undecided: text('Chưa quyết định luồng', 'Lane undecided'),
};
const investors: Readonly<Record<string, Text>> = {
  domestic: text('Nhà đầu tư trong nước', 'Domestic investor'),
  foreign: text('Nhà đầu tư nước ngoài', 'Foreign investor'),
};

const countryNames = {
  vi: new Intl.DisplayNames(['vi'], { type: 'region', fallback: 'code' }),
  en: new Intl.DisplayNames(['en'], { type: 'region', fallback: 'code' }),
};
const country = (code: string): Text => text(countryNames.vi.of(code) ?? code, countryNames.en.of(code) ?? code);

/** What the row of a cut is called; a code that the catalogue no longer has is its own name. */
export function nameOf(dimension: CutDimension, key: string, { pathways, agencies }: Catalogue): Text {
  if (key === 'unknown') return unknown;
  const own = text(key, key);
  switch (dimension) {
    case 'none':
      return all;
    case 'lane':
      return lanes[key] ?? own;
    case 'pathway':
      return pathways.find(({ code }) => code === key)?.name ?? own;
    case 'field':
      return filingValues['project.field']?.[key] ?? own;
    case 'country':
      return /^[A-Z]{2}$/.test(key) ? country(key) : own;
    case 'zone':
      return filingValues['project.site.zone']?.[key] ?? own;
    case 'investor':
      return investors[key] ?? own;
    case 'agency':
      return agencies.get(key)?.name ?? own;
  }
}

type Cuts = z.input<typeof DashboardCuts>;

export const cutView = (
  dimension: CutDimension,
  rows: readonly CutRow[],
  catalogue: Catalogue,
  heads: ReadonlyMap<string, readonly string[]>,
): Pick<Cuts, 'by' | 'figures' | 'rows'> => ({
  by: dimension,
  figures: figuresBy(dimension).map((figure) => {
    const measure = cutFigures[figure];
    return { figure, measure, name: measures[measure].name, definition: definitionOf(measure) };
  }),
  rows: rows.map(({ key, periods }) => ({
    key,
    name: nameOf(dimension, key, catalogue),
    heads: heads.get(key) ?? [],
    periods,
  })),
});

export const figureItems = (
  items: readonly FigureCase[],
  { procedures }: Catalogue,
): z.input<typeof FigureCases>['items'] =>
  items.map((one) => ({
    ...one,
    procedureName: one.procedure === null ? null : (procedures.get(one.procedure)?.[0]?.name ?? null),
  }));
