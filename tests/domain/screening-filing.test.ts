import { describe, expect, it } from 'vitest';
import { fields, Filing } from '../../domain/schemas/project.js';
import { exampleProjects } from '../../seeds/index.js';

const { cmc } = exampleProjects;
const project = (change: object) => ({ ...cmc, project: { ...cmc.project, ...change } });
const site = (change: object) => project({ site: { ...cmc.project.site, ...change } });
const capital = (change: object) => project({ capital: { ...cmc.project.capital, ...change } });
const investor = (change: object) => ({ ...cmc, investor: { ...cmc.investor, ...change } });
const accepts = (body: unknown) => Filing.safeParse(body).success;

describe('a filing', () => {
  it('is accepted as both example projects have it, and comes out unchanged', () => {
    for (const filing of Object.values(exampleProjects)) expect(Filing.parse(structuredClone(filing))).toEqual(filing);
  });

  it.each([
    ['an unknown field', { ...cmc, colour: 'green' }],
    ['an unknown field inside the project', project({ colour: 'green' })],
    ['an unknown zone', site({ zone: 'MARS' })],
    ['an unknown field of technology', project({ field: 'alchemy' })],
    ['an unknown kind', { ...cmc, kind: 'gold-lane' }],
    ['no investor', { ...cmc, investor: undefined }],
    ['money as a number', capital({ totalVnd: 6260000000000 })],
    ['negative money', capital({ totalVnd: '-1' })],
    ['no money', capital({ totalVnd: '0.00' })],
    ['money with an exponent', capital({ totalVnd: '1e12' })],
    ['absurd money', capital({ totalVnd: '10000000000000001' })],
    ['a share above the whole', capital({ foreignShare: 1.01 })],
    ['a share that is no number', capital({ foreignShare: Number.NaN })],
    ['a term of no year', project({ termYears: 0 })],
    ['a term of 71 years', project({ termYears: 71 })],
    ['half a year', project({ termYears: 1.5 })],
    ['an area of nothing', site({ areaM2: 0 })],
    ['a site without end', site({ areaM2: Number.POSITIVE_INFINITY })],
    ['negative experts', project({ foreignExperts: -1 })],
    ['a truth in quotes', project({ highTechListed: 'true' })],
    ['an empty name', project({ name: { vi: ' ', en: 'x' } })],
    ['a name in one language', project({ name: { vi: 'Một' } })],
    ['a name with a zero byte', project({ name: { vi: 'a\u0000b', en: 'x' } })],
    ['half a surrogate pair', project({ name: { vi: '\uD800', en: 'x' } })],
    ['an endless summary', project({ summary: { vi: 'a'.repeat(4001), en: 'x' } })],
    ['a country by its name', investor({ country: 'Netherlands' })],
    [
      'too many documents',
      {
        ...cmc,
        documents: Array.from({ length: 201 }, () => ({ procedure: 'land-lease', code: 'request', documentId: 'x' })),
      },
    ],
    ['a clause of Article 24 below one', project({ article24Clause: 0 })],
  ])('is refused with %s', (_what, body) => {
    expect(accepts(body)).toBe(false);
  });

  it('may leave out or leave open what the reports on a project don’t say', () => {
    expect(accepts(project({ classOneWorks: true, primeMinisterCase: null, article24Clause: 14 }))).toBe(true);
    expect(accepts(project({ keyProjectListed: null, environmentalGroup: null, staffAfterThreeYears: null }))).toBe(
      true,
    );
    expect(accepts(capital({ totalVnd: '10000000000000000', totalUsd: null }))).toBe(true);
  });

  it('keeps Vietnamese in one form of Unicode, whichever way it was typed', () => {
    const typed = Filing.parse(investor({ name: 'Công ty Cổ phần'.normalize('NFD') }));
    expect(typed.investor.name).toBe('Công ty Cổ phần'.normalize('NFC'));
  });

  it('names each field of technology once', () => {
    expect(new Set(fields).size).toBe(fields.length);
  });
});
