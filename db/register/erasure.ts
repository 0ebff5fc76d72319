import { verify } from 'node:crypto';
import type pg from 'pg';
import { refuse } from '../../domain/errors.js';
import { canonical } from '../../domain/evidence/canonical.js';
import { type Instant } from '../../domain/time/instants.js';
import { lockOrganisationsOf } from '../people/organisations.js';
import { inTransaction, rows } from '../pool.js';
import { type Erasable, lockHolds, requireErasable, type Target } from './erasable.js';
import { type LeftBytes } from './kept-files.js';
import { type RootKeys } from './root-check.js';

export interface ErasureRequest extends Target {
  /** Who asked for it, and on which legal basis: recorded with the erasure. */
  readonly askedBy: string;
  readonly basis: string;
  readonly now: Instant;
}

export interface Erased {
  /** How many rows of which table were emptied. All 0: it was erased before. */
  readonly what: Readonly<Record<string, number>>;
  /** Bytes that no document names any more: the caller removes them, also when everything was erased before. */
  readonly bytes: readonly LeftBytes[];
  /** Cases whose filing or words may still speak of an erased person. */
  readonly cases: readonly string[];
}

/** What stands in place of an erased name or file name, in both languages. */
export const erasedMark = '(đã xóa · erased)';

/** What a certificate of destruction says: rows emptied by table, files taken away; no word of what was in them. */
export interface Destruction {
  readonly format: 'luong-xanh/destruction/1';
  readonly order: string;
  readonly kind: Erasable;
  readonly ref: string;
  readonly askedBy: string;
  readonly basis: string;
  readonly proposedBy: string;
  readonly confirmedBy: string;
  readonly at: Instant;
  readonly rows: Readonly<Record<string, number>>;
  readonly files: number;
}

/** Signed by the key of the City's evidence over the RFC 8785 text of `content`. */
export interface Certificate {
  readonly content: Destruction;
  readonly signature: string;
  readonly algorithm: string;
  readonly keyId: string;
}

/** Signs what a certificate says. */
export type CertificateSigner = (text: string) => Promise<Omit<Certificate, 'content'>>;

/**
 * Empties what was kept beside the evidence, as the owner of the tables, and records who asked for it. Events hold ids and hashes only and stay as they are.
 * Refuses as `requireErasable` does. People's way is an order (`carryOut`).
 */
export const erase = (owner: pg.Pool, request: ErasureRequest): Promise<Erased> =>
  inTransaction(owner, (client) => eraseInTx(client, request));

async function eraseInTx(client: pg.PoolClient, request: ErasureRequest): Promise<Erased> {
  const { kind, ref, askedBy, basis } = request;
  await lockHolds(client);
  if (kind === 'person') await lockOrganisationsOf(client, ref);
  await requireErasable(client, request);
  const erased = await erasers[kind](client, request);
  if (Object.values(erased.what).some((n) => n > 0)) {
    await client.query('insert into erasure (kind, ref, asked_by, basis, what) values ($1, $2, $3, $4, $5)', [
      ...[kind, ref, askedBy, basis],
      JSON.stringify(erased.what),
    ]);
  }
  return erased;
}

interface CarriedOut extends Erased {
  readonly at: Instant;
}

/** What an order emptied that has no certificate yet, signed as it was emptied: nobody with the register alone has it certified what they emptied themselves. */
export interface Pending extends CarriedOut {
  /** None: of a release that signed certificates alone. */
  readonly seal?: Omit<Certificate, 'content'>;
}

/** What is signed of an erasure that has begun. */
export const begunText = (order: string, ordered: Ordered, { at, what, bytes, cases }: CarriedOut): string =>
  canonical({ format: 'luong-xanh/destruction-begun/1', order, ...ordered, at, what, bytes, cases });

export const isSignedBy = (
  keys: RootKeys,
  text: string,
  { signature, keyId }: Omit<Certificate, 'content'>,
): boolean => {
  const key = keys.get(keyId);
  return key !== undefined && verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64'));
};

/**
 * Carries out an erasure that two administrators decided, as the owner of the tables. First the register forgets, and the keys of the files with it: from then on nobody
 * takes the order back. Then `remove` takes the files away, and the certificate of destruction is signed. Whatever dies in between goes on from there when it is carried
 * out again: what was emptied is signed with the emptying, and what is said to be emptied without that is certified to nobody. `keys`: former ones, by which it was signed. Refuses `NOT_FOUND`, `PRECONDITION_FAILED` where it is not confirmed or certified already, and as `requireErasable` does: a hold that was placed since stands
 * in the way.
 */
export async function carryOut(
  owner: pg.Pool,
  id: string,
  {
    now,
    sign,
    remove,
    keys,
  }: {
    readonly now: Instant;
    readonly sign: CertificateSigner;
    readonly remove: (left: LeftBytes) => Promise<void>;
    readonly keys?: RootKeys;
  },
): Promise<Erased & { readonly certificate: Certificate }> {
  const { order, carried } = await forget(owner, id, { now, sign, keys });
  for (const left of carried.bytes) await remove(left);
  const content: Destruction = {
    format: 'luong-xanh/destruction/1',
    order: id,
    ...order,
    at: carried.at,
    rows: Object.fromEntries(Object.entries(carried.what).filter(([, n]) => n > 0)),
    files: carried.bytes.filter(({ sealId }) => sealId !== null).length,
  };
  const certificate = { content, ...(await sign(canonical(content))) };
  await owner.query(`update erasure_order set certificate = $2, pending = null where id = $1 and certificate is null`, [
    id,
    JSON.stringify(certificate),
  ]);
  const { at: _at, ...erased } = carried;
  return { ...erased, certificate };
}

export type Ordered = Pick<Destruction, 'kind' | 'ref' | 'askedBy' | 'basis' | 'proposedBy' | 'confirmedBy'>;

/** Empties what the order names, once; answers what it did, or had done before it was cut off. */
const forget = (
  owner: pg.Pool,
  id: string,
  by: { readonly now: Instant; readonly sign: CertificateSigner; readonly keys: RootKeys | undefined },
): Promise<{ order: Ordered; carried: CarriedOut }> =>
  inTransaction(owner, async (client) => {
    const { now, sign } = by;
    const [found] = await rows<Ordered & { status: string; pending: Pending | null }>(
      client,
      `select kind, ref, asked_by as "askedBy", basis, proposed_by as "proposedBy", decided_by as "confirmedBy", status, pending
       from erasure_order where id = $1 for update`,
      [id],
    );
    if (!found) return refuse('NOT_FOUND', { erasure: id });
    const { status, pending, ...order } = found;
    if (pending && (await isOwn(begunText(id, order, pending), pending, by))) return { order, carried: pending };
    if (status !== 'confirmed' && !pending) refuse('PRECONDITION_FAILED', { erasure: id, status });
    const carried = { ...(await eraseInTx(client, { ...order, now })), at: now };
    const begun: Pending = { ...carried, seal: await sign(begunText(id, order, carried)) };
    await client.query(`update erasure_order set status = 'done', done_at = $2, pending = $3 where id = $1`, [
      ...[id, now],
      JSON.stringify(begun),
    ]);
    return { order, carried };
  });

/** Whether a run of ours emptied it: signed by a key that is given, or as the key at hand signs it. */
async function isOwn(
  text: string,
  { seal }: Pending,
  { sign, keys }: { readonly sign: CertificateSigner; readonly keys: RootKeys | undefined },
): Promise<boolean> {
  if (!seal) return false;
  if (keys?.has(seal.keyId)) return isSignedBy(keys, text, seal);
  const { signature, keyId } = await sign(text);
  return keyId === seal.keyId && signature === seal.signature;
}

/** Takes away the sealed papers of these cases: what is erased stands in none of them. They are sealed anew when somebody asks. */
const unseal = (client: pg.PoolClient, cases: string, ref: string): Promise<number> =>
  emptied(client, `delete from sealed_paper where case_code in (${cases})`, [ref]);

type Eraser = (client: pg.PoolClient, request: ErasureRequest) => Promise<Erased>;

/** How many rows one statement emptied. */
const emptied = async (client: pg.PoolClient, text: string, values: readonly unknown[]): Promise<number> =>
  (await client.query(text, [...values])).rowCount ?? 0;

const erasePerson: Eraser = async (client, { ref: id, now }) => {
  await client.query('select 1 from person where id = $1 for update', [id]);
  // Those that a case names go with the case; what they brought for somebody else is that one's.
  const own = await rows<{ id: string }>(
    client,
    `select id::text as id from document where owner = $1
       and not exists (select from document_use u where u.document_id = document.id) order by document.id`,
    [id],
  );
  const documents = own.map((one) => one.id);
  const what = {
    person: await emptied(
      client,
      `update person set name = $3, email = '', phone = null, organisation = null, active = false, erased_at = $2
       where id = $1 and erased_at is null`,
      [id, now, erasedMark],
    ),
    enterprise_vouched: await emptied(client, 'delete from enterprise_vouched where person = $1', [id]),
    power_of_attorney: await emptied(
      client,
      `update power_of_attorney set revoked_at = $2 where representative = $1 and member_as is not null
         and revoked_at is null and declined_at is null`,
      [id, now],
    ),
    sign_on_account: await emptied(client, 'delete from sign_on_account where person = $1', [id]),
    case_name: await emptied(
      client,
      `update case_name set body = null, salt = null, erased_at = $2 where kind = 'person' and subject = $1 and erased_at is null`,
      [id, now],
    ),
    draft: await emptied(
      client,
      'update draft set content = null, discarded_at = $2, version = version + 1 where owner = $1 and content is not null',
      [id, now],
    ),
    document: await emptiedDocuments(client, documents, now),
    answer_draft: await emptied(client, 'delete from answer_draft where person = $1', [id]),
    delegation: await emptied(client, 'update delegation set reason = null where person = $1 and reason is not null', [
      id,
    ]),
    sealed_paper: await unseal(
      client,
      `select case_code from case_name where kind = 'person' and subject = $1 union select code from case_head where investor = $1`,
      id,
    ),
  };
  const cases = await rows<{ code: string }>(
    client,
    `select h.code from case_head h join filing f on f.case_code = h.code
     where h.investor = $1 and f.erased_at is null order by 1`,
    [id],
  );
  return { what, bytes: await leftBytes(client, documents), cases: cases.map(({ code }) => code) };
};

const eraseCase: Eraser = async (client, { ref: code, now }) => {
  // The order in which commands lock: whoever acts on the case waits.
  await client.query('select 1 from case_head where code = $1 for no key update', [code]);
  await requireErasable(client, { kind: 'case', ref: code });
  const own = await rows<{ id: string }>(
    client,
    `select distinct u.document_id::text as id from document_use u where u.case_code = $1
       and not exists (select from document_use o where o.document_id = u.document_id and o.case_code <> $1) order by 1`,
    [code],
  );
  const documents = own.map(({ id }) => id);
  const what = {
    document: await emptiedDocuments(client, documents, now),
    answer_draft: await emptied(client, `delete from answer_draft where task like $1 || '.%'`, [code]),
    filing: await emptied(
      client,
      `update filing set body = null, name_vi = null, name_en = null, search = null, erased_at = $2
       where case_code = $1 and erased_at is null`,
      [code, now],
    ),
    case_fact: await emptied(
      client,
      'update case_fact set field = null, jobs = null where case_code = $1 and (field is not null or jobs is not null)',
      [code],
    ),
    procedure_fact: await emptied(
      client,
      'update procedure_fact set field = null where case_code = $1 and field is not null',
      [code],
    ),
    case_text: await emptied(
      client,
      'update case_text set body = null, salt = null, sealed = null, erased_at = $2 where case_code = $1 and erased_at is null',
      [code, now],
    ),
    // No copy of what they sealed is opened any more, wherever one was kept.
    case_key: await emptied(
      client,
      'update case_key set wrapped = null, destroyed_at = $2 where case_code = $1 and wrapped is not null',
      [code, now],
    ),
    case_name: await emptied(
      client,
      `update case_name set body = null, salt = null, erased_at = $2 where case_code = $1 and kind = 'person' and erased_at is null`,
      [code, now],
    ),
    // Nothing of a closed case waits for an answer any more: a message that nobody has handled is refused as it would be.
    inbox: await emptied(
      client,
      `update inbox i set body = null, handled_at = coalesce(handled_at, clock_timestamp()),
         status = case when i.status = 'pending' then 'refused' else i.status end,
         error = case when i.status = 'pending' then 'CASE_CLOSED' else i.error end
       where i.body ->> 'correlationId' in (select correlation_id from agency_request where case_code = $1)
         or i.body ->> 'dossierCode' in (select dossier_code from dossier_status where case_code = $1)`,
      [code],
    ),
    agency_request: await emptied(
      client,
      'update agency_request set answer = null where case_code = $1 and answer is not null',
      [code],
    ),
    trial_batch: await emptied(
      client,
      'update trial_batch set readings = null, salt = null, erased_at = $2 where case_code = $1 and erased_at is null',
      [code, now],
    ),
    sealed_paper: await unseal(client, 'select $1::text', code),
  };
  return { what, bytes: await leftBytes(client, documents), cases: [] };
};

const eraseText: Eraser = async (client, { ref, now }) => {
  const [code = '', id = ''] = ref.split('/');
  const what = {
    case_text: await emptied(
      client,
      'update case_text set body = null, salt = null, sealed = null, erased_at = $3 where case_code = $1 and id = $2 and erased_at is null',
      [code, id, now],
    ),
    sealed_paper: await unseal(client, 'select $1::text', code),
  };
  return { what, bytes: [], cases: [] };
};

const eraseDocument: Eraser = async (client, { ref: id, now }) => {
  await client.query('select 1 from document where id::text = $1 for update', [id]);
  const document = await emptiedDocuments(client, [id], now);
  const sealed_paper = await unseal(client, 'select case_code from document_use where document_id::text = $1', id);
  return { what: { document, sealed_paper }, bytes: await leftBytes(client, [id]), cases: [] };
};

/** Takes the names of these documents, their texts, and the keys of both: no copy of the bytes is opened any more, wherever one was kept. */
const emptiedDocuments = async (client: pg.PoolClient, ids: readonly string[], now: Instant): Promise<number> => {
  await client.query('delete from document_text where document_id::text = any ($1)', [ids]);
  return emptied(
    client,
    `update document set file_name = $3, erased_at = $2, seal_wrapped = null where id::text = any ($1) and erased_at is null`,
    [ids, now, erasedMark],
  );
};

/** The files of erased documents. In clear somebody else may have uploaded the very same bytes: they stay for them. */
async function leftBytes(client: pg.PoolClient, ids: readonly string[]): Promise<LeftBytes[]> {
  return rows(
    client,
    `select sha256, seal_id as "sealId" from document where id::text = any ($1) and seal_id is not null
     union select sha256, null from document e where id::text = any ($1)
       and not exists (select from document o where o.sha256 = e.sha256 and o.erased_at is null and o.seal_id is null)`,
    [ids],
  );
}

const erasers: Readonly<Record<Erasable, Eraser>> = {
  person: erasePerson,
  case: eraseCase,
  document: eraseDocument,
  text: eraseText,
};
