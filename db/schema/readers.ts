import { bigserial, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { instant } from './columns.js';

/** What an event tells people, written with the event and gone once it is told: who they are and when it goes out is found out then. */
export const noticeOutbox = pgTable(
  'notice_outbox',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    /** No foreign key: its check would wait for whoever is changing the case. */
    caseCode: text('case_code').notNull(),
    seq: integer('seq').notNull(),
    at: instant('at'),
    investor: text('investor'),
    /** NoticeDraft[]; null where nobody could derive them with the event: whoever tells them reads the case up to it. */
    notices: jsonb('notices'),
  },
  (t) => [uniqueIndex('notice_outbox_event').on(t.caseCode, t.seq)],
);

/** What a reader of events could not work off: it goes on with the others and tries these again. `seq` 0: the case as a whole. */
export const readerFault = pgTable(
  'reader_fault',
  {
    reader: text('reader').notNull(),
    caseCode: text('case_code').notNull(),
    seq: integer('seq').notNull(),
    error: text('error').notNull(),
    attempts: integer('attempts').notNull(),
    /** Real time, as are the two below. */
    notBefore: instant('not_before').notNull(),
    firstAt: instant('first_at').notNull(),
    lastAt: instant('last_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.reader, t.caseCode, t.seq] }), index('reader_fault_due').on(t.reader, t.notBefore)],
);
