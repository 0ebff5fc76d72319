import { findingsFor } from '../../support/lane.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CaseEvent } from '../../../domain/case/events.js';
import { nextInstants } from '../../../domain/case/due.js';
import { createLaw } from '../../../domain/law/law.js';
import { addDays, plainDate, startOf } from '../../../domain/time/instants.js';
import { catalogue } from '../../../seeds/index.js';
import { at, refusalOf } from '../../support/memory-register.js';
import { extendableLaw } from '../../support/extendable-law.js';
import { OneProcedure } from '../../support/one-procedure.js';

const received = (procedure = 'irc-ordinary', options = {}) =>
  new OneProcedure(procedure, '2026-07-06 09:00', { law: extendableLaw, ...options }).file().receive();

/** What the clock did, oldest first. */
const byTheClock = ({ register }: OneProcedure): string[] =>
  register.events.filter(({ actor }) => actor.kind === 'clock').map((event) => `${nameOf(event)} ${event.occurredAt}`);

function nameOf({ type, payload }: CaseEvent): string {
  const { clock, rung, agency } = payload as Partial<Record<'clock' | 'rung' | 'agency', string>>;
  return [type, clock, rung, agency].filter((part) => part !== undefined).join(' ');
}

describe('every clock of a case has its ladder', () => {
  it('an opinion: at half, the day before, and when it is missed, before its silence is read', () => {
    const one = received().work().settle('2026-08-03 09:00');
    expect(one.rungs('opinion/dost')).toEqual([
      `half ${at('2026-07-08 07:30')}`,
      `day-before ${at('2026-07-09 07:30')}`,
      `missed ${at('2026-07-11 00:00')}`,
    ]);
    const names = byTheClock(one).filter((line) => line.includes('dost') && line.includes(at('2026-07-11 00:00')));
    expect(names.map((line) => line.split(' ')[0])).toEqual(['rungReached', 'opinionLapsed']);
    expect(one.consultation?.rungs).toContain('opinion/dost/missed@2026-07-10');
  });

  it('an opinion that was given climbs no further', () => {
    const one = received().work().at('2026-07-08 10:00').answer('agree', ['dost']).settle('2026-08-03 09:00');
    expect(one.rungs('opinion/dost')).toEqual([`half ${at('2026-07-08 07:30')}`]);
    expect(one.rungs('opinion/dpa')).toHaveLength(3);
  });

  it('a conference: the day before, and when it is missed; not once it has decided', () => {
    const one = received().work().at('2026-07-08 10:00').answer('object');
    expect(one.consultation?.conference?.dueDate).toBe('2026-07-13');
    one.settle('2026-07-20 09:00');
    // From then on it is the City's team's, with days of its own: until 21 July.
    expect(one.rungs('conference')).toEqual([
      `day-before ${at('2026-07-10 07:30')}`,
      `missed ${at('2026-07-14 00:00')}`,
      `day-before ${at('2026-07-20 07:30')}`,
    ]);
    expect(one.task('conference/2').openedAt).toBe(at('2026-07-14 00:00'));
  });

  it('the investor’s own time: the day before and when it lapses', () => {
    const one = received().at('2026-07-07 09:00').ask().settle('2026-08-20 09:00');
    expect(one.rungs('supplement/S1')).toEqual([
      `day-before ${at('2026-07-20 07:30')}`,
      `missed ${at('2026-07-22 00:00')}`,
    ]);
    expect(one.state.rungs).toContain('supplement/S1/missed@2026-07-21');
    const answered = received().at('2026-07-07 09:00').ask().at('2026-07-20 07:00').answerNotice();
    expect(answered.settle('2026-08-20 09:00').rungs('supplement/S1')).toEqual([]);
  });

  it('the investor’s own time, given more of it: for the new date again, at once where its day has passed', () => {
    const one = received('restricted-technology-permit').at('2026-07-07 09:00').ask();
    one.at('2026-09-07 09:00').extendNotice(1);
    one.settle('2026-09-20 09:00');
    expect(one.rungs('supplement/S1')).toEqual([
      `day-before ${at('2026-09-04 07:30')}`,
      `day-before ${at('2026-09-07 09:00')}`,
      `missed ${at('2026-09-09 00:00')}`,
    ]);
  });
});

describe('the targets of 30 and 40 percent', () => {
  const targets = (one: OneProcedure) =>
    one
      .events('target30AtRisk', 'target30Missed', 'target40AtRisk', 'target40Missed')
      .map(({ type, payload, occurredAt }) => `${type} ${payload.dueDate} ${occurredAt}`);

  it('are at risk and missed on their own dates, once', () => {
    const one = received().settle('2026-07-10 09:00').settle('2026-07-20 09:00').settle('2026-08-20 09:00');
    expect(targets(one)).toEqual([
      `target40AtRisk 2026-07-14 ${at('2026-07-13 07:30')}`,
      `target30AtRisk 2026-07-15 ${at('2026-07-14 07:30')}`,
      `target40Missed 2026-07-14 ${at('2026-07-15 00:00')}`,
      `target30Missed 2026-07-15 ${at('2026-07-16 00:00')}`,
    ]);
  });

  it('come anew for a new date, and not at all once the term has ended', () => {
    const one = received().settle('2026-07-13 09:00').at('2026-07-13 10:00').ask();
    one.at('2026-07-20 10:00').answerNotice();
    one.settle('2026-07-20 11:00');
    expect(targets(one)).toEqual([
      `target40AtRisk 2026-07-14 ${at('2026-07-13 07:30')}`,
      `target40AtRisk 2026-07-21 ${at('2026-07-20 10:00')}`,
    ]);
    expect(one.decide()).toBe(true);
    expect(targets(one.settle('2026-08-20 09:00'))).toHaveLength(2);
  });

  it('do not exist in the standard lane, for a body that the City does not command, nor after an officer said standard', () => {
    for (const one of [received('irc-ordinary', { lane: 'standard' }), received('tax-registration')]) {
      expect(targets(one.settle('2026-08-20 09:00'))).toEqual([]);
    }
    const undecided = received('irc-ordinary', { lane: 'undecided' });
    expect(undecided.state.promise).toBe(true);
    const agency = undecided.register.law.laneOwner;
    const lane = { key: 'lane', kind: 'lane', agency, role: 'officer', step: null } as const;
    undecided.engine(`case/${undecided.register.code}`, { type: 'openTask', ...lane });
    const findings = findingsFor(undecided.register.state, 'standard');
    undecided.complete('lane', { outcome: 'standard', reason: 'r', findings });
    expect(targets(undecided.settle('2026-08-20 09:00'))).toEqual([]);
  });
});

describe('a definition with a ladder of its own', () => {
  const seeded = catalogue();
  const own = [
    { code: 'two-days-before', kind: 'before-due', workingDays: 2 },
    { code: 'missed', kind: 'missed' },
  ] as const;
  const procedures = new Map(
    [...seeded.procedures].map(([code, versions]) => [
      code,
      code === 'irc-ordinary' ? versions.map((version) => ({ ...version, ladder: [...own] })) : versions,
    ]),
  );
  const law = createLaw({ ...seeded, procedures });

  it('climbs that one, and the apology is drafted with its last rung before the date', () => {
    const one = received('irc-ordinary', { law }).settle('2026-08-20 09:00');
    expect(one.rungs()).toEqual([`two-days-before ${at('2026-07-16 07:30')}`, `missed ${at('2026-07-21 00:00')}`]);
    expect(one.events('apologyDrafted').map(({ occurredAt }) => occurredAt)).toEqual([at('2026-07-16 07:30')]);
  });
});

describe('an outage', () => {
  /** The same people on the same days; in between the clock is looked at whenever something falls due, or never. */
  function lived(procedure: string, acts: readonly { day: string; act(one: OneProcedure): void }[], awake: boolean) {
    const one = received(procedure);
    for (const { day, act } of [...acts, { day: '2026-12-01 09:00', act: (last: OneProcedure) => last.settle() }]) {
      for (
        let next = awake ? dueBy(one, instantOf(day)) : undefined;
        next !== undefined;
        next = dueBy(one, instantOf(day))
      )
        one.settle(next);
      act(one.at(day));
    }
    return one;
  }

  const instantOf = (day: string): string => (day.endsWith('Z') ? day : at(day));

  function dueBy({ register }: OneProcedure, until: string): string | undefined {
    const instants = Object.values(nextInstants(register.state, register.law)).filter((next) => next !== null);
    return instants.sort().find((next) => Date.parse(next) <= Date.parse(until));
  }

  const stories: Record<string, readonly { day: string; act(one: OneProcedure): void }[]> = {
    'nobody does anything': [],
    'opinions are asked for and never come': [{ day: '2026-07-06 10:00', act: (one) => void one.work() }],
    'the investor is asked, and answers late': [
      { day: '2026-07-13 10:00', act: (one) => void one.ask() },
      { day: '2026-08-27 10:00', act: (one) => void one.answerNotice() },
    ],
    'the term is extended after the letter was drafted': [
      { day: '2026-07-17 10:00', act: (one) => void one.extend(3) },
    ],
    'the agencies contradict each other': [
      { day: '2026-07-06 10:00', act: (one) => void one.work() },
      { day: '2026-07-08 10:00', act: (one) => void one.answer('object') },
    ],
  };

  const acts = fc.array(fc.record({ days: fc.nat(9), minute: fc.constantFrom(0, 450, 600, 1439), pick: fc.nat(6) }), {
    maxLength: 6,
  });

  it('gives the same whatever people do in between', () => {
    console.log('fast-check seed 20261122');
    const procedures = fc.constantFrom('irc-ordinary', 'feasibility-appraisal-a', 'construction-permit', 'land-lease');
    fc.assert(
      fc.property(procedures, acts, (procedure, picks) => {
        let day = plainDate('2026-07-06');
        const story = picks.map(({ days, minute, pick }) => {
          day = addDays(day, days + 1);
          const when = new Date(Date.parse(startOf(day)) + minute * 60_000).toISOString();
          return { day: when, act: (one: OneProcedure) => void refusalOf(() => tried(one, pick)) };
        });
        const [awake, asleep] = [lived(procedure, story, true), lived(procedure, story, false)];
        expect(byTheClock(asleep)).toEqual(byTheClock(awake));
        expect(asleep.state.ledger).toEqual(awake.state.ledger);
        expect(asleep.state.rungs).toEqual(awake.state.rungs);
      }),
      { seed: 20_261_122, numRuns: 40 },
    );
  }, 60_000);

  function tried(one: OneProcedure, pick: number): void {
    // Whoever acts sees what has become of the case by then.
    one.settle();
    const step = one.openTasks().some(({ kind }) => kind === 'step');
    if (pick === 0) one.work();
    if (pick === 1) one.answer(one.state.extensions > 0 ? 'object' : 'agree');
    if (pick === 2 && step) one.ask();
    if (pick === 3) one.answerNotice();
    if (pick === 4) one.extend(2);
    if (pick === 5) one.decide();
  }

  it.each(
    Object.entries(stories).flatMap(([name, acts]) =>
      ['irc-ordinary', 'feasibility-appraisal-a', 'construction-permit'].map(
        (procedure) => [name, procedure, acts] as const,
      ),
    ),
  )('gives the same rungs, instants and order: %s (%s)', (_name, procedure, acts) => {
    if (procedure === 'construction-permit' && acts.some(({ act }) => String(act).includes('extend'))) {
      expect(() => lived(procedure, acts, true)).toThrow('EXTENSION_LIMIT');
      return;
    }
    const [awake, asleep] = [lived(procedure, acts, true), lived(procedure, acts, false)];
    expect(byTheClock(asleep)).toEqual(byTheClock(awake));
    expect(byTheClock(asleep).length).toBeGreaterThan(7);
    const instants = asleep.register.events.map(({ occurredAt }) => Date.parse(occurredAt));
    expect(instants).toEqual([...instants].sort((a, b) => a - b));
    for (const { rungs } of Object.values(asleep.register.state.procedures))
      expect(new Set(rungs).size).toBe(rungs.length);
  });
});
