import type pg from 'pg';
import {
  type Decimal,
  decimal,
  decimalNumber,
  decimalText,
  minus,
  plus,
  quotient,
  rounded,
} from '../../../domain/measures/decimals.js';
import { spansOf } from '../../../domain/measures/spans.js';
import { type Counted, Distribution, type Spread } from '../../../domain/measures/spread.js';
import type { PlainDate } from '../../../domain/time/instants.js';
import { rows } from '../../pool.js';

/** Days before it are in the tallies of their months and years, those from it on in the tallies of days only (ADR 51). */
export async function settledBefore(on: pg.Pool | pg.PoolClient): Promise<PlainDate> {
  const [found] = await rows<{ until: PlainDate }>(on, 'select until from public.tally_settled', [], 'tallies-settled');
  if (!found) throw new Error('No day was ever settled: migrate the register first');
  return found.until;
}

/** Families of marks (ADR 46) over some days. `from` null: since ever; `to` null: whatever comes. */
export interface TallyAsk {
  readonly families: readonly string[];
  readonly from: PlainDate | null;
  readonly to: PlainDate | null;
  /** By what they are told apart: a dimension of the cases, or the key of the family's own cut. */
  readonly by?: 'lane' | 'pathway' | 'zone' | 'key';
}

/** The cases that are meant. */
export interface TallyFilter {
  readonly lane?: string;
  readonly pathway?: string;
  readonly zone?: string;
}

interface TallyRow extends pg.QueryResultRow {
  /** Its place among those that were asked for. */
  readonly ask: number;
  readonly part: string;
  readonly measure: string;
  readonly key: string;
  readonly value: string;
  readonly n: number;
  readonly amount: string;
}

/** What was tallied of one part, by measure; a measure's keys are taken together where none is named. */
export class Tallied {
  private readonly measures = new Map<string, TallyRow[]>();

  constructor(found: readonly TallyRow[]) {
    for (const row of found) {
      const same = this.measures.get(row.measure);
      if (same) same.push(row);
      else this.measures.set(row.measure, [row]);
    }
  }

  private of(measure: string, key?: string): readonly TallyRow[] {
    const found = this.measures.get(measure) ?? [];
    return key === undefined ? found : found.filter((row) => row.key === key);
  }

  get isEmpty(): boolean {
    return this.measures.size === 0;
  }

  n(measure: string, key?: string): number {
    return this.of(measure, key).reduce((all, { n }) => all + n, 0);
  }

  values(measure: string, key?: string): Distribution {
    return new Distribution(this.of(measure, key).map(({ value, n }): Counted => ({ value: Number(value), n })));
  }

  spread(measure: string, key?: string): Spread {
    return this.values(measure, key).spread();
  }

  /** Of measures that are yes or no: of how many, and how many yes. */
  share(measure: string): { readonly n: number; readonly count: number } {
    const found = this.values(measure);
    return { n: found.n, count: found.atLeast(1) };
  }

  /** null: none has any. */
  amount(measure: string, key?: string): Decimal | null {
    const found = this.of(measure, key);
    return found.length === 0 ? null : found.map(({ amount }) => decimal(amount)).reduce(plus);
  }

  /** A sum of whole numbers. */
  total(measure: string, key?: string): number {
    const found = this.amount(measure, key);
    return found === null ? 0 : decimalNumber(found);
  }

  /** A sum as decimal text with two places at most; null: none has any. */
  sumText(measure: string): string | null {
    const found = this.amount(measure);
    return found === null ? null : decimalText(rounded(found, 2));
  }

  keys(measure: string): string[] {
    return [...new Set(this.of(measure).map(({ key }) => key))].sort();
  }
}

/** Where nothing was found. */
const nothing = new Tallied([]);

/** `1 - days / baseline` with four decimals; null: there is nothing to set against each other. */
export function savedPart(days: Decimal | null, baseline: Decimal | null): number | null {
  if (days === null || baseline === null) return null;
  const saved = quotient(minus(baseline, days), baseline, 4);
  return saved === null ? null : decimalNumber(saved);
}

/** Both together; null: neither is there. */
export const together = (one: Decimal | null, other: Decimal | null): Decimal | null =>
  one === null ? other : other === null ? one : plus(one, other);

/** Answers of a register, each under the name by which it was asked for. */
export interface Tallies {
  /** All parts of an answer, by their names in order. */
  parts(ask: string): readonly string[];
  of(ask: string, part?: string): Tallied;
  /** All parts of an answer together, or these. */
  whole(ask: string, parts?: readonly string[]): Tallied;
}

/** Reads what was asked for in one statement: of a whole period some years, months and days, however many cases it has. */
export async function readTallies(
  client: pg.PoolClient,
  asks: Readonly<Record<string, TallyAsk>>,
  { lane, pathway, zone }: TallyFilter,
): Promise<Tallies> {
  const names = Object.keys(asks);
  const settled = await settledBefore(client);
  const ranges = Object.values(asks).flatMap(({ families, from, to }, ask) =>
    families.flatMap((family) => spansOf({ from, to }, settled).map((range) => ({ ask, family, ...range }))),
  );
  const values: unknown[] = [
    ranges.map(({ ask }) => ask),
    ranges.map(({ family }) => family),
    ranges.map(({ span }) => span),
    ranges.map(({ first }) => first),
    ranges.map(({ last }) => last),
    Object.values(asks).map(({ by = '' }) => by),
  ];
  const among = Object.entries({ lane, pathway, zone })
    .filter(([, value]) => value !== undefined)
    .map(([column, value]) => `c.${column} = $${values.push(value)}`);
  const found = await rows<TallyRow>(
    client,
    `select t.ask, case a.by when 'key' then c.key when 'lane' then c.lane when 'pathway' then c.pathway when 'zone' then coalesce(c.zone, 'unknown') else '' end as part,
       t.measure, case a.by when 'key' then '' else c.key end as key, t.value::text as value, sum(t.n)::bigint as n, sum(t.amount)::text as amount
     from (
       select r.ask, t.cell, x.measure, x.value, sum(x.n) as n, sum(x.amount) as amount
       from unnest($1::int[], $2::text[], $3::text[], $4::date[], $5::date[]) r (ask, family, span, first, last)
       cross join lateral (
         select cell, measures, vals, ns, amounts from tally t where t.family = r.family and t.span = r.span and t.first between r.first and r.last offset 0
       ) t cross join lateral unnest(t.measures, t.vals, t.ns, t.amounts) x (measure, value, n, amount) group by 1, 2, 3, 4
     ) t join tally_cell c on c.id = t.cell join unnest($6::text[]) with ordinality a (by, ask) on a.ask = t.ask + 1
     where ${['true', ...among].join(' and ')} group by 1, 2, 3, 4, 5`,
    values,
  );
  const byAsk = new Map<string, Map<string, TallyRow[]>>();
  for (const row of found) {
    const ask = names[row.ask] ?? '';
    const parts = byAsk.get(ask) ?? new Map<string, TallyRow[]>();
    byAsk.set(ask, parts);
    const same = parts.get(row.part);
    if (same) same.push(row);
    else parts.set(row.part, [row]);
  }
  const made = new Map(
    [...byAsk].map(([ask, parts]) => [ask, new Map([...parts].map(([part, of]) => [part, new Tallied(of)]))]),
  );
  return {
    parts: (ask) => [...(made.get(ask)?.keys() ?? [])].sort(),
    of: (ask, part = '') => made.get(ask)?.get(part) ?? nothing,
    whole: (ask, parts) =>
      new Tallied([...(byAsk.get(ask) ?? [])].flatMap(([part, of]) => (parts?.includes(part) === false ? [] : of))),
  };
}

/** Terms that stood broken on a day: marks of families `late by …` up to it. */
export const stillLate = (until: Tallied): number => until.n('late') - until.n('late no more');

export const earlier = (one: PlainDate, other: PlainDate): PlainDate => (one < other ? one : other);
