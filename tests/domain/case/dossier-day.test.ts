import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRequired } from '../../../domain/case/procedure/dossier.js';
import { at, person } from '../../support/memory-register.js';
import { OneProcedure } from '../../support/one-procedure.js';

const investor = person('investor.test', 'investor');
const opened = '2026-07-06 09:00';
const asked = new OneProcedure('irc-ordinary', opened).resolved.documents;
const required = asked.filter(isRequired).map(({ code }) => code);
const beside = asked.filter((one) => !isRequired(one)).map(({ code }) => code);

let files = 0;
function give(one: OneProcedure, when: string, codes: readonly string[]): void {
  const documents = codes.map((code) => ({ code, documentId: `doc-${++files}`, obtainedFrom: null }));
  one.at(when).act(investor, { type: 'fileDossier', procedure: one.procedure, documents });
}

const countedFrom = (one: OneProcedure, when: string) => one.at(when).receive().state.ledger[0]?.at;

describe('the day from which a dossier counts', () => {
  it('is that on which it was filed, whatever is given beside a valid one before form 01', () => {
    const plain = new OneProcedure('irc-ordinary', opened);
    expect(plain.state.startsFrom).toBe('valid-dossier');
    expect(beside.length).toBeGreaterThan(0);
    const one = new OneProcedure('irc-ordinary', opened);
    give(one, '2026-07-06 10:00', required);
    give(one, '2026-07-15 10:00', beside.slice(0, 1));
    // A file in the place of one that is there, too.
    give(one, '2026-07-16 10:00', required.slice(0, 1));
    expect(one.state.filings).toHaveLength(1);
    expect(one.state.filings[0]).not.toHaveProperty('changedAt');
    expect(countedFrom(one, '2026-07-17 10:00')).toBe(at('2026-07-06 10:00'));
  });

  it('is that on which what was missing came', () => {
    const one = new OneProcedure('irc-ordinary', opened);
    give(one, '2026-07-06 10:00', required.slice(1));
    give(one, '2026-07-15 10:00', required.slice(0, 1));
    give(one, '2026-07-16 10:00', beside.slice(0, 1));
    expect(countedFrom(one, '2026-07-17 10:00')).toBe(at('2026-07-15 10:00'));
  });

  it('is the last on which something that was missing came, in whatever order things are given', () => {
    const codes = asked.map(({ code }) => code);
    const gifts = fc.array(fc.subarray(codes, { minLength: 1 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(gifts, (given) => {
        const one = new OneProcedure('irc-ordinary', opened);
        const there = new Set<string>();
        let since = '';
        for (const [i, some] of given.entries()) {
          const when = `2026-07-${String(7 + i).padStart(2, '0')} 10:00`;
          if (i === 0 || some.some((code) => required.includes(code) && !there.has(code))) since = at(when);
          for (const code of some) there.add(code);
          give(one, when, some);
        }
        expect(countedFrom(one, '2026-07-14 10:00')).toBe(since);
      }),
      { numRuns: 40, seed: 20261130 },
    );
  });
});
