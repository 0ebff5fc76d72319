import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CaseEvent } from '../../../domain/case/events.js';
import { apply, emptyCase, foldCase } from '../../../domain/case/fold.js';
import { phases } from '../../../domain/case/trial/phases.js';
import { ScopeView } from '../../../engine/workflow/view.js';
import { at } from '../../support/memory-register.js';
import { good, head, OneTrial, participant } from '../../support/one-trial.js';
import { trialIn } from '../../support/trial-phases.js';

// The same lives in every run; another seed, other lives.
fc.configureGlobal({ seed: 20261122 });

const started = (from: string, terms: ConstructorParameters<typeof OneTrial>[1]): OneTrial =>
  new OneTrial('2026-07-01 09:00', terms).at(from).start();

const opened = (one: OneTrial, code: string): (readonly [string, string | null])[] =>
  one
    .events('dutyIncurred')
    .flatMap(({ payload, occurredAt }) => (payload.code === code ? [[occurredAt, payload.dueDate] as const] : []));

describe('what comes round in a trial', () => {
  it('weekly reports: the day after each week, due ten days later', () => {
    const one = started('2026-07-20 09:00', { terms: { months: 1, reportEvery: { amount: 1, unit: 'week' } } });
    one.settle('2026-12-01 09:00');
    expect(opened(one, 'trial-report')).toEqual([
      [at('2026-07-27 00:00'), '2026-08-05'],
      [at('2026-08-03 00:00'), '2026-08-12'],
      [at('2026-08-10 00:00'), '2026-08-19'],
      [at('2026-08-17 00:00'), '2026-08-26'],
    ]);
  });

  it('monthly reports of a trial that begins on the 31st: the last day of shorter months, the 31st again after them', () => {
    const one = started('2026-08-31 09:00', { terms: { months: 6, reportEvery: { amount: 1, unit: 'month' } } });
    one.settle('2027-06-01 09:00');
    expect(one.trial.until).toBe('2027-02-27');
    expect(opened(one, 'trial-report').map(([when]) => when)).toEqual(
      ['2026-09-30', '2026-10-31', '2026-11-30', '2026-12-31', '2027-01-31'].map((day) => at(`${day} 00:00`)),
    );
  });

  it('no report of a period that ends with the trial: the final report is its report', () => {
    const one = started('2026-07-20 09:00', { terms: { reportEvery: { amount: 3, unit: 'month' } } });
    one.settle('2027-12-01 09:00');
    expect(opened(one, 'trial-report')).toHaveLength(3);
  });

  it('visits: the first from the admission on, each next when the one before was due, none after the term', () => {
    const one = started('2026-07-20 09:00', { terms: { visitEvery: 5 } });
    one.settle('2027-12-01 09:00');
    expect(opened(one, 'supervision-visit')).toEqual([
      [one.events('trialAdmitted')[0]?.occurredAt, '2026-12-20'],
      [at('2026-12-20 00:00'), '2027-05-20'],
    ]);
  });

  it('the final report: once, so many days before the last day', () => {
    const one = started('2026-07-20 09:00', {});
    expect(opened(one, 'trial-final-report')).toEqual([[one.now, '2027-07-04']]);
  });

  it('is owed by who it concerns: the visit by the supervisor, everything else by the participant', () => {
    const one = started('2026-07-20 09:00', {}).settle('2027-12-01 09:00');
    const owed = new Map(one.events('dutyIncurred').map(({ payload }) => [payload.code, [payload.on, payload.agency]]));
    expect(Object.fromEntries(owed)).toEqual({
      'trial-final-report': ['investor', null],
      'trial-report': ['investor', null],
      'supervision-visit': ['agency', 'shtp-board'],
      'trial-users': ['investor', null],
    });
  });

  it('nothing that was admitted late is dated before its admission', () => {
    const one = new OneTrial('2026-07-01 09:00').at('2026-07-20 09:00');
    one.appraise().evaluate().deliberate().decide();
    one.at('2026-11-02 09:00').engine({ type: 'admitTrial' });
    one.settle('2026-11-03 09:00');
    expect(one.trial.from).toBe('2026-07-20');
    const admitted = one.events('trialAdmitted')[0]?.occurredAt ?? '';
    expect(one.events('dutyIncurred').filter(({ occurredAt }) => occurredAt < admitted)).toEqual([]);
  });
});

/** People do a few things on their days; in between nobody looks for `step` days at a time. */
function lived(
  step: number,
  terms: ConstructorParameters<typeof OneTrial>[1],
  acts: readonly [number, Act][],
): OneTrial {
  const one = started('2026-07-20 09:00', terms);
  const begins = Date.parse(one.now);
  const on = (day: number) => new Date(begins + day * 86_400_000).toISOString();
  let slept = 0;
  const looks = (until: number) => {
    for (slept += step; slept < until; slept += step) one.settle(on(slept));
    slept = until;
  };
  for (const [day, act] of acts) {
    looks(day);
    one.settle(on(day));
    what[act](one);
  }
  looks(730);
  return one.settle(on(730));
}

/** Whatever the phase is: what is not allowed is left out. */
const what = {
  breach: (one) => one.trial.phase === 'running' && one.measure({ limit: 'altitude', value: 230 }),
  measure: (one) => one.trial.phase === 'running' && one.measure(good),
  suspend: (one) =>
    one.trial.phase === 'running' && one.act(head('shtp-board'), { type: 'suspendTrial', reason: 'shortcomings' }),
  report: (one) =>
    one.trial.phase === 'running' &&
    one.trial.finalReport === null &&
    one.act(participant, { type: 'fileFinalReport', documentId: 'd', lessons: [], figures: {} }),
  withdraw: (one) =>
    one.trial.phase === 'running' && one.act(participant, { type: 'endTrial', ending: 'withdrawn', reason: 'x' }),
} satisfies Record<string, (one: OneTrial) => unknown>;
type Act = keyof typeof what;

const byTheClock = ({ register }: OneTrial): string[] =>
  register.events.flatMap(({ type, payload, actor }) =>
    actor.kind === 'clock' ? [`${type} ${JSON.stringify(payload)}`] : [],
  );

/** What happened, without the order in which two things of the same instant were written. */
const facts = ({ register }: OneTrial): string[] =>
  register.events
    .map(({ seq: _seq, ...event }: CaseEvent) => {
      const { taskId: _task, ...payload } = event.payload as Record<string, unknown>;
      return `${event.occurredAt} ${event.type} ${JSON.stringify(payload)}`;
    })
    .sort();

describe('an outage', () => {
  const terms = fc.record({
    months: fc.integer({ min: 1, max: 12 }),
    reportEvery: fc.constantFrom(
      { amount: 1, unit: 'week' } as const,
      { amount: 1, unit: 'month' } as const,
      { amount: 3, unit: 'month' } as const,
    ),
    visitEvery: fc.integer({ min: 1, max: 7 }),
  });
  const acts = fc
    .uniqueArray(fc.tuple(fc.integer({ min: 1, max: 400 }), fc.constantFrom(...(Object.keys(what) as Act[]))), {
      maxLength: 4,
      selector: ([day]) => day,
    })
    .map((some) => [...some].sort(([a], [b]) => a - b));

  it('of two years changes nothing: settled every day or once at the end, everything came once and at its instant', () => {
    fc.assert(
      fc.property(terms, acts, fc.integer({ min: 2, max: 60 }), (some, done, step) => {
        const slept = lived(730, { terms: some }, done);
        expect(facts(lived(step, { terms: some }, done))).toEqual(facts(slept));
        const once = byTheClock(slept);
        expect(new Set(once).size).toBe(once.length);
      }),
      { numRuns: 12 },
    );
    const done: [number, Act][] = [
      [30, 'breach'],
      [100, 'suspend'],
      [340, 'measure'],
    ];
    expect(facts(lived(1, {}, done))).toEqual(facts(lived(730, {}, done)));
  });

  it('changes nothing in the order either: every event comes after those that were due before it', () => {
    const one = lived(730, {}, [[30, 'breach']]);
    const since = one.events('trialStarted')[0]?.seq ?? 0;
    const times = one.register.events.filter(({ seq }) => seq > since).map(({ occurredAt }) => occurredAt);
    expect(times).toEqual([...times].sort());
  });
});

describe('a trial in the phase', () => {
  it.each(phases)(
    '%s is the fold of its events, and its workflow, which hears a part of them, sees the same phase',
    (phase) => {
      const { register, scope } = trialIn[phase]();
      const { state, events } = register;
      expect(foldCase(state.code, events)).toEqual(state);
      const view = new ScopeView(emptyCase(state.code), apply);
      view.take(register.mailboxes.get(scope) ?? []);
      expect(view.hasGap).toBe(false);
      const { phase: seen, until, ending, finalReport, terms } = view.state.trial ?? {};
      const { trial } = state;
      expect({ seen, until, ending, finalReport, terms }).toEqual({
        seen: phase,
        until: trial?.until,
        ending: trial?.ending,
        finalReport: trial?.finalReport,
        terms: trial?.terms,
      });
    },
  );
});
