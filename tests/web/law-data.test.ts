import { describe, expect, it } from 'vitest';
import { catalogueData } from '../../seeds/index.js';
import { differencesOf, sourcesOf } from '../../web/admin/law-data.js';

const seeded = catalogueData();

describe('the differences of two versions', () => {
  it('are told by the place, and by what names an element of a list', () => {
    const before = {
      days: 15,
      steps: [
        { code: 'a', name: 'A' },
        { code: 'b', name: 'B' },
      ],
      notes: null,
    };
    const after = {
      days: 12,
      steps: [
        { code: 'b', name: 'B' },
        { code: 'c', name: 'C' },
        { code: 'a', name: 'Á' },
      ],
    };
    expect(differencesOf(before, after)).toEqual([
      { keys: ['days'], place: 'days', before: 15, after: 12 },
      { keys: ['steps', 'a', 'name'], place: 'steps.a.name', before: 'A', after: 'Á' },
      { keys: ['steps', 'c'], place: 'steps.c', before: undefined, after: { code: 'c', name: 'C' } },
      { keys: ['notes'], place: 'notes', before: null, after: undefined },
    ]);
  });

  it('name a list as a whole where nothing names its elements, and an order that changed', () => {
    expect(differencesOf({ list: ['a', 'b'] }, { list: ['b', 'a'] })).toEqual([
      { keys: ['list'], place: 'list', before: ['a', 'b'], after: ['b', 'a'] },
    ]);
    const steps = [{ code: 'a' }, { code: 'b' }];
    expect(differencesOf({ steps }, { steps: steps.toReversed() })).toHaveLength(1);
  });

  it('are none between a version and itself', () => {
    for (const one of seeded.procedures) expect(differencesOf(one, structuredClone(one))).toEqual([]);
  });
});

describe('the sources of a definition', () => {
  it('are named with the place that rests on them and whether they were compared', () => {
    const [procedure] = seeded.procedures.filter(({ code }) => code === 'investment-policy-park');
    const sources = sourcesOf(procedure);
    expect(sources).toContainEqual({
      keys: ['budgetBasis'],
      place: 'budgetBasis',
      text: procedure?.budgetBasis,
      verified: procedure?.verified.statutoryBudget,
    });
    expect(sources).toContainEqual({
      keys: ['silence', 'legalBasis'],
      place: 'silence.legalBasis',
      text: procedure?.silence.legalBasis,
      verified: procedure?.verified.silence,
    });
    const [act] = procedure?.legalBasis ?? [];
    expect(sources.map(({ text }) => text)).toContain(`${act?.act}, ${act?.article}`);
  });

  it('leave out no clause of any seeded definition', () => {
    const clauses = (value: unknown): string[] =>
      typeof value !== 'object' || value === null
        ? []
        : Object.entries(value).flatMap(([key, one]) =>
            ['clause', 'legalBasis', 'basis'].includes(key) && typeof one === 'string' ? [one] : clauses(one),
          );
    for (const one of [...seeded.procedures, ...seeded.pathways, ...seeded.regimes]) {
      const told = new Set(sourcesOf(one).map(({ text }) => text));
      expect([one.code, clauses(one).filter((clause) => !told.has(clause))]).toEqual([one.code, []]);
    }
  });
});
