import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { en } from '../../web/words/en.js';
import { inWords } from '../../web/words/in-words.js';
import { vi } from '../../web/words/vi.js';

const web = join(import.meta.dirname, '../../web');
const sources = readdirSync(web, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !/^(words\/(vi|en)|api\/contract)\.ts$/.test(file))
  .map((file) => readFileSync(join(web, file), 'utf8'))
  .join('\n');

const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

it('says everything in both languages, with the same values in it', () => {
  expect(Object.keys(en).sort()).toEqual(Object.keys(vi).sort());
  for (const [word, text] of Object.entries(vi)) {
    const other = en[word as keyof typeof vi] ?? '';
    expect([word, text.trim(), other.trim()]).not.toContain('');
    expect([word, placeholders(other)]).toEqual([word, placeholders(text)]);
  }
});

it('leaves nothing untranslated', () => {
  // A name.
  const same = new Set(['brand']);
  const equal = Object.entries(vi).filter(([word, text]) => text === en[word as keyof typeof vi] && !same.has(word));
  expect(equal).toEqual([]);
});

it('keeps no word that no page says', () => {
  const unused = Object.keys(vi).filter((word) => !new RegExp(`['.]${word}\\b`).test(sources));
  expect(unused).toEqual([]);
});

it('writes numbers in sentences as the language does, and years as they are', () => {
  expect([inWords(8.5, 'vi'), inWords(8.5, 'en'), inWords(2027, 'vi'), inWords('8.5', 'vi')]).toEqual([
    '8,5',
    '8.5',
    '2027',
    '8.5',
  ]);
});
