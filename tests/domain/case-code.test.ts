import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { caseCode, dossierCode, isCaseCode } from '../../domain/case/case/code.js';
import { createLaw } from '../../domain/law/law.js';
import { buildCatalogue } from '../../domain/law/catalogue.js';
import { Agency } from '../../domain/schemas/agency.js';
import { addDays, plainDate } from '../../domain/time/instants.js';
import { catalogue, catalogueData } from '../../seeds/index.js';

const seed = 20260706;
const anyCode = fc
  .record({
    day: fc.nat(3650),
    serial: fc.oneof(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 10_000, max: 999_999 })),
  })
  .map(({ day, serial }) => caseCode(addDays(plainDate('2026-01-01'), day), serial));

describe('a case code', () => {
  it('shows day and serial, and carries a check letter', () => {
    expect(caseCode(plainDate('2026-07-06'), 42)).toMatch(/^LX-260706-0042[A-Z]$/);
    expect(isCaseCode(caseCode(plainDate('2026-07-06'), 42))).toBe(true);
    expect(isCaseCode('LX-260706-0042')).toBe(false);
  });

  it('betrays any single changed character', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-. ';
    fc.assert(
      fc.property(anyCode, fc.nat(), fc.constantFrom(...alphabet), (code, where, other) => {
        const i = where % code.length;
        fc.pre(code[i] !== other);
        expect(isCaseCode(code.slice(0, i) + other + code.slice(i + 1))).toBe(false);
      }),
      { seed, numRuns: 5000 },
    );
  });

  it('betrays any two swapped neighbours', () => {
    fc.assert(
      fc.property(anyCode, fc.nat(), (code, where) => {
        const i = where % (code.length - 1);
        fc.pre(code[i] !== code[i + 1]);
        expect(isCaseCode(code.slice(0, i) + code.charAt(i + 1) + code.charAt(i) + code.slice(i + 2))).toBe(false);
      }),
      { seed, numRuns: 5000 },
    );
  });
});

describe('a dossier code', () => {
  it('has the identifier of the City, the day and the serial', () => {
    expect(dossierCode(plainDate('2026-11-23'), 42)).toBe('H29-261123-0042');
  });

  it('begins with the identifier of the receiving body, where it has one of its own', () => {
    expect(dossierCode(plainDate('2026-11-23'), 1, 'H29.15')).toBe('H29.15-261123-0001');
    expect(createLaw(catalogue()).dossierIdentifier).toBe('H29');
    const agencies = catalogueData().agencies.map((agency) =>
      agency.roles.includes('receiving') ? { ...agency, identifierCode: 'H29.15' } : agency,
    );
    expect(createLaw(buildCatalogue({ ...catalogueData(), agencies })).dossierIdentifier).toBe('H29.15');
  });

  it.each(['H29.', 'h29.15', 'H29.15-1', '29.15', 'Z29'])('never with what is no identifier: %s', (identifierCode) => {
    const [agency] = catalogueData().agencies;
    expect(Agency.safeParse({ ...agency, identifierCode }).success).toBe(false);
  });
});
