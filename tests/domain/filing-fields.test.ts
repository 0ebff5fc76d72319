import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  boardOf,
  clausesNaming,
  filingFields,
  filingValues,
  landWords,
  zoneWords,
} from '../../domain/law/filing-fields.js';
import { describeField, type FieldPath, filingWords } from '../../domain/law/filing-words.js';
import { Filing } from '../../domain/schemas/project.js';
import { catalogue } from '../../seeds/index.js';

interface Schema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly string[];
  readonly const?: string;
}
interface Leaf {
  readonly path: string;
  readonly schema: Schema;
  readonly optional: boolean;
}

/** Every single answer of the contract: what is no object and no list. */
function* leavesOf(schema: Schema, path = '', optional = false): Generator<Leaf> {
  const parts = (schema.anyOf ?? [schema]).filter(({ type }) => type !== 'null');
  const inner = parts.find(({ properties, items }) => properties ?? items);
  if (inner?.properties) {
    const left = optional || parts.length < (schema.anyOf?.length ?? 1);
    for (const [name, one] of Object.entries(inner.properties))
      yield* leavesOf(one, path === '' ? name : `${path}.${name}`, left || !inner.required?.includes(name));
  } else if (inner?.items) yield* leavesOf(inner.items, `${path}[]`, optional);
  else yield { path, schema, optional };
}
const contract = z.toJSONSchema(Filing, { io: 'input' }) as { $defs: Readonly<Record<string, Schema>> };
const leaves = [...leavesOf(contract.$defs['GreenLaneFiling'] ?? {})];
const takesNull = ({ type, anyOf = [] }: Schema): boolean => [type].flat().includes('null') || anyOf.some(takesNull);
const codesOf = (schema: Schema): readonly string[] | undefined =>
  schema.enum ??
  (schema.const === undefined ? undefined : [schema.const]) ??
  (schema.anyOf ?? []).map(codesOf).find((one) => one !== undefined);

const words = Object.entries(filingWords);
const letters = /[À-ỹ]/;

describe('what a filing asks', () => {
  it('is told of every answer, and of nothing else', () => {
    expect(leaves.length).toBeGreaterThan(40);
    expect(Object.keys(filingFields).sort()).toEqual(leaves.map(({ path }) => path).sort());
  });

  it('stands in the contract with meaning, «I don’t know» and where to look, in both languages', () => {
    for (const { path, schema } of leaves) {
      expect(schema.description, path).toBe(describeField(path as FieldPath));
      const { meaning, where } = filingWords[path as FieldPath];
      for (const one of [meaning, where]) expect(schema.description).toContain(one.vi);
      for (const one of [meaning, where]) expect(schema.description).toContain(one.en);
    }
  });

  it('says what «I don’t know» does exactly where that may be answered', () => {
    for (const { path, schema, optional } of leaves)
      expect([path, filingWords[path as FieldPath].unknown !== null]).toEqual([path, optional || takesNull(schema)]);
  });

  it('is said in two languages that differ, and of no two answers in the same words', () => {
    for (const [path, { name, meaning, unknown, where }] of words) {
      for (const one of [name, meaning, where, ...(unknown ? [unknown] : [])]) {
        expect(one.vi, path).not.toBe(one.en);
        expect(one.vi, path).toMatch(letters);
        expect(one.en, path).not.toMatch(letters);
      }
    }
    for (const one of ['name', 'meaning'] as const)
      for (const language of ['vi', 'en'] as const)
        expect(new Set(words.map(([, said]) => said[one][language])).size).toBe(words.length);
  });

  it('names every code that an answer may be', () => {
    const named = Object.fromEntries(
      Object.entries(filingValues).map(([path, values]) => [path, Object.keys(values).sort()]),
    );
    const asked = leaves.flatMap(({ path, schema }) => {
      const codes = codesOf(schema);
      return codes ? [[path, [...codes].sort()]] : [];
    });
    expect(named).toEqual(Object.fromEntries(asked));
    for (const values of Object.values(filingValues))
      for (const { vi, en } of Object.values(values)) expect(vi).not.toBe(en);
  });
});

describe('a zone or a kind of land', () => {
  it('is explained in two languages', () => {
    for (const { name, meaning } of [...Object.values(zoneWords), ...Object.values(landWords)]) {
      expect(name.vi).not.toBe(name.en);
      expect(meaning.vi).not.toBe(meaning.en);
    }
  });

  it('has the board and the clauses that the catalogue gives it, and no others', () => {
    expect(boardOf(catalogue(), 'SHTP')).toBe('shtp-board');
    expect(boardOf(catalogue(), 'HEPZA')).toBe('hepza');
    expect(boardOf(catalogue(), 'none')).toBe(null);
    const named = (attr: string, value: string) => clausesNaming(catalogue(), attr, value);
    expect(named('project.site.zone', 'FTZ').map(({ clause }) => clause)).toContain(
      'Law 143/2025/QH15 Art. 28.1; Decree 96/2026/NĐ-CP Art. 46.1, 47.4, 47.5a',
    );
    expect(named('project.site.land', 'state-land')).toContainEqual({
      clause: 'Decree 96/2026/NĐ-CP Art. 35.2',
      verified: true,
    });
    expect(named('project.site.land', 'own-land')).toEqual([]);
  });
});
