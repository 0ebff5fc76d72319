import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { enterpriseOf, vietnameseRegistration } from '../../domain/lane/enterprise.js';

const facts = (country: unknown, number: unknown) => ({
  'investor.country': country as string,
  'investor.registrationNumber': number as string | null,
});

describe('the enterprise that files', () => {
  it('is one however its number is written, and whichever of its dependent units files', () => {
    const digits = fc.array(fc.constantFrom(...'0123456789'), { minLength: 10, maxLength: 10 });
    const separators = fc.array(fc.constantFrom('', '.', '-', '/', ' '), { minLength: 10, maxLength: 10 });
    const unit = fc.constantFrom('', '-001', '017');
    fc.assert(
      fc.property(digits, separators, unit, (number, between, ofUnit) => {
        const written = number.map((digit, i) => `${digit}${between[i]}`).join('') + ofUnit;
        expect(enterpriseOf(facts('VN', written))).toBe(`VN/${number.join('')}`);
      }),
    );
  });

  it('is another one in another country, and nobody without a number', () => {
    expect(enterpriseOf(facts('KR', '0312345678901'))).toBe('KR/0312345678901');
    expect(enterpriseOf(facts('VN', null))).toBeNull();
    expect(enterpriseOf(facts(null, '0312345678'))).toBeNull();
  });
});

describe('a Vietnamese registration', () => {
  it('is stated by an investor of Viet Nam alone: a number of its home is none', () => {
    expect(vietnameseRegistration(facts('VN', '0312345678'))).toBe('0312345678');
    expect(vietnameseRegistration(facts('KR', '0312345678'))).toBeNull();
    expect(vietnameseRegistration(facts('VN', null))).toBeNull();
  });
});
