import { createHash } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type pg from 'pg';
import { type CaseEvent } from '../domain/case/events.js';
import { foldCase } from '../domain/case/fold.js';
import { type CaseState } from '../domain/case/state.js';
import { canonicalEvent, eventOf, genesis, linkHash } from './chain-link.js';
import { inTransaction, rows } from './pool.js';

/** One place where the evidence does not hold. `seq` is the first event in question; null where none is (a file, a whole case). */
export interface Break {
  readonly caseCode: string | null;
  readonly seq: number | null;
  readonly reason: BreakReason;
  readonly detail: string;
}

export type BreakReason =
  | 'missing-event'
  | 'wrong-link'
  | 'wrong-hash'
  | 'columns-differ'
  | 'not-canonical'
  | 'head-differs'
  | 'state-differs'
  | 'root-differs'
  | 'root-missing';

export interface Verification {
  readonly cases: number;
  readonly events: number;
  readonly roots: number;
  /** In order of case code, then roots; of each chain only the first. */
  readonly broken: readonly Break[];
}

// Chains ------------------------------------------------------------------------------------------------------------------------------------

interface StoredEvent {
  seq: number;
  scope: string;
  type: string;
  actor: unknown;
  occurredAt: string;
  canonical: string;
  hash: Buffer;
  previous: Buffer;
}

interface Head {
  code: string;
  seq: number;
  hash: Buffer;
  state: CaseState;
}

const casesAtOnce = 100;

/**
 * Checks every chain: sequence without gaps, links, hashes, columns against the canonical text, head and folded state against the events; and, with
 * `rootsFolder`, every root written outside the database, which shows a cut tail. Reads one consistent snapshot per hundred cases.
 */
export async function verifyChains(
  pool: pg.Pool,
  options: { readonly rootsFolder?: string; readonly caseCode?: string } = {},
): Promise<Verification> {
  const broken: Break[] = [];
  let cases = 0;
  let events = 0;
  for (let after = ''; ;) {
    const page = await readPage(pool, after, options.caseCode ?? null);
    const last = page.at(-1);
    if (!last) break;
    for (const { head, stored } of page) {
      cases += 1;
      events += stored.length;
      const found = checkChain(head, stored);
      if (found) broken.push(found);
    }
    after = last.head.code;
  }
  if (options.rootsFolder === undefined) return { cases, events, roots: 0, broken };
  const checked = await verifyRoots(pool, options.rootsFolder, options.caseCode);
  return { cases, events, roots: checked.roots, broken: [...broken, ...checked.broken] };
}

async function readPage(
  pool: pg.Pool,
  after: string,
  only: string | null,
): Promise<{ head: Head; stored: StoredEvent[] }[]> {
  return inTransaction(pool, async (client) => {
    await client.query('set transaction isolation level repeatable read, read only');
    const heads = await rows<Head & pg.QueryResultRow>(
      client,
      `select code, seq, hash, state from case_head where code > $1 and ($2::text is null or code = $2) order by code limit $3`,
      [after, only, casesAtOnce],
    );
    const stored = await rows<StoredEvent & { code: string }>(
      client,
      `select case_code as code, seq, scope, type, actor, occurred_at as "occurredAt", canonical, hash, prev_hash as previous
       from case_event where case_code = any ($1) order by case_code, seq`,
      [heads.map(({ code }) => code)],
    );
    const byCase = new Map<string, StoredEvent[]>(heads.map(({ code }) => [code, []]));
    for (const event of stored) byCase.get(event.code)?.push(event);
    return heads.map((head) => ({ head, stored: byCase.get(head.code) ?? [] }));
  });
}

function checkChain(head: Head, stored: readonly StoredEvent[]): Break | undefined {
  const { code } = head;
  const broken = (seq: number | null, reason: BreakReason, detail: string): Break => ({
    caseCode: code,
    seq,
    reason,
    detail,
  });
  let previous: Buffer = genesis;
  const events: CaseEvent[] = [];
  for (const [i, row] of stored.entries()) {
    const seq = i + 1;
    if (row.seq !== seq) return broken(seq, 'missing-event', `the next event there is has seq ${row.seq}`);
    if (!row.previous.equals(previous)) return broken(seq, 'wrong-link', 'it does not follow from the event before it');
    if (!row.hash.equals(linkHash(previous, row.canonical))) {
      return broken(seq, 'wrong-hash', 'its text is not what was hashed');
    }
    const event = eventOf(row.canonical);
    if (canonicalEvent(code, event) !== row.canonical)
      return broken(seq, 'not-canonical', 'its text is of another case');
    const differing = differingColumn(row, event);
    if (differing !== undefined)
      return broken(seq, 'columns-differ', `column ${differing} contradicts the hashed text`);
    events.push(event);
    previous = row.hash;
  }
  if (head.seq !== stored.length || !head.hash.equals(previous)) {
    return broken(
      Math.min(head.seq, stored.length + 1),
      'head-differs',
      `head at ${head.seq}, last event ${stored.length}`,
    );
  }
  if (!isDeepStrictEqual(head.state, JSON.parse(JSON.stringify(foldCase(code, events))))) {
    return broken(null, 'state-differs', 'the state is not the fold of the events');
  }
  return undefined;
}

function differingColumn(row: StoredEvent, event: CaseEvent): string | undefined {
  if (row.seq !== event.seq) return 'seq';
  if (row.scope !== event.scope) return 'scope';
  if (row.type !== event.type) return 'type';
  if (Date.parse(row.occurredAt) !== Date.parse(event.occurredAt)) return 'occurred_at';
  if (!isDeepStrictEqual(row.actor, JSON.parse(JSON.stringify(event.actor)))) return 'actor';
  return undefined;
}

// Roots -------------------------------------------------------------------------------------------------------------------------------------

interface RootHead {
  readonly code: string;
  readonly seq: number;
  readonly hash: string;
}

interface RootFile {
  readonly number: number;
  readonly writtenAt: string;
  /** SHA-256 over the previous root and one line `code seq hash` per head, in order of code. */
  readonly root: string;
  readonly previous: string;
  readonly heads: readonly RootHead[];
}

export interface WrittenRoot {
  readonly number: number;
  readonly root: string;
  readonly heads: number;
  readonly file: string;
}

const fileOf = (number: number): string => `root-${String(number).padStart(6, '0')}.json`;

function rootOf(previous: string, heads: readonly RootHead[]): string {
  const hash = createHash('sha256').update(Buffer.from(previous, 'hex'));
  for (const { code, seq, hash: head } of heads) hash.update(`${code} ${seq} ${head}\n`);
  return hash.digest('hex');
}

/**
 * Writes a root over every chain head that moved since the root before, chained to it: into the register and into a file of `folder`, which belongs
 * outside the database and under another key. To be called daily; answers undefined when nothing moved. Two at once write one root.
 */
export async function writeDailyRoot(pool: pg.Pool, folder: string): Promise<WrittenRoot | undefined> {
  await mkdir(folder, { recursive: true });
  return inTransaction(pool, async (client) => {
    await client.query(`select pg_advisory_xact_lock(hashtext('chain root'))`);
    const [before] = await rows<{ number: number; root: string; epoch: number; xid: string }>(
      client,
      `select number, encode(root, 'hex') as root, epoch, xid::text as xid from chain_root order by number desc limit 1`,
    );
    const [horizon] = await rows<{ epoch: number; xid: string; at: string }>(
      client,
      `select epoch, pg_snapshot_xmin(pg_current_snapshot())::text as xid, clock_timestamp() as at from installation`,
    );
    if (!horizon) throw new Error('The register has no installation row: migrate it first');
    const moved = await rows<RootHead & pg.QueryResultRow>(
      client,
      `select distinct on (case_code) case_code as code, seq, encode(hash, 'hex') as hash from case_event
       where (epoch, xid) >= ($1::int, $2::xid8) and (epoch, xid) < ($3::int, $4::xid8) order by case_code, seq desc`,
      [before?.epoch ?? 0, before?.xid ?? '0', horizon.epoch, horizon.xid],
    );
    if (moved.length === 0) return undefined;
    const number = (before?.number ?? 0) + 1;
    const previous = before?.root ?? genesis.toString('hex');
    const heads = moved.map(({ code, seq, hash }) => ({ code, seq, hash }));
    const root = rootOf(previous, heads);
    await client.query(
      `insert into chain_root (number, written_at, root, previous, heads, epoch, xid)
       values ($1, $2, decode($3, 'hex'), decode($4, 'hex'), $5, $6, $7)`,
      [number, horizon.at, root, previous, heads.length, horizon.epoch, horizon.xid],
    );
    const file = join(folder, fileOf(number));
    // The file first, then the commit: a root that the register forgot is written again, the same.
    await writeDurably(file, { number, writtenAt: horizon.at, root, previous, heads });
    return { number, root, heads: heads.length, file };
  });
}

async function writeDurably(file: string, content: RootFile): Promise<void> {
  const unfinished = `${file}.new`;
  const handle = await open(unfinished, 'w', 0o644);
  try {
    await handle.writeFile(`${JSON.stringify(content)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(unfinished, file);
}

async function readRoots(folder: string): Promise<Map<number, RootFile>> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const files = names.filter((name) => /^root-\d{6,}\.json$/.test(name)).sort();
  const roots = new Map<number, RootFile>();
  for (const name of files) {
    const root = JSON.parse(await readFile(join(folder, name), 'utf8')) as RootFile;
    roots.set(root.number, root);
  }
  return roots;
}

async function verifyRoots(
  pool: pg.Pool,
  folder: string,
  only: string | undefined,
): Promise<{ roots: number; broken: Break[] }> {
  const files = await readRoots(folder);
  const known = await rows<{ number: number; root: string }>(
    pool,
    `select number, encode(root, 'hex') as root from chain_root order by number`,
  );
  const inRegister = new Map(known.map(({ number, root }) => [number, root]));
  const broken: Break[] = [];
  const whole = (reason: BreakReason, detail: string) => broken.push({ caseCode: null, seq: null, reason, detail });
  let previous = genesis.toString('hex');
  const newest = Math.max(0, ...files.keys(), ...inRegister.keys());
  for (let number = 1; number <= newest; number++) {
    const file = files.get(number);
    if (!file) {
      whole('root-missing', `there is no file ${fileOf(number)}`);
      previous = inRegister.get(number) ?? previous;
      continue;
    }
    if (file.previous !== previous || rootOf(file.previous, file.heads) !== file.root) {
      whole('root-differs', `${fileOf(number)} does not follow from the root before it`);
    } else if (inRegister.get(number) !== file.root) {
      whole('root-differs', `the register ${inRegister.has(number) ? 'has another' : 'does not know'} root ${number}`);
    }
    broken.push(...(await missingHeads(pool, file, only)));
    previous = file.root;
  }
  return { roots: newest, broken };
}

/** Heads of a root whose event is gone or another one. */
async function missingHeads(pool: pg.Pool, file: RootFile, only: string | undefined): Promise<Break[]> {
  const heads = only === undefined ? file.heads : file.heads.filter(({ code }) => code === only);
  const gone = await rows<{ code: string; seq: number; first: number }>(
    pool,
    `select r.code, r.seq, least(r.seq, 1 + coalesce((select max(seq) from case_event m where m.case_code = r.code), 0)) as first
     from json_to_recordset($1::json) as r (code text, seq int, hash text)
     left join case_event e on e.case_code = r.code and e.seq = r.seq
     where e.hash is null or encode(e.hash, 'hex') <> r.hash order by r.code`,
    [JSON.stringify(heads)],
  );
  return gone.map(({ code, seq, first }) => ({
    caseCode: code,
    seq: first,
    reason: 'root-differs',
    detail: `${fileOf(file.number)} saw event ${seq} of this case, which is gone or another one`,
  }));
}
