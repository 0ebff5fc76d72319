import type pg from 'pg';
import { type Instant } from '../../domain/time/instants.js';
import { rows } from '../pool.js';

/** Somebody who is signed in at the pages, in one browser. */
export interface WebSession {
  /** SHA-256 of the session's own id, which nobody but its browser may know. */
  readonly id: string;
  readonly person: string;
  readonly name: string | null;
  /** Real time. */
  readonly expiresAt: Instant;
}

const idOf = `encode(sha256(convert_to(s.sid, 'UTF8')), 'hex')`;

/** Sessions that have not expired, by person; sign-ins under way left out. At most a thousand. */
export const listWebSessions = (pool: pg.Pool): Promise<WebSession[]> =>
  rows<WebSession & pg.QueryResultRow>(
    pool,
    `select ${idOf} as id, s.sess ->> 'person' as person, p.name, s.expire as "expiresAt"
     from web_session s left join person p on p.id = s.sess ->> 'person'
     where s.expire > clock_timestamp() and s.sess ->> 'person' is not null order by 2, s.expire desc limit 1000`,
    [],
    'list-web-sessions',
  );

/** Of these sessions, by their own ids, those in which somebody is signed in still. */
export async function standingSessions(pool: pg.Pool, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const found = await rows<{ sid: string }>(
    pool,
    `select sid from web_session where sid = any ($1) and expire > clock_timestamp() and sess ->> 'person' is not null`,
    [ids],
    'standing-sessions',
  );
  return new Set(found.map(({ sid }) => sid));
}

/** Ends a session; false where there is none. Whoever carries it has to sign in again with their next request. */
export async function endWebSession(pool: pg.Pool, id: string): Promise<boolean> {
  const { rowCount } = await pool.query(`delete from web_session s where ${idOf} = $1`, [id]);
  return rowCount === 1;
}
