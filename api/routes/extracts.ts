import { z } from 'zod';
import { businessNow } from '../../db/register/business-clock.js';
import { findCase } from '../../db/read/cases.js';
import { readExtract } from '../../domain/case/extract/content.js';
import { factsBehind, latestAttempt } from '../../domain/case/procedure/state.js';
import { refuse } from '../../domain/errors.js';
import { extractPage } from '../../forms/extract.js';
import { type Access } from '../auth/access.js';
import { actingParty, partyRefusals, readerRefusals, readingCase } from '../auth/callers.js';
import { type LoadedLaw } from '../../db/law/law.js';
import { type ApiDeps } from '../deps.js';
import { defineRoute } from '../http/route.js';
import { createActs, written } from '../acts.js';
import { after, CaseCode, Code, Nothing, Written } from '../schemas/common.js';
import { ExtractsView } from '../schemas/extracts.js';
import { seesExtract } from '../documents/shown.js';
import { settle } from '../settled.js';
import { extractViews } from '../views/extracts.js';

const ofProcedure = z.strictObject({ code: CaseCode, procedure: Code });

/** Documents that registers hold: what each was asked, and what it said. */
export function extractRoutes(deps: ApiDeps, access: Access) {
  const { pool } = deps;
  const act = createActs(deps);

  /** Whoever reads the procedure, those too who read nothing else of the case. */
  const mayRead = async ({
    params,
    ...call
  }: Parameters<Access['readPart']>[0] & { params: z.output<typeof ofProcedure> }) => {
    const { procedures } = await access.readPart({ ...call, params: { code: params.code } });
    if (procedures !== null && !procedures.includes(params.procedure))
      refuse('OUTSIDE_POWER_OF_ATTORNEY', { act: 'read', procedures });
  };

  const load = async (read: () => LoadedLaw, { code, procedure }: z.output<typeof ofProcedure>) => {
    const { state, summary, words } = (await findCase(pool, code)) ?? refuse('NOT_FOUND', { case: code });
    const attempt = latestAttempt(state, procedure) ?? refuse('NOT_FOUND', { procedure });
    const resolved = read().law.procedureVersion(procedure, attempt.version, factsBehind(state, attempt));
    return { state, attempt, resolved, words, caseSeq: summary.caseSeq };
  };

  return [
    defineRoute({
      method: 'get',
      path: '/cases/{code}/procedures/{procedure}/extracts',
      tag: 'Cases',
      summary: 'Documents taken from registers of the State: fields, source, time, validity, or why there is nothing',
      description:
        'Of the latest attempt at the procedure. What a register gave nothing for is the investor’s to give.',
      auth: { ...readingCase, access: mayRead },
      request: { params: ofProcedure, query: z.strictObject(after) },
      responses: { 200: { description: 'One for each document that a register holds', schema: ExtractsView } },
      refusals: readerRefusals,
      handler: async ({ params, query, person, law, signal, reply }) => {
        const settled = await settle(deps, params.code, query, signal);
        const { state, attempt, resolved, words, caseSeq } = await load(law, params);
        const { procedure } = params;
        const isShown = (document: string) => seesExtract(state, law().law, person, { procedure, document });
        const items = extractViews(attempt, resolved, words, isShown);
        const about = { case: params.code, procedure: params.procedure, attempt: attempt.attempt };
        return reply(200, { ...about, caseSeq, asOf: await businessNow(pool), settled, items });
      },
    }),
    defineRoute({
      method: 'post',
      path: '/cases/{code}/procedures/{procedure}/extracts/looks',
      tag: 'Tasks',
      summary: 'Have the registers of a procedure asked again: by whoever handles it, until it is decided',
      description:
        'What each says follows in a moment; what changed since becomes a question of an officer, with both sides.',
      auth: { kind: 'person', roles: ['officer', 'head'], scope: 'task:work', access: access.agencyInCase },
      idempotent: true,
      request: { params: ofProcedure, body: Nothing },
      responses: { 200: { description: 'Asked, once', schema: Written } },
      refusals: [
        'CASE_NOT_YOURS',
        'ACTOR_RECUSED',
        'TASK_NOT_YOURS',
        'CASE_CLOSED',
        'PRECONDITION_FAILED',
        'NOT_FOUND',
      ],
      handler: async (call) => {
        const { code, procedure } = call.params;
        return written(call, await act(call, code, { type: 'lookAgain', procedure }));
      },
    }),
    defineRoute({
      method: 'post',
      path: '/cases/{code}/procedures/{procedure}/extracts/{document}/consent-withdrawal',
      tag: 'Filing',
      summary: 'Take the consent back under which a register was asked',
      description:
        'A register that needs a consent is not asked again; what it said before stays in the record of the case.',
      auth: { ...actingParty, access: access.partyInProcedure('fileDossier') },
      idempotent: true,
      request: { params: ofProcedure.extend({ document: Code }), body: Nothing },
      responses: { 200: { description: 'Done, once', schema: Written } },
      refusals: partyRefusals,
      handler: async (call) => {
        const { code, procedure, document } = call.params;
        const command = { type: 'withdrawConsent', procedure, document } as const;
        return written(call, await act(call, code, command, call.granted.onBehalfOf));
      },
    }),
    defineRoute({
      method: 'get',
      path: '/cases/{code}/procedures/{procedure}/extracts/{document}/page',
      tag: 'Cases',
      summary: 'What a register holds, as a page to read; drawn again it is the same',
      auth: { ...readingCase, access: mayRead },
      request: { params: ofProcedure.extend({ document: Code }) },
      responses: {
        200: { description: 'The page: Vietnamese first, an English one after it', content: 'application/pdf' },
      },
      refusals: [...readerRefusals, 'DOCUMENT_CONFIDENTIAL'],
      handler: async ({ params: { code, procedure, document }, person, law, reply }) => {
        const { state, attempt, resolved, words } = await load(law, { code, procedure });
        if (!seesExtract(state, law().law, person, { procedure, document }))
          refuse('DOCUMENT_CONFIDENTIAL', { document });
        const { obtained, register = '' } = attempt.extracts?.[document] ?? {};
        const name = resolved.documents.find((one) => one.code === document)?.name;
        if (!obtained || !name) return refuse('NOT_FOUND', { document });
        const text = words.get(obtained.content.id) ?? null;
        const content = text === null ? null : readExtract(text);
        const model = extractPage({ caseCode: code, document: name, register, obtained, content });
        return reply(200, await deps.press.draw(model, person.id), {
          'Content-Disposition': `inline; filename="${code}-${document}.pdf"`,
          'Content-Security-Policy': "default-src 'none'; sandbox",
        });
      },
    }),
  ];
}
