import { describe, expect, it } from 'vitest';
import type { Completion } from '../../../domain/case/task/commands.js';
import { answerKinds, outcomesOf, taskKinds } from '../../../domain/case/task-table.js';
import { outcomeOf } from '../../../domain/case/task/outcomes.js';
import { refusalOf } from '../../support/memory-register.js';

const rows = answerKinds.flatMap((kind) =>
  Object.entries(outcomesOf(kind)).map(([code, row]) => ({ kind, code, row })),
);

describe('the table of outcomes', () => {
  it('knows every kind of task', () => {
    expect(answerKinds).toEqual(expect.arrayContaining([...taskKinds, 'signature', 'declaration']));
    expect(answerKinds).toHaveLength(taskKinds.length + 2);
  });

  it.each(rows)('$kind / $code has a name and an effect in both languages, each its own', ({ row }) => {
    for (const { vi, en } of [row.name, row.does]) {
      expect(vi.length).toBeGreaterThan(1);
      expect(en.length).toBeGreaterThan(1);
      expect(vi).not.toBe(en);
    }
  });

  it('names everything that is missing at once', () => {
    const refused = (completion: Completion) => {
      try {
        return outcomeOf('opinion', completion);
      } catch (error) {
        return (error as { details?: unknown }).details;
      }
    };
    expect(refused({ outcome: 'object' })).toEqual({
      field: 'reason',
      missing: true,
      fields: ['reason', 'legalBasis'],
    });
    expect(refused({ outcome: 'object', reason: ' ', legalBasis: 'Luật Quy hoạch' })).toEqual({
      field: 'reason',
      missing: true,
    });
    expect(refused({ outcome: 'object', reason: 'trùng quy hoạch', legalBasis: 'Luật Quy hoạch' })).toBe('object');
    expect(refused({ outcome: 'receive' })).toMatchObject({ field: 'outcome' });
  });

  it('accepts nothing that the law of the procedure does not leave open', () => {
    expect(refusalOf(() => outcomeOf('lapse', { outcome: 'continue', reason: 'x' }, ['stop']))).toBe(
      'VALIDATION_FAILED',
    );
  });
});
