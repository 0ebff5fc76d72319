import { isDecided } from '../../domain/case/procedure/state.js';
import { attachmentsOf } from '../../domain/case/task/attachments.js';
import { z } from 'zod';
import { businessNow } from '../../db/register/business-clock.js';
import { isWithoutTask, statedIn } from '../../db/people/looks.js';
import { adjustedBy } from '../../db/read/case-links.js';
import { type CaseReach, isParty, readableAmong } from '../../db/people/readers.js';
import { type CaseDetail, findCase, findCaseOfDossier, listCases } from '../../db/read/cases.js';
import { lastMailOf } from '../../db/outbound/messages.js';
import { exchangesOf } from '../../db/read/exchanges.js';
import { filingsBefore } from '../../db/projection/facts.js';
import { ledgerOf } from '../../domain/measures/ledger.js';
import { roadmapOf } from '../../domain/case/procedure/roadmap.js';
import { timelineOf } from '../../db/read/timeline.js';
import { stateAfter } from '../../db/register/kept-state.js';
import { isCaseCode } from '../../domain/case/case/code.js';
import { refuse } from '../../domain/errors.js';
import { dateOf } from '../../domain/time/instants.js';
import { type Access } from '../auth/access.js';
import { readerRefusals, readingCase } from '../auth/callers.js';
import { type ApiDeps } from '../deps.js';
import { given } from '../http/given.js';
import { defineRoute } from '../http/route.js';
import { caseQuery, CaseDetailView, CaseSummaryView } from '../schemas/cases.js';
import { LedgerView, RoadmapView } from '../schemas/roadmap.js';
import { TimelineView } from '../schemas/timeline.js';
import { after, CaseCode, DossierCode, page, pageOf, past } from '../schemas/common.js';
import { namedFiles, withheldFrom } from '../documents/shown.js';
import { settle } from '../settled.js';
import { caseView, partOfCase, summaryView } from '../views/cases.js';
import { roadmapView } from '../views/roadmap.js';
import { timelineEntry } from '../views/timeline.js';

const AnyCode = z.union([CaseCode, DossierCode]).describe('Case code, or the dossier code of one of its procedures');

/** Cases as those who have to do with them read them. Everything comes from the register, nothing from a workflow. */
export function caseRoutes(deps: ApiDeps, access: Access) {
  const { pool } = deps;

  type CaseCall = Parameters<Access['readPart']>[0];
  const codeOf = async ({ params: { code } }: CaseCall): Promise<string> =>
    isCaseCode(code) ? code : ((await findCaseOfDossier(pool, code)) ?? '');

  /** The case code behind either code, and what this person has to do with the case, or with procedures of it. */
  const mayReadPart = async (call: CaseCall) => {
    const code = await codeOf(call);
    return { code, ...(await access.readPart({ ...call, params: { code } })) };
  };
  const mayRead = async (call: CaseCall) => {
    const code = await codeOf(call);
    await access.readCase({ ...call, params: { code } });
    return { code };
  };
  interface Read {
    readonly granted: { readonly code: string } & Partial<CaseReach>;
    readonly query: { readonly after?: number | undefined; readonly wait: number; readonly seq?: number | undefined };
    readonly signal: AbortSignal;
  }
  const load = async ({
    granted: { code },
    query,
    signal,
  }: Read): Promise<{ found: CaseDetail; asOf: string; settled: boolean }> => {
    const settled = await settle(deps, code, query, signal);
    const found = (await findCase(pool, code)) ?? refuse('NOT_FOUND', { case: code });
    if (query.seq === undefined) return { found, asOf: found.asOf, settled };
    const then = (await stateAfter(pool, code, query.seq)) ?? refuse('NOT_FOUND', { case: code, seq: query.seq });
    const summary = { ...found.summary, caseSeq: query.seq };
    return { found: { ...found, summary, state: then.state }, asOf: then.at, settled };
  };
  const one = { params: z.strictObject({ code: AnyCode }), query: z.strictObject(after) };
  const then = { params: one.params, query: z.strictObject({ ...after, ...past }) };

  return [
    defineRoute({
      method: 'get',
      path: '/cases',
      tag: 'Cases',
      summary: 'The cases the caller has to do with, newest first',
      auth: readingCase,
      request: {
        query: z.strictObject({
          ...caseQuery,
          ...page,
        }),
      },
      responses: {
        200: {
          description: 'A page',
          schema: pageOf(CaseSummaryView, 'Cases'),
        },
      },
      handler: async ({ person, query: { limit, ...filter }, reply }) => {
        const reader = { person, on: dateOf(await businessNow(pool)) };
        const { items, next } = await listCases(pool, reader, { limit, ...given(filter) });
        return reply(200, { items: items.map((one) => summaryView(one, person)), next });
      },
    }),
    defineRoute({
      method: 'get',
      path: '/cases/{code}',
      tag: 'Cases',
      summary: 'One case: where it stands and what it waits for from the investor',
      description: 'A power of attorney for some procedures shows the header of the case and those procedures.',
      auth: { ...readingCase, access: mayReadPart },
      request: one,
      responses: { 200: { description: 'The case', schema: CaseDetailView } },
      refusals: readerRefusals,
      handler: async (call) => {
        const { found, asOf, settled } = await load(call);
        const links = await adjustedBy(pool, found.summary.code);
        const exchanges = await exchangesOf(pool, found.summary.code);
        const { access: as, procedures, why } = call.granted;
        const last = isParty(as) ? undefined : await lastMailOf(pool, found.state.investor.personId);
        const unreachedByMail = last?.status === 'failed' ? last : null;
        const { law, catalogue } = call.law();
        const withheld = await withheldFrom(pool, law, found.state, call.person);
        const visible = Object.values(found.state.procedures).filter((one) => !isParty(as) || isDecided(one));
        const shown = visible.flatMap(({ scope }) => attachmentsOf(found.state, scope).map((one) => one.documentId));
        const attached = await namedFiles(pool, shown, withheld);
        const told = { adjustedBy: links, exchanges, unreachedByMail, attached };
        const view = caseView(found, { law, catalogue, now: asOf, ...told });
        const reading = why && { withoutTask: isWithoutTask(why), reason: statedIn(why) };
        const { personId: investor } = found.state.investor;
        const onBehalfOf = isParty(as) && investor !== call.person.id ? investor : null;
        const theirs = procedures === null ? view : partOfCase(view, procedures);
        return call.reply(200, { ...theirs, withheldDocuments: [...withheld], onBehalfOf, reading, asOf, settled });
      },
    }),
    defineRoute({
      method: 'get',
      path: '/cases/{code}/roadmap',
      tag: 'Cases',
      summary: 'Every procedure, planned and actual, with who has it now',
      auth: { ...readingCase, access: mayRead },
      request: then,
      responses: { 200: { description: 'The roadmap', schema: RoadmapView } },
      refusals: readerRefusals,
      handler: async (call) => {
        const { found, asOf, settled } = await load(call);
        const { code, caseSeq } = found.summary;
        const items = roadmapView(roadmapOf(found.state, call.law().law, asOf));
        return call.reply(200, { case: code, caseSeq, asOf, settled, items });
      },
    }),
    defineRoute({
      method: 'get',
      path: '/cases/{code}/ledger',
      tag: 'Cases',
      summary: 'Where the days went: the path that decides the end, each span with its holder',
      auth: { ...readingCase, access: mayRead },
      request: then,
      responses: { 200: { description: 'The ledger', schema: LedgerView } },
      refusals: [...readerRefusals, 'CALENDAR_UNKNOWN'],
      handler: async (call) => {
        const { found, asOf, settled } = await load(call);
        const { code, caseSeq } = found.summary;
        const { law, catalogue } = call.law();
        const before = await filingsBefore(pool, law, [found.state]);
        const { measures, procedures } = ledgerOf(found.state, law, catalogue, asOf, before.get(code));
        const readable = await readableAmong(
          pool,
          { person: call.person, on: dateOf(asOf) },
          measures.carried.map((one) => one.case),
        );
        const carried = measures.carried.map(({ byLaw: _byLaw, ...one }) => ({
          ...one,
          case: readable.has(one.case) ? one.case : null,
        }));
        return call.reply(200, { case: code, caseSeq, asOf, settled, ...measures, carried, procedures });
      },
    }),
    defineRoute({
      method: 'get',
      path: '/cases/{code}/timeline',
      tag: 'Cases',
      summary: 'Everything that happened, oldest first; the inner work of agencies is not shown to the investor',
      description: 'What an agency thinks, and how a council votes, the investor reads once the decision is signed.',
      auth: { ...readingCase, access: mayReadPart },
      request: { params: one.params, query: z.strictObject({ ...page, ...after }) },
      responses: { 200: { description: 'A page of events', schema: TimelineView } },
      refusals: readerRefusals,
      handler: async (call) => {
        const { found, asOf, settled } = await load(call);
        const { code, caseSeq } = found.summary;
        const { cursor, limit } = call.query;
        const { items, next } = await timelineOf(pool, code, { limit, ...given({ cursor }) });
        const evidence = call.person.role === 'auditor';
        const reader = { ...call.granted, state: found.state, evidence };
        const shown = items.flatMap((entry) => timelineEntry(entry, reader) ?? []);
        return call.reply(200, { case: code, caseSeq, asOf, settled, items: shown, next });
      },
    }),
  ];
}
