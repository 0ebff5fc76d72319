import { describe, expect, it } from 'vitest';
import { sentOutside, shownToParty } from '../../domain/case/event-table.js';
import type { CaseEvent, EventType, Payloads } from '../../domain/case/events.js';
import { at } from '../support/memory-register.js';

const event = <T extends EventType>(type: T, payload: Payloads[T]): CaseEvent =>
  ({
    seq: 7,
    scope: 'case/LX-260706-0001-1/irc-ordinary/1/consultation/1',
    type,
    occurredAt: at('2026-07-10 09:00'),
    actor: { kind: 'agency-system', agency: 'dof' },
    payload,
  }) as CaseEvent;

const opinion = event('opinionGiven', {
  agency: 'dof',
  position: 'object',
  conditions: [
    { subject: 'waste-water', direction: 'limits', value: '400' },
    { subject: 'other', direction: 'requires', value: 'hỏi ông A' },
  ],
  legalBasis: 'Luật Đầu tư',
  late: false,
  messageId: 'm1',
});

describe('what the investor reads', () => {
  it('of an opinion before the decision is signed: that it was given; then what it says', () => {
    expect(shownToParty(opinion, false)).toEqual({ agency: 'dof', late: false });
    expect(shownToParty(opinion, true)).toMatchObject({ position: 'object', legalBasis: 'Luật Đầu tư' });
  });

  it.each([
    [
      'consultationClosed',
      { step: 'opinions', n: 1, agreed: 1, conditional: 0, objected: 1, silent: 0 },
      ['n', 'step'],
    ],
    ['silenceDecided', { agency: 'dof', taskId: 't', decision: 'treat-as-agreed', reason: 'x' }, ['agency']],
    ['stepCompleted', { step: 'council', outcome: 'admit', by: 'person', reference: null }, ['by', 'step']],
  ] as const)('of %s before it: no result', (type, payload, fields) => {
    const shown = shownToParty(event(type, payload), false);
    expect(Object.keys(shown ?? {}).sort()).toEqual(fields);
  });

  it('of votes, and of what an agency does within itself: nothing, ever', () => {
    expect(shownToParty(event('voteCast', { person: 'p', vote: 'for', reason: null }), true)).toBeUndefined();
    expect(shownToParty(event('taskClaimed', { taskId: 't' }), true)).toBeUndefined();
  });

  it('is nothing of a field that nobody allowed', () => {
    const more = { lane: 'green', taskId: 't', reason: 'r', note: 'for colleagues only' } as const;
    expect(shownToParty(event('laneDecided', more), true)).not.toHaveProperty('note');
    expect(sentOutside(event('laneDecided', more))).toEqual({ lane: 'green', taskId: 't' });
  });
});

it('sends no free text outside, wherever it stands', () => {
  expect(sentOutside(opinion)).toEqual({
    agency: 'dof',
    position: 'object',
    conditions: [
      { subject: 'waste-water', direction: 'limits', value: '400' },
      { subject: 'other', direction: 'requires' },
    ],
    late: false,
    messageId: 'm1',
  });
});
