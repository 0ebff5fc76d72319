import type pg from 'pg';
import { type Actor } from '../../domain/case/events.js';
import { type SealedBatch, type SealedText, type Telling } from '../../domain/case/draft.js';
import { type NumberedPaper } from './form-numbers.js';
import { type DocumentUse } from '../../domain/case/procedure/documents.js';
import { type CaseState } from '../../domain/case/state.js';
import { type AgendaItem } from './agenda.js';
import { type ClaimRow, type SiteRow } from './site-claims.js';
import { type WorklistRows } from './worklist-rows.js';

/** Everything one command writes. Hashes in hexadecimal. */
export interface CommandWrite extends WorklistRows {
  readonly code: string;
  readonly state: CaseState;
  readonly hash: string;
  readonly events: readonly {
    readonly seq: number;
    readonly scope: string;
    readonly type: string;
    readonly actor: Actor;
    readonly at: string;
    readonly canonical: string;
    readonly hash: string;
    readonly previous: string;
  }[];
  readonly deliveries: readonly { readonly scope: string; readonly seq: number; readonly prev: number }[];
  readonly operation: { readonly id: string; readonly bodyHash: string; readonly answer: unknown } | null;
  readonly sites: readonly SiteRow[];
  readonly claims: readonly ClaimRow[];
  readonly keys: readonly { readonly public_key: string; readonly key_id: string }[];
  readonly agenda: readonly Omit<AgendaItem, 'id'>[];
  readonly texts: readonly SealedText[];
  readonly papers: readonly NumberedPaper[];
  /** Whose names are kept as they stand now, from which event on. */
  readonly names: readonly { readonly kind: 'person' | 'agency'; readonly subject: string; readonly seq: number }[];
  readonly batches: readonly SealedBatch[];
  readonly tellings: readonly Telling[];
  readonly documents: readonly DocumentUse[];
  /** Who has declared an interest by this command. */
  readonly recused: readonly string[];
  readonly filing: {
    readonly body: unknown;
    readonly name_vi: string;
    readonly name_en: string;
    readonly search: string;
  } | null;
  readonly pin: { readonly salt: string; readonly hash: string } | null;
  readonly draft: { readonly id: string; readonly version: number } | null;
}

// $1 code, $2 state, $3 everything else. A part that has nothing to write writes nothing.
const statement = `
with head as (
  update case_head c set state = $2::json, fold = ($2::json ->> 'fold')::smallint, hash = decode($3::json ->> 'hash', 'hex'), seq = h.seq, kind = h.kind, status = h.status,
    lane = h.lane, pathway = h.pathway, investor = h.investor, managed = h.managed, law_at = h.law_at, opened_at = h.opened_at,
    last_at = h.last_at, closed_at = h.closed_at, due_date = h.due_date, breached_on = h.breached_on,
    mandatory_total = h.mandatory_total, mandatory_approved = h.mandatory_approved
  from json_to_record($3::json -> 'head') as h (seq int, kind text, status text, lane text, pathway text, investor text, managed bool,
    law_at date, opened_at timestamptz, last_at timestamptz, closed_at timestamptz, due_date date, breached_on date,
    mandatory_total int, mandatory_approved int)
  where c.code = $1 and c.seq <> h.seq
), event as (
  insert into case_event (epoch, case_code, seq, scope, type, actor, occurred_at, canonical, hash, prev_hash)
  select i.epoch, $1, e.seq, e.scope, e.type, e.actor, e.at, e.canonical, decode(e.hash, 'hex'), decode(e.previous, 'hex')
  from json_to_recordset($3::json -> 'events')
    as e (seq int, scope text, type text, actor jsonb, at timestamptz, canonical text, hash text, previous text)
  cross join installation i order by e.seq
), delivered as (
  insert into delivery (scope, seq, prev, case_code)
  select d.scope, d.seq, d.prev, $1 from json_to_recordset($3::json -> 'deliveries') as d (scope text, seq int, prev int)
), mailbox as (
  insert into scope as s (id, case_code, kind, generation, last_seq, sent_seq, done_seq, next_at, closed)
  select n.id, $1, n.kind, n.generation, n.last_seq, case when n.heard then n.last_seq else 0 end,
    case when n.closed then n.last_seq else 0 end, n.next_at, n.closed
  from json_to_recordset($3::json -> 'scopes')
    as n (id text, kind text, generation int, last_seq int, heard bool, next_at timestamptz, closed bool)
  on conflict (id) do update set
    -- A rebuilt scope begins again: its new run has heard nothing.
    sent_seq = greatest(case when s.generation = excluded.generation then s.sent_seq else 0 end, excluded.sent_seq),
    done_seq = greatest(case when s.generation = excluded.generation then s.done_seq else 0 end, excluded.done_seq),
    -- Whoever is told something learns the instant with it; where it only moves earlier, nobody says so.
    poke = s.poke or (excluded.last_seq = s.last_seq and excluded.sent_seq = 0 and coalesce(excluded.next_at < coalesce(s.next_at, 'infinity'), false)),
    generation = excluded.generation, last_seq = excluded.last_seq, next_at = excluded.next_at, closed = excluded.closed,
    attempts = case when s.generation = excluded.generation then s.attempts else 0 end,
    not_before = case when s.generation = excluded.generation then s.not_before else null end
  where (s.generation, s.last_seq, s.next_at, s.closed) is distinct from
      (excluded.generation, excluded.last_seq, excluded.next_at, excluded.closed) or s.sent_seq < excluded.sent_seq
), work as (
  insert into task (id, case_code, scope, procedure, attempt, version, dossier_code, key, kind, agency, role, step, status, due_date, opened_at, claimed_by,
    completed_by, completed_at, outcome, claimed_at, lane, risk, step_due_date, returned_to, barred, signatory)
  select t.id, $1, t.scope, t.procedure, t.attempt, t.version, t.dossier_code, t.key, t.kind, t.agency, t.role, t.step, t.status, t.due_date, t.opened_at,
    t.claimed_by, t.completed_by, t.completed_at, t.outcome, t.claimed_at, t.lane, t.risk, t.step_due_date, t.returned_to,
    array(select json_array_elements_text(t.barred)), t.signatory
  from json_to_recordset($3::json -> 'tasks')
    as t (id text, scope text, procedure text, attempt int, version text, dossier_code text, key text, kind text, agency text, role text, step text, status text,
      due_date date, opened_at timestamptz, claimed_by text, completed_by text, completed_at timestamptz, outcome text, claimed_at timestamptz,
      lane text, risk smallint, step_due_date date, returned_to text, barred json, signatory text)
  on conflict (id) do update set status = excluded.status, due_date = excluded.due_date, claimed_by = excluded.claimed_by,
    claimed_at = excluded.claimed_at, completed_by = excluded.completed_by, completed_at = excluded.completed_at, outcome = excluded.outcome,
    version = excluded.version, lane = excluded.lane, risk = excluded.risk, step_due_date = excluded.step_due_date,
    returned_to = excluded.returned_to, barred = excluded.barred, signatory = excluded.signatory
  where (task.status, task.due_date, task.claimed_by, task.claimed_at, task.version, task.lane, task.risk, task.step_due_date, task.returned_to,
      task.barred, task.signatory)
    is distinct from (excluded.status, excluded.due_date, excluded.claimed_by, excluded.claimed_at, excluded.version, excluded.lane, excluded.risk,
      excluded.step_due_date, excluded.returned_to, excluded.barred, excluded.signatory)
), ticking as (
  insert into clock (scope, case_code, procedure, agency, state, budget_amount, budget_unit, due_date, due_if_returned, breached_on,
    printed_due_date, promised_date)
  select k.scope, $1, k.procedure, k.agency, k.state, k.budget_amount, k.budget_unit, k.due_date, k.due_if_returned, k.breached_on,
    k.printed_due_date, k.promised_date
  from json_to_recordset($3::json -> 'clocks')
    as k (scope text, procedure text, agency text, state text, budget_amount int, budget_unit text, due_date date, due_if_returned date,
      breached_on date, printed_due_date date, promised_date date)
  on conflict (scope) do update set agency = excluded.agency, state = excluded.state, budget_amount = excluded.budget_amount,
    budget_unit = excluded.budget_unit, due_date = excluded.due_date, due_if_returned = excluded.due_if_returned,
    breached_on = excluded.breached_on, printed_due_date = excluded.printed_due_date, promised_date = excluded.promised_date
), concerned as (
  insert into case_agency (agency, case_code, opened_at, status, breached)
  select a, $1, h.opened_at, h.status, h.breached_on is not null
  from json_array_elements_text($3::json -> 'agencies') a
  cross join json_to_record($3::json -> 'head') as h (opened_at timestamptz, status text, breached_on date)
  on conflict do nothing
), classified as (
  update case_agency c set status = h.status, breached = h.breached_on is not null
  from json_to_record($3::json -> 'head') as h (status text, breached_on date)
  where c.case_code = $1 and (c.status, c.breached) is distinct from (h.status, h.breached_on is not null)
), answered as (
  insert into operation (case_code, operation_id, body_hash, answer)
  select $1, o ->> 'id', o ->> 'bodyHash', o -> 'answer' from (select $3::json -> 'operation' as o) x where json_typeof(o) = 'object'
), sited as (
  insert into case_site (case_code, site, near) select $1, s.site, s.near from json_to_recordset($3::json -> 'sites') as s (site text, near bool)
), claimed as (
  insert into site_claim as s (scope, site, case_code, procedure, dossier_code, investor, since, exclusive, open, released_at)
  select c.scope, w.site, $1, c.procedure, c.dossier_code, c.investor, c.since, c.exclusive, c.open, c.released_at
  from json_to_recordset($3::json -> 'claims') as c (scope text, procedure text, dossier_code text, investor text, since timestamptz,
    exclusive bool, open bool, released_at timestamptz) cross join case_site w where w.case_code = $1 and not w.near order by c.scope, w.site
  on conflict (scope, site) do update set open = excluded.open, released_at = excluded.released_at
), keyed as (
  insert into trial_key (public_key, case_code, key_id)
  select k.public_key, $1, k.key_id from json_to_recordset($3::json -> 'keys') as k (public_key text, key_id text)
), seated as (
  insert into council_seat (case_code, person) select $1, s from (select $3::json -> 'seats' as list) x
    cross join json_array_elements_text(case json_typeof(list) when 'array' then list else '[]' end) s on conflict do nothing
), unseated as (
  delete from council_seat where case_code = $1 and json_typeof($3::json -> 'seats') = 'array'
    and person not in (select json_array_elements_text(case json_typeof($3::json -> 'seats') when 'array' then $3::json -> 'seats' else '[]' end))
), planned as (
  insert into agenda (kind, ref, at) select a.kind, a.ref, a.at
  from json_to_recordset($3::json -> 'agenda') as a (kind text, ref text, at timestamptz)
  on conflict do nothing
), shown as (
  insert into document_use (document_id, case_code, seq, procedure)
  select u."documentId", $1, u.seq, u.procedure
  from json_to_recordset($3::json -> 'documents') as u ("documentId" uuid, seq int, procedure text) on conflict do nothing
), recused as (
  insert into recusal (case_code, person) select $1, r from json_array_elements_text($3::json -> 'recused') r on conflict do nothing
), worded as (
  insert into case_text (case_code, id, body, salt, hash)
  select $1, t.id, t.body, t.salt, t.hash from json_to_recordset($3::json -> 'texts') as t (id text, body text, salt text, hash text)
), named as (
  insert into case_name (case_code, kind, subject, seq, body, salt, hash)
  select $1, s.kind, s.subject, s.seq, s.body, s.salt, encode(sha256(convert_to(s.salt || s.body, 'UTF8')), 'hex')
  from (
    select n.kind, n.subject, n.seq, replace(gen_random_uuid()::text, '-', '') as salt, case n.kind
      when 'person' then (select json_build_object('name', p.name, 'email', p.email)::text from person p where p.id = n.subject)
      else (select json_build_object('name', a.data -> 'name', 'seat', a.data -> 'seat', 'parent', a.data -> 'parent')::text
        from agency a where a.code = n.subject) end as body
    from (
      select o.kind, o.subject, min(o.seq) as seq from (
        select kind, subject, seq from json_to_recordset($3::json -> 'names') as n (kind text, subject text, seq int)
        union all select 'agency', a.data ->> 'parent', n.seq
        from json_to_recordset($3::json -> 'names') as n (kind text, subject text, seq int) join agency a on a.code = n.subject
        where n.kind = 'agency' and a.data ->> 'parent' is not null
      ) o group by o.kind, o.subject
    ) n
    offset 0
  ) s
  where s.body is not null and s.body is distinct from (
    select k.body from case_name k where k.case_code = $1 and k.kind = s.kind and k.subject = s.subject order by k.seq desc limit 1)
), measured as (
  insert into trial_batch (case_code, seq, batch, digest, limits, readings, salt, hash)
  select $1, b.seq, b.batch, b.digest, array(select json_array_elements_text(b.limits)), b.readings, b.salt, b.hash
  from json_to_recordset($3::json -> 'batches')
    as b (seq int, batch int, digest text, limits json, readings text, salt text, hash text)
), told as (
  insert into notice_outbox (case_code, seq, at, investor, notices)
  select $1, n.seq, n.at, n.investor, n.notices
  from json_to_recordset($3::json -> 'tellings') as n (seq int, at timestamptz, investor text, notices jsonb) order by n.seq
), numbered as (
  insert into form_number (case_code, paper, agency, year, form, number)
  select $1, n.paper, n.agency, n.year, n.form, n.number
  from json_to_recordset($3::json -> 'papers') as n (paper text, agency text, year int, form text, number int)
), filed as (
  insert into filing (case_code, body, name_vi, name_en, search)
  select $1, f -> 'body', f ->> 'name_vi', f ->> 'name_en', to_tsvector('simple', f ->> 'search')
  from (select $3::json -> 'filing' as f) x where json_typeof(f) = 'object'
), drafted as (
  update draft d set filed_case = $1, content = null,
    version = case when d.version = (x.f ->> 'version')::int and d.content is not null then d.version + 1 else 0 end
  from (select $3::json -> 'draft' as f) x where json_typeof(x.f) = 'object' and d.id = (x.f ->> 'id')::uuid
)
insert into public_pin (case_code, salt, hash)
select $1, p ->> 'salt', p ->> 'hash' from (select $3::json -> 'pin' as p) x where json_typeof(p) = 'object'`;

/** Writes it in one round trip, inside the transaction that holds the case's chain head. */
export async function writeCommand(client: pg.PoolClient, { code, state, ...rest }: CommandWrite): Promise<void> {
  await client.query({
    name: 'write-command',
    text: statement,
    values: [code, JSON.stringify(state), JSON.stringify(rest)],
  });
}
