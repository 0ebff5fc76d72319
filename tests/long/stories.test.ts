import { afterAll, beforeAll, expect, it } from 'vitest';
import { type OwnPlace } from '../../scripts/demo/place.js';
import { openTown } from '../e2e/support.js';
import { caseCounts, tellStory } from '../support/stories.js';

let place: OwnPlace;
beforeAll(async () => {
  place = await openTown();
});
afterAll(() => place.stop());

it('plays every story as often as one likes, in any order, on one installation, and each ends well', async () => {
  const first = await tellStory(place, 'demo');
  expect(first).toContain('baseline 13 ngày');
  await tellStory(place, 'demo');
  expect(await caseCounts(place)).toEqual({ approved: 6 });
  await tellStory(place, 'demo', 'sandbox');
  await tellStory(place, 'rehearsal', '--minutes', '0');
  await tellStory(place, 'demo');
  await tellStory(place, 'demo', 'sandbox');
  const counts = await caseCounts(place);
  expect(counts['refused'] ?? 0).toBe(0);
  expect(counts['withdrawn'] ?? 0).toBe(0);
});
