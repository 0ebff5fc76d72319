import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { checkpointFrom, checkpointText } from '../../../domain/evidence/checkpoint.js';
import { sameBytes, treeRoot } from '../../../domain/evidence/merkle.js';
import { noteFrom, type Sign, signatureLine, type Verifier, verifierText } from '../../../domain/evidence/note.js';
import { type Instant } from '../../../domain/time/instants.js';
import { feedStart, type FeedPosition, settledEvents } from '../feed.js';
import { inTransaction, rows } from '../../pool.js';
import { entryOfRow, leafColumns, type LeafRow, loggedRows } from './leaves.js';
import { copyLog, type LogFolder } from './log-folder.js';

/** Who writes the log, and where. */
export interface LogWriter {
  /** Its key; its name is the origin of the log. */
  readonly verifier: Verifier;
  readonly sign: Sign;
  readonly folder: LogFolder;
  /** A second place, which is brought up to the first after each checkpoint. */
  readonly mirror?: LogFolder;
}

/** A signed state of the log. */
export interface LogCheckpoint extends FeedPosition {
  readonly size: number;
  readonly root: Buffer;
  /** The signed note, without what witnesses signed. */
  readonly note: string;
  readonly writtenAt: Instant;
}

// Reading and hashing so many takes a second; nothing is written before it, so that no reader of the feed waits.
const eventsAtOnce = 2_000;

/** The name under which the log of this register is known, and what its salts are made from; made when it is first asked for. */
async function logOf(client: pg.PoolClient, origin: string): Promise<{ readonly saltKey: Buffer }> {
  const find = () =>
    rows<{ origin: string; saltKey: Buffer }>(client, 'select origin, salt_key as "saltKey" from transparency_log');
  let [found] = await find();
  if (!found) {
    await client.query('insert into transparency_log (origin, salt_key) values ($1, $2)', [origin, randomBytes(32)]);
    [found] = await find();
  }
  if (found?.origin !== origin)
    throw new Error(`The log of this register is ${found?.origin}, not ${origin}: a log keeps its name (TLOG_ORIGIN)`);
  return found;
}

const checkpointColumns = `size, root, note, written_at as "writtenAt", epoch, xid::text as xid, id`;

/** The newest signed state; undefined before the first. */
export async function newestCheckpoint(on: pg.Pool | pg.PoolClient): Promise<LogCheckpoint | undefined> {
  const [found] = await rows<LogCheckpoint & pg.QueryResultRow>(
    on,
    `select ${checkpointColumns} from log_checkpoint order by size desc limit 1`,
  );
  return found;
}

/**
 * Takes the events into the log that nothing can come before any more, at most some thousands, signs what it is then and publishes it. Answers undefined where
 * there is nothing new; `more`: it took as many as it takes at once. Two at once write one; whoever dies in the middle is continued with the same bytes. Throws where the folder is not what was signed.
 */
export async function appendToLog(
  pool: pg.Pool,
  writer: LogWriter,
): Promise<(LogCheckpoint & { readonly more: boolean }) | undefined> {
  const { folder, verifier, sign } = writer;
  const written = await inTransaction(pool, async (client) => {
    await client.query(`select pg_advisory_xact_lock(hashtext('transparency log'))`);
    const { saltKey } = await logOf(client, verifier.name);
    const last = await adopted(client, writer, await newestCheckpoint(client), saltKey);
    const size = last?.size ?? 0;
    if (last) await holdTo(client, folder, last, saltKey);
    const position = last ?? feedStart;
    const events = await rows<LeafRow & FeedPosition & pg.QueryResultRow>(
      client,
      `select e.epoch, e.xid::text as xid, e.id, ${leafColumns} from case_event e
       where (e.epoch, e.xid, e.id) > ($1::int, $2::xid8, $3::bigint) and ${settledEvents}
       order by e.epoch, e.xid, e.id limit $4`,
      [position.epoch, position.xid, position.id, eventsAtOnce],
      'unlogged-events',
    );
    const newest = events.at(-1);
    if (!newest) return undefined;
    await folder.append(
      size,
      events.map((event) => entryOfRow(event, saltKey)),
    );
    const grown = size + events.length;
    const root = Buffer.from(await treeRoot(folder.nodes(grown), grown));
    const text = checkpointText({ origin: verifier.name, size: grown, root });
    const note = `${text}\n${signatureLine(text, verifier, sign)}`;
    await client.query('insert into log_key (verifier, since) values ($1, $2) on conflict do nothing', [
      verifierText(verifier),
      size,
    ]);
    const { epoch, xid, id } = newest;
    const checkpoint = await insertCheckpoint(client, { size: grown, root, note, epoch, xid, id }, events);
    return { ...checkpoint, more: events.length === eventsAtOnce };
  });
  if (written) await publishCheckpoint(pool, writer);
  return written;
}

type Place = Pick<LeafRow, 'caseCode' | 'seq'>;

async function insertCheckpoint(
  client: pg.PoolClient,
  { size, root, note, epoch, xid, id }: Omit<LogCheckpoint, 'writtenAt'>,
  leaves: readonly Place[],
): Promise<LogCheckpoint> {
  const [row] = await rows<LogCheckpoint & pg.QueryResultRow>(
    client,
    `insert into log_checkpoint (size, root, note, written_at, epoch, xid, id, codes, seqs)
     values ($1, $2, $3, clock_timestamp(), $4, $5, $6, $7, $8) returning ${checkpointColumns}`,
    [size, root, note, epoch, xid, id, leaves.map(({ caseCode }) => caseCode), leaves.map(({ seq }) => seq)],
  );
  if (!row) throw new Error('The checkpoint was not written');
  return row;
}

/** Writes the newest signed state, with what witnesses signed under it, where everybody reads it; then the second place. */
export async function publishCheckpoint(pool: pg.Pool, { folder, mirror }: LogWriter): Promise<void> {
  const newest = await newestCheckpoint(pool);
  if (!newest) return;
  const note = newest.note + (await cosignaturesOf(pool, newest.size));
  if ((await folder.checkpoint()) !== note) await folder.writeCheckpoint(note);
  const copied = mirror && (await mirror.checkpoint());
  if (!mirror || copied === note) return;
  await copyLog(folder, mirror, sizeOf(copied) ?? 0, newest.size, note);
}

/** The lines of witnesses under the checkpoint of this size; empty where none has signed. */
export async function cosignaturesOf(on: pg.Pool | pg.PoolClient, size: number): Promise<string> {
  const lines = await rows<{ line: string }>(
    on,
    'select line from log_cosignature where size = $1 order by witness collate "C"',
    [size],
  );
  return lines.map(({ line }) => line).join('');
}

const checkpointIn = (note: string | undefined) => {
  const taken = note === undefined ? undefined : noteFrom(note);
  return taken && checkpointFrom(taken.text);
};
const sizeOf = (note: string | undefined): number | undefined => checkpointIn(note)?.size;

/**
 * The folder must hold what was signed last. Where files are missing they are written again from the events; where they are others, nothing is signed any more:
 * somebody changed the register or the files, and `verify-chain` tells which.
 */
async function holdTo(
  client: pg.PoolClient,
  folder: LogFolder,
  last: LogCheckpoint,
  saltKey: Uint8Array,
): Promise<void> {
  const root = () => treeRoot(folder.nodes(last.size), last.size);
  const held = await root().catch(async (error: unknown) => {
    if (!isIncomplete(error)) throw error;
    await writeAgain(client, folder, saltKey);
    return root();
  });
  if (!sameBytes(held, last.root))
    throw new Error(`The folder of the log is not what was signed at size ${last.size}: run verify-chain`);
}

const isIncomplete = (error: unknown): boolean =>
  error instanceof RangeError || (error as NodeJS.ErrnoException).code === 'ENOENT';

async function writeAgain(client: pg.PoolClient, folder: LogFolder, saltKey: Uint8Array): Promise<void> {
  let size = 0;
  for (;;) {
    const [next] = await rows<{ size: number; codes: string[]; seqs: number[] }>(
      client,
      'select size, codes, seqs from log_checkpoint where size > $1 order by size limit 1',
      [size],
    );
    if (!next) return;
    const events = await loggedRows(client, next.codes, next.seqs);
    const entries = events.map((event) => {
      if (event) return entryOfRow(event, saltKey);
      throw new Error('Files of the log are missing, and events of theirs are, too: restore the folder from its copy');
    });
    await folder.append(size, entries);
    size = next.size;
  }
}

/**
 * After a restore the register knows less than was published. A log is never shorter than it was: the register takes over the published state, finds its own
 * events in it, and leaves what it lost without an event. Without a restore (the epoch tells) a shorter register is a fault, and nothing is signed.
 */
async function adopted(
  client: pg.PoolClient,
  { folder, verifier }: LogWriter,
  last: LogCheckpoint | undefined,
  saltKey: Uint8Array,
): Promise<LogCheckpoint | undefined> {
  const note = await folder.checkpoint();
  const published = checkpointIn(note);
  if (published && published.origin !== verifier.name)
    throw new Error(`The log was published as ${published.origin}, not ${verifier.name}: a log keeps its name`);
  const known = last?.size ?? 0;
  if (note === undefined || !published || published.size <= known) return last;
  const [installation] = await rows<{ epoch: number }>(client, 'select epoch from installation');
  if (!last || (installation?.epoch ?? 0) <= last.epoch)
    throw new Error(
      `The log was published at size ${published.size}, and the register knows ${known}: after a restore run after-restore`,
    );
  const places = new Map<string, number>();
  let at = known;
  for await (const entry of folder.entries(known, published.size, published.size))
    places.set(Buffer.from(entry).toString('hex'), at++);
  const leaves: Place[] = Array.from({ length: published.size - known }, () => ({ caseCode: '', seq: 0 }));
  let { epoch, xid, id }: FeedPosition = last;
  for (let more = true; more;) {
    const events = await rows<LeafRow & FeedPosition & pg.QueryResultRow>(
      client,
      `select e.epoch, e.xid::text as xid, e.id, ${leafColumns} from case_event e
       where (e.epoch, e.xid, e.id) > ($1::int, $2::xid8, $3::bigint) order by e.epoch, e.xid, e.id limit $4`,
      [epoch, xid, id, eventsAtOnce],
    );
    more = events.length === eventsAtOnce;
    for (const event of events) {
      const place = places.get(Buffer.from(entryOfRow(event, saltKey)).toString('hex'));
      // What was not logged comes after everything that was.
      if (place === undefined) {
        more = false;
        break;
      }
      leaves[place - known] = event;
      ({ epoch, xid, id } = event);
    }
  }
  const { root } = published;
  const signed = `${note.slice(0, note.indexOf('\n\n') + 2)}${note.split('\n\n')[1]?.split('\n')[0] ?? ''}\n`;
  return insertCheckpoint(
    client,
    { size: published.size, root: Buffer.from(root), note: signed, epoch, xid, id },
    leaves,
  );
}
