import type pg from 'pg';

/** The rows of one statement. `name` makes it a prepared statement of the session. */
export async function rows<Row extends pg.QueryResultRow>(
  on: pg.Pool | pg.PoolClient,
  text: string,
  values: readonly unknown[] = [],
  name?: string,
): Promise<Row[]> {
  const { rows: found } = await on.query<Row>({ text, values: [...values], ...(name === undefined ? {} : { name }) });
  return found;
}
