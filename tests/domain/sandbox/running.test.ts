import { describe, expect, it } from 'vitest';
import type { DeviceCommand } from '../../../domain/case/trial/commands.js';
import { exampleProjects } from '../../../seeds/index.js';
import { at, MemoryRegister, person, refusalOf } from '../../support/memory-register.js';
import { device, good, head, OneTrial, participant } from '../../support/one-trial.js';
import { outside } from '../../support/trial-acts.js';

const running = (when = '2026-08-03 10:00'): OneTrial =>
  new OneTrial('2026-07-06 09:00').at('2026-07-20 09:00').start().settle(when);

const batch = (one: OneTrial, n: number, from: string, to: string, rest: Partial<DeviceCommand> = {}) =>
  one.act(device, {
    type: 'submitMetrics',
    batch: n,
    keyId: 'key-1',
    digest: 'd',
    from: at(from),
    to: at(to),
    readings: [],
    ...rest,
  });

describe('a batch of metrics', () => {
  it('comes with the next number and after the span before it; a refused one changes nothing', () => {
    const one = running();
    batch(one, 1, '2026-08-03 08:00', '2026-08-03 09:00');
    const { seq } = one.register.state;
    const refused = (n: number, from: string, to: string) => refusalOf(() => batch(one, n, from, to));
    expect(refused(1, '2026-08-03 09:00', '2026-08-03 10:00')).toBe('DUPLICATE_REQUEST');
    expect(refused(3, '2026-08-03 09:00', '2026-08-03 10:00')).toBe('METRICS_OUT_OF_ORDER');
    expect(refused(2, '2026-08-03 08:59', '2026-08-03 10:00')).toBe('METRICS_OUT_OF_ORDER');
    expect(refused(2, '2026-08-03 10:00', '2026-08-03 09:59')).toBe('METRICS_OUT_OF_ORDER');
    expect(refused(2, '2026-08-03 09:00', '2026-08-03 10:02')).toBe('METRICS_FROM_THE_FUTURE');
    expect(one.register.state.seq).toBe(seq);
    batch(one, 2, '2026-08-03 09:00', '2026-08-03 10:01');
    expect(one.trial.metrics).toEqual({ batch: 2, to: at('2026-08-03 10:01') });
  });

  it('holds only readings of its span, of limits of this trial, of their kind', () => {
    const one = running();
    const refused = (limit: string, when: string, value: number | string) =>
      refusalOf(() =>
        batch(one, 1, '2026-08-03 08:00', '2026-08-03 09:00', { readings: [{ limit, at: at(when), value }] }),
      );
    expect(refused('altitude', '2026-08-03 07:59', 10)).toBe('METRICS_OUT_OF_ORDER');
    expect(refused('altitude', '2026-08-03 09:01', 10)).toBe('METRICS_OUT_OF_ORDER');
    expect(refused('depth', '2026-08-03 08:30', 10)).toBe('UNKNOWN_VALUE');
    expect(refused('altitude', '2026-08-03 08:30', 'high')).toBe('WRONG_TYPE');
    expect(refused('test-area', '2026-08-03 08:30', 'nowhere')).toBe('WRONG_TYPE');
    expect(one.events('metricsAccepted')).toEqual([]);
    expect(refused('altitude', '2026-08-03 09:00', 10)).toBe('accepted');
  });

  it('is signed with a key of this trial', () => {
    expect(refusalOf(() => batch(running(), 1, '2026-08-03 08:00', '2026-08-03 09:00', { keyId: 'toString' }))).toBe(
      'METRICS_SIGNATURE_INVALID',
    );
  });

  it('does not reach back before the trial began', () => {
    const one = new OneTrial('2026-07-06 09:00').at('2026-07-20 09:00').admit().at('2026-08-03 09:00').start();
    one.at('2026-08-03 10:00');
    const refused = (from: string) => refusalOf(() => batch(one, 1, from, '2026-08-03 10:00'));
    expect(refused('2026-08-03 08:58')).toBe('METRICS_OUT_OF_ORDER');
    // The clock of a device may be behind by a minute.
    expect(refused('2026-08-03 08:59')).toBe('accepted');
  });

  it('warns once a batch where it nears a limit, and holds nothing', () => {
    const one = running();
    const near = { limit: 'altitude', value: 185 };
    const events = one.measure(near, near, { limit: 'speed', value: 95 }, good);
    expect(events.map(({ type }) => type)).toEqual(['metricsAccepted', 'limitNeared', 'limitNeared']);
    expect(one.trial.phase).toBe('running');
  });

  it('taken at night exceeds the hours, whatever it measured', () => {
    const one = running('2026-08-03 17:01');
    one.measure({ limit: 'altitude', value: 10 });
    expect(one.events('limitExceeded').map(({ payload }) => payload.limit)).toEqual(['test-hours']);
    expect(one.trial.holds['H1']?.cause).toMatchObject({ limit: 'test-hours' });
  });

  it('that comes while the trial is assessed is recorded with its breaches and holds nothing: nothing runs', () => {
    const one = running('2027-07-01 09:00');
    one.act(participant, { type: 'fileFinalReport', documentId: 'd', lessons: [], figures: {} });
    one.settle('2027-07-20 09:00').measure({ limit: 'test-area', value: outside });
    expect(one.events('limitExceeded')).toHaveLength(1);
    expect(one.trial).toMatchObject({ phase: 'assessment', holds: {} });
  });
});

describe('keys and permits', () => {
  it('a key is never replaced', () => {
    const one = running();
    const register = (keyId: string) => () => one.act(participant, { type: 'registerKey', keyId, publicKey: 'M' });
    expect(refusalOf(register('key-1'))).toBe('DUPLICATE_REQUEST');
    expect(refusalOf(register('constructor'))).toBe('accepted');
  });

  it('a trial starts when every permit of another body is shown, and not before', () => {
    const one = new OneTrial('2026-07-06 09:00').at('2026-07-20 09:00').admit();
    const permit = (change: object) =>
      refusalOf(() =>
        one.act(participant, {
          type: 'recordPermit',
          permit: 'flight-permission',
          number: 'QĐ-1',
          documentId: null,
          validTo: null,
          ...change,
        }),
      );
    expect(refusalOf(() => one.engine({ type: 'startTrial' }))).toBe('PRECONDITION_FAILED');
    expect(permit({ permit: 'other' })).toBe('UNKNOWN_VALUE');
    expect(permit({ number: ' ' })).toBe('VALIDATION_FAILED');
    expect(permit({ validTo: '2026-07-19' })).toBe('VALIDATION_FAILED');
    expect(permit({ validTo: '2026-07-20' })).toBe('accepted');
    expect(permit({})).toBe('DUPLICATE_REQUEST');
    one.engine({ type: 'startTrial' });
    expect(one.trial).toMatchObject({ phase: 'running', startedAt: at('2026-07-20 09:00') });
  });

  it('a trial whose permits never come expires with its term, and owes nothing to users it never had', () => {
    const one = new OneTrial('2026-07-06 09:00').at('2026-07-20 09:00').admit().settle('2027-08-15 09:00');
    expect(one.trial).toMatchObject({ phase: 'over', ending: 'expired', startedAt: null });
    expect(one.events('dutyIncurred').map(({ payload }) => payload.code)).not.toContain('trial-users');
  });
});

describe('reports and visits', () => {
  const officer = person('officer.shtp-board.1', 'officer', 'shtp-board');

  it('a report meets the earliest one due, or the one it names, once', () => {
    const one = running('2027-01-25 09:00');
    const file = (duty: string | null) => () =>
      one.act(participant, { type: 'fileTrialReport', duty, documentId: null, figures: {} });
    file('trial-report#2')();
    expect(refusalOf(file('trial-report#2'))).toBe('DUTY_CLOSED');
    expect(refusalOf(file('supervision-visit#1'))).toBe('NOT_FOUND');
    expect(refusalOf(file('trial-report#3'))).toBe('NOT_FOUND');
    file(null)();
    expect(refusalOf(file(null))).toBe('PRECONDITION_FAILED');
    const met = one.events('dutyMet').map(({ payload }) => [payload.duty, payload.late]);
    expect(met).toEqual([
      ['trial-report#2', false],
      ['trial-report#1', true],
    ]);
  });

  it('a report, a visit and the final report are met by their acts, not by saying so', () => {
    const one = running('2026-10-21 09:00');
    const say = (actor: typeof participant, duty: string) =>
      refusalOf(() => one.act(actor, { type: 'meetDuty', duty, evidence: 'sent' }));
    expect(say(participant, 'trial-report#1')).toBe('PRECONDITION_FAILED');
    expect(say(participant, 'trial-final-report')).toBe('PRECONDITION_FAILED');
    expect(say(officer, 'supervision-visit#1')).toBe('PRECONDITION_FAILED');
  });

  it('a visit was made on a day of the trial, not later than today', () => {
    const one = running();
    const visit = (on: string, by = officer) =>
      refusalOf(() =>
        one.act(by, { type: 'recordVisit', on: on as never, result: 'in-order', findings: 'as admitted' }),
      );
    expect(visit('2026-08-04')).toBe('VALIDATION_FAILED');
    expect(visit('2026-07-19')).toBe('VALIDATION_FAILED');
    expect(visit('2026-07-21', person('officer.dof.1', 'officer', 'dof'))).toBe('FORBIDDEN');
    expect(visit('2026-07-21')).toBe('accepted');
    expect(one.register.state.duties['supervision-visit#1']?.metAt).toBe(one.now);
  });

  it('a report is filed while the permits are still awaited: its date does not wait for them', () => {
    const one = new OneTrial('2026-07-06 09:00').at('2026-07-20 09:00').admit().settle('2026-10-21 09:00');
    one.act(participant, { type: 'fileTrialReport', duty: null, documentId: null, figures: {} });
    expect(one.register.state.duties['trial-report#1']?.metAt).toBe(one.now);
  });
});

it('no act of a trial is there in a case that is none', () => {
  const register = new MemoryRegister('LX-260706-0001');
  register.open(exampleProjects.besi, at('2026-07-06 09:00'));
  const now = at('2026-07-07 09:00');
  const suspends = () => register.act(head('shtp-board'), now, { type: 'suspendTrial', reason: 'x' });
  const span = { batch: 1, keyId: 'key-1', digest: 'd', from: now, to: now, readings: [] };
  expect(refusalOf(suspends)).toBe('NOT_FOUND');
  expect(refusalOf(() => register.act(device, now, { type: 'submitMetrics', ...span }))).toBe('NOT_FOUND');
});
