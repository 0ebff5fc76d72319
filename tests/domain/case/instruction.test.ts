import { describe, expect, it } from 'vitest';
import { allTasks } from '../../../domain/case/task/state.js';
import { clockOf, tellingOf } from '../../../domain/case/task-table.js';
import type { PersonCommand } from '../../../domain/case/commands.js';
import type { Actor } from '../../../domain/case/events.js';
import { plainDate } from '../../../domain/time/instants.js';
import { person, refusalOf } from '../../support/memory-register.js';
import { OneProcedure } from '../../support/one-procedure.js';

const leader = person('leader.hcmc-committee', 'leader', 'hcmc-committee');
const head = person('head.shtp-board', 'head', 'shtp-board');
const officer = person('officer.shtp-board.1', 'officer', 'shtp-board');

type Given = Extract<PersonCommand, { type: 'giveInstruction' }>;
const given = (more: Partial<Given> = {}): Given => ({
  type: 'giveInstruction',
  want: 'explain',
  agency: 'shtp-board',
  procedure: null,
  dueDate: plainDate('2026-07-10'),
  text: 'Vì sao hồ sơ đứng yên?',
  ...more,
});

/** BESI's certificate, opened on Monday 6 July 2026. */
const begin = () => new OneProcedure('irc-ordinary', '2026-07-06 10:00');
const taskOf = ({ register }: OneProcedure, key = 'instruction/D1') =>
  [...allTasks(register.state)].find((task) => task.key === key);
const refusedTo = (life: OneProcedure, by: Actor, command: PersonCommand) => refusalOf(() => life.act(by, command));

describe('an instruction of leadership on a case', () => {
  it('is a task of the head with the date that it was given with, and the words are where they can be erased', () => {
    const life = begin();
    life.act(leader, given({ procedure: 'irc-ordinary' }));
    expect(taskOf(life)).toMatchObject({
      kind: 'instruction',
      agency: 'shtp-board',
      role: 'head',
      dueDate: '2026-07-10',
    });
    const [event] = life.events('instructionGiven');
    expect(event?.payload).toMatchObject({ instructionId: 'D1', want: 'explain', procedure: 'irc-ordinary' });
    expect(JSON.stringify(event)).not.toContain('đứng yên');
    expect(life.register.texts.get(event?.payload.text.id ?? '')).toBe('Vì sao hồ sơ đứng yên?');
    expect([clockOf('instruction'), tellingOf('instruction')]).toEqual(['own', 'pressing']);
  });

  it('is answered by the head alone, with words, once', () => {
    const life = begin();
    life.act(leader, given());
    const taskId = taskOf(life)?.id ?? '';
    const answer = (reason?: string) =>
      ({ type: 'completeTask', taskId, completion: { outcome: 'answer', ...(reason && { reason }) } }) as const;
    expect(refusedTo(life, officer, answer('x'))).toBe('FORBIDDEN');
    expect(refusedTo(life, leader, answer('x'))).toBe('FORBIDDEN');
    expect(refusedTo(life, head, answer())).toBe('VALIDATION_FAILED');
    life.act(head, answer('Chờ ý kiến của Sở Xây dựng.'));
    const [event] = life.events('instructionAnswered');
    expect(life.register.texts.get(event?.payload.text.id ?? '')).toBe('Chờ ý kiến của Sở Xây dựng.');
    expect(refusedTo(life, head, answer('again'))).toBe('TASK_CLOSED');
  });

  it('climbs the ladder of such work by its date, and anew by another one', () => {
    const life = begin();
    life.act(leader, given());
    life.settle('2026-07-11 09:00');
    const clock = `task/${taskOf(life)?.id ?? ''}`;
    const missed = (rungs: string[]) => rungs.filter((rung) => rung.startsWith('missed'));
    expect(missed(life.rungs(clock))).toHaveLength(1);
    life.act(leader, { type: 'moveInstruction', instructionId: 'D1', dueDate: plainDate('2026-07-15'), reason: 'bão' });
    expect(taskOf(life)?.dueDate).toBe('2026-07-15');
    life.settle('2026-07-17 09:00');
    expect(missed(life.rungs(clock))).toHaveLength(2);
  });

  it('reaches no rung of another day before it has that day', () => {
    const life = begin();
    life.act(leader, given({ dueDate: plainDate('2026-07-31') }));
    life.settle('2026-07-16 10:00');
    const clock = `task/${taskOf(life)?.id ?? ''}`;
    const before = life.events('rungReached').filter(({ payload }) => payload.clock === clock).length;
    // Four fifths of the time until then were over two days ago.
    life.act(leader, { type: 'moveInstruction', instructionId: 'D1', dueDate: plainDate('2026-07-16'), reason: 'gấp' });
    life.settle('2026-07-16 11:00');
    const [moved] = life.events('instructionMoved');
    const after = life.events('rungReached').filter(({ payload }) => payload.clock === clock);
    expect(after.length).toBeGreaterThan(before);
    for (const { occurredAt } of after.slice(before)) expect(occurredAt).toBe(moved?.occurredAt);
  });

  it('changes nothing where it is moved to the day it has, and ends where it is taken back', () => {
    const life = begin();
    life.act(leader, given());
    const same = {
      type: 'moveInstruction',
      instructionId: 'D1',
      dueDate: plainDate('2026-07-10'),
      reason: 'x',
    } as const;
    expect(life.act(leader, same)).toEqual([]);
    life.act(leader, { type: 'withdrawInstruction', instructionId: 'D1', reason: 'đã rõ' });
    expect(taskOf(life)?.status).toBe('cancelled');
    expect(refusedTo(life, leader, same)).toBe('TASK_CLOSED');
    life.act(leader, given());
    expect(taskOf(life, 'instruction/D2')?.status).toBe('open');
  });

  it('goes to agencies that the City commands only, in a case that is open, by a working day that is ahead', () => {
    const life = begin();
    expect(refusedTo(life, leader, given({ agency: 'city-tax' }))).toBe('AGENCY_NOT_COMMANDED');
    expect(refusedTo(life, leader, given({ agency: 'nobody' }))).toBe('AGENCY_NOT_COMMANDED');
    expect(refusedTo(life, leader, given({ procedure: 'eia-group-2' }))).toBe('NOT_FOUND');
    expect(refusedTo(life, leader, given({ dueDate: plainDate('2026-07-05') }))).toBe('VALIDATION_FAILED');
    expect(refusedTo(life, leader, given({ dueDate: plainDate('2026-07-11') }))).toBe('VALIDATION_FAILED');
    expect(refusedTo(life, leader, given({ dueDate: plainDate('2099-01-05') }))).toBe('CALENDAR_UNKNOWN');
    expect(refusedTo(life, leader, given({ text: ' ' }))).toBe('VALIDATION_FAILED');
    for (const other of [head, officer, person('auditor.1', 'auditor')])
      expect(refusedTo(life, other, given())).toBe('FORBIDDEN');
    expect(refusedTo(life, leader, { type: 'withdrawInstruction', instructionId: 'D9', reason: 'x' })).toBe(
      'NOT_FOUND',
    );
    life.act(leader, given());
    life.act(person('investor.test', 'investor'), { type: 'withdrawCase', reason: 'x' });
    expect(taskOf(life)?.status).toBe('cancelled');
    expect(refusedTo(life, leader, given())).toBe('CASE_CLOSED');
  });
});
