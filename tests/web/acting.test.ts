import { describe, expect, it } from 'vitest';
import { partyActGroups, partyActs, powerCovers } from '../../domain/people/party-acts.js';
import { coveredBy, type HeldPower, limitedTo, mayFileFor } from '../../web/investor/acting.js';
import { type AskedOfInvestor, type Me } from '../../web/api/contract.js';

const power = (given: Partial<HeldPower>): HeldPower => ({
  grantor: 'a',
  grantorName: 'A',
  grantorOrganisation: null,
  acts: ['openCase'],
  procedures: null,
  from: '2026-01-01',
  to: '2026-12-31',
  memberAs: null,
  ...given,
});
const me = (...powersOfAttorney: HeldPower[]) => ({ powersOfAttorney }) as unknown as Me;
const payment = { kind: 'payment', procedure: 'irc', step: 's', amountVnd: '1', requestedAt: '' } as AskedOfInvestor;

describe('what a power of attorney covers', () => {
  it('offers every act once', () => {
    const offered = partyActGroups.flatMap(({ acts }) => acts.map(({ act }) => act));
    expect([...offered].sort()).toEqual([...partyActs].sort());
  });

  it('limited to procedures covers nothing of the case as a whole', () => {
    const limited = power({ acts: ['fileDossier'], procedures: ['irc'] });
    const covered = ['irc', 'any', 'other', null].map((procedure) => powerCovers(limited, 'fileDossier', procedure));
    expect(covered).toEqual([true, true, false, false]);
    expect(powerCovers(limited, 'meetGate', 'irc')).toBe(false);
  });

  it('answers what is asked only where its act is covered; an investor always', () => {
    expect(coveredBy(undefined, payment).covered).toBe(true);
    expect(coveredBy([power({ acts: ['recordPayment'], procedures: ['irc'] })], payment).covered).toBe(true);
    expect(coveredBy([power({ acts: ['recordPayment'], procedures: ['x'] })], payment).covered).toBe(false);
    expect(coveredBy([power({})], payment)).toEqual({ act: 'recordPayment', covered: false });
  });

  it('says for whom one files, each once, and to what one is limited', () => {
    const some = power({ grantor: 'b', procedures: ['irc'] });
    expect(mayFileFor(me(power({}), power({}), some)).map(({ grantor }) => grantor)).toEqual(['a']);
    expect(limitedTo([some, power({})])).toBeNull();
    expect(limitedTo([some, power({ procedures: ['irc', 'land'] })])).toEqual(['irc', 'land']);
  });
});
