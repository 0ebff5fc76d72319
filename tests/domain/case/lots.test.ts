import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { glancesOf, lotsOf } from '../../../domain/case/site/lots.js';

const lot = lotsOf('Lô Z7-3, Đường Đ2');

describe('a lot', () => {
  it.each([
    'lô z7.3 - đường đ2',
    'Lô Z7-3, Ðường Ð2',
    'Lô số Z7-3, Đường Đ2',
    'Lô đất Z7-3, Đường Đ2',
    'Lô đất số: Z7-3',
    'Z 7-3 đường Đ 2',
    'Lô Z7-03, Đường Đ2',
    'Đường Đ2, Lô Z7-3',
    'Lô Z7-3, Đường Đ2, KCNC',
    'Lô Z7-3, Khu công nghệ cao',
    'Lô Ｚ７-３, Đường Đ2',
    'Lô Z7\u200b-3, Đường Đ2',
    'LÔ Z7/3 (đường Đ2)',
    'Z7-3',
    'lot Z7 3',
    'Plot Z7-3, D2 Street',
    'Lô Z7–3',
    'Lô Z7-3, D2',
  ])('is the same lot as %s', (spelled) => {
    expect(lotsOf(spelled)).toEqual(lot);
  });

  it.each(['Lô Z7-33, Đường Đ2', 'Lô Z7-4, Đường Đ2', 'Lô Z17-3', 'Lô Y7-3, Đường Đ2', 'Lô Z73'])(
    'is another lot than %s',
    (other) => {
      expect(lotsOf(other)).toHaveLength(1);
      expect(lotsOf(other)).not.toEqual(lot);
    },
  );

  it.each([
    ['Lô Z7-3 và Z7-4, Đường Đ2', ['z-7-3', 'z-7-4']],
    ['Lô Z7-3, Z7-4', ['z-7-3', 'z-7-4']],
    ['Lô Z7-3 & Lô Y2-1', ['z-7-3', 'y-2-1']],
    ['Các lô Z7-3 + Z7-4, đường D2', ['z-7-3', 'z-7-4']],
    ['Lô Z7-3 và 4', ['z-7-3', 'z-7-4']],
    ['Lô Z7-3 đến Z7-5', ['z-7-3', 'z-7-4', 'z-7-5']],
    ['T1.3, Lô I-15-1', ['i-15-1']],
    ['Lô 3, đường D1', ['3@d-1']],
    ['Lô 3, đường D2', ['3@d-2']],
    ['Lô T4-3, đường D2', ['t-4-3']],
    ['Khu đất phía bắc', ['dat-phia-bac']],
    ['--', []],
  ])('of «%s» is %j', (address, lots) => {
    expect(lotsOf(address)).toEqual(lots);
  });

  it('is seen beside those it could be mistaken for', () => {
    const near = (one: string, other: string) => glancesOf(one).some((glance) => glancesOf(other).includes(glance));
    expect(near('Lô Z73', 'Lô Z7-3, Đường Đ2')).toBe(true);
    expect(near('Lô I-15-1', 'Lô 1-15-1')).toBe(true);
    expect(near('T1.3, Lô I-15-1', 'Lô T1-3')).toBe(true);
    expect(near('Lô Z7-33', 'Lô Z7-3')).toBe(false);
    expect(near('Lô 3, đường D1', 'Lô 3, đường D2')).toBe(true);
  });

  const code = fc.record({
    letter: fc.constantFrom('Z', 'T', 'I', 'CN', 'Đ'),
    first: fc.integer({ min: 1, max: 40 }),
    second: fc.integer({ min: 1, max: 40 }),
  });
  type Code = { letter: string; first: number; second: number };
  const spelled = (one: Code) =>
    fc
      .record({
        word: fc.constantFrom('Lô ', 'lô số ', 'LÔ ĐẤT ', 'lot ', 'Lô đất số '),
        between: fc.constantFrom('-', '.', '/', ' ', ' - ', '\u200d-'),
        zero: fc.constantFrom('', '0', '00'),
        wide: fc.boolean(),
        nfd: fc.boolean(),
        rest: fc.constantFrom('', ', đường D2', ', KCNC', ' (đường Đ 2)', ', Khu công nghệ cao'),
        streetFirst: fc.boolean(),
      })
      .map(({ word, between, zero, wide, nfd, rest, streetFirst }) => {
        const figures = (n: number) => {
          const text = `${zero}${n}`;
          return wide ? [...text].map((digit) => String.fromCharCode(0xff10 + Number(digit))).join('') : text;
        };
        const core = `${word}${one.letter}${figures(one.first)}${between}${figures(one.second)}`;
        const text = streetFirst ? `Đường D2, ${core}` : `${core}${rest}`;
        return nfd ? text.normalize('NFD') : text;
      });

  it('has one identity however it is spelled, and never that of another', () => {
    fc.assert(
      fc.property(
        fc
          .tuple(code, code)
          .chain(([one, other]) =>
            fc.tuple(fc.constant([one, other] as const), spelled(one), spelled(one), spelled(other)),
          ),
        ([[one, other], first, second, third]) => {
          expect(lotsOf(first)).toHaveLength(1);
          expect(lotsOf(first)).toEqual(lotsOf(second));
          const same = one.letter === other.letter && one.first === other.first && one.second === other.second;
          expect(lotsOf(third).join() === lotsOf(first).join()).toBe(same);
        },
      ),
    );
  });

  it('is found in any text without an error, each once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        const lots = lotsOf(text);
        expect(new Set(lots).size).toBe(lots.length);
        expect(glancesOf(text).length).toBeGreaterThanOrEqual(lots.length > 0 ? 1 : 0);
      }),
    );
  });
});
