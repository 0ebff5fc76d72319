import { beforeAll, describe, expect, it } from 'vitest';
import { type EventOf } from '../../../domain/case/events.js';
import { type ProcedureDefinition } from '../../../domain/law/procedure.js';
import { admissionCode } from '../../../domain/law/admission-code.js';
import { addDays, daysBetween, plainDate, startOf, type PlainDate } from '../../../domain/time/instants.js';
import { catalogue } from '../../../seeds/index.js';
import { OneProcedure } from '../../support/one-procedure.js';

const seeded = catalogue();
const { ladders } = seeded.settings;
// The admission of a trial needs a trial: tests/domain/sandbox.
// What begins after the year is not there to happen in it.
const definitions = [...seeded.procedures.values()]
  .flat()
  .filter(({ code, validFrom }) => !code.startsWith(admissionCode('')) && validFrom <= '2026-11-30');

/** Everything of the seeds that is there to happen. What nobody can make happen is a setting without effect, or a rule of law that we miss. */
function* configured(): Generator<string> {
  for (const [clock, ladder] of Object.entries(ladders)) for (const { code } of ladder) yield `ladder ${clock} ${code}`;
  for (const share of ['30', '40']) yield* [`target${share}AtRisk`, `target${share}Missed`];
  for (const definition of definitions)
    for (const what of configuredBy(definition)) yield `${definition.version} ${what}`;
}

function* configuredBy({
  clockPolicy,
  startsFrom,
  ladder,
  silence,
  consultations,
}: ProcedureDefinition): Generator<string> {
  const { kind, suspensionGrounds, cure, onLapse, onResubmission, maxExtensions, investorExtension } = clockPolicy;
  yield* [`starts from ${startsFrom}`, `policy ${kind}`, 'apology'];
  for (const { code } of ladder ?? []) yield `ladder ${code}`;
  for (const { ground } of suspensionGrounds) yield `ground ${ground}`;
  if (cure) yield 'cure';
  yield `answered: ${onResubmission}`;
  for (const decision of onLapse === 'stop-or-continue' ? ['continue', 'stop'] : [onLapse]) yield `lapsed: ${decision}`;
  if (maxExtensions > 0) yield 'extension';
  if (investorExtension) yield 'more time for the investor';
  for (const { agency } of consultations) {
    yield `silence ${silence.legalEffect} ${silence.handlingByAgency[agency] ?? silence.handling}`;
  }
}

/** What the events of one case show to have happened. */
function* happened({ register, state, resolved }: OneProcedure): Generator<string> {
  const { version } = state;
  for (const event of register.events) {
    if (event.type === 'rungReached') yield* rungNames(event, version, resolved.ladder !== null);
    if (/^target[34]0(AtRisk|Missed)$/.test(event.type)) yield event.type;
    if (event.type === 'supplementRequested') {
      const { suspends, ground } = event.payload;
      yield* suspends ? [`${version} ground ${ground}`, `${version} policy pause`] : [`${version} cure`];
    }
    if (event.type === 'supplementAnswered')
      yield `${version} answered: ${event.payload.restarts ? 'restart' : 'continue'}`;
    if (event.type === 'lapseDecided') yield `${version} lapsed: ${event.payload.decision}`;
    if (event.type === 'extensionGranted') yield `${version} extension`;
    if (event.type === 'supplementExtended') yield `${version} more time for the investor`;
    if (event.type === 'apologyDrafted') yield `${version} apology`;
    if (event.type === 'opinionLapsed') {
      const { legalEffect, handling } = event.payload;
      yield `${version} silence ${legalEffect} ${handling}`;
    }
  }
  const start = state.ledger[0]?.at;
  const filed = state.filings[0]?.at;
  if (start === filed && state.startsFrom === 'receipt') yield `${version} starts from receipt`;
  if (start === (state.clockFrom ?? state.receivedAt) && state.startsFrom === 'valid-dossier')
    yield `${version} starts from valid-dossier`;
  if (start === state.openedAt && state.startsFrom === 'prior-decision') yield `${version} starts from prior-decision`;
  const refusal = Object.values(state.tasks).find(({ kind }) => kind === 'lapse');
  const { cure } = resolved.clockPolicy;
  if (cure && refusal?.dueDate && refusal.dueDate < (state.printedDueDate ?? ''))
    yield `${version} policy cure-or-refuse`;
}

function* rungNames({ payload }: EventOf<'rungReached'>, version: string, own: boolean): Generator<string> {
  const [kind = ''] = payload.clock.split('/');
  if (kind === 'printed' && own) yield `${version} ladder ${payload.rung}`;
  else yield `ladder ${kind === 'printed' ? 'procedure' : kind} ${payload.rung}`;
}

// The stories: each is one case of one version, with its own day of the year ---------------------------------------------------------------------

type Story = (one: OneProcedure, later: (days: number) => string) => void;
const minute = 60_000;

/** A working morning `days` after the filing. */
const mornings = (filed: PlainDate) => (days: number) =>
  new Date(Date.parse(startOf(addDays(filed, days))) + 9 * 60 * minute).toISOString();

function* storiesOf({ clockPolicy, consultations }: ProcedureDefinition): Generator<Story> {
  const { suspensionGrounds, cure, onLapse, maxExtensions, investorExtension } = clockPolicy;
  const grounds = cure ? (['supplement'] as const) : suspensionGrounds.map(({ ground }) => ground);
  yield (one, later) => one.settle(later(120));
  yield (one, later) => {
    const [scope, agency] = [one.scope, one.state.handlingAgency];
    one.engine(scope, { type: 'openTask', key: 'stuck/x/1', kind: 'stuck', agency, role: 'officer', step: null });
    one.settle(later(120));
  };
  if (consultations.length > 0) {
    yield (one, later) => one.consult().settle(later(120)).work();
    yield (one, later) => one.consult().answer('object').settle(later(60));
  }
  for (const ground of grounds) {
    yield (one, later) => {
      one.ask(ground).settle(ground === 'violation-handling' ? later(20) : later(3));
      if (ground === 'violation-handling') one.endViolation().settle(later(150));
      else one.answerNotice().settle(later(150));
    };
  }
  for (const decision of onLapse === 'stop-or-continue' ? ['continue', 'stop'] : [onLapse]) {
    yield (one) => {
      one.ask().settle(lapse(one)).work().complete('lapse/S1', { outcome: decision, reason: 'r' });
    };
  }
  yield (one, later) => {
    one.decide();
    one.settle(later(150));
  };
  if (maxExtensions > 0) yield (one, later) => one.extend(1).settle(later(120));
  if (investorExtension) yield (one, later) => one.ask().extendNotice(5).settle(later(200));
}

const lapse = ({ state }: OneProcedure): string => {
  const deadline = state.supplements[0]?.deadline;
  if (!deadline) throw new Error('a notice without a deadline');
  return startOf(addDays(deadline, 1));
};

/** Plays every story of every version on days of the year in which the version is in force. */
function playYear(seed: number): Set<string> {
  const seen = new Set<string>();
  let state = seed;
  const draw = (limit: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % limit;
  };
  for (const definition of definitions) {
    // An appraisal of the environment gives the investor a year, and no calendar is known beyond 2027.
    const from = laterDay(plainDate('2025-10-01'), definition.validFrom);
    const to = earlierDay(plainDate('2026-11-30'), addDays(definition.validTo ?? plainDate('2027-01-01'), -14));
    for (const story of storiesOf(definition)) {
      const filed = addDays(from, draw(daysBetween(from, to)));
      const later = mornings(filed);
      const facts = { 'project.defenceSensitiveArea': true, 'project.site.zone': 'IFC' };
      const one = new OneProcedure(definition.code, `${filed} 08:00`, { facts });
      if (one.resolved.version !== definition.version)
        throw new Error(`${definition.version} is not in force on ${filed}`);
      one.file().at(later(0)).receive().at(later(1));
      story(one, later);
      for (const what of happened(one)) seen.add(what);
    }
  }
  return seen;
}

const earlierDay = (a: PlainDate, b: PlainDate): PlainDate => (a < b ? a : b);
const laterDay = (a: PlainDate, b: PlainDate): PlainDate => (a > b ? a : b);

describe('a simulated year', () => {
  let seen: Set<string>;
  beforeAll(() => {
    console.log('seed 20261122');
    seen = playYear(20_261_122);
  }, 90_000);

  it('sees every rung, policy, ground, lapse, extension and silence that the seeds configure', () => {
    const missing = [...new Set(configured())].filter((what) => !seen.has(what));
    expect(missing).toEqual([]);
  });

  it('would notice a rung that can never be climbed', () => {
    expect([...seen].filter((what) => what.startsWith('ladder '))).toContain('ladder opinion missed');
    expect(seen.has('ladder opinion one-day-after')).toBe(false);
  });
});
