import { z } from 'zod';
import { businessNow } from '../../db/register/business-clock.js';
import { findPeople, peopleInRoles } from '../../db/people/people.js';
import { findCaseState } from '../../db/read/case-state.js';
import { admissionWords } from '../../db/read/trial-admission.js';
import { type CaseState } from '../../domain/case/state.js';
import { admissionOf } from '../../domain/case/trial/state.js';
import { scopesOfRole } from '../../domain/people/access-scopes.js';
import { type ErrorCode, refuse } from '../../domain/errors.js';
import { type CouncilMember } from '../../domain/case/trial/tally.js';
import { createActs, written } from '../acts.js';
import { type Access } from '../auth/access.js';
import { caseReaders, readerRefusals } from '../auth/callers.js';
import { type Person } from '../auth/person.js';
import { type ApiDeps } from '../deps.js';
import { defineRoute } from '../http/route.js';
import { after, CaseCode, Code, Instant, Written } from '../schemas/common.js';
import { InterestBody } from '../schemas/tasks.js';
import {
  AdmissionView,
  ConvocationBody,
  CouncilCandidates,
  CouncilOpeningBody,
  EvaluationView,
  TermsBody,
  VoteBody,
} from '../schemas/trial-admission.js';
import { settle } from '../settled.js';
import { councilPart, evaluationView, givenTerms } from '../views/trial-admission.js';

const params = z.strictObject({ code: CaseCode });
const done = { 200: { description: 'Done, once', schema: Written } } as const;
const reading = { params, query: z.strictObject(after) };
const fresh = { case: z.string(), caseSeq: z.int(), asOf: Instant, settled: z.boolean() };
const inAgencies = caseReaders.filter((role) => role !== 'investor' && role !== 'representative');
const sitting = ['officer', 'head', 'leader', 'expert'] as const;
const always = ['CASE_NOT_YOURS', 'CASE_CLOSED', 'PRECONDITION_FAILED', 'NOT_FOUND'] as const satisfies ErrorCode[];
const ofTask = [...always, 'TASK_NOT_YOURS', 'TASK_CLOSED', 'CONFLICT', 'ACTOR_RECUSED', 'UNKNOWN_VALUE'] as const;

interface CaseCall {
  readonly person: Person;
  readonly params: { readonly code: string };
}

/** The admission of a trial: what the evaluation proposes, and the council that votes on it. */
export function trialAdmissionRoutes(deps: ApiDeps, access: Access) {
  const { pool } = deps;
  const act = createActs(deps);

  const stateOf = async (code: string): Promise<CaseState> =>
    (await findCaseState(pool, code)) ?? refuse('NOT_FOUND', { case: code });
  const trialOf = (state: CaseState) => state.trial ?? refuse('NOT_FOUND', { trial: state.code });

  /** Whoever was appointed to this council, also where they have declared an interest since. */
  const seated = async ({ person, params: { code } }: CaseCall): Promise<void> => {
    const state = (await findCaseState(pool, code)) ?? refuse('CASE_NOT_YOURS');
    const members = admissionOf(state)?.council?.members ?? [];
    if (members.some((member) => member.person === person.id)) return;
    await access.readCase({ person, params: { code } });
    refuse('FORBIDDEN', { council: 'not a member' });
  };

  const ofEvaluation = {
    auth: { kind: 'person', roles: ['officer', 'head'], scope: 'task:work', access: access.agencyInCase },
    idempotent: true,
    tag: 'Sandbox',
    responses: done,
  } as const;
  const ofMember = {
    auth: { kind: 'person', roles: sitting, scope: 'council:vote', access: seated },
    idempotent: true,
    tag: 'Sandbox',
    responses: done,
  } as const;

  /** As whom the caller works on a task of this case. */
  const working = (person: Person, taskId: string) => access.workOnTask({ person, params: { id: taskId } });

  /** Everybody as the register knows them now, with the agency they are of. UNKNOWN_VALUE for whoever it does not know, or who votes in no council. */
  const appointed = async (
    members: readonly Pick<CouncilMember, 'person' | 'role'>[],
  ): Promise<readonly CouncilMember[]> => {
    const people = await findPeople(
      pool,
      members.map((one) => one.person),
    );
    const unknown: string[] = [];
    const known = members.flatMap(({ person: id, role }) => {
      const found = people.get(id);
      if (found?.active && scopesOfRole[found.role].includes('council:vote')) {
        return { person: id, role, agency: found.agency };
      }
      unknown.push(id);
      return [];
    });
    return unknown.length > 0 ? refuse('UNKNOWN_VALUE', { field: 'members', unknown }) : known;
  };

  return [
    defineRoute({
      method: 'post',
      path: '/cases/{code}/trial/terms',
      summary:
        'Say what was found about each criterion and propose the conditions; proposed again, the last one counts',
      description:
        'A limit of the regime that is not named holds as the regime has it; one that is named may only be narrower.',
      ...ofEvaluation,
      request: { params, body: TermsBody },
      refusals: [...ofTask, 'TERM_TOO_LONG', 'LIMIT_LOOSER_THAN_REGIME', 'OUTSIDE_TERRITORY', 'AMOUNT_OUT_OF_RANGE'],
      handler: async (call) => {
        const { code } = call.params;
        const { taskId, criteria, terms: given } = call.body;
        const { as, onBehalfOf } = await working(call.person, taskId);
        const trial = trialOf(await stateOf(code));
        const terms = givenTerms(given, trial, call.law().law);
        const command = { type: 'proposeTerms', taskId, criteria, terms } as const;
        return written(call, await act({ ...call, person: as }, code, command, onBehalfOf));
      },
    }),
    defineRoute({
      method: 'get',
      path: '/cases/{code}/trial/terms',
      tag: 'Sandbox',
      summary: 'What is evaluated, within which rules, and what is proposed; the participant reads the decision',
      auth: { kind: 'person', roles: inAgencies, scope: 'case:read', access: access.readCase },
      request: reading,
      responses: {
        200: {
          description: 'The evaluation',
          schema: EvaluationView.extend(fresh).meta({ id: 'TrialEvaluationOfCase' }),
        },
      },
      refusals: readerRefusals,
      handler: async ({ params: { code }, query, law: read, signal, reply }) => {
        const settled = await settle(deps, code, query, signal);
        const state = await stateOf(code);
        const words = await admissionWords(pool, state);
        const view = evaluationView(trialOf(state), admissionOf(state)?.proposal ?? null, { law: read().law, words });
        return reply(200, { case: code, caseSeq: state.seq, asOf: await businessNow(pool), settled, ...view });
      },
    }),
    defineRoute({
      method: 'post',
      path: '/cases/{code}/trial/council',
      summary: 'Convene the council: who sits in it and when it meets; before it has met the last list counts',
      ...ofEvaluation,
      request: { params, body: ConvocationBody },
      refusals: [...ofTask, 'NO_QUORUM'],
      handler: async (call) => {
        const { taskId, members, meetsAt } = call.body;
        const { as, onBehalfOf } = await working(call.person, taskId);
        const command = { type: 'conveneCouncil', taskId, members: await appointed(members), meetsAt } as const;
        return written(call, await act({ ...call, person: as }, call.params.code, command, onBehalfOf));
      },
    }),
    defineRoute({
      method: 'get',
      path: '/cases/{code}/trial/council',
      tag: 'Sandbox',
      summary: 'Who sits in the council, who is there, and how it ended; how others voted is told once it is closed',
      auth: { kind: 'person', roles: caseReaders, scope: 'case:read', access: access.readCase },
      request: reading,
      responses: {
        200: {
          description: 'The council of the present attempt at the admission',
          schema: AdmissionView.omit({ evaluation: true }).extend(fresh).meta({ id: 'TrialCouncilOfCase' }),
        },
      },
      refusals: readerRefusals,
      handler: async ({ params: { code }, query, granted, person, law: read, signal, reply }) => {
        const settled = await settle(deps, code, query, signal);
        const state = await stateOf(code);
        const words = await admissionWords(pool, state);
        const { law, catalogue } = read();
        const view = councilPart(state, { law, catalogue, words, reader: { id: person.id, access: granted } });
        return reply(200, { case: code, caseSeq: state.seq, asOf: await businessNow(pool), settled, ...view });
      },
    }),
    defineRoute({
      method: 'get',
      path: '/cases/{code}/trial/council/candidates',
      tag: 'Sandbox',
      summary: 'Who may be called into a council: experts of no agency, or whoever decides or works in one',
      auth: ofEvaluation.auth,
      request: { params, query: z.strictObject({ agency: Code.optional() }) },
      responses: { 200: { description: 'By role and name', schema: CouncilCandidates } },
      refusals: ['CASE_NOT_YOURS', 'NOT_FOUND'],
      handler: async ({ params: { code }, query: { agency }, law: read, reply }) => {
        trialOf(await stateOf(code));
        const known = agency === undefined ? undefined : read().catalogue.agencies.get(agency);
        if (agency !== undefined && known === undefined) refuse('NOT_FOUND', { agency });
        const found = await peopleInRoles(pool, agency ?? null, sitting);
        return reply(200, {
          items: found.map(({ id, name, role }) => ({ id, name, role, agencyName: known?.name ?? null })),
        });
      },
    }),
    defineRoute({
      method: 'post',
      path: '/cases/{code}/trial/council/opening',
      summary: 'Open the meeting: who is there; not without a quorum of members who are free to vote',
      ...ofEvaluation,
      request: { params, body: CouncilOpeningBody },
      refusals: [...ofTask, 'NO_QUORUM', 'DUPLICATE_REQUEST'],
      handler: async (call) => {
        const { taskId, present } = call.body;
        const { as, onBehalfOf } = await working(call.person, taskId);
        const command = { type: 'openCouncil', taskId, present } as const;
        return written(call, await act({ ...call, person: as }, call.params.code, command, onBehalfOf));
      },
    }),
    defineRoute({
      method: 'post',
      path: '/cases/{code}/trial/council/votes',
      summary: 'Vote; a vote stands, and nobody votes for another',
      ...ofMember,
      request: { params, body: VoteBody },
      refusals: [...always, 'ACTOR_RECUSED', 'MEMBER_ABSENT', 'DUPLICATE_REQUEST'],
      handler: async (call) => {
        const { vote, reason = null } = call.body;
        return written(call, await act(call, call.params.code, { type: 'castVote', vote, reason }));
      },
    }),
    defineRoute({
      method: 'post',
      path: '/cases/{code}/trial/council/interest',
      summary:
        'Declare an interest: the member does not vote, and whoever reads the case for this seat alone stops reading it',
      ...ofMember,
      request: { params, body: InterestBody },
      refusals: [...always, 'DUPLICATE_REQUEST'],
      handler: async (call) => {
        const command = { type: 'declareInterest', reason: call.body.reason } as const;
        return written(call, await act(call, call.params.code, command));
      },
    }),
  ];
}
