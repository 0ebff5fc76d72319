import { sql } from 'drizzle-orm';
import { bigint, check, index, integer, json, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { keyUses, revocationReasons } from '../../domain/evidence/key-period.js';
import { bytea, instant, oneOf, xid8 } from './columns.js';

/** Where a reader of the feed stands. */
export const feedCursor = pgTable('feed_cursor', {
  reader: text('reader').primaryKey(),
  epoch: integer('epoch').notNull(),
  xid: xid8('xid').notNull(),
  id: bigint('id', { mode: 'number' }).notNull(),
  movedAt: instant('moved_at').notNull().defaultNow(),
});

/** Signed roots over the chain heads that moved since the root before. The same is in a file outside the database. Append-only. */
export const chainRoot = pgTable('chain_root', {
  number: integer('number').primaryKey(),
  writtenAt: instant('written_at').notNull(),
  root: bytea('root').notNull(),
  previous: bytea('previous').notNull(),
  heads: integer('heads').notNull(),
  epoch: integer('epoch').notNull(),
  xid: xid8('xid').notNull(),
  /** null, like the rest below: written before roots were signed. */
  cases: integer('cases'),
  signature: text('signature'),
  algorithm: text('algorithm'),
  keyId: text('key_id'),
  /** How many acts of leadership its ends of chains stand for; null: written before they were covered. */
  acts: integer('acts'),
});

/** The transparency log of this register: its name, and what the salts of its leaves are made from. One row. */
export const transparencyLog = pgTable('transparency_log', {
  origin: text('origin').primaryKey(),
  saltKey: bytea('salt_key').notNull(),
});

/** Public keys that signed the log, and from which size on. Append-only. */
export const logKey = pgTable('log_key', {
  verifier: text('verifier').primaryKey(),
  since: bigint('since', { mode: 'number' }).notNull(),
});

/** The signed states of the transparency log, and which events came into it with each, in the order of their leaves. Append-only. */
export const logCheckpoint = pgTable(
  'log_checkpoint',
  {
    size: bigint('size', { mode: 'number' }).primaryKey(),
    root: bytea('root').notNull(),
    note: text('note').notNull(),
    writtenAt: instant('written_at').notNull(),
    /** The position of the feed after the last of them. */
    epoch: integer('epoch').notNull(),
    xid: xid8('xid').notNull(),
    id: bigint('id', { mode: 'number' }).notNull(),
    /** Case and sequence of each leaf that this one added. */
    codes: text('codes').array().notNull(),
    seqs: integer('seqs').array().notNull(),
  },
  (t) => [index('log_checkpoint_codes').using('gin', t.codes)],
);

/** What witnesses signed under a checkpoint. Append-only. */
export const logCosignature = pgTable(
  'log_cosignature',
  {
    size: bigint('size', { mode: 'number' }).notNull(),
    witness: text('witness').notNull(),
    line: text('line').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.size, t.witness] })],
);

/**
 * The public keys that signed for this installation, and from when until when each may: an old one goes on checking what it signed. Processes add theirs; only the owner
 * of the tables ends one (`npm run keys`).
 */
export const signingKey = pgTable(
  'signing_key',
  {
    keyId: text('key_id').primaryKey(),
    use: text('use').notNull().default('signature'),
    /** A JSON Web Key; of a seal null. */
    jwk: json('jwk'),
    /** Of a log or a witness its key as notes name it, of a seal its certificate (PEM). */
    material: text('material'),
    keptAt: instant('kept_at').notNull().defaultNow(),
    validFrom: instant('valid_from').notNull().defaultNow(),
    validUntil: instant('valid_until'),
    revokedAt: instant('revoked_at'),
    revokedReason: text('revoked_reason'),
  },
  (t) => [
    oneOf('signing_key_use', t.use, keyUses),
    oneOf('signing_key_reason', t.revokedReason, revocationReasons),
    check('signing_key_revoked', sql`(${t.revokedAt} is null) = (${t.revokedReason} is null)`),
    check(
      'signing_key_material',
      sql`(${t.use} = 'seal' or ${t.jwk} is not null) and (${t.use} = 'signature' or ${t.material} is not null)`,
    ),
  ],
);

/**
 * Papers as they were sealed: printed again, one is the very same file. Of a paper that says something else by now (a control sheet grows) each state has its own.
 * An erasure takes away those of the cases it reaches.
 */
export const sealedPaper = pgTable(
  'sealed_paper',
  {
    caseCode: text('case_code').notNull(),
    /** `{form}-{seq}` */
    paper: text('paper').notNull(),
    /** SHA-256 of what it was drawn from. */
    model: bytea('model').notNull(),
    /** SHA-256 of the certificate it was sealed with. */
    certificate: bytea('certificate').notNull(),
    pdf: bytea('pdf').notNull(),
    /** Of `pdf`. */
    sha256: bytea('sha256')
      .notNull()
      .generatedAlwaysAs(sql`sha256(pdf)`),
    sealedAt: instant('sealed_at').notNull().defaultNow(),
    /** The number of the signed root that names it; null: none does yet. */
    root: integer('root'),
  },
  (t) => [
    primaryKey({ columns: [t.caseCode, t.paper, t.model] }),
    index('sealed_paper_unrooted')
      .on(t.caseCode)
      .where(sql`${t.root} is null`),
  ],
);
