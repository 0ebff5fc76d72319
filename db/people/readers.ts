import type pg from 'pg';
import { type PersonRole } from '../../domain/people/access-scopes.js';
import { type PlainDate } from '../../domain/time/instants.js';
import { rows } from '../pool.js';
import { powerHolds } from './powers.js';

/** Whose eyes, and the day on which powers of attorney are looked at. */
export interface Reader {
  readonly person: { readonly id: string; readonly role: PersonRole; readonly agency: string | null };
  readonly on: PlainDate;
}

/** Gives a value its placeholder in the statement that is being written. */
export type Param = (value: unknown) => string;

/** What somebody has to do with a case, and so reads it for. */
export type Relation = 'everything' | 'own' | 'power' | 'agency' | 'seat';

/** Who reads a case for what. Whoever has declared an interest in it reads it for nothing: see `readsCase`. */
export const relationsOf: Readonly<Record<PersonRole, readonly Relation[]>> = {
  leader: ['everything'],
  auditor: ['everything'],
  admin: ['everything'],
  operator: ['everything'],
  investor: ['own', 'power'],
  representative: ['power'],
  'receiving-officer': ['agency', 'seat'],
  officer: ['agency', 'seat'],
  head: ['agency', 'seat'],
  expert: ['seat'],
};

/**
 * A power of attorney `w` under which this reader acts on that day: accepted, in its term, not taken back. To be a member of an organisation is to hold one of it: an
 * investor holds no other, a representative holds none such.
 */
export const holdsPower = ({ person, on }: Reader, param: Param): string =>
  `(${powerHolds(param(person.id), param(on))} and w.member_as is ${person.role === 'investor' ? 'not null' : 'null'})`;

// `code` and `procedure` are SQL: the case, and the procedure of it that what is read belongs to (null: the case as a whole).
const relationSql: Readonly<
  Record<Relation, (code: string, reader: Reader, param: Param, procedure: string) => string>
> = {
  everything: () => 'true',
  own: (code, { person }, param) =>
    `exists (select from case_head o where o.code = ${code} and o.investor = ${param(person.id)})`,
  power: (code, reader, param, procedure) =>
    `exists (select from case_head o join power_of_attorney w on w.grantor = o.investor
       where o.code = ${code} and ${holdsPower(reader, param)} and (w.procedures is null or ${procedure}))`,
  agency: (code, { person }, param) =>
    `exists (select from case_agency g where g.case_code = ${code} and g.agency = ${param(person.agency)})`,
  seat: (code, { person }, param) =>
    `exists (select from council_seat s where s.case_code = ${code} and s.person = ${param(person.id)})`,
};

/** SQL: this reader has declared an interest in the case. */
export const recusedFrom = (code: string, person: string, param: Param): string =>
  `exists (select from recusal r where r.case_code = ${code} and r.person = ${param(person)})`;

/**
 * SQL: the reader reads the case, be it only a part of it. With `procedure` (SQL of a procedure's code, null = the case as a whole): reads what belongs to
 * that. The one rule behind a case, a list of cases, notices and documents.
 */
export function readsCase(code: string, reader: Reader, param: Param, procedure?: string): string {
  const within = procedure === undefined ? 'true' : `${procedure} = any (w.procedures)`;
  const relations = relationsOf[reader.person.role].map((one) => relationSql[one](code, reader, param, within));
  return `((${relations.join(' or ')}) and not ${recusedFrom(code, reader.person.id, param)})`;
}

/**
 * `none`; `recused`: has declared an interest in it; `part`: representative in some procedures of it alone; `party`: investor, or representative in the whole
 * case; `agency`: own agency has something to do in it, or sits in its council; `all`: may read every case.
 */
export type CaseAccess = 'none' | 'recused' | 'part' | 'party' | 'agency' | 'all';

/** The investor's side: it reads what an agency says, not how it came to say it, nor which of its people did. */
export const isParty = (access: CaseAccess): boolean => access === 'party' || access === 'part';

/** How far into a case somebody may read. */
export interface CaseReach {
  readonly access: CaseAccess;
  /** Of a `part`: which procedures. null: all. */
  readonly procedures: readonly string[] | null;
}

const sideOf: Readonly<Record<Relation, CaseAccess>> = {
  everything: 'all',
  own: 'party',
  power: 'party',
  agency: 'agency',
  seat: 'agency',
};

/** What a person may have to do with a case. An unknown case is `none`, save for those who may read all. */
export async function caseReach(pool: pg.Pool, reader: Reader, caseCode: string): Promise<CaseReach> {
  const { person } = reader;
  const values: unknown[] = [];
  const param: Param = (value) => `$${values.push(value)}`;
  const code = `${param(caseCode)}::text`;
  const reads = readsCase(code, reader, param);
  const text = `select ${reads} as reads, ${recusedFrom(code, person.id, param)} as recused`;
  const [found] = await rows<{ reads: boolean; recused: boolean }>(pool, text, values, `case-reach-${person.role}`);
  if (found?.recused) return { access: 'recused', procedures: null };
  const [relation] = relationsOf[person.role];
  if (!found?.reads || relation === undefined) return { access: 'none', procedures: null };
  if (relation !== 'power') return { access: sideOf[relation], procedures: null };
  const procedures = await proceduresUnderPower(pool, reader, caseCode);
  return procedures === null ? { access: 'party', procedures } : { access: 'part', procedures };
}

/** The procedures that a representative's powers name together; null where one of them names none, and so reaches the whole case. */
async function proceduresUnderPower(pool: pg.Pool, reader: Reader, caseCode: string): Promise<string[] | null> {
  const values: unknown[] = [];
  const param: Param = (value) => `$${values.push(value)}`;
  const powers = await rows<{ procedures: string[] | null }>(
    pool,
    `select w.procedures from case_head o join power_of_attorney w on w.grantor = o.investor
     where o.code = ${param(caseCode)} and ${holdsPower(reader, param)}`,
    values,
    'procedures-under-power',
  );
  const named = powers.map(({ procedures }) => procedures);
  return named.includes(null) ? null : [...new Set(named.flatMap((one) => one ?? []))].sort();
}

export const caseAccess = async (pool: pg.Pool, reader: Reader, caseCode: string): Promise<CaseAccess> =>
  (await caseReach(pool, reader, caseCode)).access;

/** What of the list of cases is this reader's: rows `a (case_code, opened_at, status, breached)` to walk along, or a condition on `case_head h`. */
export interface CaseSource {
  /** Undefined: every case. */
  readonly from: string | undefined;
  readonly where: readonly string[];
}

// Each is one walk along an index of its own, in the order of the list.
const sourceSql: Readonly<Partial<Record<Relation, (reader: Reader, param: Param) => string>>> = {
  agency: ({ person }, param) =>
    `select g.case_code, g.opened_at, g.status, g.breached from case_agency g where g.agency = ${param(person.agency)}`,
  seat: ({ person }, param) =>
    `select s.case_code, o.opened_at, o.status, o.breached_on is not null as breached
     from council_seat s join case_head o on o.code = s.case_code where s.person = ${param(person.id)}
       and not exists (select from case_agency g where g.case_code = s.case_code and g.agency = ${param(person.agency)})`,
};

const hasSeat = async (pool: pg.Pool, person: string): Promise<boolean> =>
  (await rows(pool, 'select 1 from council_seat where person = $1 limit 1', [person], 'has-seat')).length > 0;

/** `readsCase` for a whole list. */
export async function caseSource(pool: pg.Pool, reader: Reader, param: Param): Promise<CaseSource> {
  const { person } = reader;
  const where = [`not ${recusedFrom('h.code', person.id, param)}`];
  const relations = relationsOf[person.role];
  // Few sit in a council beside their agency; for all others the list stays one walk along one index.
  const sits = relations.length === 1 || (relations.includes('seat') && (await hasSeat(pool, person.id)));
  const walked = relations.filter((one) => one !== 'seat' || sits);
  const sources = walked.flatMap((one) => sourceSql[one]?.(reader, param) ?? []);
  if (sources.length > 0) return { from: sources.join(' union all '), where };
  if (relations.includes('power')) {
    const values: unknown[] = [];
    const held = holdsPower(reader, (value) => `$${values.push(value)}`);
    const found = await rows<{ grantor: string }>(
      pool,
      `select distinct w.grantor from power_of_attorney w where ${held}`,
      values,
    );
    const own = relations.includes('own') ? [person.id] : [];
    where.push(`h.investor = any (${param([...own, ...found.map(({ grantor }) => grantor)])})`);
  } else if (relations.includes('own')) where.push(`h.investor = ${param(person.id)}`);
  return { from: undefined, where };
}

/** Those of these cases that the reader reads. */
export async function readableAmong(pool: pg.Pool, reader: Reader, codes: readonly string[]): Promise<Set<string>> {
  const values: unknown[] = [];
  const param: Param = (value) => `$${values.push(value)}`;
  const among = `select c.code from unnest(${param([...new Set(codes)])}::text[]) c (code)`;
  const found = await rows<{ code: string }>(pool, `${among} where ${readsCase('c.code', reader, param)}`, values);
  return new Set(found.map(({ code }) => code));
}

/** Whether somebody of this role is of the investor's side. */
export const isPartyRole = (role: PersonRole): boolean => sideOf[relationsOf[role][0] ?? 'agency'] === 'party';

/** SQL: the document `d` is the reader's own, that of an organisation they are in, or that of an investor for whom they uploaded it and still act. */
export function uploadedFor(reader: Reader, param: Param): string {
  const { person } = reader;
  const me = param(person.id);
  return person.role === 'representative'
    ? `(d.uploaded_by = ${me} and (d.owner = ${me} or exists (
         select from power_of_attorney w where w.grantor = d.owner and ${holdsPower(reader, param)})))`
    : `(d.owner = ${me} or exists (
         select from power_of_attorney w where w.grantor = d.owner and ${holdsPower(reader, param)}))`;
}
