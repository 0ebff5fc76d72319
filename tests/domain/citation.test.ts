import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { predicatesOf } from '../../domain/lane/predicates.js';
import { type ProjectFacts } from '../../domain/law/rules.js';
import { citationIn } from '../../domain/law/citation.js';

const cited = /^(clause|basis|budgetBasis|legalBasis|extensionBasis)$/;

/** Everything in the data that is shown as a citation. */
function citationsIn(value: unknown, key = ''): string[] {
  if (typeof value === 'string') return cited.test(key) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((one) => citationsIn(one, key));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) => citationsIn(one, name));
}
const seeded = ['procedures', 'pathways', 'regimes'].flatMap((file) =>
  citationsIn(JSON.parse(readFileSync(join(import.meta.dirname, `../../seeds/data/${file}.json`), 'utf8'))),
);
const ofLane = predicatesOf({} as ProjectFacts).map(({ clause }) => clause);

// What no Vietnamese citation says.
const english =
  /\b(the|of|and|not|read|for|what|says|with|within|days?|press|Art|Article|Decree|Law|Resolution|Decision|Circular|one|each|its|as|default|ours|is|was|by|in|on|or|plan|form)\b/i;

it('says every citation of the catalogue and of the lane in Vietnamese to whoever reads Vietnamese', () => {
  const all = new Set([...seeded, ...ofLane]);
  expect(all.size).toBeGreaterThan(150);
  const left = [...all].map((one) => citationIn(one, 'vi')).filter((one) => english.test(one));
  expect(left).toEqual([]);
});

it('keeps numbers and what is no word of citations, and English as it was written', () => {
  expect(citationIn('Decree 96/2026/NĐ-CP, Art. 32, 35.2', 'vi')).toBe('Nghị định 96/2026/NĐ-CP, Điều 32, 35.2');
  expect(citationIn('Resolution 260/2025/QH15 (article not read)', 'vi')).toBe(
    'Nghị quyết 260/2025/QH15 (chưa đọc đến điều khoản)',
  );
  expect(citationIn('Điều 5, Quyết định 1/QĐ-UBND', 'vi')).toBe('Điều 5, Quyết định 1/QĐ-UBND');
  for (const one of [...seeded, ...ofLane]) {
    expect(citationIn(one, 'en')).toBe(one);
    const numbers = (text: string) => (text.match(/\d+\/\d{4}/g) ?? []).filter((number) => !/^\d\d\/20/.test(number));
    expect(numbers(citationIn(one, 'vi'))).toEqual(numbers(one));
  }
});
