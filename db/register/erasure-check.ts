import { isDeepStrictEqual } from 'node:util';
import type pg from 'pg';
import { canonical } from '../../domain/evidence/canonical.js';
import { type Instant } from '../../domain/time/instants.js';
import { rows } from '../pool.js';
import { type BoundRows } from './bound-words.js';
import { type Break } from './breaks.js';
import { begunText, type Certificate, isSignedBy, type Ordered, type Pending } from './erasure.js';
import { type RootKeys } from './root-check.js';

/** What of a case was emptied, by what it is; documents by their id. */
interface Emptied extends Pick<BoundRows, 'texts' | 'names' | 'filing' | 'batches'> {
  readonly documents: readonly { readonly id: string; readonly erased: boolean }[];
}

/** Rows of a case that say that they were erased, and that no erasure explains: emptied by somebody else. */
export async function unexplained(
  client: pg.PoolClient,
  code: string,
  { texts, names, filing, batches, documents }: Emptied,
): Promise<string[]> {
  const gone = {
    texts: texts.filter(({ erased }) => erased).map(({ id }) => id),
    names: names.filter(({ erased }) => erased),
    documents: documents.filter(({ erased }) => erased).map(({ id }) => id),
    others: [
      ...(filing?.erased === true ? ['the filing'] : []),
      ...batches.filter(({ erased }) => erased).map(({ seq }) => `readings of event ${seq}`),
    ],
  };
  if (gone.texts.length + gone.names.length + gone.documents.length + gone.others.length === 0) return [];
  const found = await rows<{ kind: string; ref: string }>(
    client,
    `select kind, ref from erasure where (kind = 'case' and ref = $1) or (kind = 'text' and ref = any ($2)) or (kind = 'person' and ref = any ($3))
       or (kind = 'document' and ref = any ($4))
       or (kind = 'case' and ref in (select case_code from document_use where document_id::text = any ($4)))`,
    [code, gone.texts.map((id) => `${code}/${id}`), gone.names.map(({ subject }) => subject), gone.documents],
  );
  const known = new Set(found.map(({ kind, ref }) => `${kind} ${ref}`));
  if (known.has(`case ${code}`)) return [];
  const isOfAnotherCase = found.some(({ kind, ref }) => kind === 'case' && ref !== code);
  return [
    ...gone.texts.filter((id) => !known.has(`text ${code}/${id}`)).map((id) => `text ${id}`),
    ...gone.names
      .filter(({ kind, subject }) => kind !== 'person' || !known.has(`person ${subject}`))
      .map(({ subject }) => `the name of ${subject}`),
    ...gone.documents.filter((id) => !known.has(`document ${id}`) && !isOfAnotherCase).map((id) => `document ${id}`),
    ...gone.others,
  ];
}

interface Order extends Ordered {
  readonly id: string;
  readonly doneAt: Instant | null;
  /** Proposed, decided and done, in this order. */
  readonly isInOrder: boolean;
  readonly pending: Partial<Pending> | null;
  readonly certificate: Certificate | null;
  /** What the erasures of this target say that they emptied. */
  readonly emptied: readonly unknown[];
}

const said = ['kind', 'ref', 'askedBy', 'basis', 'proposedBy', 'confirmedBy'] as const;

/**
 * Orders of erasure that were carried out, against their certificates: what each says, and that a key of this installation signed it. One without a certificate must be
 * under way: signed as it was emptied, or, of a release that did not sign that, just as its acts tell. Answers how many erasures no certificate speaks of, row by row.
 */
export async function verifyErasures(
  client: pg.PoolClient,
  keys: RootKeys | undefined,
  report: (found: Break) => void,
): Promise<number> {
  const orders = await rows<Order & pg.QueryResultRow>(
    client,
    `select id::text as id, kind, ref, asked_by as "askedBy", basis, proposed_by as "proposedBy", decided_by as "confirmedBy",
       done_at as "doneAt", coalesce(proposed_at <= decided_at and decided_at is not null and done_at is not null, false) as "isInOrder", pending, certificate,
       (select coalesce(json_agg(e.what), '[]') from erasure e where (e.kind, e.ref, e.asked_by, e.basis) = (o.kind, o.ref, o.asked_by, o.basis)) as emptied
     from erasure_order o where status = 'done' order by done_at, id`,
  );
  for (const order of orders) {
    const fault = faultOf(order, keys);
    const caseCode =
      order.kind === 'case' ? order.ref : order.kind === 'text' ? (order.ref.split('/')[0] ?? null) : null;
    if (fault) report({ caseCode, seq: null, reason: 'erasure-differs', detail: `erasure ${order.id}: ${fault}` });
  }
  const [uncertified] = await rows<{ n: number }>(
    client,
    `select count(*)::int as n from erasure e
     where not exists (select from erasure_order o where o.kind = e.kind and o.ref = e.ref and o.status = 'done'
       and o.certificate::jsonb -> 'content' -> 'rows'
         = (select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(e.what) where value <> '0'))`,
  );
  return uncertified?.n ?? 0;
}

function faultOf(order: Order, keys: RootKeys | undefined): string | undefined {
  const { certificate } = order;
  if (!certificate) return underWay(order, keys) ? undefined : 'it was carried out, and has no certificate';
  const { content, keyId } = certificate;
  const differing = said.filter((one) => content[one] !== order[one]);
  if (content.order !== order.id || differing.length > 0)
    return `its certificate is of another one (${differing.join(', ') || 'order'})`;
  if (!keys) return undefined;
  if (!keys.has(keyId)) return `its certificate is signed with key ${keyId}, which is not at hand`;
  return isSignedBy(keys, canonical(content), certificate) ? undefined : 'the signature of its certificate is wrong';
}

/** Whether an order that has no certificate yet was cut off: what it emptied is said, and signed where the release signs it. */
function underWay({ id, pending, doneAt, isInOrder, emptied, ...order }: Order, keys: RootKeys | undefined): boolean {
  const { at, what, bytes, cases, seal } = pending ?? {};
  if (!isInOrder || at === undefined || doneAt === null || Date.parse(at) !== Date.parse(doneAt)) return false;
  if (!what || !Array.isArray(bytes) || !Array.isArray(cases)) return false;
  const isSaid = Object.values(what).every((n) => n === 0) || emptied.some((one) => isDeepStrictEqual(one, what));
  const { kind, ref, askedBy, basis, proposedBy, confirmedBy } = order;
  const text = () => begunText(id, { kind, ref, askedBy, basis, proposedBy, confirmedBy }, { at, what, bytes, cases });
  return isSaid && (!seal || !keys || isSignedBy(keys, text(), seal));
}
