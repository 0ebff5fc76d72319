import type pg from 'pg';
import { type PlainDate } from '../../domain/time/instants.js';
import { rows } from '../pool.js';

/** A period; `from` null: since ever. */
interface Period {
  readonly from: PlainDate | null;
  readonly to: PlainDate;
}

/** A statement over fact rows, made of one filter, with its values in the order in which they are asked for. */
export class FactStatement<Filter extends Period> {
  readonly values: unknown[] = [];

  /** `columns`: those of the filter that a row has to equal where they are given. */
  constructor(
    private readonly filter: Filter,
    private readonly columns: readonly (keyof Filter & string)[],
  ) {}

  param(value: unknown): string {
    return `$${this.values.push(value)}`;
  }

  /** Rows that equal what the filter gives. */
  among(): string {
    const given = this.columns.filter((column) => this.filter[column] !== undefined);
    return ['true', ...given.map((column) => `${column} = ${this.param(this.filter[column])}`)].join(' and ');
  }

  /** Rows whose date lies in the period. */
  within(column: string): string {
    const { from, to } = this.filter;
    const until = `${column} <= ${this.param(to)}::date`;
    return from === null ? `(${until})` : `(${until} and ${column} >= ${this.param(from)}::date)`;
  }

  async on<Row extends pg.QueryResultRow>(client: pg.PoolClient, text: string): Promise<Row[]> {
    return rows<Row>(client, text, this.values);
  }
}
