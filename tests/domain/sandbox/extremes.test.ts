import { expect, it } from 'vitest';
import { extremesOf } from '../../../domain/case/trial/extremes.js';

const at = '2026-07-06T02:00:00.000Z';

it('a batch says of each limit how often it was measured, the least and the most', () => {
  const readings = [3, -1, 7].map((value) => ({ limit: 'speed', at, value }));
  expect(
    extremesOf([...readings, { limit: 'area', at, value: '10.8,106.7' }, { limit: 'on', at, value: true }]),
  ).toEqual([
    { limit: 'speed', count: 3, least: -1, most: 7 },
    { limit: 'area', count: 1, least: null, most: null },
    { limit: 'on', count: 1, least: null, most: null },
  ]);
  expect(extremesOf([])).toEqual([]);
});
