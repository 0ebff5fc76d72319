import { isDeepStrictEqual } from 'node:util';
import pg from 'pg';
import { type Law } from '../../domain/law/law.js';
import { procedureScopeOf } from '../../domain/case/scope.js';
import { type CaseState, foldVersion } from '../../domain/case/state.js';
import { type Instant } from '../../domain/time/instants.js';
import { boundDifferences, type BoundRows, Pointers, unboundNumbers } from './bound-words.js';
import { type Break, type BreakReason } from './breaks.js';
import { createOpener, openingColumns, openingJoin, type TextRow } from './case-keys.js';
import { businessNow } from './business-clock.js';
import { isRegisterUnavailable } from '../failures.js';
import { type MasterKeys } from '../../ops/master-keys.js';
import { checkKept, type KeptDocument, sealColumn, sealOf, type StoredSeal } from './kept-files.js';
import { differencesOf, type Folded, type KeptRows } from './kept-rows.js';
import { loadLaw } from '../law/law.js';
import { masterKeysFor, rollback, rows } from '../pool.js';
import { projectorReader } from '../projection/projector.js';
import { differencesFromRebuild, prepareRebuild } from './rebuilt-rows.js';
import { unexplained, verifyErasures } from './erasure-check.js';
import { verifyInstructions } from './instruction-chain.js';
import { verifyLeadershipActs } from './leadership-acts.js';
import { type LogCheck, verifyLog } from './log/check.js';
import { verifySealedPapers } from './sealed-papers.js';
import { verifyTallies } from './tally-check.js';
import { type RootCheck, verifyRoots } from './root-check.js';
import { type StoredEvent, Walk } from './chain-walk.js';

export interface Verification {
  readonly cases: number;
  readonly events: number;
  readonly roots: number;
  /** Leaves of the transparency log. */
  readonly leaves: number;
  /** Of these, leaves whose events a restore lost, as the register says. */
  readonly lostLeaves: number;
  readonly documents: number;
  /** Papers as they were sealed. */
  readonly papers: number;
  /** Documents that old events name without the hash of their bytes: the register alone says what they were. */
  readonly unboundDocuments: number;
  /** Numbers of papers that old events do not say: the register alone does. */
  readonly unboundNumbers: number;
  /** Filings, words and names that were erased: their hashes stand. */
  readonly erased: number;
  /** Erasures of which no certificate of destruction speaks: whoever owns the tables carried them out without an order. */
  readonly uncertified: number;
  /** Texts whose key is not at hand: that they are there was checked, not what they say. */
  readonly unopened: number;
  /** Cases whose last events the projector has not projected yet: their projections were not compared. */
  readonly unprojected: number;
  /** In the order in which they were found. */
  readonly broken: readonly Break[];
}

export interface VerifyOptions {
  /** Left out: roots are not checked. */
  readonly rootsFolder?: string;
  readonly witness?: string;
  readonly keys?: RootCheck['keys'];
  readonly periods?: RootCheck['periods'];
  /** Left out: the transparency log is not checked. */
  readonly log?: Omit<LogCheck, 'only'>;
  /** Left out: the bytes of documents are not checked. */
  readonly documentsFolder?: string;
  readonly caseCode?: string;
  /** Told at once of each. */
  readonly onBreak?: (found: Break) => void;
}

// Small, so that no transaction comes near two seconds: the rebuild writes, and a writer holds up every reader of the feed.
const casesAtOnce = 10;
const eventsAtOnce = 500;

/**
 * Checks the evidence: every chain (sequence, links, hashes, columns), what the events point at (filing, words, names, documents and their bytes), what the register
 * keeps beside them (state, tasks, clocks, access, mailboxes, every projection) against the fold, sealed papers, acts of leadership, and the roots. Goes on after
 * whatever cannot be read. Reads one
 * consistent snapshot for some cases at a time, and of each case some events at a time.
 */
export async function verifyChains(pool: pg.Pool, options: VerifyOptions = {}): Promise<Verification> {
  const { law } = await loadLaw(pool);
  // A session of its own: tables and plans of the rebuild must not meet those of anybody else.
  const own = new pg.Pool({ ...pool.options, max: 1 });
  // A session that breaks is told by the query that needed it; one that breaks after the last query is nobody's loss.
  own.on('error', () => undefined);
  const client = await own.connect();
  try {
    await client.query(
      `set statement_timeout = 0; set idle_in_transaction_session_timeout = '60s'; set transaction_timeout = '10min'`,
    );
    await prepareRebuild(client);
    return await new Check(client, law, await businessNow(pool), options, masterKeysFor(pool)).run();
  } finally {
    client.release(true);
    await own.end();
  }
}

/** As the statement gives it: texts are still to be opened. */
interface StoredCase extends Omit<KeptCase, 'texts'> {
  readonly texts: readonly (TextRow & Pick<BoundRows['texts'][number], 'hash' | 'erased'>)[];
}

interface KeptCase extends KeptRows, Omit<BoundRows, 'documents'> {
  readonly seq: number;
  readonly hash: string;
  readonly state: CaseState | null;
  readonly stateSeq: number;
}

type DocumentRows = readonly (BoundRows['documents'][number] & Pick<KeptDocument, 'seal'>)[];

const fileOf = ({ sha256, seal }: KeptDocument): string => (seal === null ? sha256 : `${sha256}.${seal.id}`);

class Check {
  private readonly broken: Break[] = [];
  private cases = 0;
  private events = 0;
  private unboundDocuments = 0;
  private unboundNumbers = 0;
  private erased = 0;
  private unopened = 0;
  private unprojected = 0;
  /** Of the documents met so far, by their file; as many as fit. */
  private readonly files = new Map<string, Awaited<ReturnType<typeof checkKept>>>();
  private documents = 0;

  constructor(
    private readonly client: pg.PoolClient,
    private readonly law: Law,
    private readonly now: Instant,
    private readonly options: VerifyOptions,
    private readonly masterKeys: MasterKeys | undefined,
  ) {}

  private readonly report = (found: Break): void => {
    this.broken.push(found);
    this.options.onBreak?.(found);
  };

  async run(): Promise<Verification> {
    for (let after = ''; ;) {
      const codes = await rows<{ code: string }>(
        this.client,
        'select code from case_head where code > $1 and ($2::text is null or code = $2) order by code limit $3',
        [after, this.options.caseCode ?? null, casesAtOnce],
      );
      const last = codes.at(-1);
      if (!last) break;
      await this.page(codes.map(({ code }) => code));
      after = last.code;
    }
    await this.orphans();
    const papers = await verifySealedPapers(this.client, this.options.caseCode, this.report);
    if (this.options.caseCode === undefined) {
      await this.otherDocuments();
      await verifyLeadershipActs(this.client, this.report);
      await verifyInstructions(this.client, this.report);
      await verifyTallies(this.client, this.report);
    }
    const uncertified =
      this.options.caseCode === undefined ? await verifyErasures(this.client, this.options.keys, this.report) : 0;
    const { rootsFolder: folder, witness, keys, periods, caseCode: only } = this.options;
    const places = { ...(witness !== undefined && { witness }), keys, periods, only };
    const roots = folder === undefined ? 0 : await verifyRoots(this.client, { folder, ...places }, this.report);
    const { log } = this.options;
    const { leaves, lost: lostLeaves } = log
      ? await verifyLog(this.client, { ...log, only }, this.report)
      : { leaves: 0, lost: 0 };
    return {
      cases: this.cases,
      events: this.events,
      roots,
      leaves,
      lostLeaves,
      documents: this.documents,
      papers,
      unboundDocuments: this.unboundDocuments,
      unboundNumbers: this.unboundNumbers,
      erased: this.erased,
      uncertified,
      unopened: this.unopened,
      unprojected: this.unprojected,
      broken: this.broken,
    };
  }

  /** Where one case of the page cannot be read, the others are looked at one by one. */
  private async page(codes: readonly string[]): Promise<void> {
    let found: Awaited<ReturnType<Check['snapshot']>>;
    try {
      found = await this.snapshot(codes);
    } catch (error) {
      if (isRegisterUnavailable(error)) throw error;
      if (codes.length > 1) {
        for (const code of codes) await this.page([code]);
        return;
      }
      this.cases += 1;
      const detail = error instanceof Error ? error.message : String(error);
      return this.report({ caseCode: codes[0] ?? null, seq: null, reason: 'unreadable', detail });
    }
    this.cases += codes.length;
    this.events += found.events;
    this.erased += found.erased;
    this.unprojected += found.unprojected;
    found.broken.forEach(this.report);
    for (const { code, pointers, documents } of found.bound) await this.bytesOf(code, pointers, documents);
  }

  private async snapshot(codes: readonly string[]) {
    const broken: Break[] = [];
    const bound: { code: string; pointers: Pointers; documents: DocumentRows }[] = [];
    let events = 0;
    let erased = 0;
    const projected: Folded[] = [];
    await this.client.query('begin isolation level repeatable read, read only');
    try {
      const behind = await this.behindProjector(codes);
      for (const code of codes) {
        const one = await this.one(code);
        events += one.events;
        erased += one.erased;
        broken.push(...one.broken);
        if (!one.folded) continue;
        bound.push({ code, pointers: one.pointers, documents: one.documents });
        if (!behind.has(code)) projected.push(one.folded);
      }
      const states = projected.map(({ state }) => state);
      for (const { caseCode, scope, reason, detail } of await differencesFromRebuild(this.client, this.law, states)) {
        const folded = projected.find(({ state }) => state.code === caseCode);
        broken.push({ caseCode, seq: folded ? seqOf(folded, scope, reason) : null, reason, detail });
      }
      await this.client.query('commit');
      return { broken, bound, events, erased, unprojected: behind.size };
    } catch (error) {
      await rollback(this.client);
      throw error;
    }
  }

  private async behindProjector(codes: readonly string[]): Promise<Set<string>> {
    const found = await rows<{ code: string }>(
      this.client,
      `select e.case_code as code from case_head h join case_event e on e.case_code = h.code and e.seq = h.seq
       left join feed_cursor f on f.reader = $2
       where h.code = any ($1) and (f.reader is null or (e.epoch, e.xid, e.id) > (f.epoch, f.xid, f.id))`,
      [codes, projectorReader],
    );
    return new Set(found.map(({ code }) => code));
  }

  /** One case in the snapshot that is open. `folded` is left out where its chain does not hold: nothing can be compared with it. */
  private async one(code: string) {
    const broken: Break[] = [];
    const add = (seq: number | null, reason: BreakReason, detail: string) =>
      broken.push({ caseCode: code, seq, reason, detail });
    const kept = await this.kept(code);
    this.unopened += kept.texts.filter(({ seal }) => seal === 'away').length;
    const pointers = new Pointers();
    const walk = new Walk(code, this.law, pointers, add, kept.state?.seq ?? 0);
    for (let after = 0; walk.holds;) {
      const stored = await this.eventsAfter(code, after);
      for (const row of stored) if (walk.holds) walk.take(row);
      if (stored.length < eventsAtOnce) break;
      after = stored.at(-1)?.seq ?? after;
    }
    if (walk.holds && (kept.seq !== walk.seq || kept.hash !== walk.hash.toString('hex'))) {
      walk.holds = false;
      add(Math.min(kept.seq, walk.seq + 1), 'head-differs', `head at ${kept.seq}, last event ${walk.seq}`);
    }
    const erased = [...kept.texts, ...kept.names, ...kept.batches, ...(kept.filing ? [kept.filing] : [])].filter(
      (row) => row.erased,
    ).length;
    if (!walk.holds) return { broken, events: walk.seq, erased, pointers, documents: [], folded: undefined };
    this.unboundNumbers += unboundNumbers(pointers, kept);
    const documents = await this.documentRows([...pointers.documents.keys()]);
    const folded = walk.folded();
    // One of another fold is folded anew before anybody decides by it (db/register/refold.ts).
    const isCurrent = kept.state?.fold === foldVersion;
    if (isCurrent && !isDeepStrictEqual(kept.state, walk.stateThen))
      add(null, 'state-differs', 'the state is not the fold of the events');
    // One that is older than it says would miss events; a program of an older release leaves a younger one behind.
    else if (kept.state !== null && kept.stateSeq > kept.state.seq)
      add(null, 'state-differs', 'the state is not of the event that it says');
    for (const { seq, reason, detail } of boundDifferences(pointers, { ...kept, documents })) add(seq, reason, detail);
    for (const what of await unexplained(this.client, code, { ...kept, documents }))
      add(null, 'erased-unknown', `${what} was emptied`);
    for (const { seq, reason, detail } of differencesOf(folded, kept, this.law, this.now)) add(seq, reason, detail);
    return { broken, events: walk.seq, erased, pointers, documents, folded };
  }

  private eventsAfter(code: string, after: number): Promise<StoredEvent[]> {
    return rows(
      this.client,
      `select seq, scope, type, actor, occurred_at as "occurredAt", recorded_at as "recordedAt", canonical, hash, prev_hash as previous
       from case_event where case_code = $1 and seq > $2 order by seq limit $3`,
      [code, after === 0 ? -2_147_483_648 : after, eventsAtOnce],
      'verify-events',
    );
  }

  private async kept(code: string): Promise<KeptCase> {
    const list = (table: string) =>
      `(select coalesce(json_agg(to_jsonb(t)), '[]') from ${table} t where t.case_code = h.code)`;
    const [found] = await rows<StoredCase & pg.QueryResultRow>(
      this.client,
      `select h.seq, encode(h.hash, 'hex') as hash, h.state, h.state_seq as "stateSeq", to_jsonb(h) - 'state' - 'hash' as header, ${list('task')} as tasks,
         ${list('scope')} as scopes, ${list('clock')} as clocks, ${list('case_agency')} as agencies, ${list('site_claim')} as claims,
         ${list('form_number')} as numbers, ${list('dossier_status')} as statuses,
         (select coalesce(json_agg(r.person), '[]') from recusal r where r.case_code = h.code) as recusals,
         (select coalesce(json_agg(json_build_object('documentId', u.document_id, 'seq', u.seq, 'procedure', u.procedure, 'internal', u.internal)), '[]')
           from document_use u where u.case_code = h.code) as uses,
         (select coalesce(json_agg(s.person), '[]') from council_seat s where s.case_code = h.code) as seats,
         (select coalesce(json_agg(json_build_object('scope', d.scope, 'seq', d.seq, 'prev', d.prev)), '[]') from delivery d where d.case_code = h.code)
           as deliveries,
         (select json_build_object('body', f.body, 'nameVi', f.name_vi, 'nameEn', f.name_en, 'erased', f.erased_at is not null)
           from filing f where f.case_code = h.code) as filing,
         (select coalesce(json_agg(x order by x.id), '[]') from (
           select t.id, t.hash, t.erased_at is not null as erased, ${openingColumns} from case_text t ${openingJoin} where t.case_code = h.code) x) as texts,
         (select coalesce(json_agg(json_build_object('kind', n.kind, 'subject', n.subject, 'seq', n.seq, 'body', n.body, 'salt', n.salt, 'hash', n.hash,
           'erased', n.erased_at is not null) order by n.seq, n.subject), '[]') from case_name n where n.case_code = h.code) as names,
         (select coalesce(json_agg(json_build_object('seq', b.seq, 'readings', b.readings, 'salt', b.salt, 'hash', b.hash, 'erased', b.erased_at is not null)),
           '[]') from trial_batch b where b.case_code = h.code) as batches
       from case_head h where h.code = $1`,
      [code],
      'verify-kept',
    );
    if (!found) throw new Error('the case is gone');
    const open = createOpener(this.masterKeys);
    const texts: BoundRows['texts'][number][] = [];
    for (const row of found.texts) {
      const { id, hash, erased } = row;
      const opened = await open(code, row);
      if (opened.state === 'open') texts.push({ id, hash, erased, body: opened.body, salt: opened.salt, seal: null });
      else
        texts.push({ id, hash, erased, body: null, salt: null, seal: opened.state === 'erased' ? null : opened.state });
    }
    return { ...found, texts };
  }

  private async documentRows(ids: readonly string[]): Promise<DocumentRows> {
    const proper = ids.filter((id) => uuid.test(id));
    if (proper.length === 0) return [];
    const found = await rows<BoundRows['documents'][number] & { seal: StoredSeal | null } & pg.QueryResultRow>(
      this.client,
      `select id::text as id, sha256, erased_at is not null as erased, ${sealColumn} from document where id = any ($1::uuid[])`,
      [proper],
    );
    return found.map((row) => ({ ...row, seal: sealOf(row.seal) }));
  }

  // Documents -------------------------------------------------------------------------------------------------------------------------------

  private async bytesOf(code: string, pointers: Pointers, kept: DocumentRows): Promise<void> {
    const inRegister = new Map(kept.map((row) => [row.id, row]));
    for (const [id, { seq, sha256 }] of pointers.documents) {
      const row = inRegister.get(id);
      if (row?.erased) this.erased += 1;
      const hash = sha256 ?? row?.sha256;
      if (hash === undefined || row?.erased) continue; // told above, no upload of ours, or erased with its bytes
      if (sha256 === undefined) this.unboundDocuments += 1;
      await this.bytes({ sha256: hash, seal: row?.seal ?? null }, id, code, seq);
    }
  }

  private async bytes(kept: KeptDocument, id: string, caseCode: string | null, seq: number | null): Promise<void> {
    const { documentsFolder: folder } = this.options;
    if (folder === undefined) return;
    const known = this.files.get(fileOf(kept));
    const found = known ?? (await checkKept(folder, kept, this.masterKeys));
    if (this.files.size < 50_000) this.files.set(fileOf(kept), found);
    if (known === undefined) this.documents += 1;
    if (known === undefined && found === 'away') this.unopened += 1;
    if (found === 'same' || found === 'away') return;
    const reason = found === 'missing' ? 'document-missing' : 'document-differs';
    const detail = `document ${id}: its bytes are ${found === 'differs' ? 'others' : found}`;
    this.report({ caseCode, seq, reason, detail });
  }

  /** Uploads that no case rests on yet. */
  private async otherDocuments(): Promise<void> {
    for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
      const page = await rows<{ id: string; sha256: string; seal: StoredSeal | null }>(
        this.client,
        `select document.id::text as id, sha256, ${sealColumn} from document where document.id > $1::uuid and erased_at is null
         order by document.id limit 500`,
        [after],
      );
      const last = page.at(-1);
      if (!last) return;
      for (const { id, sha256, seal } of page) {
        const kept = { sha256, seal: sealOf(seal) };
        if (!this.files.has(fileOf(kept))) await this.bytes(kept, id, null, null);
      }
      after = last.id;
    }
  }

  /** Rows of cases there are none of would need no head; foreign keys forbid most, these tables have none. */
  private async orphans(): Promise<void> {
    for (const table of ['delivery', 'council_seat']) {
      const found = await rows<{ code: string }>(
        this.client,
        `select distinct t.case_code as code from ${table} t left join case_head h on h.code = t.case_code
         where h.code is null and ($1::text is null or t.case_code = $1) order by 1 limit 1000`,
        [this.options.caseCode ?? null],
      );
      for (const { code } of found)
        this.report({
          caseCode: code,
          seq: null,
          reason: 'projection-differs',
          detail: `${table}: there is no such case`,
        });
    }
  }
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The event that brought a projected row about, as near as its scope tells. */
function seqOf({ state, last, decided }: Folded, scope: string | null, reason: BreakReason): number {
  if (scope === null) return state.seq;
  const decision = reason === 'decision-differs' ? decided.get(scope) : undefined;
  return decision ?? last.get(scope)?.seq ?? last.get(procedureScopeOf(scope))?.seq ?? state.seq;
}
