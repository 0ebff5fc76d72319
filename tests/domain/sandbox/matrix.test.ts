import { describe, expect, it } from 'vitest';
import type { EventType } from '../../../domain/case/events.js';
import { Refusal } from '../../../domain/errors.js';
import { allowedIn, isAllowed, phases, type Phase, type TrialAct } from '../../../domain/case/trial/phases.js';
import type { OneTrial } from '../../support/one-trial.js';
import { trialIn, tryIn } from '../../support/trial-phases.js';

const acts = Object.keys(allowedIn) as TrialAct[];

/** What an act that is allowed brings about first. */
const brings: Readonly<Record<TrialAct, EventType>> = {
  proposeTerms: 'trialTermsProposed',
  conveneCouncil: 'councilConvened',
  openCouncil: 'councilOpened',
  castVote: 'voteCast',
  recordPermit: 'permitRecorded',
  registerKey: 'trialKeyRegistered',
  submitMetrics: 'metricsAccepted',
  fileReport: 'trialReportFiled',
  reportIncident: 'incidentReported',
  recordVisit: 'visitRecorded',
  requestAdjustment: 'trialChangeRequested',
  requestExtension: 'trialChangeRequested',
  requestResumption: 'trialChangeRequested',
  suspend: 'trialSuspended',
  resume: 'trialResumed',
  fileFinalReport: 'finalReportFiled',
  withdraw: 'trialEnded',
  revoke: 'trialEnded',
};

/** The admission has its own order: each act of it where its turn has come. */
const inAdmission: Partial<Record<TrialAct, (one: OneTrial) => OneTrial>> = {
  proposeTerms: (one) => {
    one.appraise().evaluating();
    return one;
  },
  conveneCouncil: (one) => {
    one.appraise().evaluate().deliberating();
    return one;
  },
  openCouncil: (one) => one.appraise().evaluate().convene(),
  castVote: (one) => {
    one.appraise().evaluate().convene();
    const { actor, command } = tryIn.openCouncil(one);
    one.act(actor, command);
    return one;
  },
};

const built = new Map<Phase, OneTrial>();
/** Shared by all acts that are refused: they change nothing. */
function shared(phase: Phase): OneTrial {
  const known = built.get(phase) ?? trialIn[phase]();
  built.set(phase, known);
  return known;
}

function refusalIn(one: OneTrial, act: TrialAct): Refusal {
  const { actor, command } = tryIn[act](one);
  try {
    one.act(actor, command);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error(`${act} was accepted`);
}

describe.each(phases)('a trial in the phase %s', (phase) => {
  it('is in it', () => {
    expect(shared(phase).trial.phase).toBe(phase);
  });

  it.each(acts.filter((act) => isAllowed(act, phase)))('allows to %s', (act) => {
    const one = trialIn[phase]();
    if (phase === 'admission') inAdmission[act]?.(one);
    const { seq } = one.register.state;
    const { actor, command } = tryIn[act](one);
    const [first] = one.act(actor, command);
    expect(first).toMatchObject({ type: brings[act], seq: seq + 1 });
  });

  it.each(acts.filter((act) => !isAllowed(act, phase)))('refuses to %s, and nothing changes', (act) => {
    const one = shared(phase);
    const before = one.register.state;
    const refusal = refusalIn(one, act);
    expect(refusal.code).toBe('PRECONDITION_FAILED');
    expect(refusal.details).toEqual({ act, phase, allowedIn: allowedIn[act] });
    expect(one.register.state).toEqual(before);
    expect(one.register.events).toHaveLength(before.seq);
  });
});

it('every act is allowed somewhere, and none once a trial is over', () => {
  expect(acts.filter((act) => !phases.some((phase) => isAllowed(act, phase)))).toEqual([]);
  expect(acts.filter((act) => isAllowed(act, 'over'))).toEqual([]);
});
