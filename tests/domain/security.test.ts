import { expect, it } from 'vitest';
import { isOutOfHours, securityKinds, securityName, severityOf } from '../../domain/people/security.js';
import { catalogue } from '../../seeds/index.js';
import { at } from '../support/memory-register.js';

it('every kind has a name in both languages and grows graver with how often it happens', () => {
  for (const kind of securityKinds) {
    const { vi, en } = securityName(kind);
    expect([kind, vi === en]).toEqual([kind, false]);
    const found = [1, 10, 100, 10_000].map((times) => severityOf(kind, times));
    const grave = ['notice', 'warning', 'alarm'];
    expect(found.map((one) => grave.indexOf(one))).toEqual(found.map((one) => grave.indexOf(one)).sort());
    expect(found.at(-1)).toBe('alarm');
  }
});

it.each([
  ['2026-07-06 09:00', false],
  ['2026-07-06 05:59', true],
  ['2026-07-06 06:00', false],
  ['2026-07-06 20:00', true],
  ['2026-07-05 10:00', true],
  ['2026-09-02 10:00', true],
  // No calendar reaches so far: the hour alone says.
  ['2190-07-06 10:00', false],
])('at %s nobody would be at work: %s', (time, out) => {
  expect(isOutOfHours(catalogue().calendar, at(time))).toBe(out);
});
