import type pg from 'pg';
import { checkpointFrom } from '../../../domain/evidence/checkpoint.js';
import { noteFrom } from '../../../domain/evidence/note.js';
import { type Instant } from '../../../domain/time/instants.js';
import { rows } from '../../pool.js';
import { cosignaturesOf, newestCheckpoint } from './append.js';

/** What a log says of itself. */
export interface LogState {
  readonly origin: string;
  readonly size: number;
  /** Base64. */
  readonly root: string;
  readonly writtenAt: Instant;
  /** The signed note, with what witnesses signed. */
  readonly checkpoint: string;
  readonly keys: readonly { readonly verifier: string; readonly since: number }[];
  /** Events after it. */
  readonly unlogged: number;
}

/** Undefined before the first event was logged. */
export async function logState(pool: pg.Pool): Promise<LogState | undefined> {
  const newest = await newestCheckpoint(pool);
  if (!newest) return undefined;
  const { size, root, note, writtenAt, epoch, xid, id } = newest;
  const keys = await rows<{ verifier: string; since: number }>(
    pool,
    'select verifier, since from log_key order by since, verifier',
  );
  const [after] = await rows<{ n: number }>(
    pool,
    'select count(*)::int as n from case_event where (epoch, xid, id) > ($1::int, $2::xid8, $3::bigint)',
    [epoch, xid, id],
  );
  const origin = checkpointFrom(noteFrom(note)?.text ?? '')?.origin ?? '';
  const checkpoint = note + (await cosignaturesOf(pool, size));
  return { origin, size, root: root.toString('base64'), writtenAt, checkpoint, keys, unlogged: after?.n ?? 0 };
}
