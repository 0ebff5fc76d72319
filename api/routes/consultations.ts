import { z } from 'zod';
import { businessNow } from '../../db/register/business-clock.js';
import { findCase } from '../../db/read/cases.js';
import { findCaseState } from '../../db/read/case-state.js';
import { consultationsOf } from '../../db/read/consultations.js';
import { consultationScope } from '../../domain/case/scope.js';
import { type CaseState } from '../../domain/case/state.js';
import { factsBehind, latestAttempt, type ProcedureState } from '../../domain/case/procedure/state.js';
import { isOver } from '../../domain/case/task/state.js';
import { refuse } from '../../domain/errors.js';
import { createActs, written } from '../acts.js';
import { type Access, type Working } from '../auth/access.js';
import { type Person } from '../auth/person.js';
import { type ApiDeps } from '../deps.js';
import { defineRoute } from '../http/route.js';
import { after, CaseCode, Code, Written } from '../schemas/common.js';
import { ConditionSubjectsView, ConferenceBody, ConsultationsView, ReopeningBody } from '../schemas/consultations.js';
import { settle } from '../settled.js';
import { consultationViews } from '../views/consultations.js';

const readers = ['receiving-officer', 'officer', 'head', 'leader', 'expert', 'auditor', 'admin'] as const;
const working = { kind: 'person', roles: ['officer', 'head'], scope: 'task:work' } as const;
const ofProcedure = z.strictObject({ code: CaseCode, procedure: Code });
const ofConsultation = ofProcedure.extend({ n: z.coerce.number().int().min(1).max(9_999) });
const done = { 200: { description: 'Done, once', schema: Written } } as const;
const refusals = ['CASE_NOT_YOURS', 'TASK_NOT_YOURS', 'CASE_CLOSED', 'PRECONDITION_FAILED', 'NOT_FOUND'] as const;

interface Call {
  readonly person: Person;
  readonly params: z.output<typeof ofProcedure> & { readonly n?: number };
}

const attemptOf = (state: CaseState, procedure: string): ProcedureState =>
  latestAttempt(state, procedure) ?? refuse('NOT_FOUND', { procedure });

/** What agencies were asked about a procedure, the conference on what contradicts, and late answers. */
export function consultationRoutes(deps: ApiDeps, access: Access) {
  const { pool, law } = deps;
  const act = createActs(deps);

  /** Whoever leads the consultation `n` of this procedure, or its last; where nobody was asked yet, whoever handles it. What is closed names its lead of then. */
  const leading = async (call: Call): Promise<CaseState> => {
    await access.agencyInCase(call);
    const { code, procedure, n } = call.params;
    const state = (await findCaseState(pool, code)) ?? refuse('CASE_NOT_YOURS');
    const { scope, handlingAgency } = attemptOf(state, procedure);
    const rounds = Object.values(state.consultations)
      .filter((one) => one.procedureScope === scope)
      .sort((a, b) => b.n - a.n);
    const asked = n === undefined ? rounds[0] : rounds.find((one) => one.n === n);
    const lead = law.current().law.successorOf(asked?.lead ?? handlingAgency);
    if (lead !== call.person.agency) refuse('TASK_NOT_YOURS', { procedure });
    return state;
  };

  /** Whoever may do the task of the procedure's last conference: its chair; where none was opened, whoever leads hears that. */
  const chairing = async (call: Call): Promise<Working & { readonly taskId: string }> => {
    await access.agencyInCase(call);
    const state = (await findCaseState(pool, call.params.code)) ?? refuse('CASE_NOT_YOURS');
    const { scope } = attemptOf(state, call.params.procedure);
    const last = Object.values(state.consultations)
      .filter(({ procedureScope, conference }) => procedureScope === scope && conference !== null)
      .sort((a, b) => b.n - a.n)[0];
    if (!last) await leading(call);
    else if (last.conference?.chair !== call.person.agency)
      refuse('TASK_NOT_YOURS', { procedure: call.params.procedure });
    // Where it went to the City's team, its chair has it no more.
    const [task] = Object.values(last?.tasks ?? {})
      .filter(
        ({ kind, status, agency }) => kind === 'conference' && status !== 'cancelled' && agency === call.person.agency,
      )
      .sort((a, b) => Number(isOver(a)) - Number(isOver(b)));
    if (!task) return refuse('PRECONDITION_FAILED', { conference: null });
    return { ...(await access.workOnTask({ person: call.person, params: { id: task.id } })), taskId: task.id };
  };

  return [
    defineRoute({
      method: 'get',
      path: '/cases/{code}/procedures/{procedure}/consultations',
      tag: 'Cases',
      summary: 'Opinions side by side, what contradicts with its options, and what the conference upheld',
      description: 'Of the latest attempt at the procedure. The inner work of agencies: not for the investor’s side.',
      auth: { kind: 'person', roles: readers, scope: 'case:read', access: access.readCase },
      request: { params: ofProcedure, query: z.strictObject(after) },
      responses: { 200: { description: 'The consultations, in the order of asking', schema: ConsultationsView } },
      refusals: ['CASE_NOT_YOURS', 'ACTOR_RECUSED', 'NOT_FOUND'],
      handler: async ({ params: { code, procedure }, query, law: read, signal, reply }) => {
        const settled = await settle(deps, code, query, signal);
        const { state, summary } = (await findCase(pool, code)) ?? refuse('NOT_FOUND', { case: code });
        const asked = attemptOf(state, procedure);
        const { scope, attempt, version } = asked;
        const { law, catalogue } = read();
        const resolved = law.procedureVersion(procedure, version, factsBehind(state, asked));
        const items = consultationViews(await consultationsOf(pool, state, scope), catalogue, resolved);
        const asOf = await businessNow(pool);
        return reply(200, { case: code, caseSeq: summary.caseSeq, asOf, settled, procedure, attempt, items });
      },
    }),
    defineRoute({
      method: 'post',
      path: '/cases/{code}/procedures/{procedure}/conference',
      tag: 'Tasks',
      summary: 'Decide the conference: what stands on each issue, with reasons and dissent',
      description: 'The same as completing its task, which is claimed where nobody holds it.',
      auth: { ...working, access: chairing },
      idempotent: true,
      request: { params: ofProcedure, body: ConferenceBody },
      responses: done,
      refusals: [...refusals, 'TASK_CLOSED', 'CONFLICT', 'ACTOR_RECUSED', 'STALE'],
      handler: async (call) => {
        const { taskId, as, onBehalfOf } = call.granted;
        const completion = { outcome: 'decide', ...call.body };
        const command = { type: 'completeTask', taskId, completion } as const;
        return written(call, await act({ ...call, person: as }, call.params.code, command, onBehalfOf));
      },
    }),
    defineRoute({
      method: 'post',
      path: '/cases/{code}/procedures/{procedure}/consultations/{n}/reopening',
      tag: 'Tasks',
      summary: 'Weigh a late answer after all, before the decision: the step that asked is done anew with it',
      description: 'While the consultation is still open the answer counts in place.',
      auth: { ...working, access: leading },
      idempotent: true,
      request: { params: ofConsultation, body: ReopeningBody },
      responses: done,
      refusals: [...refusals, 'ACTOR_RECUSED', 'ANSWER_TOO_LATE'],
      handler: async (call) => {
        const { code, procedure, n } = call.params;
        const consultation = consultationScope(attemptOf(call.granted, procedure).scope, n);
        const { agency, reason } = call.body;
        return written(call, await act(call, code, { type: 'reopenConsultation', consultation, agency, reason }));
      },
    }),
    defineRoute({
      method: 'get',
      path: '/condition-subjects',
      tag: 'Catalogue',
      summary: 'What conditions of opinions may speak of, so that contradictions can be seen; the list is ours',
      auth: { kind: 'anyone' },
      responses: { 200: { description: 'Subjects', schema: ConditionSubjectsView } },
      handler: ({ law, reply }) => Promise.resolve(reply(200, { items: law().law.settings.conditionSubjects })),
    }),
  ];
}
