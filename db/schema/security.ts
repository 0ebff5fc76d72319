import { bigserial, index, integer, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { instant } from './columns.js';

/**
 * What the City's security centre is told (docs/security-events.md): one row for the same within an hour, counted. Bounded, whoever floods us
 * (db/people/security.ts). No person but the id of an account. Goes after a time (retention).
 */
export const securityEvent = pgTable(
  'security_event',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    /** Its place in the stream; a new one whenever it is counted again. */
    n: bigserial('n', { mode: 'number' }).notNull(),
    kind: text('kind').notNull(),
    /** Empty: nobody is known. */
    account: text('account').notNull(),
    /** The case or the agency that it is about; empty: none, or too many. */
    subject: text('subject').notNull(),
    /** A digest of where it came from, another one each day; empty: the account says who, or too many. */
    caller: text('caller').notNull(),
    /** Real time, as are the two below. */
    hour: instant('hour').notNull(),
    firstAt: instant('first_at').notNull(),
    lastAt: instant('last_at').notNull(),
    times: integer('times').notNull(),
  },
  (t) => [
    uniqueIndex('security_event_same').on(t.kind, t.hour, t.account, t.subject, t.caller),
    uniqueIndex('security_event_stream').on(t.n),
    index('security_event_oldest').on(t.lastAt),
  ],
);
