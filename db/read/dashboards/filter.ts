import type pg from 'pg';
import { share } from '../../../domain/measures/facts.js';
import { type PlainDate } from '../../../domain/time/instants.js';
import { inTransaction } from '../../pool.js';
import { FactStatement } from '../fact-statement.js';

/** Both ends of the period are in it; `from` null: from the beginning. */
export interface DashboardFilter {
  readonly from: PlainDate | null;
  readonly to: PlainDate;
  readonly lane?: string;
  readonly pathway?: string;
  readonly zone?: string;
}

/** How many of `n`. */
export interface Part {
  readonly n: number;
  readonly count: number;
  readonly share: number | null;
}

/** The first hundred of `n`. */
export interface Listed<Item> {
  readonly n: number;
  readonly items: readonly Item[];
}

export const mostListed = 100;

export const statementOf = (filter: DashboardFilter) => new FactStatement(filter, ['lane', 'pathway', 'zone']);

// Just above the half: of an even number the nearest rank is the upper of the two in the middle, of an odd one still the middle (below five million rows).
const aboveHalf = 0.5000001;
const ranked = (column: string, among: string) =>
  `(percentile_disc(array[0.5, ${aboveHalf}, 0.9]) within group (order by ${column}) filter (where ${among}))`;

/** SQL of the median, a number with four decimals: of an even number the mean of the two in the middle. Of the same column and rows it costs nothing more. */
export const median = (column: string, among = 'true'): string =>
  `round((${ranked(column, among)}[1] + ${ranked(column, among)}[2]) / 2.0, 4)`;

/** Mean, median and p90 of rows that are read one by one: one sort for each column and kind of rows. `p90` by nearest rank is a value that some case really has. */
export const spread = (column: string, among = 'true'): string =>
  `json_build_object('n', count(${column}) filter (where ${among}),
    'mean', (round(avg(${column}) filter (where ${among}), 4))::float8,
    'median', (${median(column, among)})::float8, 'p90', (${ranked(column, among)}[3])::float8)`;

export const part = (count: number, n: number): Part => ({ n, count, share: share(count, n) });

/** Everything in one snapshot, so that the figures of one answer agree with each other. */
export const inSnapshot = <T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> =>
  inTransaction(pool, async (client) => {
    await client.query('set transaction isolation level repeatable read, read only');
    return work(client);
  });
