import { describe, expect, it } from 'vitest';
import { dateOf } from '../../../domain/time/instants.js';
import { at, refusalOf } from '../../support/memory-register.js';
import { head, OneTrial, participant } from '../../support/one-trial.js';
import { outside } from '../../support/trial-acts.js';

const running = (when = '2026-08-03 10:00'): OneTrial =>
  new OneTrial('2026-07-06 09:00').at('2026-07-20 09:00').start().settle(when);
const breach = { limit: 'altitude', value: 230 };

describe('a protective hold', () => {
  it('is placed in the act of the metric that is beyond a limit, and names limit and value', () => {
    const one = running();
    const events = one.measure({ limit: 'altitude', value: 120 }, breach);
    expect(events.map(({ type }) => type)).toEqual(['metricsAccepted', 'limitExceeded', 'holdPlaced']);
    expect(events.at(-1)?.payload).toEqual({
      holdId: 'H1',
      cause: { kind: 'limit', limit: 'altitude', value: 230 },
      confirmBy: at('2026-08-05 00:00'),
    });
    expect(one.trial.phase).toBe('held');
  });

  it('of two limits in one batch is one, and both breaches are recorded', () => {
    const one = running();
    one.measure(breach, { limit: 'test-area', value: outside }, { limit: 'altitude', value: 240 });
    expect(one.events('limitExceeded').map(({ payload }) => payload.limit)).toEqual(['altitude', 'test-area']);
    expect(one.events('holdPlaced')).toHaveLength(1);
    one.measure(breach);
    expect(one.events('limitExceeded')).toHaveLength(3);
    expect(one.events('holdPlaced')).toHaveLength(1);
  });

  it('confirmed by the head of the supervisor, the trial stands still; the reason is kept beside the event', () => {
    const one = running();
    one.measure(breach);
    one.work();
    const { agency, role, dueDate } = one.task('hold/H1');
    expect({ agency, role, dueDate }).toEqual({ agency: 'shtp-board', role: 'head', dueDate: '2026-08-04' });
    expect(refusalOf(() => one.complete('hold/H1', { outcome: 'confirm' }))).toBe('VALIDATION_FAILED');
    one.complete('hold/H1', { outcome: 'confirm', reason: 'above the corridor' });
    expect(one.trial).toMatchObject({ phase: 'suspended', holds: { H1: { status: 'confirmed' } } });
    expect(one.settle('2026-09-30 09:00').trial.phase).toBe('suspended');
  });

  it('lifted, the trial runs on, and the next breach holds it again', () => {
    const one = running();
    one.measure(breach);
    one.work().complete('hold/H1', { outcome: 'lift', reason: 'a wrong sensor' });
    expect(one.trial).toMatchObject({ phase: 'running', holds: { H1: { status: 'lifted' } } });
    one.at('2026-08-03 11:00').measure(breach);
    expect(one.trial).toMatchObject({ phase: 'held', holds: { H2: { status: 'placed' } } });
  });

  it.each([
    ['a Monday', '2026-08-03 10:00', '2026-08-05 00:00'],
    ['a Friday evening', '2026-08-07 16:59', '2026-08-11 00:00'],
    ['a Saturday', '2026-08-08 10:00', '2026-08-11 00:00'],
    ['the day before the National Day', '2026-09-01 10:00', '2026-09-04 00:00'],
    ['the last working day before Tết', '2027-02-04 10:00', null],
  ])('that nobody confirms lapses with the end of the next working day: placed on %s', (_day, placed, lapses) => {
    const one = running(placed);
    one.measure(breach);
    one.work();
    const { confirmBy } = one.trial.holds['H1'] ?? { confirmBy: '' };
    const { workingDates } = one.register.law.caseCalendar;
    const next = workingDates.find((date) => date > dateOf(at(placed)));
    expect(confirmBy).toBe(new Date(Date.parse(at(`${next ?? ''} 00:00`)) + 86_400_000).toISOString());
    if (lapses !== null) expect(confirmBy).toBe(at(lapses));
    one.settle(new Date(Date.parse(confirmBy) - 1).toISOString());
    expect(one.trial.phase).toBe('held');
    one.settle(confirmBy);
    expect(one.trial).toMatchObject({ phase: 'running', holds: { H1: { status: 'lapsed' } } });
    expect(() => one.task('hold/H1')).toThrow('no task');
  });

  it('lapses once and is dated by the computed instant though everything slept for a month', () => {
    const one = running();
    one.measure(breach);
    one.work().settle('2026-09-10 09:00').settle('2026-09-11 09:00');
    const lifted = one.events('holdLifted');
    expect(lifted.map(({ occurredAt, actor, payload }) => [occurredAt, actor.kind, payload])).toEqual([
      [at('2026-08-05 00:00'), 'clock', { holdId: 'H1', taskId: null, reason: null }],
    ]);
    const cancelled = one.events('taskCancelled').find(({ payload }) => payload.reason === 'lapsed');
    expect(cancelled?.occurredAt).toBe(at('2026-08-05 00:00'));
  });

  it('that lapses takes the question with it who may sign: at that instant, by nobody', () => {
    const one = running();
    one.measure(breach);
    const { id: taskId } = one.work().task('hold/H1');
    one.act({ kind: 'clock' }, { type: 'askSignatory', taskId, wanted: true });
    const asked = one.task(`signatory/${taskId}`);
    one.at('2026-08-05 08:00').measure(breach);
    const dropped = one.events('taskCancelled').find(({ payload }) => payload.taskId === asked.id);
    expect(dropped).toMatchObject({
      occurredAt: at('2026-08-05 00:00'),
      actor: { kind: 'clock' },
      payload: { reason: 'decided' },
    });
  });

  it('cannot be confirmed a moment too late, and runs out before the metric that comes then', () => {
    const one = running();
    one.measure(breach);
    const { id: taskId } = one.work().hold('hold/H1');
    one.at('2026-08-05 00:00');
    const confirms = { outcome: 'confirm', reason: 'late' };
    const late = () => one.act(head('shtp-board'), { type: 'completeTask', taskId, completion: confirms });
    expect(refusalOf(late)).toBe('TASK_CLOSED');
    expect(one.trial.phase).toBe('running');
    one.at('2026-08-05 08:00').measure(breach);
    expect(Object.keys(one.trial.holds)).toEqual(['H1', 'H2']);
  });

  it('placed where no calendar is published ends with the next day', () => {
    const one = new OneTrial('2028-06-01 09:00').at('2028-06-14 09:00').start();
    one.at('2028-12-31 10:00').measure(breach);
    expect(one.trial.holds['H1']?.confirmBy).toBe(at('2029-01-02 00:00'));
  });

  it('is confirmed by a suspension of the held trial, whose task is no longer needed', () => {
    const one = running();
    one.measure(breach);
    one.work().act(head('hcmc-committee'), { type: 'suspendTrial', reason: 'a pattern' });
    expect(one.trial).toMatchObject({ phase: 'suspended', holds: { H1: { status: 'confirmed' } } });
    expect(() => one.task('hold/H1')).toThrow('no task');
    one.settle('2026-09-10 09:00');
    expect(one.events('holdLifted')).toEqual([]);
  });

  it('is placed by a critical incident, not by a serious one', () => {
    const one = running();
    const report = (severity: 'serious' | 'critical') =>
      one.act(participant, {
        type: 'reportIncident',
        incident: null,
        severity,
        happenedAt: at('2026-08-03 08:00'),
        knownAt: at('2026-08-03 09:00'),
        description: 'it fell',
        documentId: null,
      });
    report('serious');
    expect(one.trial.phase).toBe('running');
    report('critical');
    expect(one.trial.holds['H1']?.cause).toEqual({ kind: 'incident', incident: 'I2' });
    report('critical');
    expect(Object.keys(one.trial.holds)).toEqual(['H1']);
  });

  it('that is open when the trial ends ends with it, and its task too', () => {
    const one = running();
    one.measure(breach);
    one.work().act(participant, { type: 'endTrial', ending: 'withdrawn', reason: 'no money' });
    expect(one.trial.holds['H1']?.status).toBe('lapsed');
    expect(() => one.task('hold/H1')).toThrow('no task');
    one.settle('2026-08-20 09:00');
    expect(one.events('holdLifted')).toEqual([]);
  });

  it('that is open on the last day of the term lapses or ends, but never outlives the trial', () => {
    const one = running('2027-07-19 10:00');
    one.measure(breach);
    one.work().settle('2027-08-01 09:00');
    expect(one.trial).toMatchObject({ phase: 'ended', ending: 'expired', holds: { H1: { status: 'lapsed' } } });
    expect(one.events('holdLifted')).toEqual([]);
  });
});

describe('a suspended trial', () => {
  it('is suspended by the head of the supervisor or of the authority, by nobody else', () => {
    const one = running();
    const suspends = (agency: string) => () => one.act(head(agency), { type: 'suspendTrial', reason: 'x' });
    expect(refusalOf(suspends('dof'))).toBe('FORBIDDEN');
    expect(refusalOf(() => one.act(participant, { type: 'suspendTrial', reason: 'x' }))).toBe('FORBIDDEN');
    expect(refusalOf(() => one.act(head('shtp-board'), { type: 'suspendTrial', reason: ' ' }))).toBe(
      'VALIDATION_FAILED',
    );
    suspends('shtp-board')();
    expect(one.trial.phase).toBe('suspended');
  });

  it('records what its devices measure all the same, and is not held twice', () => {
    const one = running();
    one.act(head('shtp-board'), { type: 'suspendTrial', reason: 'shortcomings' });
    one.measure(breach);
    expect(one.events('limitExceeded')).toHaveLength(1);
    expect(one.trial).toMatchObject({ phase: 'suspended', holds: {} });
  });

  it('resumed without being asked answers an open request for it', () => {
    const one = running();
    one.act(head('shtp-board'), { type: 'suspendTrial', reason: 'shortcomings' });
    one.act(participant, { type: 'requestTrialChange', request: { kind: 'resumption' }, reason: 'repaired' });
    one.work().act(head('shtp-board'), { type: 'resumeTrial', reason: 'seen on the spot' });
    expect(one.trial).toMatchObject({ phase: 'running', requests: { R1: { status: 'granted' } } });
    expect(() => one.task('trial-request/R1')).toThrow('no task');
  });
});
