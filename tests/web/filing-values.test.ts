import { describe, expect, it } from 'vitest';
import { countriesIn } from '../../web/parts/countries.js';
import { answerOf, decimalOf, isRead, typedOf, valueAt, withValue } from '../../web/investor/filing-values.js';

describe('a number as people write it', () => {
  it.each([
    ['115.000.000.000', '115000000000'],
    ['115,000,000,000 ₫', '115000000000'],
    ['1.234,5', '1234.5'],
    ['1,234.5', '1234.5'],
    ['4900000', '4900000'],
    ['0,75', '0.75'],
    ['0.75', '0.75'],
    ['2 000', '2000'],
    ['100 %', '100'],
    ['1.234', '1234'],
    ['115 tỷ', '115000000000'],
    ['115 tỉ đồng', '115000000000'],
    ['4,9 triệu', '4900000'],
    ['4.9 million USD', '4900000'],
    ['0,25 tỷ', '250000000'],
    ['50 năm', '50'],
    ['2.000 m²', '2000'],
  ])('takes %s for %s, point and comma alike', (typed, number) => {
    expect(decimalOf(typed)).toBe(number);
  });

  it.each(['', 'hai nghìn', 'tỷ', '5 ha', '3 tỷ triệu', '1.2.3', '-5', '1e6', '1,23,4'])(
    'knows no number in «%s»',
    (typed) => {
      expect(decimalOf(typed)).toBeUndefined();
    },
  );
});

it('brings an answer into the shape of the filing and back', () => {
  expect(answerOf('share', '100')).toBe(1);
  expect(typedOf('share', 0.335)).toBe('33.5');
  expect(answerOf('yes-no', 'no')).toBe(false);
  expect(answerOf('yes-no', '')).toBeNull();
  expect(answerOf('decimal', '2.000,5')).toBe(2000.5);
  expect(answerOf('money', '4.900.000')).toBe('4900000');
  // Typed on a keyboard that composes: one form of each letter.
  expect(answerOf('text', ' Vie\u0323\u0302t ')).toBe('Việt');
  // What is no number stays as typed: the API says what is wrong with it.
  expect(answerOf('whole', 'nhiều')).toBe('nhiều');
});

it('finds a country by its code or its name in either language, with or without signs', () => {
  const found = ['nl', 'Hà Lan', 'ha lan', 'Netherlands', 'the Netherlands', 'Việt Nam', 'Mỹ', 'Xứ Sở'];
  expect(found.map((typed) => answerOf('country', typed))).toEqual([
    ...['NL', 'NL', 'NL', 'NL', 'NL', 'VN', 'US'],
    'Xứ Sở',
  ]);
  expect(['Hà Lan', 'Xứ Sở', ''].map((typed) => isRead('country', typed))).toEqual([true, false, true]);
  expect(['115 tỷ', 'nhiều', ''].map((typed) => isRead('money', typed))).toEqual([true, false, true]);
  expect(countriesIn('en').length).toBe(new Set(countriesIn('vi').map(({ code }) => code)).size);
});

it('reads and writes at a path without touching what stands beside it', () => {
  const content = withValue({ project: { field: 'ai' } }, 'project.site.areaM2', 2000);
  expect(content).toEqual({ project: { field: 'ai', site: { areaM2: 2000 } } });
  expect(valueAt(content, 'project.site.areaM2')).toBe(2000);
  expect(valueAt(content, 'investor.name')).toBeUndefined();
});
