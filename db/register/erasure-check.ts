import { verify } from 'node:crypto';
import type pg from 'pg';
import { canonical } from '../../domain/evidence/canonical.js';
import { rows } from '../pool.js';
import { type BoundRows } from './bound-words.js';
import { type Break } from './breaks.js';
import { type Certificate } from './erasure.js';
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

interface Order {
  readonly id: string;
  readonly kind: string;
  readonly ref: string;
  readonly askedBy: string;
  readonly basis: string;
  readonly proposedBy: string;
  readonly confirmedBy: string;
  readonly isPending: boolean;
  readonly certificate: Certificate | null;
}

const said = ['kind', 'ref', 'askedBy', 'basis', 'proposedBy', 'confirmedBy'] as const;

/**
 * Orders of erasure that were carried out, against their certificates: what each says, and that a key of this installation signed it. Answers how many erasures no
 * certificate speaks of.
 */
export async function verifyErasures(
  client: pg.PoolClient,
  keys: RootKeys | undefined,
  report: (found: Break) => void,
): Promise<number> {
  const orders = await rows<Order & pg.QueryResultRow>(
    client,
    `select id::text as id, kind, ref, asked_by as "askedBy", basis, proposed_by as "proposedBy", decided_by as "confirmedBy",
       pending is not null as "isPending", certificate from erasure_order where status = 'done' order by done_at, id`,
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
     where not exists (select from erasure_order o where o.kind = e.kind and o.ref = e.ref and o.status = 'done')`,
  );
  return uncertified?.n ?? 0;
}

function faultOf(order: Order, keys: RootKeys | undefined): string | undefined {
  const { certificate, isPending } = order;
  if (!certificate) return isPending ? undefined : 'it was carried out, and has no certificate';
  const { content, signature, keyId } = certificate;
  const differing = said.filter((one) => content[one] !== order[one]);
  if (content.order !== order.id || differing.length > 0)
    return `its certificate is of another one (${differing.join(', ') || 'order'})`;
  if (!keys) return undefined;
  const key = keys.get(keyId);
  if (!key) return `its certificate is signed with key ${keyId}, which is not at hand`;
  return verify(null, Buffer.from(canonical(content)), key, Buffer.from(signature, 'base64'))
    ? undefined
    : 'the signature of its certificate is wrong';
}
