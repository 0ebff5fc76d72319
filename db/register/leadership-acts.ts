import type pg from 'pg';
import { canonical } from '../../domain/evidence/canonical.js';
import type { Instant } from '../../domain/time/instants.js';
import { rows } from '../pool.js';
import { genesis, linkHash } from './chain-link.js';
import type { Break } from './breaks.js';
import { instructionChains, isInstruction } from './instruction-chain.js';

/** One act of a subject that is no case, as its chain holds it; `by` null: what fell due by itself. */
export interface ChainedAct<Act> {
  readonly n: number;
  readonly at: Instant;
  readonly by: string | null;
  readonly act: Act;
}

interface Row extends pg.QueryResultRow {
  readonly subject: string;
  readonly n: number;
  readonly kind: string;
  readonly at: Instant;
  readonly person: string | null;
  readonly canonical: string;
  readonly hash: Buffer;
}

const columns = 'subject, n, kind, at, person, canonical, hash';

const heldBy = <Act>({ canonical }: Pick<Row, 'canonical'>): ChainedAct<Act> => {
  const { n, at, by, act } = JSON.parse(canonical) as ChainedAct<Act>;
  return { n, at, by, act };
};

/** The acts of a subject, oldest first. */
export async function chainedActs<Act>(on: pg.Pool | pg.PoolClient, subject: string): Promise<ChainedAct<Act>[]> {
  const found = await rows<Row>(
    on,
    `select ${columns} from leadership_act where subject = $1 order by n`,
    [subject],
    'leadership-acts',
  );
  return found.map((row) => heldBy<Act>(row));
}

/** Which subjects, by the kind of act that begins them and nothing else; acts of the kinds in `without` are left out. */
interface Subjects {
  readonly begun: string;
  readonly limit: number;
  readonly without?: readonly string[];
}

/** The same of every subject that was begun so, by subject; newest `limit` subjects by their first act, newest first. */
export async function chainedSubjects<Act>(
  on: pg.Pool | pg.PoolClient,
  { begun, limit, without = [] }: Subjects,
): Promise<{ readonly subject: string; readonly acts: readonly ChainedAct<Act>[] }[]> {
  const found = await rows<Row & { begun: Instant }>(
    on,
    `select a.subject, a.n, a.canonical, f.at as begun
     from (select subject, at from leadership_act where kind = $1 order by at desc, subject desc limit $2) f
     join leadership_act a using (subject) where a.kind <> all ($3::text[]) order by f.at desc, a.subject desc, a.n`,
    [begun, limit, without],
    'leadership-subjects',
  );
  const bySubject = new Map<string, ChainedAct<Act>[]>();
  for (const row of found) bySubject.set(row.subject, [...(bySubject.get(row.subject) ?? []), heldBy<Act>(row)]);
  return [...bySubject].map(([subject, acts]) => ({ subject, acts }));
}

/** The subjects that were begun by an act of one kind and have none of another yet. */
export async function subjectsWithout(
  on: pg.Pool | pg.PoolClient,
  kinds: { readonly begun: string; readonly ended: string },
): Promise<string[]> {
  const found = await rows<{ subject: string }>(
    on,
    `select subject from leadership_act b where kind = $1
       and not exists (select 1 from leadership_act e where e.subject = b.subject and e.kind = $2) order by subject`,
    [kinds.begun, kinds.ended],
    'leadership-subjects-without',
  );
  return found.map(({ subject }) => subject);
}

/** The chain of the targets of a year. */
export const targetSubject = (year: number): string => `target/${year}`;

/** One at a time for each subject, until the transaction ends. */
export const lockSubject = (client: pg.PoolClient, subject: string) =>
  client.query(`select pg_advisory_xact_lock(hashtext('leadership ' || $1))`, [subject]);

/** Whether somebody has done this under their key already. */
export async function isActKnown(
  client: pg.PoolClient,
  subject: string,
  person: string,
  key: string,
): Promise<boolean> {
  const found = await rows(
    client,
    'select 1 from leadership_act where subject = $1 and person = $2 and key = $3',
    [subject, person, key],
    'leadership-act-known',
  );
  return found.length > 0;
}

/** Adds an act at the end of its chain; the caller holds the subject. */
export async function chainAct<Act extends { readonly kind: string }>(
  client: pg.PoolClient,
  subject: string,
  kept: ChainedAct<Act>,
  key: string | null,
): Promise<void> {
  const [last] = await rows<{ hash: Buffer }>(
    client,
    'select hash from leadership_act where subject = $1 and n = $2',
    [subject, kept.n - 1],
    'leadership-act-before',
  );
  const { n, at, by, act } = kept;
  const text = canonical({ subject, n, at, by, act });
  await client.query({
    name: 'chain-leadership-act',
    text: `insert into leadership_act (${columns}, key) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    values: [subject, n, act.kind, at, by, text, linkHash(last?.hash ?? genesis, text), key],
  });
}

const pageOf = 500;

/** Checks every chain: without a gap, each hash over its text and the one before, each column what the text says. */
export async function verifyLeadershipActs(client: pg.PoolClient, report: (found: Break) => void): Promise<void> {
  let [subject, n, before] = ['', 0, genesis];
  for (;;) {
    const page: Row[] = await rows<Row>(
      client,
      `select ${columns} from leadership_act where (subject, n) > ($1, $2) order by subject, n limit ${pageOf}`,
      [subject, n],
    );
    for (const row of page) {
      if (row.subject !== subject) [subject, n, before] = [row.subject, 0, genesis];
      const detail = differenceIn(row, n + 1, before);
      if (detail !== undefined)
        report({ caseCode: null, seq: row.n, reason: 'act-differs', detail: `${subject}: ${detail}` });
      [n, before] = [row.n, row.hash];
    }
    if (page.length < pageOf) return;
  }
}

/** What signed roots say of the chains of acts, by subject: each hash with the file that names it. */
export type ActsInRoots = ReadonlyMap<string, ReadonlyMap<number, readonly { hash: string; file: string }[]>>;

/** Checks that each end of a chain that a signed root names is still in it, and tells the first of each chain that is not. */
export async function verifyActsInRoots(
  client: pg.PoolClient,
  inRoots: ActsInRoots,
  report: (found: Break) => void,
): Promise<void> {
  const instructions = await instructionChains(client);
  for (const [subject, ends] of inRoots) {
    const kept = isInstruction(subject)
      ? (instructions.get(subject) ?? [])
      : await rows<{ n: number; hash: string }>(
          client,
          `select n, encode(hash, 'hex') as hash from leadership_act where subject = $1 order by n`,
          [subject],
        );
    const hashes = new Map(kept.map(({ n, hash }) => [n, hash]));
    const fault = [...ends]
      .sort(([one], [other]) => one - other)
      .flatMap(([n, named]) => named.map((one) => ({ n, ...one })))
      .find(({ n, hash }) => hashes.get(n) !== hash);
    if (!fault) continue;
    const { n, file } = fault;
    const first = hashes.has(n) ? n : Math.min(n, kept.length + 1);
    const detail = `${subject}: ${file} saw act ${n}, which is ${hashes.has(n) ? 'another one' : 'gone'}`;
    report({ caseCode: null, seq: first, reason: 'act-differs', detail });
  }
}

function differenceIn(row: Row, expected: number, before: Uint8Array): string | undefined {
  if (row.n !== expected) return `act ${expected} is missing`;
  if (!linkHash(before, row.canonical).equals(row.hash)) return 'the text is not what was hashed';
  const held = JSON.parse(row.canonical) as ChainedAct<{ kind: string }> & { subject: string };
  const said = [held.subject, held.n, held.act.kind, Date.parse(held.at), held.by];
  const kept = [row.subject, row.n, row.kind, Date.parse(row.at), row.person];
  return said.every((value, i) => value === kept[i]) ? undefined : 'a column contradicts the text';
}
