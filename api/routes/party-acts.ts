import { z } from 'zod';
import { businessNow } from '../../db/register/business-clock.js';
import { type Accepted } from '../../db/register/door.js';
import { findCaseState } from '../../db/read/case-state.js';
import { checkDossier } from '../../domain/case/procedure/dossier-check.js';
import { factsBehind, latestAttempt } from '../../domain/case/procedure/state.js';
import { documentEvidence } from '../../domain/case/procedure/documents.js';
import { Refusal, refuse } from '../../domain/errors.js';
import { type ResolvedProcedure } from '../../domain/law/procedure.js';
import { dateOf } from '../../domain/time/instants.js';
import { createActs, headersOf, written } from '../acts.js';
import { type Access } from '../auth/access.js';
import { actingParty, partyRefusals, extensionRefusals } from '../auth/callers.js';
import { type LoadedLaw } from '../../db/law/law.js';
import { type ApiDeps } from '../deps.js';
import { requireOwnDocument, showingAs } from '../documents/own.js';
import { dossierDocuments, requireKnownCodes } from '../dossiers.js';
import { given } from '../http/given.js';
import { defineRoute } from '../http/route.js';
import { waitFor } from '../http/wait.js';
import {
  DossierBody,
  DossierWritten,
  ExtensionBody,
  GateBody,
  SupplementAnswer,
  SurveyBody,
  WithdrawalBody,
} from '../schemas/commands.js';
import { CaseCode, Code, Written } from '../schemas/common.js';

const ofCase = z.strictObject({ code: CaseCode });
const ofProcedure = z.strictObject({ code: CaseCode, procedure: Code });
const done = { 200: { description: 'Done, once', schema: Written } } as const;

/** The definition a dossier of this procedure is measured by: that of the attempt under way, else the one in force today. */
async function definitionFor(
  { pool }: ApiDeps,
  read: () => LoadedLaw,
  code: string,
  procedure: string,
): Promise<ResolvedProcedure> {
  const state = (await findCaseState(pool, code)) ?? refuse('NOT_FOUND', { case: code });
  if (!state.plan.some((item) => item.procedure === procedure)) refuse('NOT_FOUND', { procedure });
  const attempt = latestAttempt(state, procedure);
  const { law } = read();
  return attempt && !attempt.closed
    ? law.procedureVersion(procedure, attempt.version, factsBehind(state, attempt))
    : law.procedureAt(procedure, dateOf(await businessNow(pool)), state.facts);
}

/** Whoever files a case and sends the dossier at once is quicker than the engine, by a moment. */
const openingTakesMs = 2_000;

async function onceOpen(file: () => Promise<Accepted>, signal: AbortSignal): Promise<Accepted> {
  const tried = await waitFor(
    () => file().catch((error: unknown) => (isNotOpenYet(error) ? error : Promise.reject(error as Error))),
    (answer) => !(answer instanceof Refusal),
    openingTakesMs,
    signal,
  );
  if (tried instanceof Refusal) throw tried;
  return tried;
}

const isNotOpenYet = (error: unknown): error is Refusal => error instanceof Refusal && error.code === 'NOT_OPEN_YET';

/** What the investor's side does in its own case; and the one act of a head on a case: the extension. */
export function partyRoutes(deps: ApiDeps, access: Access) {
  const act = createActs(deps);
  const dossierRoute = (name: string, type: 'fileDossier' | 'refileProcedure', summary: string) =>
    defineRoute({
      method: 'post',
      path: `/cases/{code}/procedures/{procedure}/${name}`,
      tag: 'Filing',
      summary,
      auth: { ...actingParty, access: access.partyInProcedure(type) },
      idempotent: true,
      request: { params: ofProcedure, body: DossierBody },
      responses: { 200: { description: 'Done, once; with what is missing', schema: DossierWritten } },
      refusals: [...partyRefusals, 'NOT_OPEN_YET'],
      handler: async (call) => {
        const { code, procedure } = call.params;
        const definition = await definitionFor(deps, call.law, code, procedure);
        requireKnownCodes(call.body.documents, definition);
        const showing = showingAs(call.person, call.granted.onBehalfOf);
        const documents = await dossierDocuments(deps, showing, call.body.documents, definition);
        const file = () => act(call, code, { type, procedure, documents }, call.granted.onBehalfOf);
        const accepted = await onceOpen(file, call.signal);
        const state = (await findCaseState(deps.pool, code)) ?? refuse('NOT_FOUND', { case: code });
        const dossier = checkDossier(definition, latestAttempt(state, procedure)?.filings ?? []);
        return call.reply(
          200,
          { case: accepted.caseCode, caseSeq: accepted.caseSeq, procedure, dossier },
          headersOf(accepted),
        );
      },
    });
  return [
    dossierRoute(
      'dossier',
      'fileDossier',
      'File the dossier of one procedure, add to it or put a file right until it is examined, or complete it after form 02',
    ),
    dossierRoute('refiling', 'refileProcedure', 'File again after a refusal: the next attempt at the procedure'),
    defineRoute({
      method: 'post',
      path: '/cases/{code}/supplements',
      tag: 'Filing',
      summary: 'Answer a supplement request: the agency’s clock resumes',
      auth: { ...actingParty, access: access.partyInCase('answerSupplement', 'any') },
      idempotent: true,
      request: { params: ofCase, body: SupplementAnswer },
      responses: done,
      refusals: partyRefusals,
      handler: async (call) => {
        const { code } = call.params;
        const { procedure, requestId, explanation } = call.body;
        await access.requireParty(call.person, code, 'answerSupplement', procedure);
        const definition = await definitionFor(deps, call.law, code, procedure);
        const showing = showingAs(call.person, call.granted.onBehalfOf);
        const documents = await dossierDocuments(deps, showing, call.body.documents, definition);
        const answer = { procedure, requestId, documents, ...given({ explanation }) };
        const command = { type: 'answerSupplement', ...answer } as const;
        return written(call, await act(call, code, command, call.granted.onBehalfOf));
      },
    }),
    defineRoute({
      method: 'post',
      path: '/cases/{code}/gates/{gate}',
      tag: 'Filing',
      summary: 'Show that something the law demands outside every procedure has happened, such as the deposit',
      auth: { ...actingParty, access: access.partyInCase('meetGate') },
      idempotent: true,
      request: { params: z.strictObject({ code: CaseCode, gate: Code }), body: GateBody },
      responses: done,
      refusals: partyRefusals,
      handler: async (call) => {
        const { code, gate } = call.params;
        const { evidence, on } = call.body;
        if ('documentId' in evidence) {
          const showing = showingAs(call.person, call.granted.onBehalfOf);
          await requireOwnDocument(deps.pool, showing, evidence.documentId, '/evidence/documentId');
        }
        const shown =
          'documentId' in evidence ? documentEvidence(evidence.documentId) : `reference:${evidence.reference}`;
        return written(
          call,
          await act(
            call,
            code,
            { type: 'meetGate', gate, evidence: shown, ...(on && { on }) },
            call.granted.onBehalfOf,
          ),
        );
      },
    }),
    defineRoute({
      method: 'post',
      path: '/cases/{code}/withdrawal',
      tag: 'Filing',
      summary: 'Take the whole case back: tasks close and clocks stop at once',
      auth: { ...actingParty, access: access.partyInCase('withdrawCase') },
      idempotent: true,
      request: { params: ofCase, body: WithdrawalBody },
      responses: done,
      refusals: partyRefusals,
      handler: async (call) =>
        written(
          call,
          await act(
            call,
            call.params.code,
            { type: 'withdrawCase', reason: call.body.reason },
            call.granted.onBehalfOf,
          ),
        ),
    }),
    defineRoute({
      method: 'post',
      path: '/cases/{code}/survey',
      tag: 'Filing',
      summary: 'Say how it went, 1 to 5: after a result was handed over, and once the case has ended',
      auth: { ...actingParty, access: access.partyInCase('surveyCase', 'any') },
      idempotent: true,
      request: { params: ofCase, body: SurveyBody },
      responses: done,
      refusals: [...partyRefusals, 'DUPLICATE_REQUEST'],
      handler: async (call) => {
        const { code } = call.params;
        const { score, procedure } = call.body;
        await access.requireParty(call.person, code, 'surveyCase', procedure ?? null);
        const command = { type: 'surveyCase', score, ...given({ procedure }) } as const;
        return written(call, await act(call, code, command, call.granted.onBehalfOf));
      },
    }),
    defineRoute({
      method: 'post',
      path: '/cases/{code}/procedures/{procedure}/extension',
      tag: 'Tasks',
      summary: 'Extend the term of a procedure, where the law allows it and before a breach',
      auth: { kind: 'person', roles: ['head'], scope: 'task:work', access: access.headInCase },
      idempotent: true,
      request: { params: ofProcedure, body: ExtensionBody },
      responses: done,
      refusals: [...extensionRefusals, 'BREACHED'],
      handler: async (call) => {
        const { code, procedure } = call.params;
        const { days, reason } = call.body;
        return written(call, await act(call, code, { type: 'extendClock', procedure, days, reason }));
      },
    }),
  ];
}
