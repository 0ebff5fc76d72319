import type { Command } from '../../domain/case/commands.js';
import type { Actor } from '../../domain/case/events.js';
import type { Phase, TrialAct } from '../../domain/case/trial/phases.js';
import { dateOf, instantAfter } from '../../domain/time/instants.js';
import { exampleTrials } from '../../seeds/index.js';
import { person } from './memory-register.js';
import { device, head, members, OneTrial, participant, secretary } from './one-trial.js';
import { findingsFor, inside } from './trial-acts.js';

/** A trial of the AI regime (transition allowed, no permits) with the rhythm of reports of the others. */
export const aiTrial = (
  openedAt = '2026-07-06 09:00',
  terms: ConstructorParameters<typeof OneTrial>[1] = {},
): OneTrial => new OneTrial(openedAt, { filing: exampleTrials.ai, ...terms });

const quarterly = { reportEvery: { amount: 3, unit: 'month' } } as const;

/** Admitted on 20 July 2026, settled three months later: its first report is due. */
const begun = (ai = false): OneTrial => {
  const terms = { ...quarterly, ...(ai && { transitionMonths: 6 }) };
  const one = ai ? aiTrial(undefined, { terms }) : new OneTrial('2026-07-06 09:00', { terms });
  return one.at('2026-07-20 09:00').start().settle('2026-10-21 09:00');
};

const assessed = (one: OneTrial): OneTrial => {
  one.act(participant, finalReport);
  return one.work();
};

const finalReport: Command = { type: 'fileFinalReport', documentId: 'doc-final', lessons: [], figures: {} };

/** One trial in each phase, everything settled, the tasks of its workflow open. */
export const trialIn: Readonly<Record<Phase, () => OneTrial>> = {
  admission: () => new OneTrial('2026-07-06 09:00'),
  admitted: () => new OneTrial('2026-07-06 09:00').at('2026-07-20 09:00').admit().settle('2026-10-21 09:00').work(),
  running: () => begun().work(),
  held: () => {
    const one = begun();
    one.measure({ limit: 'altitude', value: 230 });
    return one.work();
  },
  suspended: () => {
    const one = begun();
    one.act(head('shtp-board'), { type: 'suspendTrial', reason: 'shortcomings' });
    return one.work();
  },
  assessment: () => assessed(begun().settle('2027-07-01 09:00')).settle('2027-07-20 09:00').work(),
  ended: () => {
    const one = begun();
    one.act(head('hcmc-committee'), { type: 'endTrial', ending: 'revoked', reason: 'unsafe' });
    return one.work();
  },
  transition: () => assessed(begun(true)).complete('completion', { outcome: 'completed', reason: 'as planned' }),
  over: () => {
    const one = aiTrial(undefined, { terms: { userDuties: [] } });
    one.start().act(participant, { type: 'endTrial', ending: 'withdrawn', reason: 'no money' });
    return one;
  },
};

interface Tried {
  readonly actor: Actor;
  readonly command: Command;
}
const by = (actor: Actor, command: Command): Tried => ({ actor, command });
const taskOr = (one: OneTrial, key: string): string => {
  try {
    return one.task(key).id;
  } catch {
    return 'none';
  }
};
const officer = person('officer.dost.1', 'officer', 'dost');
const measured = ({ now, trial }: OneTrial): Command => ({
  type: 'submitMetrics',
  batch: (trial.metrics?.batch ?? 0) + 1,
  keyId: 'key-1',
  digest: 'd',
  from: trial.metrics?.to ?? now,
  to: now,
  readings: [
    {
      limit: trial.regime.startsWith('ai') ? 'users' : 'test-area',
      at: now,
      value: trial.regime.startsWith('ai') ? 5 : inside,
    },
  ],
});
const ask = (request: Extract<Command, { type: 'requestTrialChange' }>['request']): Tried =>
  by(participant, { type: 'requestTrialChange', request, reason: 'needed' });

/** Each act as whoever may do it would do it now. */
export const tryIn: Readonly<Record<TrialAct, (one: OneTrial) => Tried>> = {
  proposeTerms: (one) =>
    by(officer, {
      type: 'proposeTerms',
      taskId: taskOr(one, 'step/evaluation'),
      criteria: findingsFor(one.register.law),
      terms: one.terms,
    }),
  conveneCouncil: (one) => {
    const seats = members.map((id, i) => ({ person: id, role: i === 0 ? 'chair' : 'member', agency: null }) as const);
    const taskId = taskOr(one, 'step/council');
    return by(secretary, { type: 'conveneCouncil', taskId, members: seats, meetsAt: instantAfter(one.now, 24) });
  },
  openCouncil: (one) =>
    by(secretary, { type: 'openCouncil', taskId: taskOr(one, 'step/council'), present: [...members] }),
  castVote: () => by(person(members[0], 'expert'), { type: 'castVote', vote: 'for', reason: null }),
  recordPermit: () =>
    by(participant, {
      type: 'recordPermit',
      permit: 'flight-permission',
      number: 'QĐ-1',
      documentId: null,
      validTo: null,
    }),
  registerKey: () => by(participant, { type: 'registerKey', keyId: 'key-2', publicKey: 'MCow' }),
  submitMetrics: (one) => by(device, measured(one)),
  fileReport: () =>
    by(participant, { type: 'fileTrialReport', duty: null, documentId: 'doc', figures: { flights: 3 } }),
  reportIncident: ({ now }) =>
    by(participant, {
      type: 'reportIncident',
      incident: null,
      severity: 'minor',
      happenedAt: instantAfter(now, -2),
      knownAt: instantAfter(now, -1),
      description: 'a hard landing',
      documentId: null,
    }),
  recordVisit: ({ now, trial }) =>
    by(person(`officer.${trial.supervises}.1`, 'officer', trial.supervises), {
      type: 'recordVisit',
      on: dateOf(now),
      result: 'in-order',
      findings: 'as admitted',
    }),
  requestAdjustment: ({ trial, terms }) => ask({ kind: 'adjustment', terms: trial.terms ?? terms }),
  requestExtension: () => ask({ kind: 'extension', months: 3 }),
  requestResumption: () => ask({ kind: 'resumption' }),
  suspend: ({ trial }) => by(head(trial.supervises), { type: 'suspendTrial', reason: 'shortcomings' }),
  resume: ({ trial }) => by(head(trial.supervises), { type: 'resumeTrial', reason: 'remedied' }),
  fileFinalReport: () => by(participant, finalReport),
  withdraw: () => by(participant, { type: 'endTrial', ending: 'withdrawn', reason: 'no money' }),
  revoke: ({ trial }) => by(head(trial.authority), { type: 'endTrial', ending: 'revoked', reason: 'unsafe' }),
};
