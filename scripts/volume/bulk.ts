import type pg from 'pg';
import { rows } from '../../db/pool.js';

interface Made extends pg.QueryResultRow {
  readonly name: string;
  readonly table: string;
  readonly definition: string;
}

/**
 * Runs work that fills these tables, without their indexes that guard nothing and without looking up what each row refers to; then makes the indexes and checks
 * every reference at once, also where the work failed. By the owner of the tables, who has the register alone. What kills the process in between leaves a
 * register that has to be begun anew.
 */
export async function inBulk(owner: pg.Pool, tables: readonly string[], work: () => Promise<void>): Promise<void> {
  const indexes = await rows<Made>(
    owner,
    `select i.indexrelid::regclass::text as name, i.indrelid::regclass::text as table, pg_get_indexdef(i.indexrelid) as definition
     from pg_index i where i.indrelid = any ($1::regclass[]) and not i.indisunique order by 1`,
    [tables],
  );
  const references = await rows<Made>(
    owner,
    `select quote_ident(c.conname) as name, c.conrelid::regclass::text as table, pg_get_constraintdef(c.oid) as definition
     from pg_constraint c where c.contype = 'f' and c.conrelid = any ($1::regclass[]) order by 1`,
    [tables],
  );
  const left = [
    ...references.map(({ name, table }) => `alter table ${table} drop constraint ${name}`),
    ...indexes.map(({ name }) => `drop index ${name}`),
  ];
  await owner.query(`begin; ${left.join('; ')}; commit`);
  try {
    await work();
  } finally {
    await owner.query(`set maintenance_work_mem = '512MB'`);
    for (const { definition } of indexes) await owner.query(definition);
    for (const { name, table, definition } of references)
      await owner.query(`alter table ${table} add constraint ${name} ${definition}`);
  }
}
