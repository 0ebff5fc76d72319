import canonicalize from 'canonicalize';
import type pg from 'pg';
import { entryOf, type Field, type LeafOf, salted } from '../../../domain/evidence/leaf.js';
import { rows } from '../../pool.js';

/** Columns of `leafRows`, of events `e`. */
export const leafColumns = `e.case_code as "caseCode", e.seq, e.canonical,
  to_char(e.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "recordedAt",
  (select json_agg(json_build_array(n.kind, n.subject, n.hash) order by n.kind collate "C", n.subject collate "C")
   from case_name n where n.case_code = e.case_code and n.seq = e.seq) as names`;

export interface LeafRow {
  readonly caseCode: string;
  readonly seq: number;
  readonly canonical: string;
  readonly recordedAt: string;
  /** Of the names that are kept with the case from this event on: kind, subject, hash. */
  readonly names: readonly (readonly string[])[] | null;
}

/**
 * The fields of an event as the log covers them: when the register wrote it (UTC, to the microsecond), those of its actor and of its payload each by itself, and the
 * hashes of the names kept with it.
 */
function fieldsOf({ canonical, recordedAt, names }: LeafRow): Field[] {
  const { caseCode: _code, seq: _seq, actor, payload, ...rest } = JSON.parse(canonical) as Record<string, unknown>;
  const within = (whole: string, value: unknown) =>
    Object.entries(value ?? {}).map(([name, inner]): [string, unknown] => [`${whole}.${name}`, inner]);
  const parts: [string, unknown][] = [
    ['recordedAt', recordedAt],
    ...Object.entries(rest),
    ...within('actor', actor),
    ...within('payload', payload),
    ...(names ? [['names', names] satisfies [string, unknown]] : []),
  ];
  return parts
    .map(([name, value]) => ({ name, value: canonicalize(value) ?? 'null' }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** The event as its leaf covers it, with the salts of this log. */
export const leafOf = (row: LeafRow, saltKey: Uint8Array): LeafOf<Field & { readonly salt: string }> =>
  salted({ caseCode: row.caseCode, seq: row.seq, fields: fieldsOf(row) }, saltKey);

export const entryOfRow = (row: LeafRow, saltKey: Uint8Array): Uint8Array => entryOf(leafOf(row, saltKey));

/** The events that a checkpoint names, in the order of its leaves; undefined for one that is not there. */
export async function loggedRows(
  on: pg.Pool | pg.PoolClient,
  codes: readonly string[],
  seqs: readonly number[],
): Promise<(LeafRow | undefined)[]> {
  const found = await rows<LeafRow & { at: number }>(
    on,
    `select l.at::int as at, ${leafColumns} from unnest($1::text[], $2::int[]) with ordinality as l (code, seq, at)
     join case_event e on e.case_code = l.code and e.seq = l.seq`,
    [codes, seqs],
    'logged-events',
  );
  const byPlace = new Map(found.map((row) => [row.at - 1, row]));
  return codes.map((_, at) => byPlace.get(at));
}
