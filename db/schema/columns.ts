import { sql } from 'drizzle-orm';
import { check, customType, date, type ExtraConfigColumn, type PgColumn, timestamp } from 'drizzle-orm/pg-core';

export const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });
export const xid8 = customType<{ data: string }>({ dataType: () => 'xid8' });
export const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' });
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'string' });
export const day = (name: string) => date(name, { mode: 'string' });
/** As `order by … desc` sorts; the builder's own `.desc()` puts nulls last, and no query would ever use the index. */
export const newest = (column: ExtraConfigColumn) => column.desc().nullsFirst();
export const oneOf = (name: string, column: PgColumn, values: readonly string[]) =>
  check(name, sql`${column} in (${sql.raw(values.map((value) => `'${value}'`).join(', '))})`);
