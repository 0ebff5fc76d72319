import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { Budgets, largest } from '../../bench/budgets.js';

it('a budget says whether it holds, and only where it does not, what was measured of it and where its floor stands', () => {
  const budgets = new Budgets();
  const floors = ' (docs/performance.md, «What does not hold, and where the cost is»)';
  expect(readFileSync('docs/performance.md', 'utf8')).toContain('\n## What does not hold, and where the cost is\n');
  const unasked = (): string => expect.fail('nobody asks why it holds');
  budgets.atMost('commits', 4.9994, 5, unasked);
  budgets.atLeast('ratio', 0.4, 0.4, unasked);
  budgets.atMost('rows', 87.45, 33, () => `by table: ${largest({ notice: 4.126, scope: 19.24, task: 0.2 }, 2)}`);
  budgets.atLeast('tasks', 12, 30, () => 'two cores');
  expect(budgets.all).toEqual([
    { name: 'commits', measured: 5, budget: 5, holds: true },
    { name: 'ratio', measured: 0.4, budget: 0.4, holds: true },
    { name: 'rows', measured: 87.5, budget: 33, holds: false, reason: `by table: scope 19.2, notice 4.13${floors}` },
    { name: 'tasks', measured: 12, budget: 30, holds: false, reason: `two cores${floors}` },
  ]);
});
