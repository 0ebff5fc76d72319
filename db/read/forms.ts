import type pg from 'pg';
import { type CaseEvent, type EventType } from '../../domain/case/events.js';
import { type NameThen, type NamesThen, namesThen, peopleIn } from '../../domain/case/case/names-then.js';
import { type CaseState } from '../../domain/case/state.js';
import { type AnyFiling } from '../../domain/schemas/trial.js';
import { type PlainDate, startOf, addDays, plainDate } from '../../domain/time/instants.js';
import { type BookedDossier } from '../../domain/measures/tracking-book.js';
import { openingColumns, openingJoin, type TextRow } from '../register/case-keys.js';
import { eventOf } from '../register/chain-link.js';
import { openAll } from '../register/texts.js';
import { rows } from '../pool.js';
import { type Kept, keptUnknown, stateAtHead } from '../register/kept-state.js';

/** What official papers of a case are made from, as of one moment. */
export interface PaperFile {
  readonly state: CaseState;
  readonly events: readonly CaseEvent[];
  /** null once erased. */
  readonly filing: AnyFiling | null;
  /** Whoever acted in these events, and the investor, while the register knows them. */
  readonly people: ReadonlyMap<string, { readonly name: string; readonly email: string }>;
  readonly texts: ReadonlyMap<string, string | null>;
  /** People and agencies as they were called at each act. */
  readonly names: NamesThen;
}

interface FileRow extends pg.QueryResultRow {
  names: NameThen[];
  kept: Kept;
  filing: AnyFiling | null;
  events: string[];
  texts: TextRow[];
}

/** One statement, so that events and state are of one moment. Undefined where there is no such case. */
export async function findPaperFile(
  pool: pg.Pool,
  caseCode: string,
  types: readonly EventType[],
): Promise<PaperFile | undefined> {
  const [found] = await rows<FileRow>(
    pool,
    `select ${keptUnknown} as kept, f.body as filing,
       array(select e.canonical from case_event e where e.case_code = h.code and e.type = any ($2) order by e.seq) as events,
       (select coalesce(json_agg(x), '[]') from (select t.id, ${openingColumns} from case_text t ${openingJoin} where t.case_code = h.code) x) as texts,
       (select coalesce(json_agg(json_build_object('kind', n.kind, 'subject', n.subject, 'seq', n.seq, 'body', n.body::json)), '[]')
         from case_name n where n.case_code = h.code) as names
     from case_head h left join filing f on f.case_code = h.code where h.code = $1 and h.state is not null`,
    [caseCode, types],
    'paper-file',
  );
  if (!found) return undefined;
  const events = found.events.map(eventOf);
  const state = await stateAtHead(pool, found.kept);
  return {
    state,
    events,
    filing: found.filing,
    people: await namesOf(pool, [state.investor.personId, ...events.flatMap(peopleIn)]),
    texts: await openAll(pool, caseCode, found.texts),
    names: namesThen(found.names),
  };
}

async function namesOf(pool: pg.Pool, ids: readonly string[]): Promise<PaperFile['people']> {
  const found = await rows<{ id: string; name: string; email: string }>(
    pool,
    'select id, name, email from person where id = any ($1) and erased_at is null',
    [[...new Set(ids)]],
    'names-of',
  );
  return new Map(found.map(({ id, name, email }) => [id, { name, email }]));
}

/** One dossier of the book, with its state as a code of the portal. */
export interface BookRow extends BookedDossier {
  readonly portalStatus: number;
}

export interface BookQuery {
  /** The agency in whose book they stand, also where it was merged since; null: every dossier, as the one-stop unit keeps them. */
  readonly agency: string | null;
  /** Both within one year, both counted. */
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly limit: number;
}

/** Dossiers received in the period, oldest first, by the projection. Numbers run through the year, whatever part of it is asked for. */
export async function trackingBook(pool: pg.Pool, { agency, from, to, limit }: BookQuery): Promise<BookRow[]> {
  const bounds = [startOf(plainDate(`${from.slice(0, 4)}-01-01`)), startOf(from), startOf(addDays(to, 1))];
  const booked = agency === null ? '' : 'and p.book_agency = $5';
  return rows(
    pool,
    `with book as (
       select p.*, row_number() over (order by p.received_at, p.scope)::int as serial from procedure p
       where p.received_at >= $1 and p.received_at < $3 ${booked}
     ) select b.serial, b.dossier_code as "dossierCode", b.procedure, b.version, coalesce(f.body -> 'investor', f.body -> 'applicant') ->> 'name' as applicant, i.email,
       b.handling_agency as agency, b.received_at as "receivedAt", b.printed_due_date as "printedDueDate",
       b.handed_over_at as "handedOverAt", b.portal_status as "portalStatus"
     from book b join case_head h on h.code = b.case_code left join filing f on f.case_code = b.case_code
       left join person i on i.id = h.investor
     where b.received_at >= $2 order by b.serial limit $4`,
    [...bounds, limit, ...(agency === null ? [] : [agency])],
  );
}
