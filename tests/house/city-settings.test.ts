import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { settingParts } from '../../domain/law/city-data.js';
import { Settings } from '../../domain/schemas/settings.js';

/** What is said of a setting and no more: where it comes from, and whether anybody has compared it. */
const remarks = ['basis', 'verified', 'source', 'name'];

it('every setting of the City can be published, in its part or as a list of its own', () => {
  expect(
    Object.keys(Settings.shape)
      .filter((part) => part !== 'lists')
      .sort(),
  ).toEqual([...settingParts].sort());
});

it('every setting of the City is read by something that acts on it', () => {
  const text = ['domain', 'api', 'db', 'engine', 'forms', 'worker', 'workflows']
    .flatMap((folder) => sourcesIn(path.join(import.meta.dirname, '../..', folder)))
    // Where they are described or named nobody acts on them.
    .filter((file) => !file.includes(path.join('domain', 'schemas')) && !file.endsWith('setting-words.ts'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  const idle = [...pathsIn(Settings, '')].filter((at) => {
    const name = at.slice(at.lastIndexOf('.') + 1);
    return !remarks.includes(name) && !new RegExp(String.raw`\b${name}\b`).test(text);
  });
  expect(idle).toEqual([]);
});

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => path.join(folder, name));
}

/** `a.b.c` of every named place; entries of lists and records are what they hold. */
function* pathsIn(schema: z.core.$ZodType, at: string): Generator<string> {
  if (schema instanceof z.ZodObject) {
    for (const [name, one] of Object.entries(schema.shape as Record<string, z.ZodType>)) {
      yield at === '' ? name : `${at}.${name}`;
      yield* pathsIn(one, at === '' ? name : `${at}.${name}`);
    }
  } else if (schema instanceof z.ZodArray) yield* pathsIn(schema.element, at);
  else if (schema instanceof z.ZodRecord) yield* pathsIn(schema.valueType, at);
  else if (schema instanceof z.ZodUnion) for (const one of schema.options) yield* pathsIn(one, at);
  else if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodExactOptional)
    yield* pathsIn(schema.unwrap(), at);
}
