import { setImmediate as others } from 'node:timers/promises';
import { base64 } from '@scure/base';
import type pg from 'pg';
import { type Field, type LeafOf } from '../../../domain/evidence/leaf.js';
import { inclusionPath } from '../../../domain/evidence/merkle.js';
import { type CaseEvent } from '../../../domain/case/events.js';
import { eventOf } from '../chain-link.js';
import { rows } from '../../pool.js';
import { cosignaturesOf, newestCheckpoint } from './append.js';
import { leafOf, loggedRows } from './leaves.js';
import { type LogFolder } from './log-folder.js';

export interface ProvenEvent {
  readonly event: CaseEvent;
  readonly leaf: LeafOf<Field & { readonly salt: string }>;
  /** The number of its leaf. */
  readonly index: number;
  /** From the leaf to the root of the checkpoint, base64. */
  readonly path: readonly string[];
}

export interface ProvenCase {
  /** The signed note under which everything is, with what witnesses signed. */
  readonly checkpoint: string;
  /** Keys of the log, as text; whoever checks has them from elsewhere, too. */
  readonly keys: readonly string[];
  readonly events: readonly ProvenEvent[];
  /** Events that came after the checkpoint: minutes old. */
  readonly unlogged: number;
}

// An event takes some hundreds of hashes, a case may have thousands of events: whoever else is served meanwhile waits no longer than for this.
const withoutBreathMs = 10;

/**
 * Every event of a case that the log covers, in order, and what shows that it does. Undefined while the log has none of them. The process serves others in between; how
 * many are made at once is for the caller to bound.
 */
export async function provenCase(pool: pg.Pool, folder: LogFolder, caseCode: string): Promise<ProvenCase | undefined> {
  const newest = await newestCheckpoint(pool);
  if (!newest) return undefined;
  const { size } = newest;
  const places = await rows<{ seq: number; index: number }>(
    pool,
    `select u.seq, (l.size - cardinality(l.codes) + u.at - 1)::float8 as index from log_checkpoint l
     cross join lateral unnest(l.codes, l.seqs) with ordinality as u (code, seq, at)
     where l.codes @> array[$1::text] and l.size <= $2 and u.code = $1 order by u.seq`,
    [caseCode, size],
    'logged-places',
  );
  if (places.length === 0) return undefined;
  const [log] = await rows<{ saltKey: Buffer }>(pool, 'select salt_key as "saltKey" from transparency_log');
  const keys = await rows<{ verifier: string }>(pool, 'select verifier from log_key order by since');
  const [head] = await rows<{ seq: number }>(pool, 'select seq from case_head where code = $1', [caseCode]);
  const stored = await loggedRows(
    pool,
    places.map(() => caseCode),
    places.map(({ seq }) => seq),
  );
  const read = folder.nodes(size);
  const events: ProvenEvent[] = [];
  let breath = performance.now();
  for (const [at, { seq, index }] of places.entries()) {
    if (performance.now() - breath > withoutBreathMs) {
      await others();
      breath = performance.now();
    }
    const row = stored[at];
    if (!row || !log) throw new Error(`Event ${seq} of ${caseCode} is in the log and not in the register`);
    const path = (await inclusionPath(read, index, size)).map((hash) => base64.encode(hash));
    events.push({ event: eventOf(row.canonical), leaf: leafOf(row, log.saltKey), index, path });
  }
  return {
    checkpoint: newest.note + (await cosignaturesOf(pool, size)),
    keys: keys.map(({ verifier }) => verifier),
    events,
    unlogged: Math.max(0, (head?.seq ?? 0) - events.length),
  };
}
