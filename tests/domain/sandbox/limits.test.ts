import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judge, looserThan, saysSomething } from '../../../domain/case/trial/limits.js';
import type { Reading, TrialArea, TrialLimit } from '../../../domain/law/trial-terms.js';
import { at } from '../../support/memory-register.js';

// The same lives in every run; another seed, other lives.
fc.configureGlobal({ seed: 20261122 });

const warnAt = 0.9;
const name = { vi: 'Giới hạn', en: 'Limit' };
const limit = (given: Partial<TrialLimit>): TrialLimit => ({
  code: 'speed',
  name,
  unit: 'km/h',
  watch: 'telemetry',
  verified: true,
  source: 'law',
  ...given,
});
const area = (polygon: TrialArea['polygon']): TrialArea => ({ code: 'a', name, site: 'SHTP', polygon });

const noon = at('2026-08-03 12:00');
const standing = (one: TrialLimit, value: Reading['value'], when = noon, areas: readonly TrialArea[] = []) =>
  judge({ limits: [one], areas }, { limit: one.code, at: when, value }, warnAt).map((judged) => judged.proximity);

describe('a bound on a number', () => {
  const speed = limit({ max: 100, inclusive: true });
  it.each([
    [0, 'within'],
    [89.999, 'within'],
    [90, 'near'],
    [100, 'near'],
    [100.001, 'beyond'],
  ])('of 100 at most: %d is %s', (value, expected) => expect(standing(speed, value)).toEqual([expected]));

  it.each([
    [199.9, 'near'],
    [200, 'beyond'],
  ])('below 200: %d is %s', (value, expected) =>
    expect(standing(limit({ max: 200, inclusive: false }), value)).toEqual([expected]),
  );

  it.each([
    [5, true, 'within'],
    [5, false, 'beyond'],
    [4.9, true, 'beyond'],
    [5.1, false, 'within'],
  ])('5 at least: %d with the bound allowed %s is %s', (value, inclusive, expected) =>
    expect(standing(limit({ min: 5, inclusive }), value)).toEqual([expected]),
  );

  it('includes its bound where nothing is said', () => expect(standing(limit({ max: 10 }), 10)).toEqual(['near']));
  it('of zero is not near at zero', () => expect(standing(limit({ max: 0 }), 0)).toEqual(['within']));
  it.each([['12'], [true], [Number.NaN], [Number.POSITIVE_INFINITY]])('cannot be %s', (value) =>
    expect(standing(speed, value)).toEqual(['wrong']),
  );
});

describe('a list of values', () => {
  const rain = limit({ code: 'rain', unit: 'category', values: ['no-rain', 'light-rain'] });
  const recorder = limit({ code: 'black-box', unit: 'boolean', values: [true] });
  it('allows what it lists and nothing else', () => {
    expect(standing(rain, 'light-rain')).toEqual(['within']);
    expect(standing(rain, 'storm')).toEqual(['beyond']);
    expect(standing(recorder, true)).toEqual(['within']);
    expect(standing(recorder, false)).toEqual(['beyond']);
  });
  it('is not answered by another kind of value', () => {
    expect(standing(rain, 3)).toEqual(['wrong']);
    expect(standing(recorder, 'true')).toEqual(['wrong']);
  });
});

describe('hours', () => {
  const hours = limit({
    code: 'test-hours',
    unit: 'local-time',
    watch: 'calendar',
    values: ['07:00-11:00', '13:00-17:00'],
  });
  it.each([
    ['06:59', 'beyond'],
    ['07:00', 'within'],
    ['11:00', 'within'],
    ['11:01', 'beyond'],
    ['12:59', 'beyond'],
    ['17:00', 'within'],
    ['17:01', 'beyond'],
  ])('at %s in Vietnam it is %s', (time, expected) =>
    expect(standing(hours, true, at(`2026-08-03 ${time}`))).toEqual([expected]),
  );
  it('are read off every measurement, of whatever limit', () => {
    const speed = limit({ max: 100 });
    const reading = { limit: 'speed', at: at('2026-08-03 20:00'), value: 10 };
    const judged = judge({ limits: [speed, hours], areas: [] }, reading, warnAt);
    expect(judged.map((one) => [one.limit, one.proximity])).toEqual([
      ['speed', 'within'],
      ['test-hours', 'beyond'],
    ]);
  });
});

describe('the place of a measurement', () => {
  const fence = limit({ code: 'test-area', unit: 'geofence', watch: 'geofence', values: ['approved-area'] });
  const square = area([
    [10, 106],
    [10, 107],
    [11, 107],
    [11, 106],
  ]);
  // An L: what its missing quarter holds is outside.
  const bent = area([
    [0, 0],
    [0, 2],
    [1, 2],
    [1, 1],
    [2, 1],
    [2, 0],
  ]);
  const found = (one: TrialArea, place: Reading['value']) => standing(fence, place, noon, [one]);

  it.each(['10,106', '10,107', '11,107', '11,106'])('%s, a corner, is inside', (place) =>
    expect(found(square, place)).toEqual(['within']),
  );
  it.each(['10,106.5', '10.5,107', '11,106.25', '10.125,106'])('%s, on an edge, is inside', (place) =>
    expect(found(square, place)).toEqual(['within']),
  );
  it.each(['9.9999,106.5', '10.5,107.0001', '11.0001,106.5', '10.5,105.9999', '10,105.9', '11,107.1'])(
    '%s, just beyond, is outside',
    (place) => expect(found(square, place)).toEqual(['beyond']),
  );
  it('is found in an area with a corner that points inwards', () => {
    expect(found(bent, '0.5,1.5')).toEqual(['within']);
    expect(found(bent, '1.5,0.5')).toEqual(['within']);
    expect(found(bent, '1.5,1.5')).toEqual(['beyond']);
    expect(found(bent, '1,1.5')).toEqual(['within']);
  });
  it('counts on a slanting edge as inside', () => {
    const slanting = area([
      [10.1, 106.1],
      [10.4, 106.7],
      [10.7, 106.1],
    ]);
    expect(found(slanting, '10.25,106.4')).toEqual(['within']);
    expect(found(slanting, '10.25,106.41')).toEqual(['beyond']);
  });
  it('may be in any of the areas, and anywhere in one that is the whole site', () => {
    expect(standing(fence, '1.5,0.5', noon, [square, bent])).toEqual(['within']);
    expect(found(area(null), '-33.9,151.2')).toEqual(['within']);
    expect(standing(fence, '10.5,106.5', noon, [])).toEqual(['beyond']);
  });
  it.each([
    '',
    ',',
    '10.5,',
    ',106',
    '10.5',
    '10.5,106.5,3',
    'a,b',
    '0x10,106',
    '1e1,106',
    '91,106',
    '10,181',
    12,
    true,
  ])('cannot be %j', (value) => expect(found(square, value)).toEqual(['wrong']));
  it('of a random place agrees with the bounds of a rectangle', () => {
    const degrees = fc.integer({ min: 95_000, max: 125_000 }).map((one) => one / 10_000);
    fc.assert(
      fc.property(degrees, fc.integer({ min: 1_055_000, max: 1_075_000 }), (lat, tenThousandths) => {
        const lng = tenThousandths / 10_000;
        const isInside = lat >= 10 && lat <= 11 && lng >= 106 && lng <= 107;
        expect(found(square, `${lat},${lng}`)).toEqual([isInside ? 'within' : 'beyond']);
      }),
    );
  });
});

describe('an admission beside its regime', () => {
  const number = fc.integer({ min: -50, max: 300 });
  const bounds = fc
    .record({ min: fc.option(number), max: fc.option(number), inclusive: fc.boolean() })
    .filter(({ min, max }) => (min !== null || max !== null) && (min === null || max === null || min <= max))
    .map(({ min, max, inclusive }) => limit({ inclusive, ...(min !== null && { min }), ...(max !== null && { max }) }));
  const words = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1 });
  const values = words.map((some) => limit({ code: 'rain', unit: 'category', values: some }));
  const clock = (minutes: number): string =>
    `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  const span = fc
    .tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 0, max: 1439 }))
    .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
  const hoursOf = ([from, to]: readonly [number, number]): TrialLimit =>
    limit({ code: 'hours', unit: 'local-time', watch: 'calendar', values: [`${clock(from)}-${clock(to)}`] });
  const any = fc.oneof(bounds, values, span.map(hoursOf));

  it('never gives more room by saying the same', () => {
    fc.assert(
      fc.property(any, (one) => {
        expect(looserThan([one], [one])).toEqual([]);
      }),
    );
  });

  it('may narrow: a lower maximum, a higher minimum, the bound itself left out, fewer values, shorter hours', () => {
    fc.assert(
      fc.property(bounds, fc.nat(40), fc.nat(40), (one, less, more) => {
        const { min, max, ...rest } = one;
        const narrower = {
          ...rest,
          inclusive: false,
          ...(min === undefined ? {} : { min: min + more }),
          ...(max === undefined ? {} : { max: max - less }),
        };
        expect(looserThan([one], [narrower])).toEqual([]);
      }),
    );
    fc.assert(
      fc.property(words, (some) => {
        const law = limit({ code: 'rain', unit: 'category', values: some });
        expect(looserThan([law], [{ ...law, values: some.slice(0, 1) }])).toEqual([]);
      }),
    );
    fc.assert(
      fc.property(span, fc.nat(700), fc.nat(700), ([from, to], later, earlier) => {
        fc.pre(from + later <= to - earlier);
        expect(looserThan([hoursOf([from, to])], [hoursOf([from + later, to - earlier])])).toEqual([]);
      }),
    );
  });

  it('is told every limit that it widens', () => {
    const wider = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(bounds, wider, (one, by) => {
        const { min, max } = one;
        if (max !== undefined) {
          expect(looserThan([one], [{ ...one, max: max + by }])).toEqual(['speed']);
          const { max: _none, ...without } = one;
          expect(looserThan([one], [without])).toEqual(['speed']);
        }
        if (min !== undefined) expect(looserThan([one], [{ ...one, min: min - by }])).toEqual(['speed']);
        if (one.inclusive === false) expect(looserThan([one], [{ ...one, inclusive: true }])).toEqual(['speed']);
      }),
    );
    fc.assert(
      fc.property(values, (one) => {
        expect(looserThan([one], [{ ...one, values: [...(one.values ?? []), 'storm'] }])).toEqual(['rain']);
      }),
    );
    fc.assert(
      fc.property(span, wider, ([from, to], by) => {
        if (to + by < 1440) expect(looserThan([hoursOf([from, to])], [hoursOf([from, to + by])])).toEqual(['hours']);
        if (from - by >= 0) expect(looserThan([hoursOf([from, to])], [hoursOf([from - by, to])])).toEqual(['hours']);
      }),
    );
  });

  it('may not make another limit of one of the regime’s', () => {
    const speed = limit({ max: 100 });
    const rain = limit({ code: 'rain', unit: 'category', values: ['no-rain'] });
    expect(looserThan([speed], [{ ...speed, unit: 'm/s' }])).toEqual(['speed']);
    expect(looserThan([speed], [{ ...speed, watch: 'declared' }])).toEqual(['speed']);
    expect(looserThan([rain], [limit({ code: 'rain', unit: 'category', max: 5 })])).toEqual(['rain']);
  });

  it('may add limits of its own', () => {
    expect(looserThan([limit({ max: 100 })], [limit({ code: 'users', unit: 'person', max: 5_000 })])).toEqual([]);
  });

  it('never judges a reading milder than its regime where it is not looser', () => {
    const reading = fc.integer({ min: -60, max: 320 });
    fc.assert(
      fc.property(bounds, bounds, reading, (law, own, value) => {
        fc.pre(looserThan([law], [own]).length === 0);
        const [byLaw] = standing(law, value);
        const [byOwn] = standing(own, value);
        if (byLaw === 'beyond') expect(byOwn).toBe('beyond');
      }),
      { numRuns: 300 },
    );
  });
});

describe('a limit says something', () => {
  it.each<[Partial<TrialLimit>, boolean]>([
    [{ max: 3 }, true],
    [{ min: 3, max: 3 }, true],
    [{ min: 4, max: 3 }, false],
    [{}, false],
    [{ values: [] }, false],
    [{ values: ['a'] }, true],
    [{ watch: 'geofence' }, true],
    [{ watch: 'calendar', values: ['07:00-17:00'] }, true],
    [{ watch: 'calendar', values: ['22:00-05:00'] }, false],
    [{ watch: 'calendar', values: ['7:00-17:00'] }, false],
    [{ watch: 'calendar', values: ['24:00-24:30'] }, false],
    [{ watch: 'calendar', values: [true] }, false],
    [{ watch: 'calendar' }, false],
  ])('%j: %s', (given, expected) => expect(saysSomething(limit(given))).toBe(expected));
});
