import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Ladder } from '../../domain/schemas/clock.js';
import { Settings } from '../../domain/schemas/settings.js';
import { blankOf, choicesOf, kindsOf, ofKind, type Schema, typedAs, withoutNull } from '../../web/admin/json-schema.js';

const schemaOf = (type: z.ZodType): Schema =>
  z.toJSONSchema(type, { io: 'input', reused: 'inline' }) as unknown as Schema;

describe('a form that is made from a schema', () => {
  it('begins a new one with all that has to be there, and nothing that may be left out', () => {
    expect(blankOf(schemaOf(Settings.shape.delegation))).toEqual({ longestDays: '', basis: '', verified: false });
    const blank = blankOf(schemaOf(Settings.shape.taskDays)) as Record<string, unknown>;
    expect(blank['intake']).toEqual({ amount: '', unit: 'working-day' });
    expect('fact' in blank).toBe(false);
  });

  it('tells a value that may be nothing from one that may not', () => {
    expect(withoutNull(schemaOf(Settings.shape.promulgation)).nullable).toBe(true);
    expect(withoutNull(schemaOf(z.string().nullable()))).toMatchObject({ nullable: true, schema: { type: 'string' } });
    expect(withoutNull(schemaOf(z.string())).nullable).toBe(false);
  });

  it('keeps what two kinds share when one is made into the other', () => {
    const kinds = kindsOf(schemaOf(Ladder).items ?? {});
    expect([...kinds.keys()]).toEqual(['share', 'before-due', 'after-due', 'missed']);
    const share = { code: 'half', kind: 'share', share: 50, tells: ['holder'] };
    const after = kinds.get('after-due') ?? {};
    expect(ofKind(share, 'after-due', after)).toEqual({
      code: 'half',
      tells: ['holder'],
      kind: 'after-due',
      workingDays: '',
    });
  });

  it('reads numbers with comma or point, and leaves to the API what is none', () => {
    const number = schemaOf(z.number());
    expect([typedAs(number, '0,9'), typedAs(number, ' 12 '), typedAs(number, 'x'), typedAs(number, '')]).toEqual([
      0.9,
      12,
      'x',
      '',
    ]);
    expect(typedAs(schemaOf(z.string()), 'E\u0302')).toBe('Ê');
  });

  it('offers what a code may be', () => {
    expect(choicesOf(schemaOf(z.union([z.literal(3), z.literal(6)])))).toEqual([3, 6]);
    expect(choicesOf(schemaOf(z.enum(['a', 'b'])))).toEqual(['a', 'b']);
    expect(choicesOf(schemaOf(z.string()))).toBeUndefined();
  });
});
