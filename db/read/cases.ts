import type pg from 'pg';
import { type Lane, type PathwayId } from '../../domain/case/case/words.js';
import { type CaseState } from '../../domain/case/state.js';
import { type TrialState } from '../../domain/case/trial/state.js';
import { type AnyFiling } from '../../domain/schemas/trial.js';
import { refsIn, type WordsById } from '../../domain/case/words.js';
import { type Instant, type PlainDate } from '../../domain/time/instants.js';
import { caseSource, type Reader } from '../people/readers.js';
import { rows } from '../pool.js';
import { type Kept, keptColumn, rememberedState, stateAtHead } from '../register/kept-state.js';
import { textsOf } from '../register/texts.js';
import { searchQuery } from './search-text.js';
import { type Page, pageOf, placeOf } from './keyset.js';

export type CaseStatus = 'open' | 'approved' | 'refused' | 'withdrawn';

export type TrialSummary = Pick<TrialState, 'regime' | 'phase' | 'ending'>;

/** One line of the list of cases. */
export interface CaseSummary {
  readonly code: string;
  readonly kind: CaseState['kind'];
  /** Whose case it is: the account of a person or an organisation. */
  readonly investor: string;
  readonly status: CaseStatus;
  /** null for a trial: the green lane and its pathways are no promise to it. */
  readonly lane: Lane | null;
  readonly pathway: PathwayId | null;
  /** Where the trial of a sandbox case stands. */
  readonly trial: TrialSummary | null;
  /** null once the filing was erased, or for imported history. */
  readonly name: { readonly vi: string; readonly en: string } | null;
  readonly openedAt: Instant;
  readonly closedAt: Instant | null;
  /** When the last event was admitted. */
  readonly updatedAt: Instant;
  /** Earliest due date among the clocks that run. */
  readonly dueDate: PlainDate | null;
  /** Earliest breach among the procedures still open. */
  readonly breachedOn: PlainDate | null;
  readonly mandatory: { readonly total: number; readonly approved: number };
  readonly caseSeq: number;
}

export interface CaseFilter {
  readonly status?: CaseStatus;
  readonly lane?: Lane;
  readonly kind?: CaseState['kind'];
  /** Cases in which this agency has a procedure, a question or a task. */
  readonly agency?: string;
  /** true: some open procedure has broken its term. */
  readonly overdue?: boolean;
  /** Beginnings of words of the project, the investor or the code; marks and case don't matter. */
  readonly q?: string;
  readonly cursor?: string;
  /** Rows per page. */
  readonly limit: number;
}

/** The cases that this reader reads, newest first, by keyset: the page after a cursor costs what the first one costs. */
export async function listCases(pool: pg.Pool, reader: Reader, filter: CaseFilter): Promise<Page<CaseSummary>> {
  const values: unknown[] = [];
  const param = (value: unknown): string => `$${values.push(value)}`;
  const source = await caseSource(pool, reader, param);
  const where: string[] = ['h.opened_at is not null', ...source.where];
  const joins: string[] = [];
  let order = 'h';
  // The order comes from the reader's own rows, or from the agency's that is asked for.
  if (source.from !== undefined) {
    joins.push(`join (${source.from}) a on a.case_code = h.code`);
    order = 'a';
  }
  if (filter.agency !== undefined) {
    if (source.from === undefined) {
      joins.push(`join case_agency a on a.case_code = h.code and a.agency = ${param(filter.agency)}`);
      order = 'a';
    } else {
      where.push(
        `exists (select from case_agency o where o.case_code = h.code and o.agency = ${param(filter.agency)})`,
      );
    }
  }
  const code = order === 'a' ? 'a.case_code' : 'h.code';
  if (filter.status !== undefined) where.push(`${order}.status = ${param(filter.status)}`);
  if (filter.lane !== undefined) where.push(`h.lane = ${param(filter.lane)} and h.kind = 'green-lane'`);
  if (filter.kind !== undefined) where.push(`h.kind = ${param(filter.kind)}`);
  if (filter.overdue !== undefined) {
    where.push(
      order === 'a' ? `a.breached = ${filter.overdue}` : `h.breached_on is ${filter.overdue ? 'not ' : ''}null`,
    );
  }
  if (filter.q !== undefined) {
    const query = searchQuery(filter.q);
    const hits = query === null ? [] : await findHits(pool, query);
    if (hits !== 'many') where.push(`h.code = any (${param(hits)})`);
    else {
      const searched = 'select w.search from filing w where w.case_code = h.code offset 0';
      where.push(`(${searched}) @@ to_tsquery('simple', ${param(query)})`);
    }
  }
  const place = placeOf(filter.cursor, ['instant', 'text']);
  if (place) where.push(`(${order}.opened_at, ${code}) < (${param(place[0])}::timestamptz, ${param(place[1])}::text)`);
  const found = await rows<CaseRow>(
    pool,
    `select ${summaryColumns} from case_head h ${joins.join(' ')} left join filing f on f.case_code = h.code
     where ${where.join(' and ')} order by ${order}.opened_at desc, ${code} desc limit ${param(filter.limit + 1)}`,
    values,
  );
  return pageOf(found.map(summaryOf), filter.limit, (one) => [one.openedAt, one.code]);
}

const mostHits = 5000;

/** Cases whose text has these words; `many` where walking down the list finds a page of them sooner than sorting them all. */
async function findHits(pool: pg.Pool, query: string): Promise<string[] | 'many'> {
  const hits = await rows<{ code: string }>(
    pool,
    `select case_code as code from filing where search @@ to_tsquery('simple', $1) limit $2`,
    [query, mostHits + 1],
  );
  return hits.length > mostHits ? 'many' : hits.map(({ code }) => code);
}

interface CaseRow {
  code: string;
  investor: string;
  kind: CaseState['kind'];
  status: CaseStatus;
  lane: Lane;
  pathway: PathwayId;
  trial: TrialSummary | null;
  name_vi: string | null;
  name_en: string | null;
  opened_at: Instant;
  closed_at: Instant | null;
  last_at: Instant;
  due_date: PlainDate | null;
  breached_on: PlainDate | null;
  mandatory_total: number;
  mandatory_approved: number;
  seq: number;
}

export const trialColumn = `h.trial - 'version' as trial`;
const summaryColumns = `h.code, h.investor, h.kind, h.status, h.lane, h.pathway, f.name_vi, f.name_en, h.opened_at, h.closed_at, h.last_at, h.due_date,
  h.breached_on, h.mandatory_total, h.mandatory_approved, h.seq, ${trialColumn}`;

const summaryOf = (row: CaseRow): CaseSummary => ({
  code: row.code,
  investor: row.investor,
  kind: row.kind,
  status: row.status,
  lane: row.kind === 'sandbox' ? null : row.lane,
  pathway: row.kind === 'sandbox' ? null : row.pathway,
  trial: row.trial,
  name: row.name_vi === null || row.name_en === null ? null : { vi: row.name_vi, en: row.name_en },
  openedAt: row.opened_at,
  closedAt: row.closed_at,
  updatedAt: row.last_at,
  dueDate: row.due_date,
  breachedOn: row.breached_on,
  mandatory: { total: row.mandatory_total, approved: row.mandatory_approved },
  caseSeq: row.seq,
});

/** One case as it stands now: its line of the list, its whole state, and the filing (null once erased). */
export interface CaseDetail {
  readonly summary: CaseSummary;
  /** Business time at which it stood so. */
  readonly asOf: Instant;
  readonly state: CaseState;
  readonly filing: AnyFiling | null;
  /** What lies behind the references of its procedures, consultations and trial, and of what other systems say. */
  readonly words: WordsById;
}

/** Undefined where there is no such case. Names in the filing are for those who have access to the case. */
export async function findCase(pool: pg.Pool, caseCode: string): Promise<CaseDetail | undefined> {
  const base = rememberedState(caseCode);
  const [found] = await rows<CaseRow & { kept: Kept; body: AnyFiling | null; asOf: Instant }>(
    pool,
    `select ${summaryColumns}, ${keptColumn({ seq: '$2::int', hash: '$3::text' })} as kept, f.body, coalesce(r.now, clock_timestamp()) as "asOf"
     from case_head h left join filing f on f.case_code = h.code cross join rehearsal_clock r
     where h.code = $1 and h.state is not null`,
    [caseCode, base?.seq ?? null, base?.hash ?? null],
    'find-case',
  );
  if (!found) return undefined;
  const { kept, body, asOf } = found;
  const state = await stateAtHead(pool, kept, base);
  const hearings = state.kind === 'green-lane' ? state.laneHearings : [];
  const { outside = [] } = state;
  const refs = refsIn(state.procedures, state.consultations, state.trial, hearings, state.factQuestions, outside);
  return { summary: summaryOf(found), asOf, state, filing: body, words: await textsOf(pool, caseCode, refs) };
}

/** The case a dossier code was given in, by the projected procedures; look-ups take both codes. */
export async function findCaseOfDossier(pool: pg.Pool, dossierCode: string): Promise<string | undefined> {
  const [found] = await rows<{ code: string }>(
    pool,
    'select case_code as code from procedure where dossier_code = $1',
    [dossierCode],
  );
  return found?.code;
}
