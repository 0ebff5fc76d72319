import type pg from 'pg';
import { type Actor } from '../../domain/case/events.js';
import { type SealedBatch, type Telling } from '../../domain/case/draft.js';
import { type NumberedPaper } from './form-numbers.js';
import { type DocumentUse } from '../../domain/case/procedure/documents.js';
import { type ScopeId } from '../../domain/case/scope.js';
import { type CaseState } from '../../domain/case/state.js';
import { type ClaimedScope } from '../../engine/register/mailbox.js';
import { queryAndCommit } from '../last-query.js';
import { type AgendaItem } from './agenda.js';
import { type KeptText, type NewCaseKey } from './case-keys.js';
import { type ClaimRow, type SiteRow } from './site-claims.js';
import { type StatusRow } from './status-rows.js';
import { type WorklistRows } from './worklist-rows.js';

/** The request that somebody made, or where a run has heard of it. */
export type OnBehalfOf =
  { readonly request?: string | undefined } | { readonly heard_in: ScopeId; readonly heard_to: number };

/** Everything one command writes. Hashes in hexadecimal. */
export interface CommandWrite extends Omit<WorklistRows, 'scopes'> {
  /** `claim`: who writes is about to send from it. `later`: nobody has to for a minute, unless more comes. */
  readonly scopes: readonly (WorklistRows['scopes'][number] & { readonly claim: boolean; readonly later: boolean })[];
  readonly code: string;
  /** null: what is kept stays. */
  readonly state: CaseState | null;
  readonly fold: number;
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
  readonly operations: readonly { readonly id: string; readonly bodyHash: string; readonly answer: unknown }[];
  readonly sites: readonly SiteRow[];
  readonly claims: readonly ClaimRow[];
  readonly keys: readonly { readonly public_key: string; readonly key_id: string }[];
  readonly agenda: readonly (Pick<AgendaItem, 'kind' | 'ref' | 'at'> & OnBehalfOf)[];
  readonly texts: readonly KeptText[];
  /** By which they are sealed, where it is new. */
  readonly caseKeys: readonly NewCaseKey[];
  readonly papers: readonly NumberedPaper[];
  /** Whose names are kept as they stand now, from which event on. */
  readonly names: readonly { readonly kind: 'person' | 'agency'; readonly subject: string; readonly seq: number }[];
  readonly batches: readonly SealedBatch[];
  readonly tellings: readonly Telling[];
  readonly statuses: readonly (StatusRow & OnBehalfOf)[];
  readonly documents: readonly DocumentUse[];
  /** Who has declared an interest by this command. */
  readonly recused: readonly string[];
  readonly filing: {
    readonly body: unknown;
    readonly name_vi: string;
    readonly name_en: string;
    readonly search: string;
  } | null;
  readonly pin: {
    readonly salt: string;
    readonly hash: string;
    readonly master: string | null;
    /** Hexadecimal. */
    readonly wrapped: string | null;
  } | null;
  readonly draft: { readonly id: string; readonly version: number } | null;
}

/** How long nobody else sends from a mailbox that the writer is about to send from: longer than its one attempt. One instant in the whole statement. */
const claimedUntil = `statement_timestamp() + interval '3 seconds'`;

interface Part {
  readonly name: string;
  /** Most commands have it: it is in the statement of every command that has events, also with nothing to write, so that a session plans a handful of statements. */
  readonly usual?: true;
  /** What it writes, as JSON; where that is null or empty the part is left out, unless it is usual. */
  readonly given: (write: CommandWrite) => unknown;
  /** `%code`, `%head` and `%given` stand for the parameters. */
  readonly sql: string;
}

// Every command: $1 code, $2 state (null: not kept anew), $3 fold, $4 hash, $5 header.
const always = `
with head as (
  update case_head c set state = coalesce($2::json, c.state), state_seq = case when $2 is null then c.state_seq else h.seq end,
    fold = case when $2 is null then c.fold else $3::smallint end, hash = decode($4, 'hex'), seq = h.seq, kind = h.kind, status = h.status,
    lane = h.lane, pathway = h.pathway, investor = h.investor, enterprise = h.enterprise, managed = h.managed, law_at = h.law_at, opened_at = h.opened_at,
    last_at = h.last_at, closed_at = h.closed_at, due_date = h.due_date, breached_on = h.breached_on,
    mandatory_total = h.mandatory_total, mandatory_approved = h.mandatory_approved, trial = h.trial
  from json_to_record($5::json) as h (seq int, kind text, status text, lane text, pathway text, investor text, enterprise text, managed bool,
    law_at date, opened_at timestamptz, last_at timestamptz, closed_at timestamptz, due_date date, breached_on date,
    mandatory_total int, mandatory_approved int, trial jsonb)
  where c.code = $1 and c.seq <> h.seq
), classified as (
  update case_agency c set status = h.status, breached = h.breached_on is not null
  from json_to_record($5::json) as h (status text, breached_on date)
  where c.case_code = $1 and (c.status, c.breached) is distinct from (h.status, h.breached_on is not null)
)`;
const shared: Readonly<Record<string, string>> = { '%code': '$1', '%head': '$5::json' };
const sharedParameters = 5;

// On whose behalf: of the request at hand, or where a run speaks, of what it had heard last.
const askedFor = 'request text, heard_in text, heard_to int';
const requestOf = (row: string): string =>
  `coalesce(${row}.request, (select o.request_id from delivery o where o.scope = ${row}.heard_in and o.seq = ${row}.heard_to))`;

// Each with a parameter of its own: PostgreSQL reads a JSON text anew for every look into it.
const parts: readonly Part[] = [
  {
    name: 'event',
    usual: true,
    given: ({ events }) => events,
    sql: `
  insert into case_event (epoch, case_code, seq, scope, type, actor, occurred_at, canonical, hash, prev_hash)
  select i.epoch, %code, e.seq, e.scope, e.type, e.actor, e.at, e.canonical, decode(e.hash, 'hex'), decode(e.previous, 'hex')
  from json_to_recordset(%given)
    as e (seq int, scope text, type text, actor jsonb, at timestamptz, canonical text, hash text, previous text)
  cross join installation i order by e.seq`,
  },
  {
    name: 'delivered',
    usual: true,
    given: ({ deliveries }) => deliveries,
    sql: `
  insert into delivery (scope, seq, prev, case_code, request_id)
  select d.scope, d.seq, d.prev, %code, ${requestOf('d')}
  from json_to_recordset(%given) as d (scope text, seq int, prev int, ${askedFor})`,
  },
  {
    name: 'mailbox',
    usual: true,
    given: ({ scopes }) => scopes,
    sql: `
  insert into scope as s (id, case_code, kind, generation, last_seq, sent_seq, done_seq, next_at, closed, claimed_until, not_before)
  select n.id, %code, n.kind, n.generation, n.last_seq, case when n.heard then n.last_seq else 0 end,
    case when n.closed then n.last_seq else 0 end, n.next_at, n.closed, case when n.claim then ${claimedUntil} end,
    case when n.later then clock_timestamp() + interval '1 minute' end
  from json_to_recordset(%given)
    as n (id text, kind text, generation int, last_seq int, heard bool, next_at timestamptz, closed bool, claim bool, later bool)
  on conflict (id) do update set
    claimed_until = case when excluded.claimed_until is not null and not excluded.closed
        and (s.claimed_until is null or s.claimed_until < clock_timestamp()) and (s.not_before is null or s.attempts = 0 or s.not_before < clock_timestamp())
      then excluded.claimed_until else s.claimed_until end,
    -- A rebuilt scope begins again: its new run has heard nothing.
    sent_seq = greatest(case when s.generation = excluded.generation then s.sent_seq else 0 end, excluded.sent_seq),
    done_seq = greatest(case when s.generation = excluded.generation then s.done_seq else 0 end, excluded.done_seq),
    -- Whoever is told something learns the instant with it; where it only moves earlier, nobody says so.
    poke = s.poke or (excluded.last_seq = s.last_seq and excluded.sent_seq = 0 and coalesce(excluded.next_at < coalesce(s.next_at, 'infinity'), false)),
    generation = excluded.generation, last_seq = excluded.last_seq, next_at = excluded.next_at, closed = excluded.closed,
    attempts = case when s.generation = excluded.generation then s.attempts else 0 end,
    -- Only what failed waits although more has come.
    not_before = case when excluded.not_before is not null then excluded.not_before
      when s.generation <> excluded.generation or (s.attempts = 0 and s.last_seq < excluded.last_seq) then null else s.not_before end
  where (s.generation, s.last_seq, s.next_at, s.closed) is distinct from
      (excluded.generation, excluded.last_seq, excluded.next_at, excluded.closed) or s.sent_seq < excluded.sent_seq
  returning s.id as scope, s.case_code as "caseCode", s.kind, s.generation, s.sent_seq as "sentSeq", s.last_seq as "lastSeq", s.attempts,
    coalesce(s.claimed_until = ${claimedUntil}, false) as mine`,
  },
  {
    name: 'work',
    usual: true,
    given: ({ tasks }) => tasks,
    sql: `
  insert into task (id, case_code, scope, procedure, attempt, version, dossier_code, key, kind, agency, role, step, status, due_date, opened_at, claimed_by,
    completed_by, completed_at, outcome, claimed_at, lane, lane_order, risk, step_due_date, returned_to, barred, signatory)
  select t.id, %code, t.scope, t.procedure, t.attempt, t.version, t.dossier_code, t.key, t.kind, t.agency, t.role, t.step, t.status, t.due_date, t.opened_at,
    t.claimed_by, t.completed_by, t.completed_at, t.outcome, t.claimed_at, t.lane, t.lane_order, t.risk, t.step_due_date, t.returned_to,
    array(select json_array_elements_text(t.barred)), t.signatory
  from json_to_recordset(%given)
    as t (id text, scope text, procedure text, attempt int, version text, dossier_code text, key text, kind text, agency text, role text, step text, status text,
      due_date date, opened_at timestamptz, claimed_by text, completed_by text, completed_at timestamptz, outcome text, claimed_at timestamptz,
      lane text, lane_order smallint, risk smallint, step_due_date date, returned_to text, barred json, signatory text)
  on conflict (id) do update set status = excluded.status, agency = excluded.agency, due_date = excluded.due_date, claimed_by = excluded.claimed_by,
    claimed_at = excluded.claimed_at, completed_by = excluded.completed_by, completed_at = excluded.completed_at, outcome = excluded.outcome,
    version = excluded.version, dossier_code = excluded.dossier_code, lane = excluded.lane, lane_order = excluded.lane_order, risk = excluded.risk, step_due_date = excluded.step_due_date,
    returned_to = excluded.returned_to, barred = excluded.barred, signatory = excluded.signatory
  where (task.status, task.agency, task.due_date, task.claimed_by, task.claimed_at, task.version, task.dossier_code, task.lane, task.lane_order, task.risk, task.step_due_date, task.returned_to,
      task.barred, task.signatory)
    is distinct from (excluded.status, excluded.agency, excluded.due_date, excluded.claimed_by, excluded.claimed_at, excluded.version, excluded.dossier_code, excluded.lane, excluded.lane_order, excluded.risk,
      excluded.step_due_date, excluded.returned_to, excluded.barred, excluded.signatory)`,
  },
  {
    name: 'ticking',
    usual: true,
    given: ({ clocks }) => clocks,
    sql: `
  insert into clock (scope, case_code, procedure, agency, state, budget_amount, budget_unit, due_date, due_if_returned, breached_on,
    printed_due_date, promised_date)
  select k.scope, %code, k.procedure, k.agency, k.state, k.budget_amount, k.budget_unit, k.due_date, k.due_if_returned, k.breached_on,
    k.printed_due_date, k.promised_date
  from json_to_recordset(%given)
    as k (scope text, procedure text, agency text, state text, budget_amount int, budget_unit text, due_date date, due_if_returned date,
      breached_on date, printed_due_date date, promised_date date)
  on conflict (scope) do update set agency = excluded.agency, state = excluded.state, budget_amount = excluded.budget_amount,
    budget_unit = excluded.budget_unit, due_date = excluded.due_date, due_if_returned = excluded.due_if_returned,
    breached_on = excluded.breached_on, printed_due_date = excluded.printed_due_date, promised_date = excluded.promised_date
  where (clock.agency, clock.state, clock.budget_amount, clock.budget_unit, clock.due_date, clock.due_if_returned, clock.breached_on,
      clock.printed_due_date, clock.promised_date)
    is distinct from (excluded.agency, excluded.state, excluded.budget_amount, excluded.budget_unit, excluded.due_date, excluded.due_if_returned,
      excluded.breached_on, excluded.printed_due_date, excluded.promised_date)`,
  },
  {
    name: 'concerned',
    given: ({ agencies }) => agencies,
    sql: `
  insert into case_agency (agency, case_code, opened_at, status, breached)
  select a, %code, h.opened_at, h.status, h.breached_on is not null
  from json_array_elements_text(%given) a
  cross join json_to_record(%head) as h (opened_at timestamptz, status text, breached_on date)
  on conflict do nothing`,
  },
  {
    name: 'answered',
    usual: true,
    given: ({ operations }) => operations,
    sql: `
  insert into operation (case_code, operation_id, body_hash, answer)
  select %code, o.id, o."bodyHash", o.answer from json_to_recordset(%given) as o (id text, "bodyHash" text, answer json)`,
  },
  {
    name: 'sited',
    given: ({ sites }) => sites,
    sql: `
  insert into case_site (case_code, site, near) select %code, s.site, s.near from json_to_recordset(%given) as s (site text, near bool)`,
  },
  {
    name: 'claimed',
    given: ({ claims }) => claims,
    sql: `
  insert into site_claim as s (scope, site, case_code, procedure, dossier_code, investor, since, exclusive, open, released_at)
  select c.scope, w.site, %code, c.procedure, c.dossier_code, c.investor, c.since, c.exclusive, c.open, c.released_at
  from json_to_recordset(%given) as c (scope text, procedure text, dossier_code text, investor text, since timestamptz,
    exclusive bool, open bool, released_at timestamptz) cross join case_site w where w.case_code = %code and not w.near order by c.scope, w.site
  on conflict (scope, site) do update set open = excluded.open, released_at = excluded.released_at`,
  },
  {
    name: 'keyed',
    given: ({ keys }) => keys,
    sql: `
  insert into trial_key (public_key, case_code, key_id)
  select k.public_key, %code, k.key_id from json_to_recordset(%given) as k (public_key text, key_id text)`,
  },
  {
    name: 'seated',
    given: ({ seats }) => seats,
    sql: `
  insert into council_seat (case_code, person) select %code, s from json_array_elements_text(%given) s on conflict do nothing`,
  },
  {
    name: 'unseated',
    given: ({ seats }) => seats,
    sql: `
  delete from council_seat where case_code = %code and person not in (select json_array_elements_text(%given))`,
  },
  {
    name: 'planned',
    usual: true,
    given: ({ agenda }) => agenda,
    sql: `
  insert into agenda (kind, ref, at, request_id) select a.kind, a.ref, a.at, ${requestOf('a')}
  from json_to_recordset(%given) as a (kind text, ref text, at timestamptz, ${askedFor})
  on conflict do nothing`,
  },
  {
    name: 'shown',
    given: ({ documents }) => documents,
    sql: `
  insert into document_use (document_id, case_code, seq, procedure, internal)
  select u."documentId", %code, u.seq, u.procedure, coalesce(u.internal, false)
  from json_to_recordset(%given) as u ("documentId" uuid, seq int, procedure text, internal boolean) on conflict do nothing`,
  },
  {
    name: 'recused',
    given: ({ recused }) => recused,
    sql: `
  insert into recusal (case_code, person) select %code, r from json_array_elements_text(%given) r on conflict do nothing`,
  },
  {
    name: 'worded',
    given: ({ texts }) => texts,
    sql: `
  insert into case_text (case_code, id, body, salt, hash, sealed)
  select %code, t.id, t.body, t.salt, t.hash, decode(t.sealed, 'hex')
  from json_to_recordset(%given) as t (id text, body text, salt text, hash text, sealed text)`,
  },
  {
    name: 'sealing',
    given: ({ caseKeys }) => caseKeys,
    sql: `
  insert into case_key (case_code, id, master, wrapped)
  select %code, k.id, k.master, decode(k.wrapped, 'hex') from json_to_recordset(%given) as k (id text, master text, wrapped text)`,
  },
  {
    name: 'named',
    given: ({ names }) => names,
    sql: `
  insert into case_name (case_code, kind, subject, seq, body, salt, hash)
  select %code, s.kind, s.subject, s.seq, s.body, s.salt, encode(sha256(convert_to(s.salt || s.body, 'UTF8')), 'hex')
  from (
    select n.kind, n.subject, n.seq, replace(gen_random_uuid()::text, '-', '') as salt, case n.kind
      when 'person' then (select json_build_object('name', p.name, 'email', p.email)::text from person p where p.id = n.subject)
      else (select json_build_object('name', a.data -> 'name', 'seat', a.data -> 'seat', 'parent', a.data -> 'parent')::text
        from agency a where a.code = n.subject) end as body
    from (
      select o.kind, o.subject, min(o.seq) as seq from (
        select kind, subject, seq from json_to_recordset(%given) as n (kind text, subject text, seq int)
        union all select 'agency', a.data ->> 'parent', n.seq
        from json_to_recordset(%given) as n (kind text, subject text, seq int) join agency a on a.code = n.subject
        where n.kind = 'agency' and a.data ->> 'parent' is not null
      ) o group by o.kind, o.subject
    ) n
    offset 0
  ) s
  where s.body is not null and s.body is distinct from (
    select k.body from case_name k where k.case_code = %code and k.kind = s.kind and k.subject = s.subject order by k.seq desc limit 1)`,
  },
  {
    name: 'measured',
    given: ({ batches }) => batches,
    sql: `
  insert into trial_batch (case_code, seq, batch, digest, limits, readings, salt, hash)
  select %code, b.seq, b.batch, b.digest, array(select json_array_elements_text(b.limits)), b.readings, b.salt, b.hash
  from json_to_recordset(%given)
    as b (seq int, batch int, digest text, limits json, readings text, salt text, hash text)`,
  },
  {
    name: 'told',
    usual: true,
    given: ({ tellings }) => tellings,
    sql: `
  insert into notice_outbox (case_code, seq, at, investor, notices)
  select %code, n.seq, n.at, n.investor, n.notices
  from json_to_recordset(%given) as n (seq int, at timestamptz, investor text, notices jsonb) order by n.seq`,
  },
  {
    name: 'stated',
    usual: true,
    given: ({ statuses }) => statuses,
    sql: `
  insert into dossier_status (system, scope, seq, place, case_code, status, dossier_code, occurred_at, request_id)
  select s.system, s.scope, s.seq, s.place, %code, s.status, s.dossier_code, s.occurred_at, ${requestOf('s')}
  from json_to_recordset(%given)
    as s (system text, scope text, seq int, place smallint, status smallint, dossier_code text, occurred_at timestamptz,
      ${askedFor})`,
  },
  {
    name: 'numbered',
    given: ({ papers }) => papers,
    sql: `
  insert into form_number (case_code, paper, agency, year, form, number)
  select %code, n.paper, n.agency, n.year, n.form, n.number
  from json_to_recordset(%given) as n (paper text, agency text, year int, form text, number int)`,
  },
  {
    name: 'filed',
    given: ({ filing }) => filing,
    sql: `
  insert into filing (case_code, body, name_vi, name_en, search)
  select %code, f -> 'body', f ->> 'name_vi', f ->> 'name_en', to_tsvector('simple', f ->> 'search') from (select %given as f) x`,
  },
  {
    name: 'drafted',
    given: ({ draft }) => draft,
    sql: `
  update draft d set filed_case = %code, content = null,
    version = case when d.version = (x.f ->> 'version')::int and d.content is not null then d.version + 1 else 0 end
  from (select %given as f) x where d.id = (x.f ->> 'id')::uuid`,
  },
  {
    name: 'pinned',
    given: ({ pin }) => pin,
    sql: `
  insert into public_pin (case_code, salt, hash, seed_master, seed_wrapped)
  select %code, p ->> 'salt', p ->> 'hash', p ->> 'master', decode(p ->> 'wrapped', 'hex') from (select %given as p) x`,
  },
];

interface Statement {
  readonly name: string;
  readonly text: string;
}

const statements = new Map<string, Statement>();

/** The statement that has exactly these parts; prepared once per session. */
function statementOf(present: readonly Part[]): Statement {
  const names = present.map(({ name }) => name).join();
  const known = statements.get(names);
  if (known) return known;
  const ctes = present.map(({ name, sql }, i) => {
    const given = `$${sharedParameters + 1 + i}::json`;
    return `, ${name} as (${sql.replaceAll(/%\w+/g, (word) => shared[word] ?? given)}\n)`;
  });
  const claimed = present.some(({ name }) => name === 'mailbox') ? 'select * from mailbox where mine' : 'select';
  const statement = { name: `write-command-${statements.size}`, text: `${always}${ctes.join('')}\n${claimed}` };
  statements.set(names, statement);
  return statement;
}

/** Writes it and commits, in one round trip that ends the transaction which holds the case's chain head. Resolves to the mailboxes that it has taken for the writer to send from. */
export async function writeCommand(client: pg.PoolClient, write: CommandWrite): Promise<ClaimedScope[]> {
  const present: Part[] = [];
  const values: unknown[] = [
    write.code,
    write.state && JSON.stringify(write.state),
    write.fold,
    write.hash,
    JSON.stringify(write.head),
  ];
  const acts = write.events.length > 0;
  for (const part of parts) {
    const given = part.given(write);
    const isUsual = acts && part.usual === true;
    if (given === null || (Array.isArray(given) && given.length === 0 && !isUsual && part.name !== 'unseated'))
      continue;
    present.push(part);
    values.push(JSON.stringify(given));
  }
  const claimed = await queryAndCommit<ClaimedScope & { mine: boolean }>(client, { ...statementOf(present), values });
  return claimed.map(({ mine: _mine, ...one }) => one);
}
