import { expect, it } from 'vitest';
import type { Command } from '../../../domain/case/commands.js';
import type { Actor } from '../../../domain/case/events.js';
import { execute } from '../../../domain/case/execute.js';
import { type OfficialActs, officialActs } from '../../../domain/case/official-acts.js';
import { consultationScope, procedureScope } from '../../../domain/case/scope.js';
import { factWords } from '../../../domain/law/correctable.js';
import { predicateIds } from '../../../domain/lane/evidence.js';
import { createLaw } from '../../../domain/law/law.js';
import type { Instant } from '../../../domain/time/instants.js';
import { catalogue } from '../../../seeds/index.js';
import { extendable, generous } from '../../support/extendable-law.js';
import { givenAgenciesAsked } from '../../support/given.js';
import { at, MemoryRegister, person } from '../../support/memory-register.js';

const code = 'LX-260706-0001';
const procedure = 'irc-ordinary';
const irc = procedureScope(code, procedure, 1);
const consultation = consultationScope(irc, 1);
const board = 'shtp-board';
const law = createLaw(generous(extendable(catalogue())));
const investor = person('investor.test', 'investor');
const [officer, head] = [person('officer.1', 'officer', board), person('head.1', 'head', board)];
const people: readonly Actor[] = [
  officer,
  head,
  person('officer.dof.1', 'officer', 'dof'),
  person('head.dof', 'head', 'dof'),
  person('officer.dpa.1', 'officer', 'dpa'),
  person('receiving-officer.1', 'receiving-officer', 'hcmc-pasc'),
];
const reason = 'r';

/** Whether the door would take it, whatever was said of it before. */
function isTaken({ state }: MemoryRegister, actor: Actor, occurredAt: Instant, command: Command): boolean {
  const envelope = { caseCode: code, command, actor, occurredAt, operationId: 'trial', bodyHash: '' };
  return execute(() => structuredClone(state), envelope, law, 'H29-000000-9999').refusal === null;
}

/** What is named for each person is what the door would take of them, and nothing else. */
function agrees(register: MemoryRegister, now: Instant): Map<Actor, OfficialActs> {
  const { state } = register;
  const before = JSON.stringify(state);
  const named = new Map(people.map((actor) => [actor, officialActs(state, law, actor, now)]));
  expect(JSON.stringify(state)).toBe(before);
  for (const [actor, may] of named) {
    const taken = (command: Command) => isTaken(register, actor, now, command);
    const predicates = [predicateIds[0]];
    expect([actor, 'hearing', may.laneHearing]).toEqual([
      actor,
      'hearing',
      taken({ type: 'openLaneHearing', predicates, reason }),
    ]);
    expect([actor, 'interest', may.interest]).toEqual([actor, 'interest', taken({ type: 'declareInterest', reason })]);
    const extension = may.extensions.find((one) => one.procedure.procedure === procedure);
    const extend = (days: number) => taken({ type: 'extendClock', procedure, days, reason });
    expect([actor, extension !== undefined]).toEqual([actor, extend(1)]);
    if (extension) expect([extend(extension.most.amount), extend(extension.most.amount + 1)]).toEqual([true, false]);
    for (const requestId of ['S1', 'S2']) {
      const more = may.moreTime.find((one) => one.requestId === requestId);
      const move = (days: number) => taken({ type: 'extendSupplement', procedure, requestId, days, reason });
      expect([actor, requestId, more !== undefined]).toEqual([actor, requestId, move(1)]);
      if (more) expect([move(more.most.amount), move(more.most.amount + 1)]).toEqual([true, false]);
    }
    for (const agency of ['dost', 'dpa']) {
      const weighed = taken({ type: 'reopenConsultation', consultation, agency, reason });
      expect([actor, agency, may.lateAnswers.some((one) => one.agency === agency)]).toEqual([actor, agency, weighed]);
    }
    // Which roles put facts right the route says.
    if (actor.kind === 'person' && actor.role !== 'receiving-officer')
      for (const attr of ['project.foreignExperts', 'project.importsEquipment', 'project.site.functionalArea']) {
        const known = state.facts[attr] ?? null;
        const value = factWords(attr)?.is.kind === 'number' ? 99_999 : known !== true;
        const put = taken({ type: 'proposeFacts', facts: { [attr]: value }, reason, documentId: null });
        expect([actor, attr, may.facts.includes(attr)]).toEqual([actor, attr, put]);
      }
  }
  return named;
}

const says = (register: MemoryRegister, agency: string, when: string, position: 'agree' | 'object') =>
  register.act({ kind: 'agency-system', agency }, at(when), {
    type: 'giveOpinion',
    consultation,
    agency,
    position,
    conditions: [],
    legalBasis: 'Luật Quy hoạch',
    messageId: `m-${agency}`,
  });

it('names to each official what the door would take of them, through the life of a case', () => {
  const register = givenAgenciesAsked(new MemoryRegister(code, law));
  const asked = agrees(register, at('2026-07-07 09:00'));
  expect(asked.get(head)?.extensions).toMatchObject([{ most: { amount: 10, unit: 'working-day' } }]);
  expect(asked.get(officer)).toMatchObject({ extensions: [], moreTime: [], lateAnswers: [], interest: true });
  expect(asked.get(people[5] ?? officer)?.facts).toEqual([]);

  register.act(officer, at('2026-07-07 10:00'), {
    type: 'proposeFacts',
    facts: { 'project.foreignExperts': 77 },
    reason,
    documentId: null,
  });
  expect(agrees(register, at('2026-07-07 11:00')).get(officer)?.facts).not.toContain('project.foreignExperts');

  register.act(head, at('2026-07-07 12:00'), { type: 'extendClock', procedure, days: 3, reason });
  expect(agrees(register, at('2026-07-07 13:00')).get(head)?.extensions).toEqual([]);

  // Silent for too long, then heard after all.
  register.act({ kind: 'clock' }, at('2026-07-20 00:00'), { type: 'settle' });
  says(register, 'dpa', '2026-07-20 09:00', 'object');
  const heard = agrees(register, at('2026-07-20 10:00'));
  expect(heard.get(officer)?.lateAnswers).toMatchObject([{ agency: 'dpa', position: 'object', n: 1 }]);
  register.act(officer, at('2026-07-20 11:00'), { type: 'reopenConsultation', consultation, agency: 'dpa', reason });
  expect(agrees(register, at('2026-07-20 12:00')).get(officer)?.lateAnswers).toEqual([]);

  register.act(officer, at('2026-07-20 13:00'), { type: 'declareInterest', reason });
  expect(agrees(register, at('2026-07-20 14:00')).get(officer)).toMatchObject({ interest: false });
});

it('names a hearing about the lane to whoever owns it, while it is green and nobody is heard', () => {
  const register = givenAgenciesAsked(new MemoryRegister(code, law));
  const hears = (when: string) => [...agrees(register, at(when))].flatMap(([by, may]) => (may.laneHearing ? [by] : []));
  register.patch((state) => {
    if (state.kind === 'green-lane') state.lane = 'standard';
  });
  expect(hears('2026-07-07 09:00')).toEqual([]);
  register.patch((state) => {
    if (state.kind === 'green-lane') state.lane = 'green';
  });
  expect(hears('2026-07-07 09:00')).toEqual(people.slice(2, 4));
  const doubt = { type: 'openLaneHearing', predicates: [predicateIds[0]], reason } as const;
  register.act(people[2] ?? officer, at('2026-07-07 10:00'), doubt);
  expect(hears('2026-07-07 11:00')).toEqual([]);
});

it('names to whoever handles a procedure the requests whose deadline may be moved, once', () => {
  const register = givenAgenciesAsked(new MemoryRegister(code, law));
  for (const agency of ['dost', 'dpa']) says(register, agency, '2026-07-08 10:00', 'agree');
  register.engine(consultation, at('2026-07-08 11:00'), { type: 'closeConsultation' });
  const task = { key: 'step/assessment', kind: 'step', agency: board, role: 'officer', step: 'assessment' } as const;
  register.engine(irc, at('2026-07-08 12:00'), { type: 'openTask', ...task });
  const taskId = Object.values(register.state.procedures[irc]?.tasks ?? {}).find(({ key }) => key === task.key)?.id;
  register.act(officer, at('2026-07-08 13:00'), {
    type: 'requestSupplement',
    taskId: taskId ?? '',
    ground: 'supplement',
    items: ['financial-capacity'],
    reason,
  });
  const named = agrees(register, at('2026-07-08 14:00'));
  for (const one of [officer, head])
    expect(named.get(one)?.moreTime).toMatchObject([{ requestId: 'S1', most: { amount: 60, unit: 'calendar-day' } }]);
  register.act(officer, at('2026-07-08 15:00'), {
    type: 'extendSupplement',
    procedure,
    requestId: 'S1',
    days: 9,
    reason,
  });
  expect(agrees(register, at('2026-07-08 16:00')).get(officer)?.moreTime).toEqual([]);

  register.act(investor, at('2026-07-09 09:00'), { type: 'withdrawCase', reason });
  const over = agrees(register, at('2026-07-10 09:00'));
  for (const may of over.values())
    expect(may).toEqual({
      laneHearing: false,
      facts: [],
      interest: false,
      extensions: [],
      moreTime: [],
      lateAnswers: [],
    });
});
