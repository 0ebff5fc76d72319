import { z } from 'zod';
import { headsByAgency } from '../../db/read/colleagues.js';
import { dashboardAgencies } from '../../db/read/dashboards/agencies.js';
import { dashboardCuts } from '../../db/read/dashboards/cuts.js';
import { listCases } from '../../db/read/cases.js';
import { type Page } from '../../db/read/keyset.js';
import { listTasks } from '../../db/read/tasks.js';
import { businessNow } from '../../db/register/business-clock.js';
import { refuse } from '../../domain/errors.js';
import { type Catalogue } from '../../domain/law/catalogue.js';
import { longListFrom } from '../../domain/people/security.js';
import { dateOf, type PlainDate } from '../../domain/time/instants.js';
import { type Access } from '../auth/access.js';
import { readingCase } from '../auth/callers.js';
import { type Person } from '../auth/person.js';
import { type ApiDeps } from '../deps.js';
import { given } from '../http/given.js';
import { type Language } from '../http/language.js';
import { defineRoute } from '../http/route.js';
import { caseQuery } from '../schemas/cases.js';
import { Code, GivenDay } from '../schemas/common.js';
import { CutQuery, FigureCasesQuery, FigureName } from '../schemas/cuts.js';
import { casesBook } from '../sheets/cases.js';
import { figureCasesBook, figuresBook } from '../sheets/figures.js';
import { trackingBookSheet } from '../sheets/tracking-book.js';
import { type CellValue, mostRows, type Workbook, workbookFile } from '../sheets/workbook.js';
import { fromHeading, laneHeading, laneWords, text, toHeading } from '../sheets/words.js';
import { worklistBook } from '../sheets/worklist.js';
import { bookReaders, mayReadBook, readBook } from '../tracking-book.js';
import { cutView, figureItems } from '../views/cuts.js';
import { agencyItems } from '../views/dashboards.js';
import { taskSummaryView } from '../views/tasks.js';
import { worklistOf, worklistQuery, worklistReaders } from '../worklist.js';
import { cutFilterOf, periodsOf, readFigureCases, shownPeriod } from './cuts.js';

const responses = {
  200: {
    description:
      'An .xlsx file: headings in the language asked for, dates and numbers as such, the filters on its last sheet',
    content: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  },
} as const;
const refusals = ['SHEET_TOO_LONG'] as const;
const description = `At most ${mostRows} rows: a longer list is narrowed first, nothing is left out unsaid.`;
const figures = { kind: 'person', roles: ['leader', 'auditor', 'head'], scope: 'dashboard:read' } as const;

/** All of a list, or nothing. */
const whole = <T>({ items, next }: Page<T>): readonly T[] =>
  next === null ? items : refuse('SHEET_TOO_LONG', { mostRows });

async function written(
  workbook: Workbook,
  name: string,
  language: Language,
): Promise<readonly [Buffer, { readonly [header: string]: string }]> {
  const headers = { 'Content-Disposition': `attachment; filename="${name}.xlsx"` };
  return [await workbookFile(workbook, language), headers];
}

/** What lists show as spreadsheets: the same filter, the same reader. */
export function sheetRoutes(deps: ApiDeps, access: Access) {
  const { pool, publicUrl, security } = deps;
  /** Written, and told to those who watch where it is long. */
  const taken = (person: Person, book: Workbook, name: string, language: Language) => {
    const rows = Math.max(0, ...book.sheets.map((sheet) => sheet.rows.length));
    if (rows >= longListFrom) security?.note({ kind: 'bulk-export', account: person.id });
    return written(book, name, language);
  };
  return [
    defineRoute({
      method: 'get',
      path: '/sheets/tasks',
      tag: 'Sheets',
      summary: 'What `GET /tasks` lists, as a spreadsheet',
      description,
      auth: { kind: 'person', roles: worklistReaders, scope: 'case:read' },
      request: { query: z.strictObject(worklistQuery) },
      responses,
      refusals: [...refusals, 'TASK_NOT_YOURS', 'CASE_NOT_YOURS', 'ACTOR_RECUSED'],
      handler: async ({ person, query, law, language, reply }) => {
        if (query.case !== undefined) await access.readCase({ person, params: { code: query.case } });
        const { filter, now } = await worklistOf(deps, access, person, query);
        const tasks = whole(await listTasks(pool, { ...filter, limit: mostRows }));
        const { catalogue } = law();
        const lines = tasks.map((task) => taskSummaryView(task, catalogue, now));
        const book = worklistBook(lines, query, { publicUrl, catalogue, asOf: now });
        return reply(200, ...(await taken(person, book, `tasks-${dateOf(now)}`, language)));
      },
    }),
    defineRoute({
      method: 'get',
      path: '/sheets/cases',
      tag: 'Sheets',
      summary: 'What `GET /cases` lists, as a spreadsheet',
      description,
      auth: readingCase,
      request: { query: z.strictObject(caseQuery) },
      responses,
      refusals,
      handler: async ({ person, query, law, language, reply }) => {
        const asOf = await businessNow(pool);
        const filter = given(query);
        const reader = { person, on: dateOf(asOf) };
        const cases = whole(await listCases(pool, reader, { ...filter, limit: mostRows }));
        const book = casesBook(cases, filter, { publicUrl, catalogue: law().catalogue, asOf });
        return reply(200, ...(await taken(person, book, `cases-${dateOf(asOf)}`, language)));
      },
    }),
    defineRoute({
      method: 'get',
      path: '/sheets/figures',
      tag: 'Sheets',
      summary: 'The board as a spreadsheet: the cut of `GET /dashboard/cuts`, the agencies, the definitions',
      auth: figures,
      request: { query: CutQuery },
      responses,
      handler: async ({ person, query, law, language, reply }) => {
        const asOf = await businessNow(pool);
        const today = dateOf(asOf);
        const periods = periodsOf(query, today);
        const { catalogue } = law();
        const rows = await dashboardCuts(pool, query.by, periods, cutFilterOf(query), today);
        const heads = query.by === 'agency' ? await headsByAgency(pool) : new Map<string, string[]>();
        const { lane, pathway, zone } = query;
        const filter = { from: query.from ?? null, to: query.to ?? today, ...given({ lane, pathway, zone }) };
        const agencies = agencyItems(await dashboardAgencies(pool, filter, today), catalogue);
        const cuts = { periods: periods.map(shownPeriod), ...cutView(query.by, rows, catalogue, heads) };
        const book = figuresBook(cuts, agencies, { asOf, about: askedOf(query, today, catalogue) });
        return reply(200, ...(await taken(person, book, `figures-${today}`, language)));
      },
    }),
    defineRoute({
      method: 'get',
      path: '/sheets/figures/{figure}/cases',
      tag: 'Sheets',
      summary: 'The cases behind a figure, as far as the caller reads them, as a spreadsheet',
      description,
      auth: figures,
      request: {
        params: z.strictObject({ figure: FigureName }),
        query: FigureCasesQuery.omit({ cursor: true, limit: true }),
      },
      responses,
      refusals,
      handler: async ({ params: { figure }, query, person, law, language, reply }) => {
        const asOf = await businessNow(pool);
        const today = dateOf(asOf);
        const { catalogue } = law();
        const reading = { reader: { person, on: today }, today, limit: mostRows };
        const { definition, name, found } = await readFigureCases(pool, figure, query, reading);
        const items = figureItems(whole(found), catalogue);
        const about = [...askedOf(query, today, catalogue), [text('Định nghĩa', 'Definition'), definition] as const];
        const book = figureCasesBook({ name, items, publicUrl }, { asOf, about });
        return reply(200, ...(await taken(person, book, `${figure}-${today}`, language)));
      },
    }),
    defineRoute({
      method: 'get',
      path: '/sheets/tracking-book/{agency}',
      tag: 'Sheets',
      summary: 'Form 07 as a spreadsheet: the dossiers an agency handles, by day of receipt',
      description: `Both days within one year. ${description}`,
      auth: { kind: 'person', roles: bookReaders, scope: 'case:read', access: mayReadBook(deps.law) },
      request: { params: z.strictObject({ agency: Code }), query: z.strictObject({ from: GivenDay, to: GivenDay }) },
      responses,
      refusals: ['FORBIDDEN', 'NOT_FOUND', 'VALIDATION_FAILED'],
      handler: async ({ person, params: { agency }, query: { from, to }, law: read, language, reply }) => {
        const law = read();
        const entries = await readBook(pool, law, { agency, from, to }, mostRows);
        const book = trackingBookSheet({ agency, from, to, entries }, law.catalogue, await businessNow(pool));
        return reply(200, ...(await taken(person, book, `tracking-book-${agency}-${from}-${to}`, language)));
      },
    }),
  ];
}

/** What of the board was asked for, in words. */
function askedOf(
  query: Pick<z.output<typeof CutQuery>, 'from' | 'to' | 'lane' | 'pathway' | 'zone'>,
  today: PlainDate,
  catalogue: Catalogue,
): Workbook['about'] {
  const { from, to, lane, pathway, zone } = query;
  const asked: readonly (readonly [ReturnType<typeof text>, CellValue | undefined])[] = [
    [fromHeading, from],
    [toHeading, to ?? today],
    [laneHeading, lane && laneWords[lane]],
    [
      text('Lộ trình', 'Pathway'),
      pathway && (catalogue.pathways.find(({ code }) => code === pathway)?.name ?? pathway),
    ],
    [text('Khu', 'Zone'), zone],
  ];
  return asked.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}
