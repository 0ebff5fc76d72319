import { describe, expect, it } from 'vitest';
import { movementOf, type WaitingFigure } from '../../../domain/leadership/bottleneck.js';
import {
  foldInstruction,
  type InstructionAct,
  type KeptAct,
  requireAct,
  rungsAhead,
  rungsDue,
} from '../../../domain/leadership/instruction.js';
import { plainDate } from '../../../domain/time/instants.js';
import { at, refusalOf, seededLaw } from '../../support/memory-register.js';

const now = at('2026-07-06 10:00');
const leader = { role: 'leader', agency: 'hcmc-committee' };
const head = { role: 'head', agency: 'dof' };
const figure = (median: number | null): WaitingFigure => ({
  from: plainDate('2026-04-01'),
  to: plainDate('2026-06-30'),
  n: 12,
  median,
});
const bottleneck = { procedure: 'irc-ordinary', step: 'assessment', at: 'dof', figure: figure(4) };
const given = (more: Partial<Extract<InstructionAct, { kind: 'given' }>> = {}) =>
  ({
    kind: 'given',
    want: 'act',
    agency: 'dof',
    dueDate: plainDate('2026-07-10'),
    text: 'Giảm thời gian chờ',
    bottleneck: null,
    ...more,
  }) as const;
const kept = (...acts: InstructionAct[]): KeptAct[] => acts.map((act) => ({ at: now, by: 'somebody', act }));
const code = (...call: Parameters<typeof requireAct>) => refusalOf(() => requireAct(...call));

describe('an instruction that is about no single case', () => {
  it('ends with the answer of the agency; one about a bottleneck stays open until its figure has moved', () => {
    const answered = { kind: 'answered', text: 'Đã bố trí thêm người' } as const;
    expect(foldInstruction(kept(given(), answered))).toMatchObject({
      status: 'answered',
      answer: { text: answered.text },
    });
    const open = foldInstruction(kept(given({ bottleneck }), answered));
    expect(open?.status).toBe('open');
    expect(code(open, { kind: 'closed', movement: movementOf(figure(4), figure(4)) }, leader, seededLaw, now)).toBe(
      'PRECONDITION_FAILED',
    );
    const movement = movementOf(figure(4), figure(1.5));
    expect(movement.by).toBe(2.5);
    requireAct(open, { kind: 'closed', movement }, leader, seededLaw, now);
    expect(
      foldInstruction([...kept(given({ bottleneck }), answered), ...kept({ kind: 'closed', movement })]),
    ).toMatchObject({
      status: 'closed',
      movement: { by: 2.5 },
    });
  });

  it('takes nothing finished for no improvement', () => {
    expect(movementOf(figure(4), figure(null)).by).toBe(0);
    expect(movementOf(figure(null), figure(1)).by).toBe(0);
  });

  it('is given, moved and taken back by leadership, answered by the head of that agency', () => {
    expect(code(undefined, given(), head, seededLaw, now)).toBe('FORBIDDEN');
    expect(code(undefined, given({ agency: 'city-tax' }), leader, seededLaw, now)).toBe('AGENCY_NOT_COMMANDED');
    expect(code(undefined, given({ dueDate: plainDate('2026-07-05') }), leader, seededLaw, now)).toBe(
      'VALIDATION_FAILED',
    );
    expect(code(undefined, { kind: 'withdrawn', reason: 'x' }, leader, seededLaw, now)).toBe('NOT_FOUND');
    const open = foldInstruction(kept(given()));
    const answer = { kind: 'answered', text: 'x' } as const;
    expect(code(open, answer, leader, seededLaw, now)).toBe('FORBIDDEN');
    expect(code(open, answer, { role: 'head', agency: 'dost' }, seededLaw, now)).toBe('FORBIDDEN');
    expect(code(open, { kind: 'moved', dueDate: plainDate('2026-07-13'), reason: 'x' }, head, seededLaw, now)).toBe(
      'FORBIDDEN',
    );
    const over = foldInstruction(kept(given(), answer));
    expect(code(over, answer, head, seededLaw, now)).toBe('TASK_CLOSED');
    expect(code(over, { kind: 'withdrawn', reason: 'x' }, leader, seededLaw, now)).toBe('TASK_CLOSED');
    expect(code(open, { kind: 'closed', movement: movementOf(figure(4), figure(1)) }, leader, seededLaw, now)).toBe(
      'PRECONDITION_FAILED',
    );
  });

  it('climbs the City’s ladder of such work, each rung once per date', () => {
    const open = foldInstruction(kept(given()));
    if (!open) throw new Error('it was given');
    const codes = rungsAhead(open, seededLaw).map(({ rung }) => rung.code);
    expect(codes).toEqual(seededLaw.settings.ladders.task.map((rung) => rung.code));
    expect(rungsDue(open, seededLaw, now)).toEqual([]);
    const late = at('2026-07-11 09:00');
    expect(rungsDue(open, seededLaw, late).map(({ rung }) => rung.code)).toContain('missed');
    const climbed = foldInstruction([
      ...kept(given()),
      ...rungsDue(open, seededLaw, late).map(({ rung, dueDate }) => ({
        at: late,
        by: null,
        act: { kind: 'rung', rung: rung.code, dueDate } as const,
      })),
    ]);
    expect(climbed && rungsDue(climbed, seededLaw, late)).toEqual([]);
    const earlier = { kind: 'moved', dueDate: plainDate('2026-07-08'), reason: 'x' } as const;
    const moved = foldInstruction([...kept(given()), { at: at('2026-07-08 10:00'), by: 'leader', act: earlier }]);
    const ahead = moved ? rungsAhead(moved, seededLaw) : [];
    expect(ahead.length).toBeGreaterThan(0);
    for (const { at: when } of ahead)
      expect(Date.parse(when)).toBeGreaterThanOrEqual(Date.parse(at('2026-07-08 10:00')));
  });
});
