import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Actor } from '../../../domain/case/events.js';
import type { CouncilMember, Vote } from '../../../domain/case/trial/tally.js';
import { dissentersOf, quorumOf, tallyOf } from '../../../domain/case/trial/tally.js';
import { Refusal } from '../../../domain/errors.js';
import { instantAfter } from '../../../domain/time/instants.js';
import { envelopeOf } from '../../../domain/notices/webhook-envelope.js';
import { exampleTrials } from '../../../seeds/index.js';
import { person, refusalOf } from '../../support/memory-register.js';
import { head, members, OneTrial, secretary } from '../../support/one-trial.js';
import { findingsFor, type termsFor } from '../../support/trial-acts.js';

// The same lives in every run; another seed, other lives.
fc.configureGlobal({ seed: 20261122 });

const evaluator = person('officer.dost.1', 'officer', 'dost');
const seat = (id: string, role: CouncilMember['role'] = 'member', agency: string | null = null): CouncilMember => ({
  person: id,
  role,
  agency,
});

/** Appraised and evaluated: the council may be convened. */
const evaluated = () => new OneTrial().appraise().evaluate();
const convened = () => evaluated().convene();

const council = (one: OneTrial) => one.admission.council;
const taskId = (one: OneTrial) => one.task('step/council').id;

const convene = (one: OneTrial, seats: readonly CouncilMember[], meetsAt = instantAfter(one.now, 24)) =>
  one.act(secretary, { type: 'conveneCouncil', taskId: taskId(one), members: seats, meetsAt });
const open = (one: OneTrial, present: readonly string[] = members) => {
  one.act(secretary, { type: 'openCouncil', taskId: taskId(one), present });
  return one;
};
const recuse = (one: OneTrial, id: string) =>
  one.act(person(id, 'expert'), { type: 'declareInterest', reason: 'advises a competitor' });
const close = (one: OneTrial) => one.complete('step/council', { outcome: 'done' }, secretary);

/** The code of the refusal; that nothing was written is checked on the way. */
function refused(one: OneTrial, act: () => unknown): string {
  const { seq } = one.register.state;
  const code = refusalOf(act);
  expect(one.register.state.seq).toBe(seq);
  return code;
}

/** What the refusal says beside its code. */
function detailsOf(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    if (error instanceof Refusal) return error.details;
    throw error;
  }
  return undefined;
}

describe('the quorum', () => {
  it('is a share of the appointed members, rounded up, and never fewer than two', () => {
    const twoThirds = { parts: 2, of: 3 };
    expect([2, 3, 4, 5, 6, 7, 9].map((n) => quorumOf(n, twoThirds))).toEqual([2, 2, 3, 4, 4, 5, 6]);
    expect(quorumOf(2, { parts: 1, of: 2 })).toBe(2);
  });

  it('is fixed when the council is convened, of all who were appointed', () => {
    const one = convened();
    convene(one, [
      seat('expert.1', 'chair'),
      ...['expert.2', 'expert.3', 'expert.4', 'expert.5'].map((id) => seat(id)),
    ]);
    expect(council(one)?.quorum).toBe(4);
    expect(refused(one, () => open(one, ['expert.1', 'expert.2', 'expert.3']))).toBe('NO_QUORUM');
    open(one, ['expert.1', 'expert.2', 'expert.3', 'expert.5']);
    expect(council(one)?.present).toHaveLength(4);
  });
});

describe('the tally', () => {
  const cast = (votes: Readonly<Record<string, Vote>>) =>
    Object.fromEntries(Object.entries(votes).map(([id, vote]) => [id, { vote }]));

  it('recommends what more than half of the voters want; a tie recommends nothing', () => {
    const tally = (votes: Readonly<Record<string, Vote>>) => tallyOf(Object.keys(votes), cast(votes)).recommends;
    expect(tally({ a: 'for', b: 'for', c: 'against' })).toBe('admit');
    expect(tally({ a: 'for', b: 'against', c: 'against' })).toBe('reject');
    expect(tally({ a: 'for', b: 'for', c: 'against', d: 'against' })).toBe('none');
    expect(tally({ a: 'for', b: 'abstain' })).toBe('none');
    expect(tally({ a: 'for', b: 'for', c: 'abstain', d: 'against' })).toBe('none');
    expect(tally({ a: 'abstain', b: 'abstain' })).toBe('none');
  });

  it('takes whoever has not voted for abstaining', () => {
    expect(tallyOf(['a', 'b', 'c'], cast({ a: 'for' }))).toEqual({
      for: 1,
      against: 0,
      abstained: 2,
      recommends: 'none',
    });
  });

  it('counts every voter once, nobody else, and no side is treated otherwise than the other', () => {
    const vote = fc.constantFrom<Vote>('for', 'against', 'abstain');
    const other: Record<Vote, Vote> = { for: 'against', against: 'for', abstain: 'abstain' };
    const flipped = { admit: 'reject', reject: 'admit', none: 'none' } as const;
    fc.assert(
      fc.property(
        fc.array(vote, { minLength: 1, maxLength: 15 }),
        fc.array(vote, { maxLength: 5 }),
        (votes, strays) => {
          const voters = votes.map((_, i) => `v${i}`);
          const all = cast(Object.fromEntries([...votes, ...strays].map((one, i) => [`v${i}`, one])));
          const tally = tallyOf(voters, all);
          expect(tally.for + tally.against + tally.abstained).toBe(voters.length);
          const mirrored = cast(Object.fromEntries(votes.map((one, i) => [`v${i}`, other[one]])));
          expect(tallyOf(voters, mirrored).recommends).toBe(flipped[tally.recommends]);
          expect(dissentersOf(tally, voters, all).length).toBe(
            tally.recommends === 'none' ? 0 : tally.recommends === 'admit' ? tally.against : tally.for,
          );
        },
      ),
    );
  });
});

describe('a council is convened', () => {
  it('by whoever holds its task, for a day to come, under one chair', () => {
    const one = evaluated();
    one.convene();
    expect(council(one)).toMatchObject({ quorum: 2, present: null, closed: null });
    const [chair, ...others] = members;
    const past = instantAfter(one.now, -1);
    expect(
      refused(one, () =>
        convene(
          one,
          members.map((id) => seat(id)),
        ),
      ),
    ).toBe('VALIDATION_FAILED');
    expect(
      refused(one, () =>
        convene(
          one,
          members.map((id) => seat(id, 'chair')),
        ),
      ),
    ).toBe('VALIDATION_FAILED');
    expect(refused(one, () => convene(one, [seat(chair, 'chair'), seat(chair)]))).toBe('VALIDATION_FAILED');
    expect(refused(one, () => convene(one, [seat(chair, 'chair'), ...others.map((id) => seat(id))], past))).toBe(
      'VALIDATION_FAILED',
    );
    const another = person('officer.dost.3', 'officer', 'dost');
    const command = { type: 'conveneCouncil', taskId: taskId(one), members: [seat(chair, 'chair')] } as const;
    expect(refused(one, () => one.act(another, { ...command, meetsAt: instantAfter(one.now, 1) }))).toBe('CONFLICT');
  });

  it('not of one member alone: there is no quorum of one', () => {
    const one = convened();
    expect(refused(one, () => convene(one, [seat('expert.1', 'chair')]))).toBe('NO_QUORUM');
  });

  it('without the applicant, and without whoever evaluated or wrote the conditions', () => {
    const one = convened();
    const withOne = (id: string) => () => convene(one, [seat('expert.1', 'chair'), seat('expert.2'), seat(id)]);
    for (const id of ['investor.test', 'officer.dost.1']) {
      expect(refused(one, withOne(id))).toBe('UNKNOWN_VALUE');
      expect(detailsOf(withOne(id))).toEqual({ field: 'members', involved: [id] });
    }
    withOne('officer.doj.1')();
    expect(council(one)?.members.map((member) => member.person)).toContain('officer.doj.1');
  });

  it('without whoever wrote the conditions, also where somebody else completed the evaluation', () => {
    const one = new OneTrial().appraise();
    evaluateBy(one, person('officer.dost.3', 'officer', 'dost'), evaluator);
    one.convene();
    const act = () => convene(one, [seat('expert.1', 'chair'), seat('officer.dost.3', 'member', 'dost')]);
    expect(refused(one, act)).toBe('UNKNOWN_VALUE');
  });

  it('without whoever has declared an interest', () => {
    const one = convened();
    recuse(one, 'expert.3');
    const act = () =>
      convene(
        one,
        members.map((id, i) => seat(id, i === 0 ? 'chair' : 'member')),
      );
    expect(refused(one, act)).toBe('UNKNOWN_VALUE');
    expect(detailsOf(act)).toEqual({ field: 'members', recused: ['expert.3'] });
  });

  it('again until it meets: the last list counts', () => {
    const one = convened();
    convene(one, [seat('expert.4', 'chair'), seat('expert.5')]);
    expect(council(one)?.members).toHaveLength(2);
    open(one, ['expert.4', 'expert.5']);
    const again = () => convene(one, [seat('expert.1', 'chair'), seat('expert.2')]);
    expect(refused(one, again)).toBe('PRECONDITION_FAILED');
  });
});

describe('a council meets', () => {
  it('with a quorum of those who are free to vote, and once', () => {
    const one = convened();
    expect(refused(one, () => open(one, ['expert.1']))).toBe('NO_QUORUM');
    expect(refused(one, () => open(one, ['expert.1', 'expert.1']))).toBe('NO_QUORUM');
    expect(refused(one, () => open(one, ['expert.1', 'expert.9']))).toBe('UNKNOWN_VALUE');
    recuse(one, 'expert.2');
    expect(refused(one, () => open(one, ['expert.1', 'expert.2']))).toBe('NO_QUORUM');
    open(one);
    expect(refused(one, () => open(one))).toBe('DUPLICATE_REQUEST');
  });

  it('not before it was convened', () => {
    const one = evaluated();
    const { scope } = one.admission;
    const task = { key: 'step/council', kind: 'step', agency: 'dost', role: 'officer', step: 'council' } as const;
    one.engine({ type: 'openTask', ...task }, scope);
    one.hold('step/council', secretary);
    expect(refused(one, () => open(one))).toBe('PRECONDITION_FAILED');
    expect(refused(one, () => one.vote('expert.1', 'for'))).toBe('PRECONDITION_FAILED');
    expect(refused(one, () => close(one))).toBe('PRECONDITION_FAILED');
  });
});

describe('a vote', () => {
  it('is cast by a member who is there and has no interest, once, while the council meets', () => {
    const one = convened();
    expect(refused(one, () => one.vote('expert.1', 'for'))).toBe('PRECONDITION_FAILED');
    open(one, ['expert.1', 'expert.2']);
    expect(refused(one, () => one.vote('expert.3', 'for'))).toBe('MEMBER_ABSENT');
    expect(refused(one, () => one.vote('expert.9', 'for'))).toBe('FORBIDDEN');
    expect(refused(one, () => one.act(head('dost'), { type: 'castVote', vote: 'for', reason: null }))).toBe(
      'FORBIDDEN',
    );
    one.vote('expert.1', 'for');
    expect(refused(one, () => one.vote('expert.1', 'against', 'too early'))).toBe('DUPLICATE_REQUEST');
    one.vote('expert.2', 'for');
    close(one);
    expect(refused(one, () => one.vote('expert.2', 'for'))).toBe('PRECONDITION_FAILED');
  });

  it('of whoever declared an interest is refused, before and after the meeting began', () => {
    const one = convened();
    recuse(one, 'expert.3');
    expect(refused(one, () => one.vote('expert.3', 'for'))).toBe('ACTOR_RECUSED');
    open(one);
    expect(refused(one, () => one.vote('expert.3', 'for'))).toBe('ACTOR_RECUSED');
  });

  it('is nobody else’s to cast: who stands in for a member does not vote for them', () => {
    const one = open(convened());
    const deputy = { ...person('officer.doj.1', 'head', 'doj'), onBehalfOf: 'expert.1' };
    expect(refused(one, () => one.act(deputy, { type: 'castVote', vote: 'for', reason: null }))).toBe('FORBIDDEN');
  });

  it('against gives its reason, and the reason is kept where it can be erased', () => {
    const one = open(convened());
    expect(refused(one, () => one.vote('expert.1', 'against'))).toBe('VALIDATION_FAILED');
    expect(refused(one, () => one.vote('expert.1', 'against', '  '))).toBe('VALIDATION_FAILED');
    one.vote('expert.1', 'against', 'no emergency site');
    const [cast] = one.events('voteCast');
    expect(cast?.payload.reason).toMatchObject({ id: expect.any(String) as string });
    expect(JSON.stringify(one.register.events)).not.toContain('no emergency site');
  });
});

describe('a council is closed', () => {
  it('with what it recommends, who was absent, recused or saw it otherwise', () => {
    const one = convened();
    convene(
      one,
      ['expert.1', 'expert.2', 'expert.3', 'expert.4', 'expert.5'].map((id, i) =>
        seat(id, i === 0 ? 'chair' : 'member'),
      ),
    );
    open(one, ['expert.1', 'expert.2', 'expert.3', 'expert.4']);
    for (const id of ['expert.1', 'expert.2', 'expert.3']) one.vote(id, 'for');
    one.vote('expert.4', 'against', 'too early');
    close(one);
    const [closed] = one.events('councilClosed');
    expect(closed?.payload).toMatchObject({
      ...{ for: 3, against: 1, abstained: 0, recommends: 'admit' },
      ...{ absent: ['expert.5'], recused: [], dissent: ['expert.4'] },
    });
    expect(one.admission.steps['council']).toMatchObject({ outcome: 'admit', by: 'person' });
  });

  it('without the vote of whoever declared an interest after it', () => {
    const one = open(convened());
    for (const id of members) one.vote(id, 'for');
    recuse(one, 'expert.1');
    close(one);
    expect(council(one)?.closed).toMatchObject({ for: 2, against: 0, abstained: 0 });
    expect(one.events('councilClosed')[0]?.payload.recused).toEqual(['expert.1']);
  });

  it('not without a quorum; then it is convened anew, and votes anew', () => {
    const one = open(convened());
    for (const id of members) one.vote(id, 'for');
    recuse(one, 'expert.1');
    recuse(one, 'expert.2');
    expect(refused(one, () => close(one))).toBe('NO_QUORUM');
    convene(one, [seat('expert.3', 'chair'), seat('expert.4'), seat('expert.5')]);
    expect(council(one)).toMatchObject({ present: null, votes: {} });
    open(one, ['expert.3', 'expert.4', 'expert.5']);
    for (const id of ['expert.3', 'expert.4', 'expert.5']) one.vote(id, 'for');
    close(one);
    expect(council(one)?.closed?.recommends).toBe('admit');
  });

  it('with a tie recommends nothing, and nobody dissents', () => {
    const one = open(convened(), ['expert.1', 'expert.2']);
    one.vote('expert.1', 'for').vote('expert.2', 'against', 'too early');
    close(one);
    expect(council(one)?.closed?.recommends).toBe('none');
    expect(one.events('councilClosed')[0]?.payload.dissent).toEqual([]);
    expect(one.admission.steps['council']?.outcome).toBe('none');
  });

  it('not before it has met', () => {
    const one = convened();
    expect(refused(one, () => close(one))).toBe('PRECONDITION_FAILED');
  });
});

it('tells receivers outside neither who sat in the council nor how anybody voted', () => {
  const one = open(convened());
  one.vote('expert.1', 'for').vote('expert.2', 'for').vote('expert.3', 'against', 'too early');
  close(one);
  const events = one.events('councilConvened', 'councilOpened', 'voteCast', 'councilClosed');
  expect(events).toHaveLength(6);
  for (const event of events) {
    const told = JSON.stringify(envelopeOf(event));
    expect(told).not.toContain('expert.');
    expect(told).not.toContain('"vote"');
  }
});

describe('whoever signs', () => {
  /** The council has met and closed; every vote the same. */
  const deliberated = (vote: Vote, seats: readonly CouncilMember[] = [seat('expert.1', 'chair'), seat('expert.2')]) => {
    const one = convened();
    convene(one, seats);
    open(
      one,
      seats.map((member) => member.person),
    );
    for (const member of seats) {
      const role = member.agency === null ? 'expert' : 'head';
      const command = { type: 'castVote', vote, reason: 'seen' } as const;
      one.act(person(member.person, role, member.agency), command);
    }
    return close(one);
  };

  it('against the council, or without its recommendation, gives a reason', () => {
    for (const vote of ['against', 'abstain'] as const) {
      const one = deliberated(vote);
      expect(refusalOf(() => one.decide('approve'))).toBe('VALIDATION_FAILED');
      one.complete('step/decision', { outcome: 'approve', reason: 'the emergency site was added since' });
      expect(one.admission.decision).toMatchObject({ outcome: 'approved' });
    }
    const one = deliberated('for');
    expect(refusalOf(() => one.decide('refuse'))).toBe('VALIDATION_FAILED');
    one.complete('step/decision', { outcome: 'approve' });
    expect(one.admission.decision?.outcome).toBe('approved');
  });

  it('has not voted: who proposes does not approve', () => {
    const signer = 'head.hcmc-committee';
    const one = deliberated('for', [seat(signer, 'chair', 'hcmc-committee'), seat('expert.2')]);
    expect(refusalOf(() => one.decide('approve'))).toBe('PROPOSER_CANNOT_APPROVE');
    const deputy = { ...person('officer.hcmc-committee.1', 'head', 'hcmc-committee'), onBehalfOf: signer };
    const task = one.task('step/decision');
    one.act(head('hcmc-committee'), { type: 'releaseTask', taskId: task.id });
    one.act(deputy, { type: 'claimTask', taskId: task.id });
    const completion = { outcome: 'approve' };
    const asDeputy = () => one.act(deputy, { type: 'completeTask', taskId: task.id, completion });
    expect(refusalOf(asDeputy)).toBe('PROPOSER_CANNOT_APPROVE');
    one.act(deputy, { type: 'releaseTask', taskId: task.id });
    const other = person('head.hcmc-committee.2', 'head', 'hcmc-committee');
    one.complete('step/decision', completion, other);
    expect(one.admission.decision?.outcome).toBe('approved');
  });

  it('has not written the conditions, also not in an office held before', () => {
    const one = new OneTrial('2026-07-06 09:00', { filing: exampleTrials.ai }).appraise();
    evaluateBy(one, person('head.hcmc-committee', 'officer', 'dost'), evaluator);
    expect(refusalOf(() => one.decide('approve'))).toBe('PROPOSER_CANNOT_APPROVE');
  });
});

describe('work that is sent back', () => {
  it('is evaluated and proposed anew, and the council meets anew', () => {
    const one = evaluated().deliberate();
    const { scope, competentAgency } = one.admission;
    const task = {
      key: 'step/decision',
      kind: 'step',
      agency: competentAgency,
      role: 'head',
      step: 'decision',
    } as const;
    one.engine({ type: 'openTask', ...task }, scope);
    const { id } = one.hold('step/decision');
    one.act(head(competentAgency), {
      type: 'returnTask',
      taskId: id,
      step: null,
      items: ['the emergency site'],
      reason: 'missing',
    });
    expect(one.admission).toMatchObject({ council: null, proposal: null });
    const again = {
      key: 'step/evaluation#2',
      kind: 'step',
      agency: 'dost',
      role: 'officer',
      step: 'evaluation',
    } as const;
    one.engine({ type: 'openTask', ...again }, scope);
    one.hold('step/evaluation#2', evaluator);
    const complete = () => one.complete('step/evaluation#2', { outcome: 'done' }, evaluator);
    expect(refused(one, complete)).toBe('PRECONDITION_FAILED');
    propose(one, evaluator, 'step/evaluation#2');
    complete();
    one.engine({ type: 'openTask', ...again, key: 'step/council#2', step: 'council' }, scope);
    one.hold('step/council#2', secretary);
    expect(refused(one, () => one.vote('expert.1', 'for'))).toBe('PRECONDITION_FAILED');
    expect(refused(one, () => one.complete('step/council#2', { outcome: 'done' }, secretary))).toBe(
      'PRECONDITION_FAILED',
    );
  });
});

describe('the conditions', () => {
  const evaluating = () => {
    const one = new OneTrial().appraise();
    const { scope } = one.admission;
    const task = { key: 'step/evaluation', kind: 'step', agency: 'dost', role: 'officer', step: 'evaluation' } as const;
    one.engine({ type: 'openTask', ...task }, scope);
    one.hold('step/evaluation', evaluator);
    return one;
  };
  const proposes = (change: Parameters<typeof propose>[3]) => {
    const one = evaluating();
    return refused(one, () => propose(one, evaluator, 'step/evaluation', change));
  };

  it('are proposed before the evaluation is done', () => {
    const one = evaluating();
    const complete = () => one.complete('step/evaluation', { outcome: 'done' }, evaluator);
    expect(refused(one, complete)).toBe('PRECONDITION_FAILED');
    propose(one, evaluator, 'step/evaluation');
    complete();
    expect(one.admission.proposal).toMatchObject({ by: ['officer.dost.1'] });
  });

  it('that the regime does not allow are refused, and nothing is written', () => {
    expect(proposes({ terms: { months: 600 } })).toBe('TERM_TOO_LONG');
    const altitude = {
      code: 'altitude',
      name: { vi: 'Độ cao', en: 'Altitude' },
      unit: 'm',
      watch: 'telemetry',
    } as const;
    const limits = [{ ...altitude, max: 200, inclusive: true, verified: true, source: 'admission' as const }];
    expect(proposes({ terms: { limits } })).toBe('LIMIT_LOOSER_THAN_REGIME');
    const areas = [{ code: 'area-1', name: { vi: 'Xa', en: 'Far' }, site: 'HEPZA', polygon: null }];
    expect(proposes({ terms: { areas } })).toBe('OUTSIDE_TERRITORY');
    expect(proposes({ terms: { areas: [] } })).toBe('VALIDATION_FAILED');
    expect(proposes({ terms: { dataLocation: 'abroad' } })).toBe('OUTSIDE_TERRITORY');
    expect(proposes({ terms: { reportEvery: { amount: 60, unit: 'month' } } })).toBe('AMOUNT_OUT_OF_RANGE');
  });

  it('rest on a finding about every criterion, each once', () => {
    const [first, ...others] = findingsFor(new OneTrial().register.law);
    if (!first) throw new Error('no criterion');
    expect(proposes({ criteria: others })).toBe('VALIDATION_FAILED');
    expect(proposes({ criteria: [first, first, ...others] })).toBe('VALIDATION_FAILED');
    expect(proposes({ criteria: [first, ...others, { ...first, criterion: 'nonsense' }] })).toBe('UNKNOWN_VALUE');
  });

  it('are proposed by whoever holds the evaluation, in no other task', () => {
    const one = evaluating();
    const another = person('officer.dost.2', 'officer', 'dost');
    expect(refused(one, () => propose(one, another, 'step/evaluation'))).toBe('CONFLICT');
    expect(refused(one, () => propose(one, person('expert.1', 'expert'), 'step/evaluation'))).toBe('FORBIDDEN');
    propose(one, evaluator, 'step/evaluation');
    one.complete('step/evaluation', { outcome: 'done' }, evaluator).convene();
    expect(refused(one, () => propose(one, secretary, 'step/council'))).toBe('PRECONDITION_FAILED');
  });
});

interface Change {
  readonly terms?: Partial<ReturnType<typeof termsFor>>;
  readonly criteria?: ReturnType<typeof findingsFor>;
}

function propose(one: OneTrial, by: Actor, key: string, { terms, criteria }: Change = {}): void {
  one.act(by, {
    type: 'proposeTerms',
    taskId: one.task(key).id,
    criteria: criteria ?? findingsFor(one.register.law),
    terms: { ...one.terms, ...terms },
  });
}

/** The conditions written by one person and, where another is named, the evaluation completed by them. */
function evaluateBy(one: OneTrial, writer: Actor, completer: Actor = writer): void {
  const { scope, handlingAgency } = one.admission;
  const task = {
    key: 'step/evaluation',
    kind: 'step',
    agency: handlingAgency,
    role: 'officer',
    step: 'evaluation',
  } as const;
  one.engine({ type: 'openTask', ...task }, scope);
  const { id: taskId } = one.hold('step/evaluation', writer);
  propose(one, writer, 'step/evaluation');
  if (completer !== writer) one.act(writer, { type: 'releaseTask', taskId });
  one.complete('step/evaluation', { outcome: 'done' }, completer);
}
