import type pg from 'pg';
import { rows } from '../pool.js';

/** Whether the sign-on vouches for one of these people as of an enterprise, or one of them is its organisation. */
export async function isOfEnterprise(pool: pg.Pool, people: readonly string[], enterprise: string): Promise<boolean> {
  const [found] = await rows<{ known: boolean }>(
    pool,
    `select exists (select from enterprise_vouched where person = any ($1) and enterprise = $2 and holds_until > clock_timestamp())
       or exists (select from organisation where id = any ($1) and enterprise = $2) as known`,
    [people, enterprise],
    'of-enterprise',
  );
  return found?.known === true;
}
