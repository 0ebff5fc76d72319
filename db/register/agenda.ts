import type pg from 'pg';
import { type CaseEvent, type EventOf } from '../../domain/case/events.js';
import { type ScopeId } from '../../domain/case/scope.js';
import { type CaseState } from '../../domain/case/state.js';
import { type Instant } from '../../domain/time/instants.js';
import { rows } from '../pool.js';

/** What the register has to do by itself at an instant of business time. `ref` names what it is about. */
export interface AgendaItem {
  readonly id: number;
  readonly kind: string;
  readonly ref: string;
  readonly at: Instant;
  /** How often it has failed. */
  readonly attempts: number;
  /** The request that it came of, where one is known. */
  readonly requestId: string | null;
}

/** Which kinds of items somebody works off. */
export interface AgendaKinds {
  readonly only?: readonly string[];
  readonly except?: readonly string[];
}

/** Puts it on the agenda; what stands there already, done or not, stays as it is. */
export async function plan(
  on: pg.Pool | pg.PoolClient,
  items: readonly { readonly kind: string; readonly ref: string; readonly at: Instant }[],
): Promise<void> {
  if (items.length === 0) return;
  await on.query({
    name: 'plan-agenda',
    text: `insert into agenda (kind, ref, at) select kind, ref, at from json_to_recordset($1::json) as i (kind text, ref text, at timestamptz)
           on conflict do nothing`,
    values: [JSON.stringify(items)],
  });
}

/** What is due at `now`, not done, and not waiting after a failure, oldest first: of these kinds, or of all others. */
export const dueItems = (pool: pg.Pool, now: Instant, limit: number, kinds: AgendaKinds = {}): Promise<AgendaItem[]> =>
  rows<AgendaItem & pg.QueryResultRow>(
    pool,
    `select id, kind, ref, at, attempts, request_id as "requestId" from agenda
     where done_at is null and at <= $1 and (not_before is null or not_before < clock_timestamp())
       and ($3::text[] is null or kind = any ($3)) and ($4::text[] is null or kind <> all ($4)) order by at, id limit $2`,
    [now, limit, kinds.only ?? null, kinds.except ?? null],
    'due-agenda',
  );

/** Strikes it off, at `now` of business time; left out: as it is. */
export async function strikeOff(on: pg.Pool | pg.PoolClient, id: number, now?: Instant): Promise<void> {
  await on.query({
    name: 'strike-off-agenda',
    text: `update agenda set done_at = coalesce($2, (select coalesce(now, clock_timestamp()) from rehearsal_clock))
           where id = $1 and done_at is null`,
    values: [id, now ?? null],
  });
}

/** It failed: others go first, it waits longer each time (2 s, 4 s, … at most ten minutes of real time), or `waitMs`. */
export async function postpone(on: pg.Pool | pg.PoolClient, id: number, waitMs?: number): Promise<void> {
  await on.query({
    name: 'postpone-agenda',
    text: `update agenda set attempts = attempts + 1, not_before = clock_timestamp() + coalesce($2::float8 * interval '1 millisecond',
             least(600, power(2, least(attempts + 1, 10))) * interval '1 second')
           where id = $1 and done_at is null`,
    values: [id, waitMs ?? null],
  });
}

/** As `dueItems`, and nobody else gets them for a while: of one kind, for whoever works off several at once. */
export const claimItems = (
  pool: pg.Pool,
  kind: string,
  { limit, forMs }: { readonly limit: number; readonly forMs: number },
): Promise<AgendaItem[]> =>
  rows<AgendaItem & pg.QueryResultRow>(
    pool,
    `update agenda a set not_before = clock_timestamp() + $3 * interval '1 millisecond'
     from (select id from agenda where kind = $1 and done_at is null and at <= (select coalesce(now, clock_timestamp()) from rehearsal_clock)
             and (not_before is null or not_before < clock_timestamp())
           order by at, id limit $2 for update skip locked) free
     where a.id = free.id returning a.id, a.kind, a.ref, a.at, a.attempts, a.request_id as "requestId"`,
    [kind, limit, forMs],
    'claim-agenda',
  );

/** Kind of the items that have a closed case look at its duties. */
export const dutyDue = 'duty';

/** When the duties of a case matter next. The instant is part of the name: a later one is another item. */
export const dutyItem = (caseCode: string, at: Instant) => ({ kind: dutyDue, ref: `${caseCode}@${at}`, at });
export const caseOfDutyItem = ({ ref }: Pick<AgendaItem, 'ref'>): string => ref.split('@')[0] ?? '';

/** Kind of the items that call a system of another body. */
export const callDue = 'agency-call';

/**
 * A call for this case (`case_head h`) is about to be made, or under way. One that has failed once is waited for by nobody: whoever is called may be away for
 * hours. Every name of a call begins with its case.
 */
export const isCalling = {
  name: 'is-settled-and-called',
  condition: `exists (select from agenda a where a.done_at is null and a.at <= (select coalesce(now, clock_timestamp()) from rehearsal_clock)
       and a.kind = '${callDue}' and a.attempts = 0 and starts_with(a.ref, 'case/' || h.code || '/'))`,
};

/**
 * A call that the register makes: which step of a procedure in which of its rounds needs it, with which filing a project is declared, which agency is asked for its
 * opinion, or which document is asked for the n-th time from the register that holds it.
 */
export type RegisterCall =
  | { readonly of: 'step'; readonly scope: ScopeId; readonly step: string; readonly round: number }
  | { readonly of: 'declaration'; readonly scope: ScopeId; readonly filing: number }
  | { readonly of: 'opinion'; readonly scope: ScopeId; readonly agency: string }
  | { readonly of: 'extract'; readonly scope: ScopeId; readonly document: string; readonly look: number };

/** Whether the register has to call somebody after it. */
export const asksForCalls = ({ type, payload }: CaseEvent): boolean =>
  (type === 'stepStarted' && payload.call === true) ||
  (type === 'dossierFiled' && (payload.declares === true || payload.fetches === true)) ||
  (type === 'supplementAnswered' && payload.fetches === true) ||
  type === 'extractAsked' ||
  (type === 'consultationOpened' && (payload.calls ?? []).length > 0);

/** The calls that an event asks for; `state`: after it. */
export function callsFor(event: CaseEvent, state: CaseState): RegisterCall[] {
  const { scope } = event;
  switch (event.type) {
    case 'stepStarted': {
      const { step, call } = event.payload;
      return call ? [{ of: 'step', scope, step, round: state.procedures[scope]?.steps[step]?.round ?? 1 }] : [];
    }
    case 'dossierFiled':
      return [
        ...(event.payload.declares
          ? [{ of: 'declaration', scope, filing: state.procedures[scope]?.filings.length ?? 1 } as const]
          : []),
        ...extractCalls(event, state),
      ];
    case 'supplementAnswered':
      return extractCalls(event, state);
    case 'extractAsked': {
      const { document, look } = event.payload;
      return [{ of: 'extract', scope, document, look }];
    }
    case 'consultationOpened':
      return (event.payload.calls ?? []).map((agency) => ({ of: 'opinion', scope, agency }));
    default:
      return [];
  }
}

function extractCalls(
  { scope, payload }: EventOf<'dossierFiled' | 'supplementAnswered'>,
  { procedures }: CaseState,
): RegisterCall[] {
  const extracts = procedures[scope]?.extracts;
  if (!payload.fetches) return [];
  return payload.documents.flatMap(({ code: document }) => {
    const extract = extracts?.[document];
    return extract ? [{ of: 'extract', scope, document, look: extract.look }] : [];
  });
}

/** On the agenda in the transaction of what asks for it, each once. */
export const callItems = (events: readonly CaseEvent[], state: CaseState) =>
  events.flatMap((event) =>
    callsFor(event, state).map((call) => ({ kind: callDue, ref: refOf(call), at: event.occurredAt })),
  );

const separator = '#';
const ofDeclaration = 'online-declaration';
const ofOpinion = 'opinion/';
const ofExtract = 'extract/';

/** A name for ever: it stands on agendas, and operations are named by it. */
function refOf(call: RegisterCall): string {
  switch (call.of) {
    case 'step':
      return [call.scope, call.step, call.round].join(separator);
    case 'declaration':
      return [call.scope, ofDeclaration, call.filing].join(separator);
    case 'opinion':
      return [call.scope, `${ofOpinion}${call.agency}`, 1].join(separator);
    case 'extract':
      return [call.scope, `${ofExtract}${call.document}`, call.look].join(separator);
  }
}

/** The call that an item is about. */
export function callOfItem({ ref }: Pick<AgendaItem, 'ref'>): RegisterCall {
  const [scope = '', what = '', time = ''] = ref.split(separator);
  if (what.startsWith(ofOpinion)) return { of: 'opinion', scope, agency: what.slice(ofOpinion.length) };
  if (what.startsWith(ofExtract))
    return { of: 'extract', scope, document: what.slice(ofExtract.length), look: Number(time) };
  if (what === ofDeclaration) return { of: 'declaration', scope, filing: Number(time) };
  return { of: 'step', scope, step: what, round: Number(time) };
}

/** Kind of the items that told the portal of a result; planned until states were told from `dossier_status` (ADR 45). */
export const resultDue = 'result-handed-over';

/** Kind of the items that hold our states of dossiers against those of the systems that show them; the reference is the day. */
export const statusLook = 'status-look';
