import type pg from 'pg';
import { checkpointFrom } from '../../../domain/evidence/checkpoint.js';
import { isConsistent, leafHash, nodeHash, sameBytes, treeRoot, type Hash } from '../../../domain/evidence/merkle.js';
import { keyFault, type KeyPeriod } from '../../../domain/evidence/key-period.js';
import type { TrustedKey } from '../../../domain/evidence/trusted-keys.js';
import { lastSecond } from '../../../domain/evidence/verify.js';
import { noteFrom, signedBy } from '../../../domain/evidence/note.js';
import { type Break } from '../breaks.js';
import { type Instant } from '../../../domain/time/instants.js';
import { rows } from '../../pool.js';
import { Succession } from '../succession.js';
import { entryOfRow, loggedRows } from './leaves.js';
import { type LogFolder } from './log-folder.js';

export interface LogCheck {
  readonly folder: LogFolder;
  /** The keys of the log by which signatures are checked, with the times in which each may sign; none: they are not. */
  readonly keys: readonly TrustedKey[];
  /** What a witness remembers of this log: the newest note that it signed. Left out: nobody was asked. */
  readonly witnessed?: { readonly note: string; readonly verifier: TrustedKey };
  readonly only?: string | undefined;
}

type Report = (found: Break) => void;

/** Roots of complete subtrees on the right border, from the largest: enough to grow a tree without its leaves. */
class Growing {
  private readonly border: { level: number; hash: Hash }[] = [];
  size = 0;

  add(leaf: Hash): void {
    let [level, hash] = [0, leaf];
    for (let last = this.border.at(-1); last?.level === level; last = this.border.at(-1)) {
      hash = nodeHash(last.hash, hash);
      level += 1;
      this.border.pop();
    }
    this.border.push({ level, hash });
    this.size += 1;
  }

  root(): Hash | undefined {
    return this.border.reduceRight<Hash | undefined>(
      (right, { hash }) => (right ? nodeHash(hash, right) : hash),
      undefined,
    );
  }
}

export interface LogFound {
  readonly leaves: number;
  /** Leaves whose events a restore lost, as the register says: whoever knows of no restore, or of a smaller one, knows that it lies. */
  readonly lost: number;
}

/** What a checkpoint is by its place among the others. */
interface State {
  readonly size: number;
  readonly root: Buffer;
  readonly note: string;
  readonly writtenAt: Instant;
  readonly codes: readonly string[];
  readonly seqs: readonly number[];
  readonly epoch: number;
  /** Of what the log took in next, else that of the register. */
  readonly nextEpoch: number;
}

// What was left of the epoch before goes into the log in the moment of the adoption, or is the adoption of a later restore, which has no event of that epoch.
const nextState = `select c.size, c.root, c.note, c.written_at as "writtenAt", c.codes, c.seqs, c.epoch,
  coalesce((select n.epoch from log_checkpoint n where n.size > c.size
      and (n.epoch <> c.epoch or (n.written_at > c.written_at + interval '1 minute' and exists (select from unnest(n.seqs) s where s <> 0)))
    order by n.size limit 1), (select epoch from installation)) as "nextEpoch"
  from log_checkpoint c where c.size > $1 order by c.size limit 1`;

/**
 * Checks the transparency log: every leaf against the event it is of, every signed state against the leaves, the published files against both, and what a
 * witness remembers. Names case and event of each leaf that is another one. Answers what it found. `client` is a session of one's own.
 */
export async function verifyLog(client: pg.PoolClient, check: LogCheck, report: Report): Promise<LogFound> {
  const whole = (reason: Break['reason'], detail: string) => report({ caseCode: null, seq: null, reason, detail });
  const [log] = await rows<{ saltKey: Buffer }>(client, 'select salt_key as "saltKey" from transparency_log');
  const published = await read(() => check.folder.checkpoint(), 'checkpoint', whole);
  const newest = published === undefined ? undefined : noteFrom(published);
  const state = newest && checkpointFrom(newest.text);
  if (published !== undefined && !state) whole('log-unreadable', 'the published checkpoint is none');
  const grown = new Growing();
  const rootsAt = new Map<number, Hash>();
  const wanted = new Set([state?.size, witnessedSize(check)]);
  const seen = new Set<string>();
  let intact = true;
  const attestedSize = attestedBy(check.witnessed);
  const succession = new Succession();
  let lost = 0;
  /** Of the state before; none before the first, which adopts nothing. */
  let epoch = Number.POSITIVE_INFINITY;
  for (;;) {
    const [next] = await rows<State & pg.QueryResultRow>(client, nextState, [grown.size]);
    if (!next || !log) break;
    const first = grown.size;
    if (next.size !== first + next.codes.length) {
      whole('log-missing', `the register lost a checkpoint between ${first} and ${next.size}`);
      succession.end();
      return { leaves: first, lost };
    }
    const isAdopted = next.epoch >= epoch && next.nextEpoch > next.epoch;
    ({ epoch } = next);
    const events = await loggedRows(client, next.codes, next.seqs);
    const files = await read(() => entriesOf(check.folder, first, next.size), `entries ${first}`, whole);
    intact &&= files !== undefined;
    for (const [at, event] of events.entries()) {
      const [caseCode, seq] = [next.codes[at] ?? '', next.seqs[at] ?? 0];
      const place = `${caseCode} ${seq}`;
      const hasPlace = caseCode !== '' || seq !== 0;
      const filed = files?.[at];
      const entry = event && entryOfRow(event, log.saltKey);
      const about = (detail: string) => {
        intact = false;
        if (check.only === undefined || check.only === caseCode)
          report({
            ...(hasPlace ? { caseCode, seq } : { caseCode: null, seq: null }),
            reason: 'log-differs',
            detail: `leaf ${first + at}: ${detail}`,
          });
      };
      // A leaf without a place is of an event that a restore lost: only what was taken over after one has any.
      if (!hasPlace && isAdopted) lost += 1;
      else if (!hasPlace) about(`logged ${next.writtenAt}, it names no event, and no restore lost one there`);
      if (hasPlace && seen.has(place)) about('this event is in the log twice');
      if (hasPlace && !entry) about('the event is gone');
      if (entry && filed && !sameBytes(entry, filed)) about('the event is not the one that was logged');
      if (hasPlace) seen.add(place);
      const leaf = filed ?? entry;
      if (leaf) grown.add(leafHash(leaf));
    }
    if (grown.size !== next.size) {
      succession.end();
      return { leaves: first, lost };
    }
    const root = grown.root();
    if (wanted.has(next.size) && root) rootsAt.set(next.size, root);
    const about = `the state at size ${next.size}`;
    const found = faultOf(next, root, check.keys);
    if ('reason' in found) whole(found.reason, `${about}: ${found.detail}`);
    else if (found.signers.length > 0)
      succession.take(
        { periods: found.signers, at: next.writtenAt, isRight: true, isAttested: next.size <= attestedSize },
        (fault) => whole(fault, `${about}: it was signed ${next.writtenAt}`),
      );
  }
  succession.end();
  if (state) await checkPublished(state, grown, rootsAt, check, whole);
  else if (grown.size > 0 && published === undefined) whole('log-missing', 'there is no published checkpoint');
  if (check.witnessed) await checkWitnessed(check.witnessed, check.folder, grown.size, rootsAt, whole);
  if (grown.size > 0) await checkMissed(client, check.only, report);
  return { leaves: grown.size, lost };
}

const entriesOf = async (folder: LogFolder, from: number, to: number): Promise<Uint8Array[]> => {
  const entries: Uint8Array[] = [];
  // The files of a later, longer log begin with those of this one.
  for await (const entry of folder.entries(from, to, to)) entries.push(entry);
  return entries;
};

async function read<T>(
  ask: () => Promise<T>,
  what: string,
  whole: (reason: Break['reason'], detail: string) => void,
): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    whole(
      missing ? 'log-missing' : 'log-unreadable',
      `${what}: ${error instanceof Error ? error.message : String(error)}`,
    );
    return undefined;
  }
}

const witnessedSize = ({ witnessed }: LogCheck): number | undefined => {
  const note = witnessed && noteFrom(witnessed.note);
  return note && checkpointFrom(note.text)?.size;
};

/** Up to which size a witness says that the log was there; 0 where none does, or its own key had ended, or may be somebody else's. */
function attestedBy(witnessed: LogCheck['witnessed']): number {
  const note = witnessed && noteFrom(witnessed.note);
  const seconds = note && signedBy(note, witnessed.verifier)?.seconds;
  if (!note || seconds === undefined || seconds > lastSecond) return 0;
  const { period } = witnessed.verifier;
  if (period && keyFault(period, new Date(seconds * 1000).toISOString(), false)) return 0;
  return checkpointFrom(note.text)?.size ?? 0;
}

/** What is wrong with a state, or when each key may sign that signed it; none: there is no key at hand to check it by. */
function faultOf(
  { size, root, note: text }: { readonly size: number; readonly root: Buffer; readonly note: string },
  grown: Hash | undefined,
  keys: readonly TrustedKey[],
):
  | { readonly reason: Break['reason']; readonly detail: string }
  | { readonly signers: readonly (KeyPeriod | undefined)[] } {
  const note = noteFrom(text);
  const state = note && checkpointFrom(note.text);
  if (!note || !state || state.size !== size || !sameBytes(state.root, root))
    return { reason: 'log-differs', detail: 'what was signed is not what the register says' };
  if (!grown || !sameBytes(grown, root)) return { reason: 'log-differs', detail: 'its root is not that of its leaves' };
  const signers = keys.filter((key) => key.kind === 'log' && key.name === state.origin && signedBy(note, key));
  if (keys.length > 0 && signers.length === 0)
    return { reason: 'log-unsigned', detail: 'none of the keys at hand signed it' };
  return { signers: signers.map(({ period }) => period) };
}

async function checkPublished(
  state: { readonly size: number; readonly root: Hash },
  grown: Growing,
  rootsAt: ReadonlyMap<number, Hash>,
  { folder }: LogCheck,
  whole: (reason: Break['reason'], detail: string) => void,
): Promise<void> {
  if (state.size > grown.size)
    whole('log-missing', `published at size ${state.size}, and the register knows ${grown.size}`);
  const known = rootsAt.get(state.size);
  if (known && !sameBytes(known, state.root))
    whole('log-differs', `the published state at size ${state.size} has another root than its leaves`);
  const files = await read(() => treeRoot(folder.nodes(state.size), state.size), `tiles at size ${state.size}`, whole);
  if (files && !sameBytes(files, state.root)) whole('log-differs', `the tiles are not those of size ${state.size}`);
}

/** A log that was written anew has another past than its witness signed. */
async function checkWitnessed(
  { note: text, verifier }: NonNullable<LogCheck['witnessed']>,
  folder: LogFolder,
  size: number,
  rootsAt: ReadonlyMap<number, Hash>,
  whole: (reason: Break['reason'], detail: string) => void,
): Promise<void> {
  const note = noteFrom(text);
  const state = note && checkpointFrom(note.text);
  if (!note || !state || !signedBy(note, verifier)) {
    whole('log-unreadable', `what ${verifier.name} remembers is not signed by it`);
    return;
  }
  if (state.size > size) {
    whole('log-forked', `${verifier.name} saw ${state.size} leaves, and there are ${size}`);
    return;
  }
  const known = rootsAt.get(state.size) ?? (await treeRoot(folder.nodes(state.size), state.size));
  if (!isConsistent(state, { size: state.size, root: known }, []))
    whole('log-forked', `${verifier.name} saw another log of ${state.size} leaves`);
}

/** Events that were settled when the newest state was signed, and are not in the log. */
async function checkMissed(client: pg.PoolClient, only: string | undefined, report: Report): Promise<void> {
  const missed = await rows<{ code: string; seq: number }>(
    client,
    `select e.case_code as code, min(e.seq)::int as seq from case_event e
     join (select epoch, xid, id from log_checkpoint order by size desc limit 1) c on (e.epoch, e.xid, e.id) <= (c.epoch, c.xid, c.id)
     left join (select u.code, u.seq from log_checkpoint l cross join lateral unnest(l.codes, l.seqs) as u (code, seq)) logged
       on logged.code = e.case_code and logged.seq = e.seq
     where logged.code is null and ($1::text is null or e.case_code = $1)
     group by e.case_code order by e.case_code limit 1000`,
    [only ?? null],
  );
  for (const { code, seq } of missed)
    report({ caseCode: code, seq, reason: 'log-misses', detail: 'a newer state was signed without it' });
}
