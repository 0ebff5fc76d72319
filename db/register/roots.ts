import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import { canonical } from '../../domain/evidence/canonical.js';
import { type Instant } from '../../domain/time/instants.js';
import { genesis } from './chain-link.js';
import { instructionChains } from './instruction-chain.js';
import { keysNamedBy, looksNamedBy, type RootKey, type RootLooks } from './roots-beside.js';
import { writeDurably } from '../../ops/durable-file.js';
import { inTransaction, rows } from '../pool.js';

/** Whoever signs roots: the installation's key. */
export interface RootSigner {
  sign(bytes: Uint8Array): Promise<{ readonly signature: string; readonly algorithm: string; readonly keyId: string }>;
}

/** One case in a root: its newest event then, and digests of what lies beside its events outside their hashes. */
interface RootHead {
  readonly code: string;
  readonly seq: number;
  readonly hash: string;
  /** Over when each event was recorded, up to `seq`; of before roots were signed: left out. */
  readonly times?: string;
  /** Over the hashes of the names kept with the case, up to `seq`. */
  readonly names?: string;
}

/** The end of a chain of acts of leadership; `subject` as in `leadership_act`, or `instruction/{id}`. */
export interface RootAct {
  readonly subject: string;
  readonly n: number;
  readonly hash: string;
}

/** A paper as it was sealed; hashes in hex. */
export interface RootPaper {
  readonly code: string;
  readonly paper: string;
  readonly model: string;
  readonly sha256: string;
}

/** What a root is the SHA-256 of, as RFC 8785 text. */
interface RootBody {
  readonly version: 2;
  readonly number: number;
  readonly writtenAt: Instant;
  readonly previous: string;
  /** Cases that this root and all before it cover together: every case there was. */
  readonly cases: number;
  /** Every event below this position of the feed is covered. */
  readonly covers: { readonly epoch: number; readonly xid: string };
  readonly heads: readonly RootHead[];
  /** Every chain of acts of leadership there is; left out: there is none, or it was written before they were covered. */
  readonly acts?: readonly RootAct[];
  /** Papers that no root before names; left out: none. */
  readonly papers?: readonly RootPaper[];
  /** Who looked into cases in the hours that ended since the root before; left out: nobody. */
  readonly looks?: RootLooks;
  /** Every key that signs for this installation; left out: there is none, or it was written before they were covered. */
  readonly keys?: readonly RootKey[];
}

interface Signed {
  readonly root: string;
  readonly signature: string;
  readonly algorithm: string;
  readonly keyId: string;
}

/** As written before roots were signed. */
interface UnsignedRoot {
  readonly number: number;
  readonly writtenAt: Instant;
  readonly previous: string;
  readonly heads: readonly RootHead[];
  readonly root: string;
}

export type SignedRoot = RootBody & Signed;
export type RootFile = SignedRoot | UnsignedRoot;
export const isSigned = (file: RootFile): file is SignedRoot => 'version' in file;

export interface WrittenRoot extends Signed {
  readonly number: number;
  readonly writtenAt: Instant;
  readonly heads: number;
  readonly cases: number;
  readonly file: string;
}

/** Where roots are written, each outside the database. */
export interface RootPlaces {
  readonly folder: string;
  /** Remembers the newest root apart from folder and register, so that its removal from both shows. */
  readonly witness?: string;
}

const lineOf = (content: object): string => `${JSON.stringify(content)}\n`;
export const fileOf = (number: number): string => `root-${String(number).padStart(6, '0')}.json`;

export function rootOf(body: RootBody): string {
  return createHash('sha256').update(canonical(body)).digest('hex');
}

export function unsignedRootOf({ previous, heads }: UnsignedRoot): string {
  const hash = createHash('sha256').update(Buffer.from(previous, 'hex'));
  for (const { code, seq, hash: head } of heads) hash.update(`${code} ${seq} ${head}\n`);
  return hash.digest('hex');
}

// `c` has code and seq. What stands in the register outside the hash of an event: a root holds it fast.
const digest = (text: string): string => `encode(sha256(convert_to(coalesce((${text}), ''), 'UTF8')), 'hex')`;
export const timesOfCase = digest(
  `select string_agg(t.seq || ' ' || to_char(t.recorded_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), E'\\n' order by t.seq)
   from case_event t where t.case_code = c.code and t.seq <= c.seq`,
);
export const namesOfCase = digest(
  `select string_agg(n.kind || ' ' || n.subject || ' ' || n.seq || ' ' || n.hash, E'\\n' order by n.kind collate "C", n.subject collate "C", n.seq)
   from case_name n where n.case_code = c.code and n.seq <= c.seq`,
);

// Writing -----------------------------------------------------------------------------------------------------------------------------------

interface Before {
  readonly number: number;
  readonly root: string;
  readonly writtenAt: Instant;
  readonly epoch: number;
  readonly xid: string;
  readonly cases: number | null;
  readonly acts: number | null;
}

/** Of a register that has many from before they were covered, no root is long. */
const papersAtOnce = 5_000;

/**
 * Writes a signed root over every case that moved since the root before, every chain of acts of leadership and the papers sealed since, chained to it: into the
 * register and into a file of the folder. Where the cases covered so far are not all the cases there are, it covers all of them anew. Answers undefined when there
 * is nothing to cover. Two at once write one root.
 */
export async function writeRoot(
  pool: pg.Pool,
  { folder, witness }: RootPlaces,
  signer: RootSigner,
): Promise<WrittenRoot | undefined> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const written = await inTransaction(pool, async (client) => {
    await client.query(`select pg_advisory_xact_lock(hashtext('chain root'))`);
    const [before] = await rows<Before & pg.QueryResultRow>(
      client,
      `select number, encode(root, 'hex') as root, written_at as "writtenAt", epoch, xid::text as xid, cases, acts from chain_root order by number desc limit 1`,
    );
    const remembered = witness === undefined ? undefined : await readWitness(witness).catch(() => undefined);
    const body = await bodyOf(client, before, remembered);
    if (!body) return undefined;
    const root = rootOf(body);
    const seal = await signer.sign(Buffer.from(root, 'hex'));
    await client.query(
      `insert into chain_root (number, written_at, root, previous, heads, epoch, xid, cases, signature, algorithm, key_id, acts)
       values ($1, $2, decode($3, 'hex'), decode($4, 'hex'), $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        body.number,
        body.writtenAt,
        root,
        body.previous,
        body.heads.length,
        body.covers.epoch,
        body.covers.xid,
        body.cases,
        seal.signature,
        seal.algorithm,
        seal.keyId,
        countOf(body.acts),
      ],
    );
    const file = join(folder, fileOf(body.number));
    // The file first, then the commit: a root that the register forgot is written again.
    await writeDurably(file, lineOf({ ...body, root, ...seal }));
    const { number, writtenAt, cases, heads } = body;
    return { number, writtenAt, cases, heads: heads.length, file, root, ...seal };
  });
  if (written && witness !== undefined) {
    const { number, writtenAt, root, signature, algorithm, keyId } = written;
    await writeDurably(witness, lineOf({ number, writtenAt, root, signature, algorithm, keyId }));
  }
  return written;
}

async function bodyOf(
  client: pg.PoolClient,
  before: Before | undefined,
  remembered: Remembered | undefined,
): Promise<RootBody | undefined> {
  const [horizon] = await rows<{ epoch: number; xid: string; at: Instant }>(
    client,
    `select epoch, pg_snapshot_xmin(pg_current_snapshot())::text as xid, clock_timestamp() as at from installation`,
  );
  if (!horizon) throw new Error('The register has no installation row: migrate it first');
  const covers = { epoch: horizon.epoch, xid: horizon.xid };
  const [there] = await rows<{ cases: number }>(
    client,
    `select (select count(*) from case_head where seq > 0)::int
       - (select count(*) from case_event where (epoch, xid) >= ($1::int, $2::xid8) and seq = 1)::int as cases`,
    [covers.epoch, covers.xid],
  );
  const cases = there?.cases ?? 0;
  const moved = await headsBetween(client, before, covers);
  const known = before?.cases ?? null;
  const complete = known !== null && known + moved.filter(({ fresh }) => fresh).length === cases;
  const heads = complete ? moved : await headsBetween(client, undefined, covers);
  const acts = await endsOfActs(client);
  // The register may have lost its newest roots: what came after them is not numbered as they were.
  const last = remembered && remembered.number > (before?.number ?? 0) ? remembered : before;
  const number = (last?.number ?? 0) + 1;
  const papers = await papersNamedBy(client, number);
  const looks = await looksNamedBy(client, last?.writtenAt, horizon.at);
  const keys = await keysNamedBy(client);
  const isSame = complete ? moved.length === 0 : cases === 0;
  if (isSame && looks === undefined && papers.length === 0 && countOf(acts) === (before?.acts ?? 0)) return undefined;
  return {
    version: 2,
    number,
    writtenAt: horizon.at,
    previous: last?.root ?? genesis.toString('hex'),
    cases,
    covers,
    heads: heads.map(({ fresh: _fresh, ...head }) => head),
    ...(acts.length > 0 && { acts }),
    ...(papers.length > 0 && { papers }),
    ...(looks && { looks }),
    ...(keys.length > 0 && { keys }),
  };
}

const countOf = (acts: readonly RootAct[] = []): number => acts.reduce((sum, { n }) => sum + n, 0);

/** Of every chain there is, by subject. */
async function endsOfActs(client: pg.PoolClient): Promise<RootAct[]> {
  const chained = await rows<RootAct & pg.QueryResultRow>(
    client,
    `select distinct on (subject collate "C") subject, n, encode(hash, 'hex') as hash from leadership_act order by subject collate "C", n desc`,
  );
  const instructions = [...(await instructionChains(client))].flatMap(([subject, links]) => {
    const last = links.at(-1);
    return last ? [{ subject, ...last }] : [];
  });
  return [...instructions, ...chained].sort((one, other) => (one.subject < other.subject ? -1 : 1));
}

/** Papers that no root names yet, and marks them as named by this one. */
async function papersNamedBy(client: pg.PoolClient, number: number): Promise<RootPaper[]> {
  const found = await rows<RootPaper & pg.QueryResultRow>(
    client,
    `update sealed_paper p set root = $1
     from (select case_code, paper, model from sealed_paper where root is null order by case_code, paper, model limit $2) f
     where p.case_code = f.case_code and p.paper = f.paper and p.model = f.model
     returning p.case_code as code, p.paper, encode(p.model, 'hex') as model, encode(p.sha256, 'hex') as sha256`,
    [number, papersAtOnce],
  );
  const place = ({ code, paper, model }: RootPaper) => `${code} ${paper} ${model}`;
  return found.sort((one, other) => (place(one) < place(other) ? -1 : 1));
}

const headsBetween = (
  client: pg.PoolClient,
  from: Pick<Before, 'epoch' | 'xid'> | undefined,
  to: RootBody['covers'],
): Promise<(RootHead & { fresh: boolean })[]> =>
  rows(
    client,
    `select c.code, c.seq, encode(e.hash, 'hex') as hash, c.fresh, ${timesOfCase} as times, ${namesOfCase} as names
     from (
       select case_code as code, max(seq) as seq, bool_or(seq = 1) as fresh from case_event
       where (epoch, xid) >= ($1::int, $2::xid8) and (epoch, xid) < ($3::int, $4::xid8) group by case_code
     ) c join case_event e on e.case_code = c.code and e.seq = c.seq order by c.code collate "C"`,
    [from?.epoch ?? 0, from?.xid ?? '0', to.epoch, to.xid],
  );

// The newest --------------------------------------------------------------------------------------------------------------------------------

export type Remembered = Pick<WrittenRoot, 'number' | 'writtenAt' | 'root'>;

export async function readWitness(file: string): Promise<Remembered | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  return text === undefined ? undefined : (JSON.parse(text) as Remembered);
}

/** The newest root of the register, and what has happened since. Whoever writes down number and hash can tell later whether it is still there. */
export interface NewestRoot {
  readonly number: number;
  readonly writtenAt: Instant;
  readonly root: string;
  readonly previous: string;
  /** null: written before roots were signed. */
  readonly cases: number | null;
  readonly signature: string | null;
  readonly algorithm: string | null;
  readonly keyId: string | null;
  /** Not covered yet. */
  readonly since: { readonly cases: number; readonly events: number };
}

export async function newestRoot(pool: pg.Pool): Promise<NewestRoot | undefined> {
  const [found] = await rows<Omit<NewestRoot, 'since'> & { newCases: number; newEvents: number }>(
    pool,
    `select r.number, r.written_at as "writtenAt", encode(r.root, 'hex') as root, encode(r.previous, 'hex') as previous, r.cases, r.signature,
       r.algorithm, r.key_id as "keyId", s.cases as "newCases", s.events as "newEvents"
     from (select * from chain_root order by number desc limit 1) r
     cross join lateral (select count(distinct e.case_code)::int as cases, count(*)::int as events from case_event e
       where (e.epoch, e.xid) >= (r.epoch, r.xid)) s`,
  );
  if (!found) return undefined;
  const { newCases, newEvents, ...root } = found;
  return { ...root, since: { cases: newCases, events: newEvents } };
}
