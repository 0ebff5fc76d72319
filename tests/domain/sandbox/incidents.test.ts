import { describe, expect, it } from 'vitest';
import type { Completion } from '../../../domain/case/task/commands.js';
import { at, refusalOf } from '../../support/memory-register.js';
import { head, OneTrial, participant } from '../../support/one-trial.js';
import { aiTrial } from '../../support/trial-phases.js';

const drone = (when = '2026-08-03 10:00'): OneTrial =>
  new OneTrial('2026-07-06 09:00').at('2026-07-20 09:00').start().settle(when);
const ai = (when = '2026-08-03 10:00'): OneTrial => aiTrial().at('2026-07-20 09:00').start().settle(when);

interface Told {
  readonly incident?: string;
  readonly happenedAt?: string;
  readonly knownAt?: string;
  readonly description?: string;
}
const report = (one: OneTrial, { incident, happenedAt, knownAt, description = 'it fell' }: Told = {}) =>
  one.act(participant, {
    type: 'reportIncident',
    incident: incident ?? null,
    severity: 'minor',
    happenedAt: happenedAt ? at(happenedAt) : one.now,
    knownAt: knownAt ? at(knownAt) : one.now,
    description,
    documentId: null,
  });

describe('the report of an incident', () => {
  it.each([
    ['2026-08-03 10:00', '2026-08-02 10:00', false],
    ['2026-08-03 10:01', '2026-08-02 10:00', true],
  ])('at %s of what was known at %s is late: %s (24 hours, weekends and nights counted)', (now, knownAt, late) => {
    const one = drone(now);
    const [event] = report(one, { happenedAt: knownAt, knownAt });
    expect(event?.payload).toMatchObject({ incidentId: 'I1', reportBy: at('2026-08-03 10:00'), late });
  });

  it('is examined by a day that the City sets', () => {
    const one = drone('2026-08-03 10:00');
    report(one);
    const task = one.work().hold('incident/I1');
    expect(task).toMatchObject({ kind: 'incident', dueDate: '2026-08-10' });
  });

  it('says when it happened before when it was known, and that before now', () => {
    const one = drone();
    const wrong = (told: Told) => refusalOf(() => report(one, told));
    expect(wrong({ happenedAt: '2026-08-03 09:30', knownAt: '2026-08-03 09:00' })).toBe('VALIDATION_FAILED');
    expect(wrong({ knownAt: '2026-08-03 10:01' })).toBe('VALIDATION_FAILED');
    expect(wrong({ description: ' ' })).toBe('VALIDATION_FAILED');
    expect(wrong({ incident: 'I7' })).toBe('NOT_FOUND');
    expect(refusalOf(() => one.act(head('dost'), { ...command, happenedAt: one.now, knownAt: one.now }))).toBe(
      'FORBIDDEN',
    );
  });
  const command = {
    type: 'reportIncident',
    incident: null,
    severity: 'minor',
    description: 'x',
    documentId: null,
  } as const;

  it('of an exceeded limit is owed where the regime counts that as an incident: opened by the engine, once while it is open', () => {
    const one = ai();
    one.measure({ limit: 'users', value: 1_200 });
    expect(one.events('incidentOpened').map(({ payload }) => payload)).toEqual([
      { incidentId: 'I1', limit: 'users', reportBy: at('2026-08-06 10:00') },
    ]);
    one.at('2026-08-03 11:00').measure({ limit: 'users', value: 1_300 });
    expect(one.events('incidentOpened')).toHaveLength(1);
    report(one, { incident: 'I1' });
    expect(refusalOf(() => report(one, { incident: 'I1' }))).toBe('DUPLICATE_REQUEST');
    one.at('2026-08-03 12:00').measure({ limit: 'users', value: 1_300 });
    expect(one.events('incidentOpened').map(({ payload }) => payload.incidentId)).toEqual(['I1', 'I2']);
  });

  it('is not opened by the engine where the regime says nothing of it', () => {
    const one = drone();
    one.measure({ limit: 'altitude', value: 230 });
    expect(one.events('incidentOpened')).toEqual([]);
  });

  it('that does not come is missed once, at the hour it was due, however late the machine is; it may still come', () => {
    const one = ai();
    one.measure({ limit: 'users', value: 1_200 });
    one.settle('2026-08-06 09:59');
    expect(one.events('incidentReportMissed')).toEqual([]);
    one.settle('2026-09-20 09:00').settle('2026-09-21 09:00');
    const missed = one
      .events('incidentReportMissed')
      .map(({ occurredAt, payload }) => [occurredAt, payload.incidentId]);
    expect(missed).toEqual([[at('2026-08-06 10:00'), 'I1']]);
    const [event] = report(one, { incident: 'I1', happenedAt: '2026-08-03 10:00', knownAt: '2026-08-03 10:00' });
    expect(event?.payload).toMatchObject({ late: true, reportBy: at('2026-08-06 10:00') });
  });
});

describe('the finding about an incident', () => {
  const examined = (finding: Completion['finding'], legalBasis?: string) => {
    const one = drone();
    report(one);
    const completion = { outcome: 'examined', reason: 'as the log shows', ...(finding && { finding }) };
    return {
      one,
      refusal: refusalOf(() =>
        one.work().complete('incident/I1', { ...completion, ...(legalBasis !== undefined && { legalBasis }) }),
      ),
    };
  };

  it.each([
    ['own', 'objective', true, 'Luật 93/2025', 'accepted'],
    ['state', 'objective', true, 'Luật 93/2025', 'accepted'],
    ['state', 'objective', true, ' ', 'VALIDATION_FAILED'],
    ['state', 'objective', true, undefined, 'VALIDATION_FAILED'],
    ['third-party', 'objective', true, 'Luật 93/2025', 'NOT_EXEMPT'],
    ['none', 'objective', true, 'Luật 93/2025', 'NOT_EXEMPT'],
    ['own', 'subjective', true, 'Luật 93/2025', 'NOT_EXEMPT'],
    ['own', 'undetermined', true, 'Luật 93/2025', 'NOT_EXEMPT'],
    ['third-party', 'subjective', false, undefined, 'accepted'],
    ['none', 'objective', false, undefined, 'accepted'],
  ] as const)('damage %s, cause %s, exempt %s by %s: %s', (damage, cause, exempt, legalBasis, expected) => {
    const { one, refusal } = examined({ damage, cause, exempt }, legalBasis);
    expect(refusal).toBe(expected);
    expect(one.trial.incidents['I1']?.examinedAt !== null).toBe(expected === 'accepted');
  });

  it('is made by a person of the supervisor, once, and never left out', () => {
    expect(examined(undefined).refusal).toBe('VALIDATION_FAILED');
    const { one } = examined({ damage: 'none', cause: 'objective', exempt: false });
    expect(one.events('incidentExamined')[0]?.actor).toMatchObject({ kind: 'person', agency: 'shtp-board' });
    expect(() => one.work().task('incident/I1')).toThrow('no task');
  });
});
