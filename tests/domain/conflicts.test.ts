import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Condition, Position } from '../../domain/case/consultation/words.js';
import { conditionsOf, conflictsOf, mayConflict, type WeighedOpinion } from '../../domain/case/conference/conflicts.js';
import { Settings } from '../../domain/schemas/settings.js';
import settings from '../../seeds/data/settings.json' with { type: 'json' };
import { refusalOf } from '../support/memory-register.js';

const { conditionSubjects: subjects } = Settings.parse(settings);
const given = (agency: string, ...conditions: Condition[]): WeighedOpinion => ({
  agency,
  status: 'given',
  position: 'agree-with-conditions',
  conditions,
});
const says = (agency: string, position: Position): WeighedOpinion => ({
  agency,
  status: 'given',
  position,
  conditions: [],
});
const ids = (...opinions: WeighedOpinion[]) => conflictsOf(opinions, subjects).map(({ id }) => id);
const requires = (subject: string, value?: string): Condition => ({
  subject,
  direction: 'requires',
  ...(value !== undefined && { value }),
});
const limits = (subject: string, value: string): Condition => ({ subject, direction: 'limits', value });
const forbids = (subject: string, value?: string): Condition => ({ ...requires(subject, value), direction: 'forbids' });

describe('opinions that cannot be followed together', () => {
  it('are one that objects, whatever the others say', () => {
    expect(conflictsOf([says('doc', 'agree'), says('dae', 'object')], subjects)).toEqual([
      { id: 'objection/dae', kind: 'objection', agencies: ['dae'], subject: null },
    ]);
  });

  it('are more required than another allows, compared as decimals', () => {
    expect(
      conflictsOf(
        [given('dae', limits('waste-water', '400')), given('doc', requires('waste-water', '400.5'))],
        subjects,
      ),
    ).toEqual([
      { id: 'conditions/waste-water/dae/doc', kind: 'contradiction', agencies: ['dae', 'doc'], subject: 'waste-water' },
    ]);
    expect(ids(given('dae', limits('waste-water', '400')), given('doc', requires('waste-water', '400')))).toEqual([]);
    // As text 9 would be more than 10; as floats these two would be equal.
    expect(ids(given('dae', limits('waste-water', '10')), given('doc', requires('waste-water', '9')))).toEqual([]);
    const [less, more] = ['900000000000.000001', '900000000000.000002'];
    expect(ids(given('dae', limits('waste-water', less)), given('doc', requires('waste-water', more)))).toHaveLength(1);
  });

  it('are one that requires what another forbids', () => {
    expect(
      ids(given('dost', requires('radio-transmitters')), given('city-police', forbids('radio-transmitters'))),
    ).toEqual(['conditions/radio-transmitters/city-police/dost']);
    expect(ids(given('a1', forbids('groundwater')), given('b1', forbids('groundwater')))).toEqual([]);
    expect(
      ids(given('a1', forbids('hazardous-chemicals')), given('b1', requires('hazardous-chemicals', '2'))),
    ).toHaveLength(1);
    expect(ids(given('a1', forbids('hazardous-chemicals')), given('b1', limits('hazardous-chemicals', '2')))).toEqual(
      [],
    );
  });

  it('are choices that exclude each other, and three agencies that together leave none', () => {
    expect(
      ids(given('a1', requires('data-location', 'in-vietnam')), given('b1', requires('data-location', 'abroad'))),
    ).toHaveLength(1);
    expect(
      ids(given('a1', requires('data-location', 'abroad')), given('b1', forbids('data-location', 'in-vietnam'))),
    ).toEqual([]);
    const without = (agency: string, choice: string) => given(agency, forbids('traffic-access', choice));
    const [one, two, three] = [
      without('c1', 'main-road'),
      without('a1', 'internal-road'),
      without('b1', 'service-road'),
    ];
    expect(ids(one, two)).toEqual([]);
    expect(ids(one, two, three)).toEqual(['conditions/traffic-access/a1/b1/c1']);
  });

  it('are not silence, late answers that nobody weighed, requests for a supplement, free text or conditions of before the list', () => {
    const objection = { position: 'object', conditions: [] } as const;
    expect(
      ids(
        { agency: 'a1', status: 'lapsed', ...objection },
        { agency: 'b1', status: 'escalated', ...objection },
        { agency: 'c1', status: 'decided', ...objection },
        says('d1', 'needs-supplement'),
        given('e1', requires('other', 'x')),
        given('f1', forbids('other', 'x')),
        given('g1', limits('waste-water', '<= 400 m3/day')),
        given('h1', requires('waste-water', '500')),
      ),
    ).toEqual([]);
  });
});

// Every state of the world that could matter for one subject, and whether a condition holds in it.
type World = string | number | boolean;
const worldsOf = (code: string, conditions: readonly Condition[]): World[] => {
  const subject = subjects.find((one) => one.code === code);
  if (subject?.value === 'choice') return subject.choices.map((choice) => choice.code);
  if (subject?.value === 'none') return [true, false];
  return [0, ...conditions.map(({ value }) => Number(value ?? 0))];
};
const holds = ({ direction, value }: Condition, world: World): boolean => {
  if (typeof world === 'boolean') return world === (direction === 'requires');
  if (typeof world === 'string') return (world === value) === (direction === 'requires');
  if (direction === 'requires') return world >= Number(value);
  return world <= Number(value ?? 0);
};
const possible = (code: string, conditions: readonly Condition[]) =>
  worldsOf(code, conditions).some((world) => conditions.every((one) => holds(one, world)));

const condition: fc.Arbitrary<Condition> = fc
  .constantFrom('waste-water', 'noise-night', 'data-location', 'groundwater')
  .chain((code) => {
    const subject = subjects.find((one) => one.code === code);
    if (subject?.value === 'choice') {
      const choice = fc.constantFrom(...subject.choices.map((one) => one.code));
      return fc.tuple(fc.constantFrom(requires, forbids), choice).map(([make, value]) => make(code, value));
    }
    if (subject?.value === 'none') return fc.constantFrom(requires(code), forbids(code));
    const number = fc.integer({ min: 0, max: 40 }).map((n) => String(n / 4));
    return fc.oneof(
      number.map((value) => requires(code, value)),
      number.map((value) => limits(code, value)),
      fc.constant(forbids(code)),
    );
  });
const consistent = (conditions: readonly Condition[]) =>
  subjects.every(({ code }) =>
    possible(
      code,
      conditions.filter((one) => one.subject === code),
    ),
  );
const opinion = (agency: string): fc.Arbitrary<WeighedOpinion> =>
  fc.record({
    agency: fc.constant(agency),
    status: fc.constantFrom('given' as const, 'given' as const, 'lapsed' as const),
    position: fc.constantFrom<Position>('agree-with-conditions', 'agree-with-conditions', 'agree', 'object'),
    conditions: fc.array(condition, { maxLength: 4 }).filter(consistent),
  });
const opinions = fc.tuple(...['dae', 'doc', 'dost', 'dpa', 'city-police'].map(opinion));

describe('conflicts of any opinions', () => {
  it('are there where no state of the world meets all conditions, between the agencies named, and nowhere else', () => {
    fc.assert(
      fc.property(opinions, (all) => {
        const found = conflictsOf(all, subjects);
        const weighed = all.filter(({ status }) => status === 'given');
        const on = (code: string, agencies?: readonly string[]) =>
          weighed
            .filter(({ agency }) => agencies?.includes(agency) ?? true)
            .flatMap(({ conditions }) => conditions.filter(({ subject }) => subject === code))
            .map(({ value, ...one }): Condition => (typeof value === 'string' ? { ...one, value } : one));
        for (const { code } of subjects) {
          const here = found.filter(({ subject }) => subject === code);
          expect(here.length > 0).toBe(!possible(code, on(code)));
          for (const { agencies } of here) expect(possible(code, on(code, agencies))).toBe(false);
        }
        const objectors = weighed.filter(({ position }) => position === 'object').map(({ agency }) => agency);
        expect(found.filter(({ kind }) => kind === 'objection').flatMap(({ agencies }) => agencies)).toEqual(
          objectors.sort(),
        );
      }),
      { seed: 3, numRuns: 2_000 },
    );
  });

  it('do not depend on the order of answers, have ids of their own, and are suspected without the list', () => {
    fc.assert(
      fc.property(
        opinions.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, mixed]) => {
          const found = conflictsOf(all, subjects);
          expect(conflictsOf(mixed, subjects)).toEqual(found);
          expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
          if (found.length > 0) expect(mayConflict(mixed)).toBe(true);
        },
      ),
      { seed: 4, numRuns: 1_000 },
    );
  });
});

describe('the conditions of one answer', () => {
  const taken = (from: 'person' | 'system', ...conditions: Condition[]) =>
    conditionsOf({ position: 'agree-with-conditions', conditions }, subjects, from);

  it.each<[string, Condition, string]>([
    ['an unknown subject', requires('moon-phase', '1'), 'UNKNOWN_VALUE'],
    ['an unknown choice', requires('data-location', 'on-the-moon'), 'UNKNOWN_VALUE'],
    ['words where a number belongs', limits('waste-water', '<= 400 m3/day'), 'VALIDATION_FAILED'],
    ['an exponent', limits('waste-water', '1e3'), 'VALIDATION_FAILED'],
    ['a negative number', limits('waste-water', '-1'), 'VALIDATION_FAILED'],
    ['a number left out', requires('waste-water'), 'VALIDATION_FAILED'],
    ['a value where none belongs', requires('groundwater', '1'), 'VALIDATION_FAILED'],
    ['a limit of what has no measure', { subject: 'groundwater', direction: 'limits' }, 'VALIDATION_FAILED'],
    ['free text without text', requires('other', '  '), 'VALIDATION_FAILED'],
  ])('with %s are refused to a person', (_what, one, code) => {
    expect(refusalOf(() => taken('person', one))).toBe(code);
  });

  it('are kept as given where they fit', () => {
    const fitting = [
      limits('waste-water', '0.5'),
      requires('data-location', 'abroad'),
      forbids('groundwater'),
      requires('other', 'vườn ươm'),
    ];
    expect(taken('person', ...fitting)).toEqual(fitting);
    expect(taken('system', ...fitting)).toEqual(fitting);
  });

  it('that another body words in its own way are kept as free text, losing nothing', () => {
    expect(
      taken('system', limits('fire-lane', '3.5 m'), requires('data-location', 'moon'), {
        subject: 'trees',
        direction: 'forbids',
      }),
    ).toEqual([
      limits('other', 'fire-lane: 3.5 m'),
      requires('other', 'data-location: moon'),
      forbids('other', 'trees'),
    ]);
  });

  it('may not contradict themselves, nor stand beside another position', () => {
    const both = [requires('waste-water', '10'), limits('waste-water', '9')];
    expect(refusalOf(() => taken('person', ...both))).toBe('CONDITIONS_CONTRADICT');
    expect(refusalOf(() => taken('system', ...both))).toBe('CONDITIONS_CONTRADICT');
    const beside = { position: 'agree', conditions: [forbids('groundwater')] } as const;
    expect(refusalOf(() => conditionsOf(beside, subjects, 'person'))).toBe('VALIDATION_FAILED');
  });

  it('contradict themselves exactly where no state of the world meets them', () => {
    fc.assert(
      fc.property(fc.array(condition, { minLength: 1, maxLength: 6 }), (conditions) => {
        expect(refusalOf(() => taken('person', ...conditions))).toBe(
          consistent(conditions) ? 'accepted' : 'CONDITIONS_CONTRADICT',
        );
      }),
      { seed: 5, numRuns: 1_000 },
    );
  });
});

it('every subject of the list is named in both languages, and has what its kind of value needs', () => {
  expect(subjects.length).toBeGreaterThanOrEqual(20);
  expect(new Set(subjects.map(({ code }) => code)).size).toBe(subjects.length);
  for (const { code, name, value, unit, choices, verified } of subjects) {
    expect(code).not.toBe('other');
    expect(name.vi).not.toBe(name.en);
    expect(choices.length, code).toBeGreaterThanOrEqual(value === 'choice' ? 2 : 0);
    if (value !== 'choice') expect(choices).toEqual([]);
    if (value !== 'number') expect(unit).toBeNull();
    expect(verified).toBe(false);
  }
});
