import { expect, it } from 'vitest';
import { type Quiet, waitedFor } from '../../db/register/rehearsal.js';

const nothing = {
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

it('time waits for no gap of those that have all to do, and for figures last', () => {
  expect(waitedFor(nothing)).toEqual(['projector']);
  expect(waitedFor({ ...nothing, projectorBehind: false })).toEqual([]);
  expect(waitedFor({ ...nothing, notifierBehind: true })).toEqual(['notifier']);
  expect(waitedFor({ ...nothing, dueAgenda: 1 })).toEqual(['agenda', 'status looks']);
  expect(waitedFor({ ...nothing, unsentMessages: 1, notifierBehind: true })).toEqual([
    'notifier',
    'mails',
    'short messages',
  ]);
});

it('while cases think, or somebody outside is asked, nobody is hurried: more may come', () => {
  const all = { ...nothing, notifierBehind: true, dueAgenda: 1, unsentMessages: 1 };
  expect(waitedFor({ ...all, thinking: ['case/LX-1'] })).toEqual([]);
  for (const one of ['pendingMessages', 'pendingCalls', 'pendingChanges'])
    expect(waitedFor({ ...all, [one]: 1 })).toEqual([]);
});
