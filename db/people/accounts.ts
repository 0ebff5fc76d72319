import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { type NewAccount } from '../../domain/people/accounts.js';
import { inTransaction, rows } from '../pool.js';
import { findSignedOn, type Person } from './people.js';

/**
 * The account of somebody who came by the sign-on for the first time, under an id of its own that says nothing of them; the same one however often they come at once.
 * Undefined for whoever the register knows and lets in no more: who left stays away, and comes under no other id.
 */
export async function openAccount(
  pool: pg.Pool,
  subject: string,
  { role, name, email, language }: NewAccount,
): Promise<Person | undefined> {
  // PostgreSQL knows no NUL, and nobody is called so.
  if (subject.includes('\0')) return undefined;
  await inTransaction(pool, async (client) => {
    await client.query('select pg_advisory_xact_lock(hashtext($1))', [`account ${subject}`]);
    const known = await rows(
      client,
      `select 1 from person where id = $1 union all select 1 from sign_on_account where digest = sha256(convert_to($1, 'UTF8'))`,
      [subject],
    );
    if (known.length > 0) return;
    const id = `${role}.${randomBytes(8).toString('hex')}`;
    await client.query(`insert into person (id, name, role, email, language) values ($1, $2, $3, $4, $5)`, [
      ...[id, name, role, email, language],
    ]);
    await client.query(
      `insert into sign_on_account (digest, person, since)
       select sha256(convert_to($1, 'UTF8')), $2, coalesce(now, clock_timestamp()) from rehearsal_clock`,
      [subject, id],
    );
  });
  return (await findSignedOn(pool, subject))?.person;
}
