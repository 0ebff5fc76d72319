import type pg from 'pg';
import { type Command, type Envelope } from '../../domain/case/commands.js';
import { documentsNamedIn, type NamedDocument } from '../../domain/case/procedure/named-documents.js';
import { type ScopeId } from '../../domain/case/scope.js';
import type { Neighbour } from '../../domain/case/site/rules.js';
import { type CaseState } from '../../domain/case/state.js';
import { refuse } from '../../domain/errors.js';
import { type Instant } from '../../domain/time/instants.js';
import { lawLock } from '../law/law.js';
import { genesis } from './chain-link.js';
import { type Kept, keptColumn, rememberedState, stateAtHead } from './kept-state.js';
import { neighboursOf } from './site-claims.js';

/** The same person and key was faster: the case is theirs. */
export class OpenedMeanwhile extends Error {
  constructor(readonly caseCode: string) {
    super('opened meanwhile');
  }
}

const receives = (command: Command): boolean =>
  command.type === 'receiveByDecision' || (command.type === 'completeTask' && command.completion.outcome === 'receive');

/** A case under the lock of its head. */
export interface Loaded {
  /** As the locked chain head has it; nobody changes it. */
  readonly before: CaseState;
  readonly kept: Kept;
  readonly neighbours: readonly Neighbour[];
  /** Of the documents that the command names. */
  readonly documentHashes: ReadonlyMap<string, string>;
  /** Of those commands of the turn that were accepted before; none, or the first at least. */
  readonly answers: readonly StoredAnswer[];
  /** It stays at this one until the transaction ends. */
  readonly lawVersion: number;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export interface StoredAnswer {
  readonly bodyHash: string;
  readonly caseSeq: number;
  readonly firstSeq: number;
  readonly nextAt: Record<ScopeId, Instant | null>;
}

/** What the first round trip asks for. */
type Part = 'opening' | 'head' | 'operation' | 'law' | 'neighbours' | 'documents';

/**
 * One round trip: begin, lock the chain head, and only then (each statement sees what was committed before it began) read the state and look the
 * operation up. So neither can be stale.
 */
export async function lockAndLoad(
  client: pg.PoolClient,
  { caseCode, operationId, command, then = [] }: Envelope,
  opening: { readonly person: string; readonly key: string } | undefined,
): Promise<Loaded> {
  const code = client.escapeLiteral(caseCode);
  const base = rememberedState(caseCode);
  const statements: { readonly text: string; readonly name?: Part }[] = [
    { text: 'begin' },
    { text: `select pg_advisory_xact_lock_shared(${lawLock})` },
  ];
  if (command.type === 'openCase') {
    statements.push({
      text: `insert into case_head (code, kind, seq, hash, status, lane, pathway, investor, managed)
       values (${code}, 'green-lane', 0, '\\x${genesis.toString('hex')}', 'open', 'undecided', 'standard', '', true)
       on conflict do nothing`,
    });
  }
  if (opening) {
    const [person, key] = [client.escapeLiteral(opening.person), client.escapeLiteral(opening.key)];
    statements.push(
      {
        text: `insert into opening (person, key, case_code) values (${person}, ${key}, ${code}) on conflict do nothing`,
      },
      { name: 'opening', text: `select case_code as opened from opening where person = ${person} and key = ${key}` },
    );
  }
  statements.push(
    // Not `for update`: that would wait for every row just being projected that refers to the case, and the key never changes.
    { text: `select 1 from case_head where code = ${code} for no key update` },
    {
      name: 'head',
      text: `select ${keptColumn(literalOf(client, base))} as kept from case_head h where h.code = ${code}`,
    },
    {
      name: 'operation',
      text: `select operation_id, case_code, body_hash, answer from operation where operation_id in (${[operationId, ...then.map((one) => one.operationId)].map((id) => client.escapeLiteral(id)).join(', ')})`,
    },
    { name: 'law', text: 'select version as law from catalogue_rules' },
  );
  if (receives(command)) statements.push({ name: 'neighbours', text: neighboursOf(code) });
  const named = documentsNamedIn(command).filter((id) => uuid.test(id));
  if (named.length > 0) {
    const ids = named.map((id) => client.escapeLiteral(id)).join(', ');
    statements.push({ name: 'documents', text: `select id::text as id, sha256 from document where id in (${ids})` });
  }
  const results = (await client.query(statements.map(({ text }) => text).join('; '))) as unknown as pg.QueryResult[];
  const found = <Row>(name: Part): Row[] =>
    (results[statements.findIndex((one) => one.name === name)]?.rows ?? []) as Row[];
  const opened = found<{ opened: string }>('opening')[0]?.opened;
  if (opening && opened !== undefined && opened !== caseCode) throw new OpenedMeanwhile(opened);
  const [head] = found<{ kept: Kept }>('head');
  if (!head) return refuse('NOT_FOUND', { case: caseCode });
  const known = new Map(found<StoredOperation>('operation').map((one) => [one.operation_id, one]));
  const stored = takeWhile([operationId, ...then.map((one) => one.operationId)], (id) => known.get(id));
  if (stored.some((one) => one.case_code !== caseCode)) refuse('IDEMPOTENCY_KEY_REUSED', { operation: operationId });
  return {
    before: await stateAtHead(client, head.kept, base),
    kept: head.kept,
    neighbours: found<Neighbour>('neighbours'),
    documentHashes: new Map(found<NamedDocument>('documents').map(({ id, sha256 }) => [id, sha256])),
    answers: stored.map(answerOf),
    lawVersion: found<{ law: number }>('law')[0]?.law ?? 0,
  };
}

/** What `find` finds for each, up to the first for which it finds nothing. */
function takeWhile<T, Found>(list: readonly T[], find: (one: T) => Found | undefined): Found[] {
  const taken: Found[] = [];
  for (const one of list) {
    const found = find(one);
    if (found === undefined) break;
    taken.push(found);
  }
  return taken;
}

export const answerOf = ({ body_hash: bodyHash, answer }: StoredOperation): StoredAnswer => ({ bodyHash, ...answer });

export interface StoredOperation {
  readonly operation_id: string;
  readonly case_code: string;
  readonly body_hash: string;
  readonly answer: Omit<StoredAnswer, 'bodyHash'>;
}

const literalOf = (client: pg.PoolClient, base: ReturnType<typeof rememberedState>) => ({
  seq: base ? String(base.seq) : 'null::int',
  hash: base ? client.escapeLiteral(base.hash) : 'null::text',
});
