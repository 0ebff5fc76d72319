import { describe, expect, it } from 'vitest';
import { chairOf, mayBeReferred } from '../../../domain/case/conference/rules.js';
import type { ConferenceState } from '../../../domain/case/conference/state.js';
import type { Condition } from '../../../domain/case/consultation/words.js';
import { foldCase } from '../../../domain/case/fold.js';
import type { Completion } from '../../../domain/case/task/commands.js';
import { isOver } from '../../../domain/case/task/state.js';
import { Asked, code, first, head, officer } from '../../support/asked.js';
import { at, person, refusalOf, seededLaw } from '../../support/memory-register.js';

const limits: Condition = { subject: 'waste-water', direction: 'limits', value: '400' };
const requires: Condition = { subject: 'waste-water', direction: 'requires', value: '500' };
const issue = 'conditions/waste-water/dost/dpa';
const team = person('head.hcmc-committee', 'head', 'hcmc-committee');

function conferring(): Asked {
  const register = new Asked();
  register.dost('2026-07-08 09:00', 'agree-with-conditions', limits);
  register.dpa('2026-07-08 10:00', 'agree-with-conditions', requires);
  register.confer('2026-07-08 10:00');
  return register;
}
const says = (agency: string, change: Partial<Completion> = {}): Completion => ({
  outcome: 'by-link',
  reason: `${agency} giữ quan điểm`,
  ...change,
});
const decision = (change: Partial<Completion> = {}): Completion => ({
  outcome: 'decide',
  resolutions: [{ issue, upholds: 'dost' }],
  reason: 'Trạm xử lý không nhận quá 400 m³',
  ...change,
});
const statements = (register: Asked) =>
  Object.values(register.consultation().tasks).filter(({ kind }) => kind === 'statement');

describe('each that disagrees', () => {
  it('has a task of its own with the day of the conference, once', () => {
    const register = conferring();
    expect(statements(register)).toMatchObject([
      { key: 'statement/dost', agency: 'dost', role: 'officer', dueDate: '2026-07-13', status: 'open' },
      { key: 'statement/dpa', agency: 'dpa', role: 'officer', dueDate: '2026-07-13', status: 'open' },
    ]);
    register.confer('2026-07-08 11:00');
    expect(statements(register)).toHaveLength(2);
  });

  it('says in its own words how it takes part and what it dissents, and nobody writes that for it', () => {
    const register = conferring();
    const dissent = [{ agency: 'dpa', reason: 'Nhà máy cần 500 m³' }];
    register.complete(
      'statement/dpa',
      officer('dpa'),
      '2026-07-09 09:00',
      says('dpa', { outcome: 'in-place', dissent }),
    );
    const given = register.consultation().conference?.statements?.['dpa'];
    expect(given).toMatchObject({ attendance: 'in-place', at: at('2026-07-09 09:00') });
    expect(JSON.stringify(register.events)).not.toMatch(/500 m³|giữ quan điểm/);
    expect(refusalOf(() => register.complete('conference', head, '2026-07-09 15:00', decision({ dissent })))).toBe(
      'VALIDATION_FAILED',
    );
    register.complete('conference', head, '2026-07-09 15:00', decision());
    expect(register.consultation().conference?.dissent).toEqual([{ agency: 'dpa', reason: given?.dissent }]);
    expect(foldCase(code, register.events)).toEqual(register.state);
  });

  it('that is followed dissents from nothing', () => {
    const register = conferring();
    const dissent = [{ agency: 'dost', reason: 'x' }];
    register.complete('statement/dost', officer('dost'), '2026-07-09 09:00', says('dost', { dissent }));
    register.complete('conference', head, '2026-07-09 15:00', decision());
    expect(register.consultation().conference?.dissent).toEqual([]);
  });

  it('speaks for itself alone, with words, and not once it is decided', () => {
    const register = conferring();
    const speak = (agency: string, change: Partial<Completion>) =>
      refusalOf(() =>
        register.complete(`statement/${agency}`, officer(agency), '2026-07-09 09:00', says(agency, change)),
      );
    expect(speak('dpa', { dissent: [{ agency: 'dost', reason: 'x' }] })).toBe('UNKNOWN_VALUE');
    expect(speak('dpa', { reason: ' ' })).toBe('VALIDATION_FAILED');
    expect(speak('dpa', { outcome: 'stay-away' })).toBe('VALIDATION_FAILED');
    expect(refusalOf(() => register.complete('statement/dpa', officer('dost'), '2026-07-09 09:00', says('dpa')))).toBe(
      'FORBIDDEN',
    );
    register.complete('conference', head, '2026-07-09 15:00', decision());
    expect(statements(register).every(isOver)).toBe(true);
    expect(speak('dpa', {})).toBe('TASK_CLOSED');
  });

  it('holds nobody up by its silence', () => {
    const register = conferring();
    register.complete('conference', head, '2026-07-09 15:00', decision());
    register.close('2026-07-09 15:01');
    expect(register.consultation().closedAt).not.toBeNull();
  });

  it('also where it comes to disagree later: a late answer that is weighed', () => {
    const register = new Asked();
    register.dpa('2026-07-08 10:00', 'object');
    register.settle('2026-07-11 00:00');
    register.confer('2026-07-11 00:00');
    expect(statements(register).map(({ agency }) => agency)).toEqual(['dpa']);
    register.complete('statement/dpa', officer('dpa'), '2026-07-13 09:00', says('dpa'));
    register.dost('2026-07-13 10:00', 'object');
    register.reopen('2026-07-13 11:00');
    register.confer('2026-07-13 12:01');
    expect(statements(register).map(({ agency }) => agency)).toEqual(['dpa', 'dost']);
    expect(register.consultation().conference?.statements?.['dpa']).toBeDefined();
  });
});

describe('a chair', () => {
  it('is no party of the dispute, unless nobody else may', () => {
    const chair = (...parties: string[]) => chairOf(seededLaw, 'shtp-board', new Set(parties));
    expect(chair('dost', 'dpa')).toBe('shtp-board');
    expect(chair('shtp-board', 'dpa')).toBe('dof');
    expect(chair('shtp-board', 'dof')).toBe('hcmc-committee');
    expect(chair('shtp-board', 'dof', 'hcmc-committee')).toBe('shtp-board');
  });

  it('refers nothing to a team that is a party itself, nor to itself, nor twice', () => {
    const sits = conferring().consultation().conference as ConferenceState;
    const [one] = sits.issues;
    const issues = [{ ...one, agencies: ['dost', 'hcmc-committee'] }] as typeof sits.issues;
    expect(mayBeReferred(sits, 'hcmc-committee')).toBe(true);
    expect(mayBeReferred({ ...sits, issues }, 'hcmc-committee')).toBe(false);
    expect(mayBeReferred({ ...sits, chair: 'hcmc-committee' }, 'hcmc-committee')).toBe(false);
    expect(mayBeReferred(sits, undefined)).toBe(false);
  });

  it('that cannot settle it refers it to the City’s team, which has days of its own', () => {
    const register = conferring();
    const refer = { outcome: 'refer', reason: 'Hai bên không thống nhất' };
    register.complete('conference', head, '2026-07-09 15:00', refer);
    expect(register.consultation().conference).toMatchObject({
      chair: 'hcmc-committee',
      dueDate: '2026-07-16',
      referred: { from: 'shtp-board', at: at('2026-07-09 15:00') },
    });
    expect(register.task('conference/2')).toMatchObject({
      agency: 'hcmc-committee',
      role: 'head',
      dueDate: '2026-07-16',
    });
    // The story asks again for what it knows, as after a rebuild.
    register.confer('2026-07-09 16:00');
    expect(refusalOf(() => register.complete('conference/2', head, '2026-07-09 16:00', decision()))).toBe('FORBIDDEN');
    expect(refusalOf(() => register.complete('conference/2', team, '2026-07-09 16:00', refer))).toBe(
      'PRECONDITION_FAILED',
    );
    register.complete('conference/2', team, '2026-07-10 09:00', decision());
    register.close('2026-07-10 09:01');
    expect(foldCase(code, register.events)).toEqual(register.state);
  });

  it('that lets its day pass has it no more: the clock gives it to the team, at that instant, once', () => {
    const register = conferring();
    register.settle('2026-07-20 09:00');
    const told = register.events.filter(({ type }) => type === 'conferenceReferred');
    expect(told).toMatchObject([
      { occurredAt: at('2026-07-14 00:00'), actor: { kind: 'clock' }, payload: { reason: null } },
    ]);
    expect(register.task('conference').status).toBe('cancelled');
    expect(register.task('conference/2')).toMatchObject({ agency: 'hcmc-committee', dueDate: '2026-07-21' });
    expect(refusalOf(() => register.complete('conference', head, '2026-07-20 10:00', decision()))).toBe('TASK_CLOSED');
    register.confer('2026-07-20 10:00');
    expect(
      Object.values(register.consultation(first).tasks).filter((task) => task.kind === 'conference' && !isOver(task)),
    ).toHaveLength(1);
    register.settle('2026-08-20 09:00');
    expect(register.events.filter(({ type }) => type === 'conferenceReferred')).toHaveLength(1);
  });
});
