import { expect, it } from 'vitest';
import { jsonFault } from '../../web/admin/json-text.js';
import { catalogueData } from '../../seeds/index.js';

it('finds nothing wrong with what is JSON', () => {
  const { pathways, regimes, procedures } = catalogueData();
  for (const one of [...pathways, ...regimes, ...procedures, [], {}, 'chữ "và" \\ dấu', -1.5e-3, null, true])
    expect(jsonFault(JSON.stringify(one, null, 2))).toBeUndefined();
});

it.each([
  ['a comma too many', '{\n  "a": 1,\n}', { line: 3, column: 1 }],
  ['a comma too few', '{\n  "a": 1\n  "b": 2\n}', { line: 3, column: 3 }],
  ['a bracket that is not closed', '{\n  "a": [1, 2\n}', { line: 3, column: 1 }],
  ['a text that is not closed', '{\n  "a": "không hết\n}', { line: 2, column: 8 }],
  ['typographic quotes', '{\n  “a”: 1\n}', { line: 2, column: 3 }],
  ['a word that is none', '{"a": yes}', { line: 1, column: 7 }],
  ['something after the end', '{}\n\n;', { line: 3, column: 1 }],
  ['nothing at all', '', { line: 1, column: 1 }],
  ['a beginning', '{"code": ', { line: 1, column: 10 }],
])('names line and column of %s', (_what, text, place) => {
  expect(() => JSON.parse(text) as unknown).toThrow();
  expect(jsonFault(text)).toMatchObject(place);
});

it('agrees with the language about any text that was damaged', () => {
  const whole = JSON.stringify(catalogueData().pathways[0], null, 1).slice(0, 1500);
  const isJson = (text: string): boolean => {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  };
  for (let at = 0; at < whole.length; at += 7)
    for (const damaged of [
      whole.slice(0, at),
      `${whole.slice(0, at)}${whole.slice(at + 1)}`,
      `[${whole.slice(at, at + 40)}]`,
    ])
      expect([damaged, jsonFault(damaged) === undefined]).toEqual([damaged, isJson(damaged)]);
});
