import type pg from 'pg';
import { locks } from '../locks.js';
import { type Command, type Envelope } from '../../domain/case/commands.js';
import { documentsNamedIn, type NamedDocument } from '../../domain/case/procedure/named-documents.js';
import { type ScopeId } from '../../domain/case/scope.js';
import type { Neighbour } from '../../domain/case/site/rules.js';
import { type CaseState } from '../../domain/case/state.js';
import { refuse } from '../../domain/errors.js';
import { type Instant } from '../../domain/time/instants.js';
import { genesis } from './chain-link.js';
import { type BusinessClock } from './business-clock.js';
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

/** What the operation of a person's act begins with; its Idempotency-Key follows. */
const operationPrefix = (person: string): string => `person/${person}/`;

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
  /** As it stands under the lock. */
  readonly clock: BusinessClock;
  /** When the command reached the register, before it waited for the lock: by it a person's act is dated. */
  readonly admittedAt: Instant;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export interface StoredAnswer {
  readonly bodyHash: string;
  readonly caseSeq: number;
  readonly firstSeq: number;
  readonly nextAt: Record<ScopeId, Instant | null>;
}

/** What the first round trip asks for. */
type Part = 'opening' | 'head' | 'neighbours' | 'documents';

interface Head extends BusinessClock {
  readonly kept: Kept;
  readonly law: number;
  readonly operations: readonly StoredOperation[];
  /** The person's key answered a request that was no act of a case. */
  readonly taken: boolean;
  readonly admittedAt: Instant;
}

// What every command asks, planned once per session. Not `for update`: that would wait for every row just being projected that refers to the case, and the key
// never changes.
const prepared = {
  lockLaw: `select pg_advisory_xact_lock_shared(${locks.law})`,
  lockCase: 'select 1 from case_head where code = $1 for no key update',
  load: `select ${keptColumn({ seq: '$2::int', hash: '$3::text' })} as kept, (select version from catalogue_rules) as law,
    (select coalesce(json_agg(o), '[]') from (
      select operation_id, case_code, body_hash, answer from operation where operation_id = any ($4::text[])) o) as operations,
    exists (select from person_request p where p.person = $5 and p.key = $6) as taken,
    c.mode, coalesce(c.now, clock_timestamp()) as now, coalesce(c.now, transaction_timestamp()) as "admittedAt"
    from case_head h cross join rehearsal_clock c where h.code = $1`,
};
type Prepared = Readonly<Record<keyof typeof prepared, string>>;
const known = new WeakMap<pg.PoolClient, Prepared>();
let sessions = 0;

/** The names under which this session has them. One that failed half-way has others at its next attempt. */
async function preparedIn(client: pg.PoolClient): Promise<Prepared> {
  const found = known.get(client);
  if (found) return found;
  const n = ++sessions;
  const names = { lockLaw: `lock_law_${n}`, lockCase: `lock_case_${n}`, load: `load_case_${n}` };
  await client.query(
    `prepare ${names.lockLaw} as ${prepared.lockLaw}; prepare ${names.lockCase} (text) as ${prepared.lockCase};
     prepare ${names.load} (text, int, text, text[], text, text) as ${prepared.load}`,
  );
  known.set(client, names);
  return names;
}

/**
 * One round trip: begin, lock the chain head, and only then (each statement sees what was committed before it began) read the state and look the
 * operation up. So neither can be stale.
 */
export async function lockAndLoad(
  client: pg.PoolClient,
  asked: Pick<Envelope, 'caseCode' | 'operationId' | 'command' | 'actor' | 'then'>,
  opening: { readonly person: string; readonly key: string } | undefined,
): Promise<Loaded> {
  const { caseCode, operationId, command, then = [] } = asked;
  const code = client.escapeLiteral(caseCode);
  const base = rememberedState(caseCode);
  const names = await preparedIn(client);
  const operations = [operationId, ...then.map((one) => one.operationId)];
  const statements: { readonly text: string; readonly name?: Part }[] = [
    { text: 'begin' },
    { text: `execute ${names.lockLaw}` },
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
  const quoted = operations.map((id) => client.escapeLiteral(id)).join(', ');
  const [seq, hash] = base ? [base.seq, client.escapeLiteral(base.hash)] : ['null', 'null'];
  const [person, key] = requestOf(asked)?.map((one) => client.escapeLiteral(one)) ?? ['null', 'null'];
  statements.push(
    { text: `execute ${names.lockCase} (${code})` },
    { name: 'head', text: `execute ${names.load} (${code}, ${seq}, ${hash}, array[${quoted}], ${person}, ${key})` },
  );
  if (receives(command)) statements.push({ name: 'neighbours', text: neighboursOf(code) });
  const named = documentsNamedIn(command).filter((id) => uuid.test(id));
  if (named.length > 0) {
    const ids = named.map((id) => client.escapeLiteral(id)).join(', ');
    statements.push({
      name: 'documents',
      text: `select id::text as id, sha256, erased_at is not null as erased from document where id in (${ids}) order by id for share`,
    });
  }
  const results = (await client.query(statements.map(({ text }) => text).join('; '))) as unknown as pg.QueryResult[];
  const found = <Row>(name: Part): Row[] =>
    (results[statements.findIndex((one) => one.name === name)]?.rows ?? []) as Row[];
  const opened = found<{ opened: string }>('opening')[0]?.opened;
  if (opening && opened !== undefined && opened !== caseCode) throw new OpenedMeanwhile(opened);
  const [head] = found<Head>('head');
  if (!head) return refuse('NOT_FOUND', { case: caseCode });
  if (head.taken) return refuse('IDEMPOTENCY_KEY_REUSED', { operation: operationId });
  const done = new Map(head.operations.map((one) => [one.operation_id, one]));
  const stored = takeWhile(operations, (id) => done.get(id));
  if (stored.some((one) => one.case_code !== caseCode)) refuse('IDEMPOTENCY_KEY_REUSED', { operation: operationId });
  const documents = found<NamedDocument & { readonly erased: boolean }>('documents');
  // An erasure waits for whoever names a document, or comes before: nothing rests on bytes that are gone.
  const erased = stored.length < operations.length ? documents.find((one) => one.erased) : undefined;
  if (erased) refuse('NOT_FOUND', { document: erased.id });
  return {
    before: await stateAtHead(client, head.kept, base),
    kept: head.kept,
    neighbours: found<Neighbour>('neighbours'),
    documentHashes: new Map(documents.map(({ id, sha256 }) => [id, sha256])),
    answers: stored.map(answerOf),
    lawVersion: head.law,
    clock: { mode: head.mode, now: head.now },
    admittedAt: head.admittedAt,
  };
}

/** Whose request an act is, and under which key; undefined of what no request is. */
function requestOf({ actor, operationId }: Pick<Envelope, 'actor' | 'operationId'>): [string, string] | undefined {
  if (actor.kind !== 'person') return undefined;
  const whose = operationPrefix(actor.id);
  return operationId.startsWith(whose) ? [actor.id, operationId.slice(whose.length)] : undefined;
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
