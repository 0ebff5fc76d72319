import { expect, it } from 'vitest';
import { z } from 'zod';
import { definitionValue, definitionWord, derivedWord } from '../../domain/law/definition-words.js';
import { Agency } from '../../domain/schemas/agency.js';
import { PathwayDefinition } from '../../domain/schemas/pathway.js';
import { ProcedureDefinition } from '../../domain/schemas/procedure.js';
import { Regime } from '../../domain/schemas/regime.js';
import { catalogueData } from '../../seeds/index.js';

interface Node {
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
  readonly additionalProperties?: Node | boolean;
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly $ref?: string;
}

const places: string[][] = [];
const values: (readonly [readonly string[], string])[] = [];
function walk(node: Node, place: readonly string[]): void {
  // A rule is told in a sentence of its own.
  if (node.$ref !== undefined) return;
  for (const value of [...(node.enum ?? []), node.const]) if (typeof value === 'string') values.push([place, value]);
  for (const [key, part] of Object.entries(node.properties ?? {})) {
    places.push([...place, key]);
    walk(part, [...place, key]);
  }
  for (const part of [node.items, ...(node.anyOf ?? []), ...(node.oneOf ?? [])]) if (part) walk(part, place);
  if (typeof node.additionalProperties === 'object') walk(node.additionalProperties, place);
}
for (const schema of [ProcedureDefinition, PathwayDefinition, Regime, Agency])
  walk(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Node, []);

it('names every place of a definition, so that administrators read no keys', () => {
  // Of rungs and rules the words are those of the settings and of sentences.
  const elsewhere = (place: readonly string[]) => place.includes('ladder');
  const unnamed = places.filter((place) => !elsewhere(place) && definitionWord(place) === undefined);
  expect([...new Set(unnamed.map((place) => place.join('.')))]).toEqual([]);
  expect(places.length).toBeGreaterThan(200);
});

it('names every value that a definition chooses among', () => {
  const unnamed = values.filter(
    ([place, value]) => !place.includes('ladder') && definitionValue(place, value) === undefined,
  );
  expect([...new Set(unnamed.map(([place, value]) => `${place.join('.')} = ${value}`))]).toEqual([]);
});

it('names every fact that rules derive', () => {
  for (const { attr } of catalogueData().rules.derived)
    expect([attr, derivedWord(attr)]).not.toEqual([attr, undefined]);
});
