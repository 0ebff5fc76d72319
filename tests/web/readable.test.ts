import { describe, expect, it } from 'vitest';
import { catalogueData } from '../../seeds/index.js';
import { isNode, namesIn, readableIn } from '../../web/admin/readable.js';
import { type Said, wordsOf } from '../../web/words/words.js';

const seeded = catalogueData();
const names = new Map<string, Said>();
for (const one of [...seeded.agencies, ...seeded.procedures]) names.set(one.code, one.name);
const definitions = [...seeded.procedures, ...seeded.pathways, ...seeded.regimes];

describe.each(['vi', 'en'] as const)('a definition as administrators read it: %s', (language) => {
  it('tells rules in sentences, without paths and operators', () => {
    const readable = readableIn(wordsOf(language), names);
    for (const pathway of seeded.pathways)
      for (const { requiredWhen } of pathway.procedures) {
        const text = readable.rule(requiredWhen);
        expect(text).not.toMatch(/\b(project|derived|investor)\.|\bnot-in\b|undefined|\[object/);
        expect(text.length).toBeGreaterThan(3);
      }
  });

  it('tells every part without a key of the data and without data itself', () => {
    for (const one of definitions) {
      const readable = readableIn(wordsOf(language), namesIn(one, new Map(names)));
      for (const [key, value] of Object.entries(one)) {
        expect(readable.placeName([key])).not.toBe(key === 'code' ? '' : key);
        expect(readable.text([key], value)).not.toMatch(/[{}]|\[object|undefined|"vi"/);
        if (isNode(value) && key !== 'verified')
          expect(readable.text([key], value)).not.toMatch(/\bcalendar-day\b|\bworking-day\b/);
      }
    }
  });
});
