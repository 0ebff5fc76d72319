import { describe, expect, it } from 'vitest';
import type { Command } from '../../../domain/case/commands.js';
import { at, refusalOf } from '../../support/memory-register.js';
import { good, head, OneTrial, participant } from '../../support/one-trial.js';
import { aiTrial } from '../../support/trial-phases.js';

const running = (when = '2026-08-03 10:00'): OneTrial =>
  new OneTrial('2026-07-06 09:00').at('2026-07-20 09:00').start().settle(when);
const transitional = (when: string): OneTrial =>
  aiTrial(undefined, { terms: { transitionMonths: 6 } })
    .at('2026-07-20 09:00')
    .start()
    .settle(when);
const finalReport: Command = {
  type: 'fileFinalReport',
  documentId: 'doc-final',
  lessons: [{ act: 'Luật A', article: 'Điều 1', change: 'allow it' }],
  figures: { flights: 9 },
};
const filed = (one: OneTrial): OneTrial => {
  one.act(participant, finalReport);
  return one.work();
};
const decided = (one: OneTrial, outcome: 'completed' | 'failed') =>
  one.complete('completion', { outcome, reason: 'as the report shows' });
const ends = (one: OneTrial, ending: 'withdrawn' | 'revoked', by = participant) =>
  one.act(by, { type: 'endTrial', ending, reason: 'because' });
const returned = (one: OneTrial) => one.act(participant, { type: 'meetDuty', duty: 'trial-users#1', evidence: 'sent' });
const openDuties = ({ register }: OneTrial): string[] =>
  Object.values(register.state.duties).flatMap(({ id, metAt, missed }) => (metAt === null && !missed ? [id] : []));

describe('the final report', () => {
  it('is filed once, keeps the words of its lessons beside the event, and meets its duty', () => {
    const one = filed(running('2027-07-02 09:00'));
    expect(refusalOf(() => one.act(participant, finalReport))).toBe('DUPLICATE_REQUEST');
    const [event] = one.events('finalReportFiled');
    expect(event?.payload).toMatchObject({ assessBy: '2027-07-23', lessons: [{ act: 'Luật A' }] });
    expect(JSON.stringify(event)).not.toContain('allow it');
    expect(one.register.state.duties['trial-final-report']?.metAt).toBe(one.now);
  });

  it('without which a trial expires with its last day, dated by that instant', () => {
    const one = running('2027-07-19 23:59');
    expect(one.trial.phase).toBe('running');
    one.settle('2027-09-01 09:00');
    const [event] = one.events('trialEnded');
    expect([event?.occurredAt, event?.payload.ending]).toEqual([at('2027-07-20 00:00'), 'expired']);
    expect(one.register.state.duties['trial-users#1']?.dueDate).toBe('2027-08-19');
  });

  it('with which its term ends in the assessment, whose task stays', () => {
    const one = filed(running('2027-07-02 09:00')).settle('2027-08-01 09:00');
    expect(one.trial).toMatchObject({ phase: 'assessment', ending: null });
    expect(one.events('trialTermOver').map(({ occurredAt }) => occurredAt)).toEqual([at('2027-07-20 00:00')]);
    decided(one, 'failed');
    expect(one.trial).toMatchObject({ phase: 'ended', ending: 'failed', transitionUntil: null });
  });

  it('may be looked at before the term is over: what is decided ends the trial then', () => {
    const one = decided(filed(running()), 'completed');
    expect(one.trial).toMatchObject({ phase: 'ended', ending: 'completed', endedAt: one.now });
    expect(one.settle('2027-08-01 09:00').events('trialEnded')).toHaveLength(1);
  });

  it.each(['withdrawn', 'revoked'] as const)('filed, the trial may still be %s: nobody assesses it then', (ending) => {
    const one = filed(running('2027-07-02 09:00')).settle('2027-08-01 09:00');
    ends(one, ending, ending === 'revoked' ? head('hcmc-committee') : participant);
    expect(() => one.task('completion')).toThrow('no task');
    expect(one.trial).toMatchObject({ phase: 'ended', ending, certificate: null });
    expect(refusalOf(() => one.engine({ type: 'certifyCompletion' }))).toBe('PRECONDITION_FAILED');
  });
});

describe('the end of a trial', () => {
  it('is revoked by the head of the authority alone, withdrawn by the participant alone', () => {
    const one = running();
    expect(refusalOf(() => ends(one, 'revoked', head('shtp-board')))).toBe('FORBIDDEN');
    expect(refusalOf(() => ends(one, 'revoked'))).toBe('FORBIDDEN');
    expect(refusalOf(() => ends(one, 'withdrawn', head('hcmc-committee')))).toBe('FORBIDDEN');
    expect(refusalOf(() => ends(one, 'revoked', head('hcmc-committee')))).toBe('accepted');
  });

  it('drops what would be owed later: the visit to come, the final report; what was missed stays missed', () => {
    const one = new OneTrial('2026-07-06 09:00', { terms: { visitEvery: 3 } }).at('2026-07-20 09:00').start();
    one.settle('2027-01-25 09:00');
    expect(openDuties(one)).toEqual(['trial-final-report', 'trial-report#2', 'supervision-visit#3']);
    ends(one, 'withdrawn');
    const dropped = one.events('dutyDropped').map(({ payload }) => payload.duty);
    expect(dropped).toEqual(['trial-final-report', 'supervision-visit#3']);
    expect(openDuties(one)).toEqual(['trial-report#2', 'trial-users#1']);
    one.settle('2028-02-01 09:00');
    expect(one.events('dutyMissed').map(({ payload }) => payload.duty)).toEqual([
      'supervision-visit#1',
      'trial-report#1',
      'supervision-visit#2',
      'trial-report#2',
      'trial-users#1',
    ]);
  });

  it('is over when its users have what they are owed, in time or late', () => {
    const one = running();
    ends(one, 'withdrawn');
    one.settle('2026-12-01 09:00');
    expect(one.trial.phase).toBe('ended');
    const events = returned(one);
    expect(events.map(({ type }) => type)).toEqual(['dutyMet', 'trialOver']);
    expect(events[0]?.payload).toMatchObject({ late: true });
  });

  it('waits for a report that may still come in time, and no longer', () => {
    const one = running('2026-10-21 09:00');
    ends(one, 'withdrawn');
    returned(one);
    expect(one.trial.phase).toBe('ended');
    one.settle('2026-12-01 09:00');
    // Ten days from 20 October, the first one counted.
    expect(one.events('trialOver').map(({ occurredAt }) => occurredAt)).toEqual([at('2026-10-30 00:00')]);
  });

  it('waits for an incident to be reported or missed, and to be examined', () => {
    const one = transitional('2026-08-03 10:00');
    one.measure({ limit: 'users', value: 1_200 });
    ends(one, 'withdrawn');
    returned(one);
    expect(one.trial.phase).toBe('ended');
    one.settle('2026-09-01 09:00');
    expect(one.events('trialOver').map(({ occurredAt }) => occurredAt)).toEqual([at('2026-08-06 10:00')]);
  });

  it('leaves room for an incident that is known of only afterwards', () => {
    const one = running();
    ends(one, 'withdrawn');
    one.at('2026-08-10 09:00').act(participant, {
      type: 'reportIncident',
      incident: null,
      severity: 'critical',
      happenedAt: at('2026-08-02 09:00'),
      knownAt: at('2026-08-10 08:00'),
      description: 'a claim came in',
      documentId: null,
    });
    expect(one.trial).toMatchObject({ phase: 'ended', holds: {} });
    returned(one);
    expect(one.trial.phase).toBe('ended');
    const finding = { damage: 'third-party', cause: 'subjective', exempt: false } as const;
    one.work().complete('incident/I1', { outcome: 'examined', reason: 'as the file shows', finding });
    expect(one.trial.phase).toBe('over');
  });

  it('closes the case when the engine says so, with its outcome; nothing is left open', () => {
    const one = running();
    expect(refusalOf(() => one.engine({ type: 'closeCase' }))).toBe('PRECONDITION_FAILED');
    ends(one, 'withdrawn');
    returned(one);
    one.engine({ type: 'closeCase' });
    expect(one.register.state.closed?.outcome).toBe('withdrawn');
    one.settle('2028-09-01 09:00');
    expect(one.events('trialOver')).toHaveLength(1);
    expect(refusalOf(() => one.measure(good))).toBe('CASE_CLOSED');
  });
});

describe('a transition', () => {
  const completed = () => decided(filed(transitional('2027-01-04 09:00')), 'completed');

  it('follows a completion where regime and admission allow it, for its months from then', () => {
    const one = completed();
    expect(one.trial).toMatchObject({ phase: 'transition', transitionUntil: '2027-07-03' });
    expect(decided(filed(transitional('2027-01-04 09:00')), 'failed').trial.phase).toBe('ended');
    expect(decided(filed(running('2027-07-02 09:00')), 'completed').trial.phase).toBe('ended');
  });

  it('ends by itself with its last day, once, whenever that is noticed; over when the users’ duties were met before', () => {
    const one = completed();
    returned(one);
    expect(one.trial.phase).toBe('transition');
    one.settle('2027-12-01 09:00');
    const at0 = at('2027-07-04 00:00');
    expect(one.events('transitionEnded', 'trialOver').map(({ type, occurredAt }) => [type, occurredAt])).toEqual([
      ['transitionEnded', at0],
      ['trialOver', at0],
    ]);
  });

  it('is watched: a breach is recorded and owed as an incident, but there is no trial left to hold', () => {
    const one = completed();
    one.at('2027-02-01 09:00').measure({ limit: 'users', value: 1_500 });
    expect(one.trial).toMatchObject({ phase: 'transition', holds: {}, incidents: { I1: { limit: 'users' } } });
  });

  it('is certified like every completion, once', () => {
    const one = completed();
    one.engine({ type: 'certifyCompletion' });
    one.engine({ type: 'certifyCompletion' });
    expect(one.events('completionCertified').map(({ payload }) => payload.number)).toEqual([
      `${one.admission.dossierCode ?? ''}-HT`,
    ]);
  });
});
