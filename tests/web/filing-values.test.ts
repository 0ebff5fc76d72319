import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countriesIn } from '../../web/parts/countries.js';
import { answerOf, isRead, typedOf, valueAt, withValue } from '../../web/investor/filing-values.js';
import { decimalOf, type Quantity, quantityOf } from '../../web/investor/typed-number.js';

describe('a number as people write it', () => {
  it.each<[typed: string, number: string, quantity?: Quantity]>([
    ['115.000.000.000', '115000000000'],
    ['115,000,000,000 ₫', '115000000000', 'vnd'],
    ['1.234,5', '1234.5'],
    ['1,234.5', '1234.5'],
    ['1.234,567', '1234.567'],
    ['4900000', '4900000'],
    ['0,75', '0.75'],
    ['0.75', '0.75'],
    ['2 000', '2000'],
    ['100 %', '100', 'percent'],
    ['1.234', '1234'],
    ['1234,567', '1234.567'],
    // Thousands never begin with a zero.
    ['0,125', '0.125'],
    ['0.510', '0.510'],
    ['007', '7'],
    ['05,5', '5.5'],
    // A share has no thousands.
    ['33,333', '33.333', 'percent'],
    ['115 tỷ', '115000000000'],
    ['115 tỉ đồng', '115000000000', 'vnd'],
    ['4,9 triệu', '4900000'],
    ['4.9 triệu', '4900000'],
    ['4.9 million USD', '4900000', 'usd'],
    ['4.9 triệu đô la Mỹ', '4900000', 'usd'],
    ['0,25 tỷ', '250000000'],
    ['0,125 tỷ', '125000000'],
    ['0.125 tỷ', '125000000'],
    ['0.125 billion', '125000000'],
    ['0,125 billion', '125000000'],
    // The word says whose marks they are.
    ['1,125 tỷ', '1125000000'],
    ['1.200 tỷ', '1200000000000'],
    ['4.925 million USD', '4925000', 'usd'],
    ['1,200 billion', '1200000000000'],
    ['1.200,5 tỷ', '1200500000000'],
    ['1.234.567 triệu', '1234567000000'],
    ['1,2345 nghìn', '1234.5'],
    ['0 tỷ', '0'],
    ['50 năm', '50', 'years'],
    ['2.000 m²', '2000', 'm2'],
    ['24 tháng', '24', 'months'],
    ['300 người', '300', 'people'],
  ])('takes %s for %s, point and comma alike', (typed, number, quantity?: Quantity) => {
    expect(decimalOf(typed, quantity)).toBe(number);
  });

  it.each([
    '',
    'hai nghìn',
    'tỷ',
    '5 ha',
    '3 tỷ triệu',
    '1.2.3',
    '-5',
    '1e6',
    '1,23,4',
    '1.234.56',
    '012.345',
    '0.125.000',
  ])('knows no number in «%s»', (typed) => {
    for (const quantity of [undefined, 'vnd', 'm2', 'percent'] as const)
      expect(decimalOf(typed, quantity)).toBeUndefined();
  });

  it.each([
    ['project.capital.totalVnd', '4.9 million USD'],
    ['project.capital.totalVnd', '$'],
    ['project.capital.totalUsd', '115 tỷ đồng'],
    ['project.capital.totalUsd', '115 tỷ ₫'],
    ['project.site.areaM2', '50 năm'],
    ['project.site.areaM2', '50 %'],
    ['project.termYears', '50 người'],
    ['project.staffAfterThreeYears', '50 năm'],
    ['solution.months', '2 năm'],
    ['solution.valueVnd', '3 triệu USD'],
  ])('of %s takes no other unit: %s', (path, typed) => {
    expect([decimalOf(typed, quantityOf(path)), isRead('money', typed, path)]).toEqual([undefined, false]);
    expect(answerOf('money', typed, path)).toBe(typed);
    expect(answerOf('whole', typed, path)).toBe(typed);
  });

  it('is read again as it is shown: no number in the filing becomes another one in the form', () => {
    const number = fc.tuple(fc.nat(9_999_999), fc.nat(99_999)).map(([whole, rest]) => Number(`${whole}.${rest}`));
    fc.assert(
      fc.property(number, (value) => {
        expect(answerOf('decimal', typedOf('decimal', value), 'project.site.areaM2')).toBe(value);
      }),
      { examples: [[1.234], [0.51], [12_345.678], [999.125]] },
    );
  });
});

it('brings an answer into the shape of the filing and back', () => {
  expect(answerOf('share', '100', '')).toBe(1);
  expect(typedOf('share', 0.335)).toBe('33.5');
  expect(answerOf('yes-no', 'no', '')).toBe(false);
  expect(answerOf('yes-no', '', '')).toBeNull();
  expect(answerOf('decimal', '2.000,5', '')).toBe(2000.5);
  expect(answerOf('money', '4.900.000', '')).toBe('4900000');
  // Typed on a keyboard that composes: one form of each letter.
  expect(answerOf('text', ' Vie\u0323\u0302t ', '')).toBe('Việt');
  // What is no number stays as typed: the API says what is wrong with it.
  expect(answerOf('whole', 'nhiều', '')).toBe('nhiều');
});

it('finds a country by its code or its name in either language, with or without signs', () => {
  const found = ['nl', 'Hà Lan', 'ha lan', 'Netherlands', 'the Netherlands', 'Việt Nam', 'Mỹ', 'Xứ Sở'];
  expect(found.map((typed) => answerOf('country', typed, ''))).toEqual([
    ...['NL', 'NL', 'NL', 'NL', 'NL', 'VN', 'US'],
    'Xứ Sở',
  ]);
  expect(['Hà Lan', 'Xứ Sở', ''].map((typed) => isRead('country', typed, ''))).toEqual([true, false, true]);
  expect(['115 tỷ', 'nhiều', ''].map((typed) => isRead('money', typed, ''))).toEqual([true, false, true]);
  expect(countriesIn('en').length).toBe(new Set(countriesIn('vi').map(({ code }) => code)).size);
});

it.each([
  ['MY', 'MY'],
  ['Mỹ', 'US'],
  ['My', 'US'],
  ['my', 'US'],
  ['Malaysia', 'MY'],
  ['BI', 'BI'],
  ['Bỉ', 'BE'],
  ['Bi', 'BE'],
  ['AO', 'AO'],
  ['Áo', 'AT'],
  ['Ao', 'AT'],
  ['sg', 'SG'],
  ['Hồng Kông', 'HK'],
  ['Hong Kong', 'HK'],
  ['Ma Cao', 'MO'],
  ['Macao', 'MO'],
  ['UAE', 'AE'],
  ['Thụy Sỹ', 'CH'],
  ['Thụy Sĩ', 'CH'],
  ['Singapo', 'SG'],
  ['Cộng hòa Séc', 'CZ'],
  ['Ý', 'IT'],
  ['England', 'GB'],
  ['BVI', 'VG'],
  ['Myanmar', 'MM'],
  ['Turkey', 'TR'],
])('a name goes before a code that is not written in capitals: %s is %s', (typed, code) => {
  expect(answerOf('country', typed, '')).toBe(code);
});

it('finds every country by its name in both languages and by its code', () => {
  for (const { code, name } of [...countriesIn('vi'), ...countriesIn('en')])
    expect([name, answerOf('country', name, ''), answerOf('country', code, '')]).toEqual([name, code, code]);
});

it('reads and writes at a path without touching what stands beside it', () => {
  const content = withValue({ project: { field: 'ai' } }, 'project.site.areaM2', 2000);
  expect(content).toEqual({ project: { field: 'ai', site: { areaM2: 2000 } } });
  expect(valueAt(content, 'project.site.areaM2')).toBe(2000);
  expect(valueAt(content, 'investor.name')).toBeUndefined();
});
