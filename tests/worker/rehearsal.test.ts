import { expect, it } from 'vitest';
import { isOnlyBehind, type Quiet } from '../../db/register/rehearsal.js';

it('hurries for figures alone, and only where nothing else moves', () => {
  const behind = {
    quiet: false,
    thinking: [],
    pendingMessages: 0,
    pendingCalls: 0,
    dueAgenda: 0,
    pendingChanges: 0,
    unsentMessages: 0,
    projectorBehind: true,
    notifierBehind: false,
  } as const satisfies Quiet;
  expect(isOnlyBehind(behind)).toBe(true);
  expect(isOnlyBehind({ ...behind, projectorBehind: false })).toBe(false);
  expect(isOnlyBehind({ ...behind, notifierBehind: true })).toBe(false);
  expect(isOnlyBehind({ ...behind, thinking: ['case/LX-1'] })).toBe(false);
  for (const one of ['pendingMessages', 'pendingCalls', 'dueAgenda', 'pendingChanges', 'unsentMessages'])
    expect(isOnlyBehind({ ...behind, [one]: 1 })).toBe(false);
});
