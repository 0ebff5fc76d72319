import { canonical } from '../../domain/evidence/canonical.js';
import { findPeople } from '../../db/people/people.js';
import {
  actOnReport,
  approveReport,
  findReport,
  listPublicReports,
  listReports,
  type Report,
} from '../../db/leadership/reports.js';
import { casesOfReportFigure, chapterFigures, cityReportFigures } from '../../db/read/dashboards/report-figures.js';
import { businessNow } from '../../db/register/business-clock.js';
import type { LoadedLaw } from '../../db/law/law.js';
import { refuse } from '../../domain/errors.js';
import { contentOf, unsignedOf } from '../../domain/leadership/report.js';
import { agencyFigures, type ReportFigureCode } from '../../domain/leadership/report-figures.js';
import { dateOf } from '../../domain/time/instants.js';
import { reportPaper } from '../../forms/report.js';
import { type Person } from '../auth/person.js';
import { type ApiDeps } from '../deps.js';
import { given } from '../http/given.js';
import { type Language } from '../http/language.js';
import { addressLimiter } from '../http/limits.js';
import { defineRoute } from '../http/route.js';
import { refuseQuery } from '../http/validation.js';
import {
  ApprovalBody,
  ChapterBody,
  ChapterPlace,
  ErratumBody,
  GatheringBody,
  PublishedReports,
  ReportCases,
  ReportCasesQuery,
  ReportFigurePlace,
  ReportPlace,
  Reports,
  ReportView,
} from '../schemas/reports.js';
import { reportBook } from '../sheets/report.js';
import { workbookFile } from '../sheets/workbook.js';
import {
  erratumOf,
  type FiguresNow,
  figuresHash,
  namesOf,
  nothing,
  peopleIn,
  publishedItems,
  reportItem,
  reportView,
} from '../views/reports.js';

const reading = { kind: 'person', roles: ['leader', 'auditor', 'head'], scope: 'dashboard:read' } as const;
const heads = { kind: 'person', roles: ['head'], scope: 'task:work' } as const;
const leaders = { kind: 'person', roles: ['leader'], scope: 'task:work' } as const;
const most = 100;
const pdf = {
  description: 'The report: Vietnamese first, an English page after it',
  content: 'application/pdf',
} as const;
const asApproved = {
  description: 'What is approved, as RFC 8785 text: `contentHash` is over these bytes',
  content: 'application/json',
} as const;
const xlsx = {
  description: 'An .xlsx file: each figure with its definition, reasons, targets, errata',
  content: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;
const states = ['NOT_FOUND', 'PRECONDITION_FAILED'] as const;
const ofAgencies: readonly ReportFigureCode[] = agencyFigures;

/** Reports on the green lane: each agency's chapter signed by its head, gathered, approved and numbered; what changes afterwards is an erratum. */
export function reportRoutes(deps: ApiDeps) {
  const { pool, press, publicUrl } = deps;
  const limiter = addressLimiter({
    name: 'public-reports',
    perMinute: deps.limits.publicPerMinute,
    shared: deps.requestCounts,
  }).limit;

  const get = async (id: string): Promise<Report> =>
    (await findReport(pool, id)) ?? refuse('NOT_FOUND', { report: id });
  const approved = async (id: string): Promise<Report> => {
    const report = await get(id);
    return report.approved ? report : refuse('NOT_FOUND', { report: id });
  };
  const figuresNow = async ({ period, agencies }: Report): Promise<FiguresNow> => ({
    city: await cityReportFigures(pool, period),
    chapters: await chapterFigures(pool, period, agencies),
  });
  const view = async (report: Report, person: Person, { law, catalogue }: LoadedLaw, now?: FiguresNow) =>
    reportView({
      ...{ report, person, law, catalogue },
      now: now ?? (await figuresNow(report)),
      names: await findPeople(pool, peopleIn(report)),
      at: await businessNow(pool),
    });
  const paper = async (report: Report, { law, catalogue }: LoadedLaw, asker: string) => {
    const content = contentOf(report) ?? refuse('PRECONDITION_FAILED', { report: 'open' });
    const model = reportPaper(
      { content, report },
      {
        names: await findPeople(pool, peopleIn(report)),
        namesOf: (agency) => namesOf(catalogue, agency),
        law,
        catalogue,
        publicUrl,
      },
    );
    return press.draw(model, asker);
  };
  const contentBytes = (report: Report): string => {
    const content = contentOf(report) ?? refuse('PRECONDITION_FAILED', { report: 'open' });
    return canonical(content);
  };
  const book = async (report: Report, { catalogue }: LoadedLaw, language: Language, page: string | null) => {
    const content = contentOf(report) ?? refuse('PRECONDITION_FAILED', { report: 'open' });
    return workbookFile(reportBook({ content, report, catalogue, asOf: await businessNow(pool), page }), language);
  };
  const attached = (id: string) => ({ 'Content-Disposition': `attachment; filename="${id}.xlsx"` });
  const inline = (id: string, kind: string) => ({ 'Content-Disposition': `inline; filename="${id}.${kind}"` });

  return [
    defineRoute({
      method: 'get',
      path: '/reports',
      tag: 'Reports',
      summary: 'Reports on the green lane, owed, in work and approved',
      auth: reading,
      responses: { 200: { description: 'The reports', schema: Reports } },
      handler: async ({ person, reply }) => {
        const today = dateOf(await businessNow(pool));
        return reply(200, { items: (await listReports(pool, most)).map((one) => reportItem(one, person, today)) });
      },
    }),
    defineRoute({
      method: 'get',
      path: '/reports/{id}',
      tag: 'Reports',
      summary:
        'One report: figures with what is behind them, chapters with drafts or signed words, errata, what changed since',
      auth: reading,
      request: { params: ReportPlace },
      responses: { 200: { description: 'The report', schema: ReportView } },
      refusals: ['NOT_FOUND'],
      handler: async ({ params: { id }, person, law, reply }) => reply(200, await view(await get(id), person, law())),
    }),
    defineRoute({
      method: 'get',
      path: '/reports/{id}/figures/{figure}/cases',
      tag: 'Reports',
      summary: 'What stands behind a figure of a report; all pages together make it',
      auth: reading,
      request: { params: ReportFigurePlace, query: ReportCasesQuery },
      responses: { 200: { description: 'The cases', schema: ReportCases } },
      refusals: ['NOT_FOUND'],
      handler: async ({ params: { id, figure }, query: { agency, cursor, limit }, person, reply }) => {
        if (agency !== undefined && !ofAgencies.includes(figure))
          refuseQuery('/agency', `\`${figure}\` is of the City`);
        const { period } = await get(id);
        const reader = { person, on: dateOf(await businessNow(pool)) };
        const asked = { from: period.from, to: period.to, figure, agency: agency ?? null };
        return reply(200, await casesOfReportFigure(pool, asked, { reader, limit, ...given({ cursor }) }));
      },
    }),
    defineRoute({
      method: 'post',
      path: '/reports/{id}/chapters/{agency}/signature',
      tag: 'Reports',
      summary:
        'Sign the chapter of one’s agency with its figures as they are; until the report is gathered it may be signed anew',
      auth: heads,
      idempotent: 'own',
      request: { params: ChapterPlace, body: ChapterBody },
      responses: { 200: { description: 'Signed, once', schema: ReportView } },
      refusals: [...states, 'STALE'],
      handler: async ({ params: { id, agency }, body, person, key, law, reply }) => {
        const now = await figuresNow(await get(id));
        const figures = now.chapters.get(agency) ?? nothing;
        const make = ({ agencies }: Report) => {
          const isOwn = person.agency === law().law.successorOf(agency) && agencies.includes(agency);
          if (isOwn && figuresHash(figures) !== body.figuresHash) refuse('STALE', { agency });
          return { kind: 'signed', agency, text: body.text, ...figures } as const;
        };
        const done = await actOnReport(pool, law().law, { id, make, by: person, key }, await businessNow(pool));
        return reply(200, await view(done, person, law(), now));
      },
    }),
    defineRoute({
      method: 'post',
      path: '/reports/{id}/gathering',
      tag: 'Reports',
      summary: 'Put the chapters together; after their date, without those that nobody signed, and says so',
      auth: heads,
      idempotent: 'own',
      request: { params: ReportPlace, body: GatheringBody },
      responses: { 200: { description: 'Gathered, once', schema: ReportView } },
      refusals: [...states],
      handler: async ({ params: { id }, body: { text }, person, key, law, reply }) => {
        const now = await figuresNow(await get(id));
        const make = (before: Report) => {
          const unsigned = unsignedOf(before).map((agency) => ({ agency, ...(now.chapters.get(agency) ?? nothing) }));
          return { kind: 'gathered', text, city: now.city, unsigned } as const;
        };
        const done = await actOnReport(pool, law().law, { id, make, by: person, key }, await businessNow(pool));
        return reply(200, await view(done, person, law(), now));
      },
    }),
    defineRoute({
      method: 'post',
      path: '/reports/{id}/approval',
      tag: 'Reports',
      summary: 'Approve what was gathered: it takes its number and never changes any more',
      auth: leaders,
      idempotent: 'own',
      request: { params: ReportPlace, body: ApprovalBody },
      responses: { 200: { description: 'Approved, once', schema: ReportView } },
      refusals: [...states, 'STALE'],
      handler: async ({ params: { id }, body: { contentHash }, person, key, law, reply }) => {
        const { law: rules, catalogue } = law();
        const asked = { id, contentHash, by: person, key };
        const by = { law: rules, agencies: catalogue.agencies };
        return reply(200, await view(await approveReport(pool, by, asked, await businessNow(pool)), person, law()));
      },
    }),
    defineRoute({
      method: 'post',
      path: '/reports/{id}/errata',
      tag: 'Reports',
      summary: 'Write down that the register says otherwise by now than an approved report, and why',
      auth: { ...leaders, roles: ['leader', 'head'] },
      idempotent: 'own',
      request: { params: ReportPlace, body: ErratumBody },
      responses: { 200: { description: 'Written, once', schema: ReportView } },
      refusals: [...states],
      handler: async ({ params: { id }, body: { agency, figure, reason }, person, key, law, reply }) => {
        const now = await figuresNow(await get(id));
        const make = (before: Report) => {
          const values = erratumOf(before, now, agency, figure) ?? refuse('NOT_FOUND', { figure });
          return { kind: 'corrected', agency, reason, ...values } as const;
        };
        const done = await actOnReport(pool, law().law, { id, make, by: person, key }, await businessNow(pool));
        return reply(200, await view(done, person, law(), now));
      },
    }),
    defineRoute({
      method: 'get',
      path: '/reports/{id}/paper',
      tag: 'Reports',
      summary: 'The gathered report as PDF; until it is approved a draft',
      auth: reading,
      request: { params: ReportPlace },
      responses: { 200: pdf },
      refusals: [...states],
      handler: async ({ params: { id }, person, law, reply }) =>
        reply(200, await paper(await get(id), law(), person.id), inline(id, 'pdf')),
    }),
    defineRoute({
      method: 'get',
      path: '/reports/{id}/content',
      tag: 'Reports',
      summary: 'The gathered report as data, byte for byte what is approved',
      auth: reading,
      request: { params: ReportPlace },
      responses: { 200: asApproved },
      refusals: [...states],
      handler: async ({ params: { id }, reply }) => reply(200, contentBytes(await get(id)), inline(id, 'json')),
    }),
    defineRoute({
      method: 'get',
      path: '/reports/{id}/sheet',
      tag: 'Reports',
      summary:
        'The gathered report as a spreadsheet: each figure with its definition, and a link to what stands behind it',
      auth: reading,
      request: { params: ReportPlace },
      responses: { 200: xlsx },
      refusals: [...states],
      handler: async ({ params: { id }, law, language, reply }) =>
        reply(200, await book(await get(id), law(), language, `${publicUrl}/reports/${id}`), attached(id)),
    }),
    defineRoute({
      method: 'get',
      path: '/public/reports',
      tag: 'Public',
      summary: 'Approved reports on the green lane, each with the figures of the City',
      auth: { kind: 'anyone' },
      limiter,
      responses: { 200: { description: 'The reports, newest first', schema: PublishedReports } },
      handler: async ({ reply }) => reply(200, { items: publishedItems(await listPublicReports(pool, most)) }),
    }),
    defineRoute({
      method: 'get',
      path: '/public/reports/{id}/paper',
      tag: 'Public',
      summary: 'An approved report as PDF, with its errata',
      auth: { kind: 'anyone' },
      limiter,
      request: { params: ReportPlace },
      responses: { 200: pdf },
      refusals: ['NOT_FOUND'],
      handler: async ({ params: { id }, address, law, reply }) =>
        reply(200, await paper(await approved(id), law(), `public ${address}`), inline(id, 'pdf')),
    }),
    defineRoute({
      method: 'get',
      path: '/public/reports/{id}/content',
      tag: 'Public',
      summary: 'An approved report as data, byte for byte what was approved',
      auth: { kind: 'anyone' },
      limiter,
      request: { params: ReportPlace },
      responses: { 200: asApproved },
      refusals: ['NOT_FOUND'],
      handler: async ({ params: { id }, reply }) => reply(200, contentBytes(await approved(id)), inline(id, 'json')),
    }),
    defineRoute({
      method: 'get',
      path: '/public/reports/{id}/sheet',
      tag: 'Public',
      summary: 'An approved report as a spreadsheet, with its errata',
      auth: { kind: 'anyone' },
      limiter,
      request: { params: ReportPlace },
      responses: { 200: xlsx },
      refusals: ['NOT_FOUND'],
      handler: async ({ params: { id }, law, language, reply }) =>
        reply(200, await book(await approved(id), law(), language, null), attached(id)),
    }),
  ];
}
