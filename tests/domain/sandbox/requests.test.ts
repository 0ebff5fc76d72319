import { describe, expect, it } from 'vitest';
import type { TrialRequest } from '../../../domain/case/trial/words.js';
import type { TrialTerms } from '../../../domain/law/trial-terms.js';
import { at, refusalOf } from '../../support/memory-register.js';
import { head, OneTrial, participant } from '../../support/one-trial.js';
import { aiTrial } from '../../support/trial-phases.js';

/** Runs from 20 July 2026 to 19 July 2027. */
const running = (when = '2026-08-03 10:00'): OneTrial =>
  new OneTrial('2026-07-06 09:00').at('2026-07-20 09:00').start().settle(when);
const ask = (one: OneTrial, request: TrialRequest, reason = 'needed') =>
  one.act(participant, { type: 'requestTrialChange', request, reason });
const extension = (months: number): TrialRequest => ({ kind: 'extension', months });
const grant = (one: OneTrial, id: string) =>
  one.work().complete(`trial-request/${id}`, { outcome: 'grant', reason: 'useful' });
const termsOf = ({ trial, terms }: OneTrial): TrialTerms => trial.terms ?? terms;

describe('a request', () => {
  it('goes to the head of the authority with the date by which it is decided, one of a kind at a time', () => {
    const one = running();
    ask(one, extension(3));
    ask(one, { kind: 'adjustment', terms: termsOf(one) });
    expect(refusalOf(() => ask(one, extension(2)))).toBe('DUPLICATE_REQUEST');
    expect(
      refusalOf(() => one.act(head('dost'), { type: 'requestTrialChange', request: extension(2), reason: 'x' })),
    ).toBe('FORBIDDEN');
    expect(one.trial.requests).toMatchObject({ R1: { decideBy: '2026-08-17' }, R2: { decideBy: '2026-08-17' } });
    const { agency, role } = one.work().task('trial-request/R1');
    expect([agency, role]).toEqual(['hcmc-committee', 'head']);
  });

  it('may be made again once it was refused with reasons', () => {
    const one = running();
    ask(one, extension(3));
    one.work();
    expect(refusalOf(() => one.complete('trial-request/R1', { outcome: 'refuse' }))).toBe('VALIDATION_FAILED');
    one.complete('trial-request/R1', { outcome: 'refuse', reason: 'not shown' });
    expect(one.trial).toMatchObject({ until: '2027-07-19', extensions: 0, requests: { R1: { status: 'refused' } } });
    ask(one, extension(3));
    expect(Object.keys(one.trial.requests)).toEqual(['R1', 'R2']);
  });

  it.each(['withdrawn', 'term over'] as const)('is dropped with its task when the trial ends: %s', (how) => {
    const one = running('2027-06-01 10:00');
    ask(one, extension(3));
    one.work();
    if (how === 'withdrawn') one.act(participant, { type: 'endTrial', ending: 'withdrawn', reason: 'no money' });
    else one.settle('2027-07-20 00:00');
    expect(one.trial).toMatchObject({ phase: 'ended', requests: { R1: { status: 'dropped' } } });
    expect(() => one.task('trial-request/R1')).toThrow('no task');
  });

  it('is not granted an instant after the term, though the task was held before', () => {
    const one = running('2027-06-01 10:00');
    ask(one, extension(3));
    const { id: taskId } = one.work().hold('trial-request/R1');
    one.at('2027-07-20 00:00');
    const late = { outcome: 'grant', reason: 'useful' };
    expect(refusalOf(() => one.act(head('hcmc-committee'), { type: 'completeTask', taskId, completion: late }))).toBe(
      'TASK_CLOSED',
    );
    expect(one.trial).toMatchObject({ phase: 'ended', ending: 'expired', until: '2027-07-19' });
  });
});

describe('an extension', () => {
  it('is asked for at the latest fifteen working days before the end', () => {
    const last = (when: string) => refusalOf(() => ask(running(when), extension(3)));
    // 28 June 2027 is a Monday; fifteen working days later is 19 July.
    expect(last('2027-06-28 23:59')).toBe('accepted');
    expect(last('2027-06-29 00:00')).toBe('ASKED_TOO_LATE');
  });

  it('is bounded in length and in number by the regime', () => {
    const one = running();
    expect(refusalOf(() => ask(one, extension(13)))).toBe('TERM_TOO_LONG');
    ask(one, extension(12));
    grant(one, 'R1');
    expect(one.trial).toMatchObject({ until: '2028-07-19', extensions: 1, extendedMonths: 12 });
    expect(refusalOf(() => ask(one, extension(1)))).toBe('EXTENSION_LIMIT');
  });

  it('counts the whole term anew from its first day: the last day of a month is not lost', () => {
    const one = new OneTrial('2026-08-17 09:00', { terms: { months: 6 } }).at('2026-08-31 09:00').start();
    expect(one.trial.until).toBe('2027-02-27');
    ask(one, extension(1));
    grant(one, 'R1');
    expect(one.trial.until).toBe('2027-03-30');
  });

  it('moves the date of the final report and of the exemptions that hold until the end', () => {
    const one = running();
    expect(one.register.state.duties['trial-final-report']?.dueDate).toBe('2027-07-04');
    ask(one, extension(3));
    grant(one, 'R1');
    expect(one.register.state.duties['trial-final-report']).toMatchObject({ dueDate: '2027-10-04', missed: false });
    expect(one.trial.exemptions).toMatchObject([{ from: '2026-07-20', to: '2027-10-19' }]);
  });

  it('moves a final report that was missed meanwhile: it is due again', () => {
    const one = running('2027-06-28 09:00');
    ask(one, extension(3));
    grant(one.work().settle('2027-07-10 09:00'), 'R1');
    expect(one.events('dutyMissed').map(({ payload }) => payload.duty)).toContain('trial-final-report');
    expect(one.register.state.duties['trial-final-report']).toMatchObject({ dueDate: '2027-10-04', missed: false });
  });

  it('granted after the final report was filed for the old end wants another one before the new end', () => {
    const one = running('2027-06-28 09:00');
    ask(one, extension(3));
    one.at('2027-07-02 09:00').act(participant, { type: 'fileFinalReport', documentId: 'd', lessons: [], figures: {} });
    one.work();
    expect(one.task('completion').agency).toBe('hcmc-committee');
    grant(one, 'R1');
    expect(() => one.task('completion')).toThrow('no task');
    expect(one.trial).toMatchObject({ phase: 'running', until: '2027-10-19', finalReport: null });
    expect(one.register.state.duties['trial-final-report#2']?.dueDate).toBe('2027-10-04');
    one.at('2027-10-01 09:00').act(participant, { type: 'fileFinalReport', documentId: 'd', lessons: [], figures: {} });
    one.work().complete('completion', { outcome: 'completed', reason: 'as planned' });
    expect(one.trial.ending).toBe('completed');
  });
});

describe('an adjustment', () => {
  const further = { act: 'Luật B', article: 'Điều 2', whom: 'participant', scope: 'civil', basis: 'NQ' } as const;
  const narrower = (one: OneTrial): TrialTerms => ({
    ...termsOf(one),
    limits: termsOf(one).limits.map((limit) => (limit.code === 'altitude' ? { ...limit, max: 150 } : limit)),
  });

  it('narrows a limit from the moment it is granted', () => {
    const one = running();
    ask(one, { kind: 'adjustment', terms: narrower(one) });
    one.measure({ limit: 'altitude', value: 160 });
    expect(one.trial.phase).toBe('running');
    grant(one, 'R1');
    expect(one.trial.terms?.limits.find(({ code }) => code === 'altitude')).toMatchObject({
      max: 150,
      source: 'admission',
    });
    one.at('2026-08-03 11:00').measure({ limit: 'altitude', value: 160 });
    expect(one.trial.phase).toBe('held');
  });

  it('stays within the regime, its term and its territory, and changes no date', () => {
    const one = running();
    const refused = (change: Partial<TrialTerms>) =>
      refusalOf(() => ask(one, { kind: 'adjustment', terms: { ...termsOf(one), ...change } }));
    const [first, ...others] = termsOf(one).limits;
    if (!first) throw new Error('no limit');
    expect(refused({ limits: [{ ...first, max: 1_000 }, ...others] })).toBe('LIMIT_LOOSER_THAN_REGIME');
    expect(refused({ limits: [first, ...termsOf(one).limits] })).toBe('VALIDATION_FAILED');
    expect(refused({ areas: termsOf(one).areas.map((area) => ({ ...area, site: 'elsewhere' })) })).toBe(
      'OUTSIDE_TERRITORY',
    );
    expect(
      refused({
        areas: termsOf(one).areas.map((area) => ({
          ...area,
          polygon: [
            [10, 106],
            [10, 107],
          ],
        })),
      }),
    ).toBe('VALIDATION_FAILED');
    expect(refused({ months: 6 })).toBe('VALIDATION_FAILED');
    expect(refused({ reportEvery: { amount: 6, unit: 'month' } })).toBe('AMOUNT_OUT_OF_RANGE');
    expect(one.trial.requests).toEqual({});
  });

  it('may leave out a limit of its own though an incident about it is open: the incident is still owed', () => {
    const one = aiTrial(undefined, { terms: { limits: [users, errors] } })
      .at('2026-07-20 09:00')
      .start();
    one.at('2026-08-03 10:00').measure({ limit: 'users', value: 1_200 });
    one.work().complete('hold/H1', { outcome: 'lift', reason: 'a peak' });
    ask(one, { kind: 'adjustment', terms: { ...termsOf(one), limits: [errors] } });
    grant(one, 'R1');
    expect(one.trial.incidents['I1']).toMatchObject({ limit: 'users', reportedAt: null });
    expect(refusalOf(() => one.measure({ limit: 'users', value: 1 }))).toBe('UNKNOWN_VALUE');
    one.settle('2026-08-20 09:00');
    expect(one.events('incidentReportMissed')).toHaveLength(1);
  });
  const own = {
    name: { vi: 'G', en: 'L' },
    unit: 'person',
    watch: 'telemetry',
    verified: true,
    source: 'admission',
  } as const;
  const users = { ...own, code: 'users', max: 1_000 };
  const errors = { ...own, code: 'errors', max: 10 };

  it('keeps the record of exemptions: what goes on, what begins that day, what has ended the day before', () => {
    const one = running('2026-10-05 09:00');
    const [first] = termsOf(one).exemptions;
    if (!first) throw new Error('no exemption');
    ask(one, { kind: 'adjustment', terms: { ...termsOf(one), exemptions: [first, further] } });
    grant(one, 'R1');
    ask(one.at('2026-12-01 09:00'), { kind: 'adjustment', terms: { ...termsOf(one), exemptions: [further] } });
    grant(one, 'R2');
    ask(one, extension(3));
    grant(one, 'R3');
    expect(one.trial.exemptions.map(({ act, from, to }) => [act, from, to])).toEqual([
      ['Luật A', '2026-07-20', '2026-11-30'],
      ['Luật B', '2026-10-05', '2027-10-19'],
    ]);
    one.at('2027-01-15 09:00').act(participant, { type: 'endTrial', ending: 'withdrawn', reason: 'no money' });
    expect(one.trial.exemptions.map(({ to }) => to)).toEqual(['2026-11-30', '2027-01-15']);
  });

  it.each([
    [
      { amount: 3, unit: 'month' },
      { amount: 1, unit: 'month' },
      ['2026-10-20', '2027-01-20', '2027-02-20', '2027-03-20'],
    ],
    [{ amount: 1, unit: 'month' }, { amount: 3, unit: 'month' }, ['2027-01-20', '2027-04-20', '2027-07-20']],
    [
      { amount: 1, unit: 'month' },
      { amount: 2, unit: 'week' },
      ['2027-01-20', '2027-02-01', '2027-02-15', '2027-03-01'],
    ],
  ] as const)(
    'of reports from every %j to every %j goes on from then, with none in the past',
    (before, after, opened) => {
      const one = new OneTrial('2026-07-06 09:00', { terms: { reportEvery: before } }).at('2026-07-20 09:00').start();
      one.settle('2027-01-25 09:00');
      ask(one, { kind: 'adjustment', terms: { ...termsOf(one), reportEvery: after } });
      grant(one, 'R1');
      ask(one, extension(3));
      grant(one, 'R2').settle('2027-12-31 09:00');
      const days = one
        .events('dutyIncurred')
        .flatMap(({ payload, occurredAt }) => (payload.code === 'trial-report' ? [[payload.duty, occurredAt]] : []));
      const from = days.findIndex(([, when]) => when === at(`${opened[0]} 00:00`));
      expect(days.slice(from, from + opened.length).map(([, when]) => when)).toEqual(
        opened.map((day) => at(`${day} 00:00`)),
      );
      expect(days.map(([id]) => id)).toEqual(days.map((_, n) => `trial-report#${n + 1}`));
    },
  );
});

describe('a resumption', () => {
  it('runs the suspended trial again when it is granted, and not when it is refused', () => {
    const one = running();
    one.act(head('shtp-board'), { type: 'suspendTrial', reason: 'shortcomings' });
    ask(one, { kind: 'resumption' });
    one.work().complete('trial-request/R1', { outcome: 'refuse', reason: 'not yet' });
    expect(one.trial.phase).toBe('suspended');
    ask(one, { kind: 'resumption' });
    grant(one, 'R2');
    expect(one.trial.phase).toBe('running');
  });
});
