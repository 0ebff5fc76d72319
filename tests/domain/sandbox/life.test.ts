import { describe, expect, it } from 'vitest';
import { foldCase } from '../../../domain/case/fold.js';
import { exampleTrials } from '../../../seeds/index.js';
import { refusalOf } from '../../support/memory-register.js';
import { head, OneTrial, participant } from '../../support/one-trial.js';

describe('the life of a trial', () => {
  it('goes from filing to certificate, through a hold, a resumption and an extension', () => {
    const one = new OneTrial('2026-07-06 09:00', { terms: { transitionMonths: 0 } });
    one.at('2026-07-20 09:00').start();
    expect(one.trial).toMatchObject({ phase: 'running', from: '2026-07-20', until: '2027-07-19' });
    one.at('2026-08-03 10:00').measure({ limit: 'altitude', value: 120 });
    expect(one.trial.phase).toBe('running');
    one.at('2026-08-04 10:00').measure({ limit: 'altitude', value: 230 });
    expect(one.trial.phase).toBe('held');
    one.work().at('2026-08-04 15:00').complete('hold/H1', { outcome: 'confirm', reason: 'above the corridor' });
    expect(one.trial.phase).toBe('suspended');
    one
      .at('2026-08-10 09:00')
      .act(participant, { type: 'requestTrialChange', request: { kind: 'resumption' }, reason: 'repaired' });
    one.work().complete('trial-request/R1', { outcome: 'grant', reason: 'tested again' });
    expect(one.trial.phase).toBe('running');
    one.at('2026-10-25 09:00').settle();
    one.act(participant, { type: 'fileTrialReport', duty: null, documentId: 'doc', figures: { flights: 40 } });
    one.at('2027-05-03 09:00').act(participant, {
      type: 'requestTrialChange',
      request: { kind: 'extension', months: 3 },
      reason: 'one more season',
    });
    one.work().complete('trial-request/R2', { outcome: 'grant', reason: 'useful' });
    expect(one.trial.until).toBe('2027-10-19');
    one.at('2027-09-20 09:00').act(participant, {
      type: 'fileFinalReport',
      documentId: 'doc-final',
      lessons: [{ act: 'Luật A', article: 'Điều 1', change: 'allow it' }],
      figures: { flights: 900 },
    });
    one.work().complete('completion', { outcome: 'completed', reason: 'as planned' }, head('hcmc-committee'));
    one.engine({ type: 'certifyCompletion' });
    expect(one.trial).toMatchObject({ phase: 'ended', ending: 'completed' });
    one.at('2027-10-10 09:00').act(participant, { type: 'meetDuty', duty: 'trial-users#1', evidence: 'sent' });
    expect(one.trial.phase).toBe('over');
    one.engine({ type: 'closeCase' });
    expect(one.register.state.closed?.outcome).toBe('approved');
    const { state, events } = one.register;
    expect(foldCase(state.code, events)).toEqual(state);
  });

  it('is in no lane, and cannot be proposed to one', () => {
    const one = new OneTrial('2026-07-06 09:00');
    expect(one.register.state).toMatchObject({ kind: 'sandbox' });
    expect(Object.keys(one.register.state).filter((field) => /^lane/.test(field))).toEqual([]);
    expect(refusalOf(() => one.act(participant, { type: 'proposeLane', reason: 'x' }))).toBe('PRECONDITION_FAILED');
  });

  it('of an AI trial of level 2 needs no council', () => {
    const one = new OneTrial('2026-07-06 09:00', { filing: exampleTrials.ai });
    one.start();
    expect(one.hasCouncil).toBe(false);
    expect(one.trial).toMatchObject({ phase: 'running', regime: 'ai-decree-142-2026-level-2' });
  });
});
