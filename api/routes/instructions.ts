import { z } from 'zod';
import {
  actOnInstruction,
  findInstruction,
  type Instruction,
  listInstructions,
} from '../../db/leadership/instructions.js';
import { findPeople } from '../../db/people/people.js';
import { readableAmong } from '../../db/people/readers.js';
import { waitingAt } from '../../db/read/dashboards/bottlenecks.js';
import { type CaseInstruction, caseInstructions } from '../../db/read/instructions.js';
import { businessNow } from '../../db/register/business-clock.js';
import { getAgency } from '../../domain/law/agency.js';
import type { Catalogue } from '../../domain/law/catalogue.js';
import { type Bottleneck, movementOf, type WaitingFigure } from '../../domain/leadership/bottleneck.js';
import type { InstructionAct } from '../../domain/leadership/instruction.js';
import { refuse } from '../../domain/errors.js';
import { addDays, dateOf, type PlainDate } from '../../domain/time/instants.js';
import { createActs, type FilingAct, written } from '../acts.js';
import { type Access } from '../auth/access.js';
import { type Person } from '../auth/person.js';
import { type ApiDeps } from '../deps.js';
import { uuidOf } from '../hashes.js';
import { given } from '../http/given.js';
import { defineRoute } from '../http/route.js';
import { CaseCode, Nothing, Written } from '../schemas/common.js';
import { procedureName, stepName } from '../views/bottlenecks.js';
import {
  CaseInstructionBody,
  InstructionAnswerBody,
  InstructionBody,
  InstructionDateBody,
  InstructionId,
  InstructionReasonBody,
  Instructions,
  InstructionsQuery,
  InstructionView,
} from '../schemas/instructions.js';

const leading = { kind: 'person', roles: ['leader'], scope: 'task:work' } as const;
const ofCase = z.strictObject({ code: CaseCode });
const onCase = z.strictObject({ code: CaseCode, instruction: InstructionId });
const ofInstruction = z.strictObject({ id: z.uuid().toLowerCase() });
const caseRefusals = ['CASE_NOT_YOURS', 'ACTOR_RECUSED', 'CASE_CLOSED', 'NOT_FOUND', 'CALENDAR_UNKNOWN'] as const;
const refusals = ['NOT_FOUND', 'TASK_CLOSED', 'CALENDAR_UNKNOWN'] as const;
const most = 200;

type View = z.input<typeof InstructionView>;
type Names = Awaited<ReturnType<typeof findPeople>>;
type Figures = ReadonlyMap<string, WaitingFigure>;

/** What the City's leadership asks of agencies: on a case, or of an agency as a whole. Each has a date, an answer and a ladder. */
export function instructionRoutes(deps: ApiDeps, access: Access) {
  const { pool } = deps;
  const actOn = createActs(deps);

  /** One act with an instruction that is about no single case. */
  const act = async (call: FilingAct, id: string, asked: Exclude<InstructionAct, { kind: 'rung' }>): Promise<View> => {
    const { law, catalogue } = call.law();
    const now = await businessNow(pool);
    const state = await actOnInstruction(pool, law, { id, act: asked, by: call.person, key: call.key }, now);
    return viewOf(state, catalogue, await namesOf([state]), dateOf(now), await figuresNow([state], dateOf(now)));
  };
  /** Waiting at a place in the ninety days until that one. */
  const figureOf = ({ procedure, step, at }: Pick<Bottleneck, 'procedure' | 'step' | 'at'>, to: PlainDate) =>
    waitingAt(pool, { procedure, step, agency: at }, { from: addDays(to, -89), to });
  /** How the bottlenecks that are open stand now, by the instruction. */
  const figuresNow = async (all: readonly (Instruction | CaseInstruction)[], today: PlainDate): Promise<Figures> => {
    const found = new Map<string, WaitingFigure>();
    for (const one of all) {
      if (!('case' in one) && one.bottleneck && one.status === 'open')
        found.set(one.id, await figureOf(one.bottleneck, today));
    }
    return found;
  };
  const namesOf = (all: readonly (Instruction | CaseInstruction)[]): Promise<Names> =>
    findPeople(
      pool,
      all.flatMap(({ givenBy, answer }) => [givenBy, answer?.by ?? null].filter((one) => one !== null)),
    );

  return [
    defineRoute({
      method: 'post',
      path: '/cases/{code}/instructions',
      tag: 'Leadership',
      summary: 'Ask an agency why, or tell it to do something in this case, by a day: its head answers',
      auth: { ...leading, access: access.readCase },
      idempotent: true,
      request: { params: ofCase, body: CaseInstructionBody },
      responses: { 200: { description: 'Given, once', schema: Written } },
      refusals: [...caseRefusals, 'AGENCY_NOT_COMMANDED', 'AGENCY_MERGED'],
      handler: async (call) =>
        written(call, await actOn(call, call.params.code, { type: 'giveInstruction', ...call.body })),
    }),
    defineRoute({
      method: 'post',
      path: '/cases/{code}/instructions/{instruction}/date',
      tag: 'Leadership',
      summary: 'Set another day for an instruction on a case; the ladder of the new day begins anew',
      auth: { ...leading, access: access.readCase },
      idempotent: true,
      request: { params: onCase, body: InstructionDateBody },
      responses: { 200: { description: 'Set, once', schema: Written } },
      refusals: [...caseRefusals, 'TASK_CLOSED'],
      handler: async (call) => {
        const { code, instruction: instructionId } = call.params;
        return written(call, await actOn(call, code, { type: 'moveInstruction', instructionId, ...call.body }));
      },
    }),
    defineRoute({
      method: 'post',
      path: '/cases/{code}/instructions/{instruction}/withdrawal',
      tag: 'Leadership',
      summary: 'Take an instruction on a case back: nobody has to answer it any more',
      auth: { ...leading, access: access.readCase },
      idempotent: true,
      request: { params: onCase, body: InstructionReasonBody },
      responses: { 200: { description: 'Taken back, once', schema: Written } },
      refusals: [...caseRefusals, 'TASK_CLOSED'],
      handler: async (call) => {
        const { code, instruction: instructionId } = call.params;
        return written(call, await actOn(call, code, { type: 'withdrawInstruction', instructionId, ...call.body }));
      },
    }),
    defineRoute({
      method: 'get',
      path: '/instructions',
      tag: 'Leadership',
      summary: 'Instructions of leadership with their answers; a head sees those to their agency',
      auth: { kind: 'person', roles: ['leader', 'auditor', 'head'], scope: 'dashboard:read' },
      request: { query: InstructionsQuery },
      responses: { 200: { description: 'The instructions', schema: Instructions } },
      handler: async ({ query, person, law, reply }) => {
        const { catalogue, law: rules } = law();
        const today = dateOf(await businessNow(pool));
        const agency = agencyFor(person, query.agency);
        // What was told to an agency that was merged is the one's that took its place.
        const agencies = agency === undefined ? undefined : [agency, ...rules.predecessorsOf(agency)];
        const { case: ofOne, status } = query;
        const filter = given({ agencies, case: ofOne, open: status && (true as const) });
        const onCases = await caseInstructions(pool, filter, most);
        const readable = await readableAmong(
          pool,
          { person, on: today },
          onCases.map((one) => one.case),
        );
        const ofAgencies = ofOne === undefined ? await listInstructions(pool, agencies, most) : [];
        const all = [...onCases.filter((one) => readable.has(one.case)), ...ofAgencies];
        const names = await namesOf(all);
        const figures = await figuresNow(all, today);
        const items = all
          .map((one) => viewOf(one, catalogue, names, today, figures))
          .filter((one) => status === undefined || one.status === 'open')
          .sort(openFirst);
        const open = items.filter((one) => one.status === 'open');
        return reply(200, { items, open: open.length, overdue: open.filter(({ overdue }) => overdue).length });
      },
    }),
    defineRoute({
      method: 'post',
      path: '/instructions',
      tag: 'Leadership',
      summary:
        'Give an agency as a whole, or whoever is to clear a bottleneck, an instruction with a date: the head answers',
      auth: leading,
      idempotent: 'own',
      request: { body: InstructionBody },
      responses: { 200: { description: 'Given, once', schema: InstructionView } },
      refusals: ['AGENCY_NOT_COMMANDED', 'AGENCY_MERGED', 'CALENDAR_UNKNOWN', 'PRECONDITION_FAILED'],
      handler: async (call) => {
        const id = uuidOf('instruction', call.person.id, call.key);
        const { agency, bottleneck: place, ...asked } = call.body;
        const to = agency ?? (place === null ? undefined : call.law().law.laneOwner);
        if (to === undefined) return refuse('VALIDATION_FAILED', { field: 'agency', missing: true });
        const bottleneck = place && { ...place, figure: await figureOf(place, dateOf(await businessNow(pool))) };
        if (bottleneck && bottleneck.figure.n === 0) refuse('PRECONDITION_FAILED', { bottleneck: 'nothing finished' });
        return call.reply(200, await act(call, id, { kind: 'given', ...asked, agency: to, bottleneck }));
      },
    }),
    defineRoute({
      method: 'post',
      path: '/instructions/{id}/date',
      tag: 'Leadership',
      summary: 'Set another day for an instruction to an agency; the ladder of the new day begins anew',
      auth: leading,
      idempotent: 'own',
      request: { params: ofInstruction, body: InstructionDateBody },
      responses: { 200: { description: 'Set, once', schema: InstructionView } },
      refusals,
      handler: async (call) => call.reply(200, await act(call, call.params.id, { kind: 'moved', ...call.body })),
    }),
    defineRoute({
      method: 'post',
      path: '/instructions/{id}/withdrawal',
      tag: 'Leadership',
      summary: 'Take an instruction to an agency back',
      auth: leading,
      idempotent: 'own',
      request: { params: ofInstruction, body: InstructionReasonBody },
      responses: { 200: { description: 'Taken back, once', schema: InstructionView } },
      refusals,
      handler: async (call) => call.reply(200, await act(call, call.params.id, { kind: 'withdrawn', ...call.body })),
    }),
    defineRoute({
      method: 'post',
      path: '/instructions/{id}/answer',
      tag: 'Leadership',
      summary: 'Answer an instruction to the agency, as its head',
      auth: { kind: 'person', roles: ['head'], scope: 'task:work', access: ownInstruction(deps) },
      idempotent: 'own',
      request: { params: ofInstruction, body: InstructionAnswerBody },
      responses: { 200: { description: 'Answered, once', schema: InstructionView } },
      refusals: [...refusals, 'DUPLICATE_REQUEST'],
      handler: async (call) => call.reply(200, await act(call, call.params.id, { kind: 'answered', ...call.body })),
    }),
    defineRoute({
      method: 'post',
      path: '/instructions/{id}/closing',
      tag: 'Leadership',
      summary: 'Close a bottleneck whose figure has moved; it says by how much',
      auth: { kind: 'person', roles: ['leader', 'head'], scope: 'task:work', access: ownInstruction(deps) },
      idempotent: 'own',
      request: { params: ofInstruction, body: Nothing },
      responses: { 200: { description: 'Closed, once', schema: InstructionView } },
      refusals: [...refusals, 'PRECONDITION_FAILED'],
      handler: async (call) => {
        const { bottleneck } = call.granted;
        if (bottleneck === null) return refuse('PRECONDITION_FAILED', { bottleneck });
        const now = await figureOf(bottleneck, dateOf(await businessNow(pool)));
        const movement = movementOf(bottleneck.figure, now);
        return call.reply(200, await act(call, call.params.id, { kind: 'closed', movement }));
      },
    }),
  ];
}

/** A head sees and answers what their agency was given; to others it is not there. */
const ownInstruction =
  ({ pool, law }: Pick<ApiDeps, 'pool' | 'law'>) =>
  async ({ person, params: { id } }: { readonly person: Person; readonly params: { readonly id: string } }) => {
    const found = await findInstruction(pool, id);
    const own =
      found !== undefined &&
      (person.role === 'leader' || law.current().law.successorOf(found.agency) === person.agency);
    return own ? found : refuse('NOT_FOUND', { instruction: id });
  };

const agencyFor = ({ role, agency }: Person, asked: string | undefined): string | undefined =>
  role === 'head' && agency !== null ? agency : asked;

const openFirst = (one: View, other: View): number => {
  if ((one.status === 'open') !== (other.status === 'open')) return one.status === 'open' ? -1 : 1;
  if (one.status === 'open') return one.dueDate < other.dueDate ? -1 : one.dueDate > other.dueDate ? 1 : 0;
  return one.givenAt > other.givenAt ? -1 : one.givenAt < other.givenAt ? 1 : 0;
};

function bottleneckOf(one: Instruction | CaseInstruction, catalogue: Catalogue, figures: Figures): View['bottleneck'] {
  if ('case' in one || one.bottleneck === null) return null;
  const { procedure, step, at, figure: before } = one.bottleneck;
  const now = one.movement?.now ?? figures.get(one.id) ?? before;
  return {
    ...{ procedure, step, at, before, now },
    procedureName: procedureName(catalogue, procedure),
    stepName: stepName(catalogue, procedure, step),
    atName: catalogue.agencies.get(at)?.name ?? { vi: at, en: at },
    movedBy: one.movement?.by ?? movementOf(before, now).by,
  };
}

function viewOf(
  one: Instruction | CaseInstruction,
  catalogue: Catalogue,
  names: Names,
  today: PlainDate,
  figures: Figures,
): View {
  const ofOne = 'case' in one ? one : null;
  const who = (id: string | null) => ({ id, name: id === null ? null : (names.get(id)?.name ?? null) });
  const procedure = ofOne?.procedure ?? null;
  const { id, want, agency, text, givenAt, givenBy, dueDate, status, answer } = one;
  return {
    ...{ id, want, agency, text, givenAt, dueDate, status, procedure },
    case: ofOne?.case ?? null,
    task: ofOne?.task ?? null,
    procedureName: procedure === null ? null : (catalogue.procedures.get(procedure)?.[0]?.name ?? null),
    agencyName: getAgency(catalogue.agencies, agency).name,
    bottleneck: bottleneckOf(one, catalogue, figures),
    givenBy: who(givenBy),
    overdue: status === 'open' && dueDate < today,
    answer: answer && { text: answer.text, at: answer.at, by: who(answer.by) },
  };
}
