import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { definitionOf, measureList, measures, type MeasureCode } from '../../../domain/measures/catalogue.js';
import { measuresPage } from '../../support/measures-page.js';

it('says each figure in both languages, each in its own', () => {
  for (const { name, definition, population } of measureList) {
    for (const { vi, en } of [name, definition, population]) {
      expect(vi.trim()).not.toBe('');
      expect(en.trim()).not.toBe('');
      expect(en).not.toBe(vi);
    }
  }
  for (const code of Object.keys(measures) as MeasureCode[])
    expect(definitionOf(code).en).toContain(measures[code].definition.en);
});

it('is what the documentation says', () => {
  const squeezed = (text: string) =>
    text
      .replaceAll(/[*_\\]/g, '')
      .replaceAll(/\s+/g, ' ')
      .trim();
  expect(squeezed(readFileSync('docs/measures.md', 'utf8'))).toBe(squeezed(measuresPage()));
});
