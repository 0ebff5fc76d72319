import { createHash } from 'node:crypto';
import type pg from 'pg';
import { type Instant } from '../../domain/time/instants.js';
import { rows } from '../pool.js';
import { type Break } from './breaks.js';
import { type SigningKey, signingKeys } from './signing-keys.js';

/** What a root says of the log of who looked into which case: its rows of these hours, the first included, the last not. */
export interface RootLooks {
  readonly from: Instant;
  readonly before: Instant;
  readonly rows: number;
  /** Over the rows, hexadecimal. */
  readonly sha256: string;
}

/** A key that signs for this installation, as it was known to a root. */
export interface RootKey extends Pick<SigningKey, 'id' | 'use' | 'from' | 'until' | 'revoked'> {
  /** SHA-256 of its public part, hexadecimal. */
  readonly material: string;
}

type Report = (found: Break) => void;
const whole = (report: Report, reason: Break['reason'], detail: string): void =>
  report({ caseCode: null, seq: null, reason, detail });

/** A look is counted within its hour; whoever counted it in the last moment is done long before this much later. */
const settledMs = 900_000;
const hourMs = 3_600_000;
const settledAt = (at: Instant): Instant =>
  new Date(Math.floor((Date.parse(at) - settledMs) / hourMs) * hourMs).toISOString();

/** The looks of the hours that ended since the root before (of before there was one: all); undefined: none. */
export async function looksNamedBy(
  client: pg.PoolClient,
  before: Instant | undefined,
  now: Instant,
): Promise<RootLooks | undefined> {
  const span = { from: before === undefined ? new Date(0).toISOString() : settledAt(before), before: settledAt(now) };
  const found = await looksIn(client, span);
  return found.rows > 0 ? { ...span, ...found } : undefined;
}

async function looksIn(
  client: pg.PoolClient,
  { from, before }: Pick<RootLooks, 'from' | 'before'>,
): Promise<Pick<RootLooks, 'rows' | 'sha256'>> {
  const instant = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')`;
  const [found] = await rows<Pick<RootLooks, 'rows' | 'sha256'>>(
    client,
    `select count(*)::int as rows, encode(sha256(convert_to(coalesce(string_agg(line, E'\\n' order by line collate "C"), ''), 'UTF8')), 'hex') as sha256
     from (select jsonb_build_array(case_code, person, role, agency, kind, subject, ${instant('hour')}, ${instant('first_at')}, ${instant('last_at')}, times, why)::text as line
       from case_reading where hour >= $1 and hour < $2) l`,
    [from, before],
  );
  if (!found) throw new Error('A count without a row');
  return found;
}

/** The log of looks, against a root. */
export async function verifyLooks(
  client: pg.PoolClient,
  name: string,
  looks: RootLooks | undefined,
  report: Report,
): Promise<void> {
  if (!looks) return;
  const found = await looksIn(client, looks);
  if (found.rows === looks.rows && found.sha256 === looks.sha256) return;
  const detail = `who looked into cases from ${looks.from} to ${looks.before}: ${name} saw ${looks.rows} rows, there are ${found.rows}${found.rows === looks.rows ? ', others' : ''}`;
  whole(report, 'looks-differ', detail);
}

/** Every key that is known, in a fixed order. */
export async function keysNamedBy(client: pg.PoolClient): Promise<RootKey[]> {
  const found = await signingKeys(client);
  return found
    .map(({ id, use, from, until, revoked, jwk, material }) => {
      const text = material ?? JSON.stringify(jwk && [jwk.kty, jwk.crv, jwk.x]);
      return { id, use, from, until, revoked, material: createHash('sha256').update(text).digest('hex') };
    })
    .sort((one, other) => (one.id < other.id ? -1 : 1));
}

/** What somebody made of keys that were known before: a key only ever ends, and earlier than it would have. */
export function verifyKeys(
  before: { readonly name: string; readonly keys: readonly RootKey[] } | undefined,
  after: { readonly name: string; readonly keys: readonly RootKey[] },
  report: Report,
): void {
  for (const known of before?.keys ?? []) {
    const now = after.keys.find(({ id }) => id === known.id);
    const fault = now ? loosened(known, now) : 'is gone';
    if (fault) whole(report, 'keys-differ', `key ${known.id} of ${before?.name ?? ''}: in ${after.name} it ${fault}`);
  }
}

function loosened(known: RootKey, now: RootKey): string | undefined {
  const isLater = (one: Instant | null, other: Instant | null) =>
    other !== null && (one === null || Date.parse(one) > Date.parse(other));
  if (now.material !== known.material || now.use !== known.use) return 'is another key';
  if (Date.parse(now.from) !== Date.parse(known.from)) return `is valid from ${now.from}, not ${known.from}`;
  if (isLater(now.until, known.until)) return `ends ${now.until ?? 'never'}, not ${known.until ?? 'never'}`;
  if (isLater(now.revoked?.at ?? null, known.revoked?.at ?? null))
    return `is revoked ${now.revoked?.at ?? 'no more'}, not ${known.revoked?.at ?? ''}`;
  return known.revoked?.reason === 'compromised' && now.revoked?.reason !== 'compromised'
    ? 'is compromised no more'
    : undefined;
}
