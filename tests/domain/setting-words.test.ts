import { expect, it } from 'vitest';
import { z } from 'zod';
import { settingParts } from '../../domain/law/city-data.js';
import { settingValue, settingWord } from '../../domain/law/setting-words.js';
import { SandboxSettings } from '../../domain/schemas/regime.js';
import { Settings } from '../../domain/schemas/settings.js';

interface Node {
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
  readonly additionalProperties?: Node | boolean;
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
  readonly enum?: readonly string[];
  readonly const?: unknown;
}

const places: string[][] = [];
const values: string[] = [];
function walk(node: Node, place: readonly string[]): void {
  values.push(...(node.enum ?? []), ...(typeof node.const === 'string' ? [node.const] : []));
  for (const [key, part] of Object.entries(node.properties ?? {})) {
    places.push([...place, key]);
    walk(part, [...place, key]);
  }
  if (typeof node.additionalProperties === 'object') {
    places.push([...place, 'key']);
    walk(node.additionalProperties, place);
  }
  for (const part of [node.items, ...(node.anyOf ?? []), ...(node.oneOf ?? [])]) if (part) walk(part, place);
}
for (const part of settingParts) {
  const schema = part === 'sandbox' ? SandboxSettings.omit({ regimes: true }) : Settings.shape[part];
  walk(z.toJSONSchema(schema, { io: 'input', reused: 'inline' }) as Node, [part]);
}

it('names every place of the settings in both languages, so that their forms show no keys', () => {
  const unnamed = places.filter((place) => settingWord(place).name.vi === place.at(-1));
  expect(unnamed).toEqual([]);
  expect(places.length).toBeGreaterThan(100);
});

it('names every value that is chosen', () => {
  expect([...new Set(values)].filter((value) => settingValue(value) === undefined)).toEqual([]);
});

it('takes the longest end of a place that has a name of its own', () => {
  expect(settingWord(['registers', 'freshDays', 'key']).name.en).toBe('Register');
  expect(settingWord(['fees', 'key']).name.en).toBe('Procedure');
  expect(settingWord(['ladders', 'procedure', 'workingDays']).unit?.en).toBe('working days');
});
