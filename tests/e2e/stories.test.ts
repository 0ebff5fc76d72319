import { afterAll, beforeAll, expect, it } from 'vitest';
import { type OwnPlace } from '../../scripts/demo/place.js';
import { caseCounts, tellStory } from '../support/stories.js';
import { openTown } from './support.js';

// Where the sandbox leaves the clock: past the last October of the published calendar. tests/long/stories.test.ts plays all of them in order.
let place: OwnPlace;
beforeAll(async () => {
  place = await openTown({ REHEARSAL_START: '2027-11-08T09:00:00+07:00' });
});
afterAll(() => place.stop());

it(
  'files the same projects again and again, at the end of the calendar, and ends well',
  { timeout: 480_000 },
  async () => {
    const said = await tellStory(place, 'rehearsal', '--months', '1', '--minutes', '0', '--filings', '2');
    expect(said).toContain('publishes the calendar of 2028');
    expect(await tellStory(place, 'demo')).toContain('BESI-2');
    const counts = await caseCounts(place);
    expect(counts['approved']).toBeGreaterThanOrEqual(3);
    expect(counts['withdrawn'] ?? 0).toBe(0);
  },
);

it('proves what happened in a case, finds tampering and puts everything back', { timeout: 120_000 }, async () => {
  const said = await tellStory(place, 'demo', 'trust');
  expect(said.match(/→ LX-/g)).toHaveLength(5);
  expect(said).not.toContain('NOT found');
  expect(said).toContain('put back as it was: nguyên vẹn · intact');
  expect(said).toContain('hcmc-committee, leader');
});
