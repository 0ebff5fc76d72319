import { describe, expect, it } from 'vitest';
import { citationOf } from '../../forms/citation.js';
import { catalogueData } from '../../seeds/index.js';

const { procedures } = catalogueData();

describe('a legal basis as it is printed', () => {
  it('cites act and article in both languages', () => {
    expect(citationOf('Decree 96/2026/NĐ-CP', 'Art. 36, 39.3, 40')).toEqual({
      vi: 'Nghị định số 96/2026/NĐ-CP Điều 36, 39.3, 40',
      en: 'Decree 96/2026/NĐ-CP Art. 36, 39.3, 40',
    });
  });

  it.each([
    ['Law 31/2024/QH15', 'Art. 124, 204, 228 (not read)', 'Luật số 31/2024/QH15 Điều 124, 204, 228'],
    ['Decree 219/2025/NĐ-CP', 'article not read', 'Nghị định số 219/2025/NĐ-CP'],
    ['Decree 96/2026/NĐ-CP Art. 6.1d, e: one notice per dossier', '', 'Nghị định số 96/2026/NĐ-CP Điều 6.1d, e'],
    ['Decree 05/2025 Art. 1.11 as reported: 12 months', '', 'Nghị định số 05/2025 Điều 1.11'],
  ])('leaves out what is our remark: %s %s', (act, article, vi) => {
    expect(citationOf(act, article)?.vi).toBe(vi);
  });

  it('cites nothing where the words name no act', () => {
    expect(citationOf('general one-stop rules (Decree 118/2025, text not read)')).toBeUndefined();
  });

  it('leaves no English in the Vietnamese of any seeded basis, and no remark in either language', () => {
    const cited = procedures.flatMap(({ legalBasis, clockPolicy }) => [
      ...legalBasis.flatMap(({ act, article }) => citationOf(act, article) ?? []),
      ...clockPolicy.suspensionGrounds.flatMap(({ legalBasis: basis }) => citationOf(basis) ?? []),
    ]);
    expect(cited.length).toBeGreaterThan(40);
    const english = /\b(law|decrees?|resolution|circulars?|decision|art|app|and|as|on|the|not|read|amended|of)\b/i;
    expect(cited.map(({ vi }) => vi).filter((text) => english.test(text))).toEqual([]);
    expect(cited.map(({ en }) => en).filter((text) => /read|report|summary|copy|found/i.test(text))).toEqual([]);
  });
});
