import { createHash, randomBytes } from 'node:crypto';
import type pg from 'pg';
import { caseCode as newCaseCode, dossierCode } from '../../domain/case/case/code.js';
import { type Envelope, type PersonCommand } from '../../domain/case/commands.js';
import { type Actor, type CaseEvent, type Delivery } from '../../domain/case/events.js';
import { isPatient } from '../../domain/case/event-table.js';
import { documentsNamed } from '../../domain/case/procedure/documents.js';
import { execute, type Outcome } from '../../domain/case/execute.js';
import { type Law } from '../../domain/law/law.js';
import { papersIssued, withNumbers } from '../../domain/case/case/paper-numbers.js';
import { namesNeeded } from '../../domain/case/case/names-then.js';
import { type ScopeId } from '../../domain/case/scope.js';
import { foldVersion, type CaseState } from '../../domain/case/state.js';
import { type Refusal, refuse } from '../../domain/errors.js';
import { dateOf, type Instant, type PlainDate } from '../../domain/time/instants.js';
import { canonicalEvent, eventOf, linkHash } from './chain-link.js';
import { type MasterKeys } from '../../ops/master-keys.js';
import { currentRequest } from '../../ops/request-context.js';
import { inSpan } from '../../ops/tracing.js';
import { answerOf, lockAndLoad, OpenedMeanwhile, type StoredAnswer, type StoredOperation } from './door-load.js';
import { type OnBehalfOf, writeCommand } from './door-write.js';
import { type KeptPin } from '../people/pins.js';
import { sealTexts } from './case-keys.js';
import { callItems, dutyItem } from './agenda.js';
import { type BusinessClock } from './business-clock.js';
import { asRefusal, isCollision } from '../failures.js';
import { type TakenScope } from '../../engine/register/hand-over.js';
import { type LoadedLaw } from '../law/law.js';
import { type LawSource } from '../law/live-law.js';
import { copyOf, type Kept, keptEvery, readState, rememberState } from './kept-state.js';
import { searchText } from '../../domain/search-text.js';
import { type NumberedPaper, takeNumbers } from './form-numbers.js';
import { masterKeysFor, rollback, rows } from '../pool.js';
import { claimRows, siteRows } from './site-claims.js';
import { statusRows } from './status-rows.js';
import { agenciesOf, worklistRows } from './worklist-rows.js';

/** The answer of an accepted command; the same operation gives it again, `replayed`. */
export interface Accepted {
  readonly caseCode: string;
  /** The case's sequence when the command was done. */
  readonly caseSeq: number;
  /** What happened, «due first» included; empty where nothing had to. */
  readonly events: readonly CaseEvent[];
  /** What was put into which mailbox. */
  readonly deliveries: readonly { readonly scope: ScopeId; readonly delivery: Delivery }[];
  /** Earliest instant that matters, of every open scope of the case. */
  readonly nextAt: Readonly<Record<ScopeId, Instant | null>>;
  readonly replayed: boolean;
  /** How many commands of a turn were accepted. */
  readonly done: number;
  /** Why the next one was refused; null where nothing was. */
  readonly stopped: Refusal | null;
}

/** A command as it comes to the door. Without a date an act of a person is dated when it reaches the register, whatever it waits for then; all else when its case is locked. */
export type Undated = Omit<Envelope, 'occurredAt'> & Partial<Pick<Envelope, 'occurredAt'>>;

/** What `handle` answers: the business clock, too, as it stood when the case was locked. */
export interface Handled extends Accepted {
  readonly clock: BusinessClock;
}

/** What is kept beside the events of a new case, in the same transaction: the only place of names. */
export interface Attachments {
  readonly filing?: {
    readonly body: unknown;
    readonly nameVi: string;
    readonly nameEn: string;
    readonly search: string;
  };
  readonly pin?: KeptPin;
  /** The draft that is filed: `draft_version` is violated where it was changed, discarded or filed meanwhile. */
  readonly draft?: { readonly id: string; readonly version: number };
}

export interface Opening {
  readonly command: Extract<PersonCommand, { type: 'openCase' }>;
  readonly actor: Extract<Actor, { kind: 'person' }>;
  /** Idempotency-Key: (person, key) leads to one case for ever. */
  readonly key: string;
  readonly bodyHash: string;
  readonly occurredAt: Instant;
  /** Called once the code is known, before the transaction; never kept where the case was open already. */
  readonly attach?: (caseCode: string) => Attachments | Promise<Attachments>;
}

/** The only way a case changes. */
export interface Door {
  /**
   * One command, one transaction: settle what fell due, decide, write, answer. Throws a `Refusal`: of the rules (what fell due stands all the same),
   * `IDEMPOTENCY_KEY_REUSED`, `NOT_FOUND`, or `OVERLOADED` when the register has no time (nothing is known to be done: send the same again).
   */
  handle(envelope: Undated): Promise<Handled>;
  /** `openCase` under a fresh code; with the same person and key always the same case. */
  open(opening: Opening): Promise<Accepted>;
  /**
   * What the accepted command of this operation was answered; undefined where there was none. Nothing is written. Throws `IDEMPOTENCY_KEY_REUSED` where the operation
   * had another body.
   */
  answerTo(operationId: string, bodyHash: string): Promise<Accepted | undefined>;
  /** What the command would do to the case as it stands: the same rules, no lock, nothing written. Throws the `Refusal` it would throw. */
  preview(envelope: Envelope): Promise<readonly CaseEvent[]>;
}

export interface DoorOptions {
  readonly pool: pg.Pool;
  /** Asked for a newer one where the register has moved on: no command is decided by a law that no longer holds. */
  readonly law: LawSource;
  /**
   * Told after the commit which mailboxes have something to send, and which of them were taken for it to send from; the others somebody is sending from. Must not
   * throw and must not wait.
   */
  readonly handOver?: (scopes: ScopeId[], claimed: TakenScope[]) => void;
  /** Told after the commit of the new events, and whether something was put on the agenda beside calls; must not throw and must not wait. */
  readonly written?: (events: readonly CaseEvent[], planned: boolean) => void;
}

/** See `Door`. Two round trips per command, three where a code is allocated, and one more where words are sealed. */
export function createDoor({ pool, law, handOver, written }: DoorOptions): Door {
  const command = async (envelope: Undated, opening?: PreparedOpening): Promise<Handled> => {
    const admission: Admission = {};
    for (let attempt = 1; ; attempt++) {
      try {
        const claims = handOver !== undefined;
        const done = await inSpan(`door ${envelope.command.type}`, { 'case.code': envelope.caseCode }, () =>
          inDoor(pool, law.current(), { envelope, opening, claims, admission }),
        );
        const { accepted, toSend, claimed, written: events, planned, clock } = done;
        if (toSend.length > 0) handOver?.(toSend, claimed);
        if (events.length > 0) written?.(events, planned);
        return { ...accepted(), clock };
      } catch (error) {
        if (attempt < 4 && (await isWorthAnother(error, law))) continue;
        throw asRefusal(error);
      }
    }
  };
  return {
    handle: (envelope) => command(envelope),
    open: (opening) => openCase(pool, command, opening),
    answerTo: (operationId, bodyHash) => answerTo(pool, operationId, bodyHash),
    preview: (envelope) => preview(pool, law.current().law, envelope),
  };
}

/** The register's law is newer than the one at hand: decided by that one, nothing would be right. */
class LawMovedOn extends Error {
  constructor(readonly version: number) {
    super(`the law is at version ${version}`);
  }
}

async function isWorthAnother(error: unknown, law: LawSource): Promise<boolean> {
  if (!(error instanceof LawMovedOn)) return isCollision(error);
  await law.atLeast(error.version);
  return true;
}

async function answerTo(pool: pg.Pool, operationId: string, bodyHash: string): Promise<Accepted | undefined> {
  try {
    const [stored] = await rows<StoredOperation & pg.QueryResultRow>(
      pool,
      'select operation_id, case_code, body_hash, answer from operation where operation_id = $1',
      [operationId],
      'answer-to',
    );
    if (!stored) return undefined;
    const answer = answerOf(stored);
    return await replay(pool, { caseCode: stored.case_code, operationId, bodyHash }, [answer]);
  } catch (error) {
    throw asRefusal(error);
  }
}

async function preview(pool: pg.Pool, law: Law, envelope: Envelope): Promise<readonly CaseEvent[]> {
  const { caseCode } = envelope;
  const found = await readState(pool, caseCode).catch((error: unknown) => Promise.reject(asRefusal(error)));
  const state = found ?? refuse('NOT_FOUND', { case: caseCode });
  const { events, refusal } = execute(() => copyOf(state), envelope, law, '');
  if (refusal) throw refusal;
  return events;
}

// A fresh case ------------------------------------------------------------------------------------------------------------------------------

interface PreparedOpening {
  readonly person: string;
  readonly key: string;
  readonly attachments: Attachments;
}

async function openCase(
  pool: pg.Pool,
  command: (envelope: Envelope, opening?: PreparedOpening) => Promise<Accepted>,
  { command: body, actor, key, bodyHash, occurredAt, attach }: Opening,
): Promise<Accepted> {
  const envelope = (caseCode: string): Envelope => ({
    caseCode,
    command: body,
    actor,
    occurredAt,
    operationId: `person/${actor.id}/${key}`,
    bodyHash,
  });
  try {
    const { caseCode, fresh } = await codeOf(pool, actor.id, key, dateOf(occurredAt));
    if (!fresh) return await command(envelope(caseCode));
    const attachments = (await attach?.(caseCode)) ?? {};
    return await command(envelope(caseCode), { person: actor.id, key, attachments });
  } catch (error) {
    if (error instanceof OpenedMeanwhile) return command(envelope(error.caseCode));
    throw asRefusal(error);
  }
}

/** The case this person and key led to, else a fresh code; one round trip. */
async function codeOf(
  pool: pg.Pool,
  person: string,
  key: string,
  day: PlainDate,
): Promise<{ caseCode: string; fresh: boolean }> {
  const [row] = await rows<{ known: string | null; last: number | null }>(
    pool,
    `with known as (select case_code from opening where person = $1 and key = $2), taken as (
       insert into day_counter as c (kind, day, last) select 'case', $3::date, 1 where not exists (select 1 from known)
       on conflict (kind, day) do update set last = c.last + 1 returning last
     ) select (select case_code from known) as known, (select last from taken) as last`,
    [person, key, day],
    'code-of-opening',
  );
  if (row?.known) return { caseCode: row.known, fresh: false };
  if (row?.last) return { caseCode: newCaseCode(day, row.last), fresh: true };
  throw new Error('A counter gave no serial');
}

// One command -------------------------------------------------------------------------------------------------------------------------------

/** The outcome with the dossier code and the numbers of its papers in it, which stand where it is committed. */
async function numbered(
  client: pg.PoolClient,
  tried: Outcome,
  decided: (dossierCode: string) => Outcome,
  law: Law,
  { occurredAt }: Envelope,
): Promise<{ outcome: Outcome; papers: readonly NumberedPaper[] }> {
  const day = dateOf(occurredAt);
  const received = tried.events.some(({ type }) => type === 'dossierReceived');
  const asked = papersIssued(tried.events, tried.state, law.receivingAgency);
  if (!received && asked.length === 0) return { outcome: tried, papers: [] };
  const { serial, papers } = await takeNumbers(client, received ? day : null, asked);
  const outcome = serial === null ? tried : decided(dossierCode(day, serial, law.dossierIdentifier));
  return { outcome: withNumbers(outcome, new Map(papers.map(({ seq, number }) => [seq, number]))), papers };
}

interface Done {
  readonly clock: BusinessClock;
  /** Throws the refusal, if that is the answer. */
  accepted(): Accepted;
  readonly toSend: ScopeId[];
  /** Those among them that nobody else sends from for a while. */
  readonly claimed: TakenScope[];
  readonly planned: boolean;
  readonly written: readonly CaseEvent[];
}

/** When the first attempt of a command reached the register: a second one dates it no later. */
interface Admission {
  at?: Instant;
}

interface Entering {
  readonly envelope: Undated;
  readonly opening: PreparedOpening | undefined;
  readonly claims: boolean;
  readonly admission: Admission;
}

async function inDoor(
  pool: pg.Pool,
  { law, version }: LoadedLaw,
  { envelope: undated, opening, claims, admission }: Entering,
): Promise<Done> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    const { clock, ...loaded } = await lockAndLoad(client, undated, opening);
    if (undated.actor.kind === 'person') admission.at ??= loaded.admittedAt;
    const envelope = { ...undated, occurredAt: undated.occurredAt ?? admission.at ?? clock.now };
    if (loaded.answers.length > 0) {
      const accepted = await replay(client, envelope, loaded.answers);
      await client.query('rollback');
      return { clock, accepted: () => accepted, toSend: [], claimed: [], planned: false, written: [] };
    }
    if (loaded.lawVersion > version) throw new LawMovedOn(loaded.lawVersion);
    const { before, kept, neighbours, documentHashes } = loaded;
    const fresh = () => copyOf(before);
    const decided = (code: string) => execute(fresh, envelope, law, code, seal, neighbours, documentHashes);
    const tried = decided('');
    if (tried.refusal && tried.events.length === 0) throw tried.refusal;
    // A number is taken only where the act stands, and given back with it: the last lock before the write.
    const { outcome, papers } = await numbered(client, tried, decided, law, envelope);
    const writing = { papers, kept, clock, attachments: opening?.attachments, claims, masterKeys: masterKeysFor(pool) };
    const { hash, ...done } = await write(client, envelope, law, before, outcome, writing);
    if (done.written.length > 0) rememberState(envelope.caseCode, hash, copyOf(outcome.state));
    return { ...done, clock };
  } catch (error) {
    broken = await rollback(client);
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Written whole where a reader would have to fold too much, or could not, and as it is left behind. */
const isToBeKept = (kept: Kept, before: CaseState, state: CaseState): boolean =>
  kept.stateSeq === 0 ||
  kept.fold !== foldVersion ||
  state.seq - kept.stateSeq >= keptEvery ||
  (state.closed !== null && before.closed === null);

/** The stored answers of one turn, told again from the evidence. */
async function replay(
  on: pg.Pool | pg.PoolClient,
  { caseCode, bodyHash, operationId, then = [] }: Pick<Envelope, 'caseCode' | 'bodyHash' | 'operationId' | 'then'>,
  answers: readonly StoredAnswer[],
): Promise<Accepted> {
  const asked = [{ operationId, bodyHash }, ...then];
  answers.forEach((answer, i) => {
    if (answer.bodyHash !== asked[i]?.bodyHash) refuse('IDEMPOTENCY_KEY_REUSED', { operation: asked[i]?.operationId });
  });
  const [first, last] = [answers[0], answers.at(-1)];
  if (!first || !last) throw new Error('Nothing to tell again');
  const { firstSeq } = first;
  const { caseSeq, nextAt } = last;
  const found = await rows<{ seq: number; canonical: string; boxes: { scope: ScopeId; prev: number }[] | null }>(
    on,
    `select e.seq, e.canonical, (
       select json_agg(json_build_object('scope', d.scope, 'prev', d.prev) order by d.scope)
       from delivery d where d.case_code = e.case_code and d.seq = e.seq
         and d.scope in (select s.id from scope s where s.case_code = e.case_code)
     ) as boxes
     from case_event e where e.case_code = $1 and e.seq between $2 and $3 order by e.seq`,
    [caseCode, firstSeq, caseSeq],
  );
  const told = found.map(({ canonical, boxes }) => ({ event: eventOf(canonical), boxes: boxes ?? [] }));
  return {
    caseCode,
    caseSeq,
    events: told.map(({ event }) => event),
    deliveries: told.flatMap(({ event, boxes }) =>
      boxes.map(({ scope, prev }) => ({ scope, delivery: { seq: event.seq, prev, event } })),
    ),
    nextAt,
    replayed: true,
    done: answers.length,
    stopped: null,
  };
}

interface Writing {
  readonly papers: readonly NumberedPaper[];
  readonly kept: Kept;
  readonly clock: BusinessClock;
  readonly attachments: Attachments | undefined;
  /** Whoever is told of the mailboxes takes them by this write. */
  readonly claims: boolean;
  readonly masterKeys: MasterKeys | undefined;
}

/** One round trip: everything that the command did, and the commit; one before it where words are sealed. */
async function write(
  client: pg.PoolClient,
  envelope: Envelope,
  law: Law,
  before: CaseState,
  outcome: Outcome,
  { papers, kept, clock, attachments, claims, masterKeys }: Writing,
): Promise<Omit<Done, 'clock'> & { readonly hash: string }> {
  const { caseCode, bound, command, operationId, bodyHash, occurredAt, then = [] } = envelope;
  const { events, deliveries, nextAt, refusal, state, done, stopped } = outcome;
  const heard = refusal === null && bound ? bound.scope : null;
  let hash: Buffer = Buffer.from(kept.hash, 'hex');
  const chained = events.map((event) => {
    const canonical = canonicalEvent(caseCode, event);
    const before = hash;
    hash = linkHash(before, canonical);
    const { seq, scope, type, actor, occurredAt: at } = event;
    return { seq, scope, type, actor, at, canonical, hash: hash.toString('hex'), previous: before.toString('hex') };
  });
  const caseSeq = state.seq;
  const firstSeq = caseSeq - events.length + 1;
  // `settle` is repeatable by nature: the next one must look again, also at the same instant, at which an act may have made something else due.
  const keep = refusal === null && command.type !== 'settle';
  const toSend = new Set(deliveries.map(({ scope }) => scope));
  if (heard !== null) toSend.delete(heard);
  const later = new Set(
    [...toSend].filter((scope) => deliveries.every((one) => one.scope !== scope || isPatient(one.delivery.event))),
  );
  for (const scope of later) toSend.delete(scope);
  const { scopes, ...worklist } = worklistRows(before, outcome, law, occurredAt, heard);
  const planned = outcome.nextDutyAt === null ? [] : [dutyItem(caseCode, outcome.nextDutyAt)];
  const statuses = statusRows(outcome.statuses);
  const request = currentRequest();
  const onBehalf: OnBehalfOf =
    request === undefined && bound ? { heard_in: bound.scope, heard_to: bound.basedOn } : { request };
  const { texts, made } = await sealTexts(client, masterKeys, caseCode, outcome.texts);
  const claimed = await writeCommand(client, {
    code: caseCode,
    state: isToBeKept(kept, before, state) ? state : null,
    fold: foldVersion,
    hash: hash.toString('hex'),
    events: chained,
    deliveries: deliveries.map(({ scope, delivery: { seq, prev } }) => ({ scope, seq, prev, ...onBehalf })),
    ...worklist,
    scopes: scopes.map((one) => ({
      ...one,
      claim: claims && toSend.has(one.id) && !one.closed,
      later: later.has(one.id),
    })),
    operations: keep
      ? [{ operationId, bodyHash }, ...then].slice(0, done.length).map((one, i) => ({
          id: one.operationId,
          bodyHash: one.bodyHash,
          answer: { caseSeq: done[i] ?? caseSeq, firstSeq: i === 0 ? firstSeq : (done[i - 1] ?? 0) + 1, nextAt },
        }))
      : [],
    sites: siteRows(events),
    claims: claimRows(before, outcome, law),
    keys: events.flatMap((event) =>
      event.type === 'trialKeyRegistered' ? [{ public_key: event.payload.publicKey, key_id: event.payload.keyId }] : [],
    ),
    agenda: [...planned, ...callItems(events, state)].map((item) => ({ ...item, ...onBehalf })),
    texts,
    caseKeys: made,
    papers,
    names: namesNeeded(events, state.investor.personId, () => [law.receivingAgency, ...agenciesOf(state, law)]),
    batches: outcome.batches,
    tellings: outcome.tellings,
    statuses: statuses.map((one) => ({ ...one, ...onBehalf })),
    documents: events.flatMap((event) => documentsNamed(event, state)),
    recused: events.flatMap((event) => (event.type === 'interestDeclared' ? [event.payload.person] : [])),
    filing: filingRow(attachments),
    pin: pinRow(attachments),
    draft: attachments?.draft ?? null,
  });
  const accepted = { caseCode, caseSeq, events, deliveries, nextAt, replayed: false, done: done.length, stopped };
  return {
    accepted: () => {
      if (refusal) throw refusal;
      return accepted;
    },
    toSend: [...toSend],
    claimed: claimed.map((one) => ({ ...one, written: writtenInto(one.scope, outcome, clock) })),
    planned: planned.length > 0 || statuses.length > 0,
    written: events,
    hash: hash.toString('hex'),
  };
}

/** What a Signal to that scope is to carry of it. */
function writtenInto(scope: ScopeId, { deliveries, nextAt, state }: Outcome, { mode, now }: BusinessClock) {
  const at = mode === 'real' ? (nextAt[scope] ?? null) : null;
  return {
    deliveries: deliveries.filter((one) => one.scope === scope).map(({ delivery }) => delivery),
    wake: at === null ? null : { at, inMs: Date.parse(at) - Date.parse(now) },
    wakeAsOf: state.seq,
  };
}

/** Salted, so that a hash in the evidence says nothing about words that were erased. */
function seal(body: string): { salt: string; hash: string } {
  const salt = randomBytes(16).toString('hex');
  return { salt, hash: createHash('sha256').update(salt).update(body).digest('hex') };
}

function pinRow({ pin }: Attachments = {}) {
  if (!pin) return null;
  const { salt, hash, seed } = pin;
  return { salt, hash, master: seed?.master ?? null, wrapped: seed?.wrapped.toString('hex') ?? null };
}

function filingRow(attachments: Attachments | undefined) {
  if (!attachments?.filing) return null;
  const { body, nameVi, nameEn, search } = attachments.filing;
  return { body, name_vi: nameVi, name_en: nameEn, search: searchText(search) };
}
