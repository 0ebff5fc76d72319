import { expect, it } from 'vitest';
import { limitValue } from '../../../domain/law/limit-words.js';
import { catalogueData } from '../../../seeds/index.js';

it('every value that a regime lists for a limit has words in both languages, or is hours', () => {
  const values = catalogueData().regimes.flatMap(({ limits }) => limits.flatMap(({ values: listed = [] }) => listed));
  expect(values).toContain('approved-area');
  for (const value of values) {
    if (/^\d\d:\d\d-\d\d:\d\d$/.test(String(value))) continue;
    for (const language of ['vi', 'en'] as const)
      expect
        .soft(
          limitValue(value, (text) => `«${text[language]}»`),
          String(value),
        )
        .toMatch(/^«.+»$/);
  }
});
