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

/** What the demonstration shows of each thing that it tells of. */
const scenes = [
  /gives evidence «needs-priority»/,
  /«high-tech» .*unknown → yes \(E1 high-tech-certificate\)/,
  /the land register has it otherwise than the filing/,
  /fact → keep: F2/,
  /asks for a supplement .*the clock is suspended/,
  /assessment → done: .*drafted, each sentence with its source/,
  /decision → approve: .*with content: \d+ mục/,
  /files the adjustment of its project/,
  /is away .* stands in/,
  /a new calendar is proposed and confirmed/,
  /statement → by-link/,
  /the conference settles what contradicts/,
  /Giấy · paper: %PDF-1\.7, \d+ KB/,
];

it(
  'files the same projects again and again, at the end of the calendar, and ends well',
  { timeout: 480_000 },
  async () => {
    const said = await tellStory(place, 'rehearsal', '--months', '1', '--minutes', '0', '--filings', '2');
    expect(said).toContain('the calendar of 2028 is proposed and confirmed');
    const demonstrated = await tellStory(place, 'demo');
    for (const scene of scenes) expect(demonstrated).toMatch(scene);
    // What is printed as a figure is what its own numbers make.
    const sums = [...demonstrated.matchAll(/(?:whole|City): 1 - (\d+)\/(\d+) = (-?[\d.]+) %/g)];
    expect(sums.length).toBeGreaterThanOrEqual(4);
    for (const [sum, lost, of, shown] of sums)
      expect((100 * (1 - Number(lost) / Number(of))).toFixed(1), sum).toBe(Number(shown).toFixed(1));
    // At the end stands the board: each figure with its definition, in both languages.
    const board = demonstrated.slice(demonstrated.indexOf('each figure by its definition'));
    for (const figure of ['Reduction, whole', 'Reduction, City', 'Lower bound', 'On time, strictly', 'Satisfaction'])
      expect(board).toContain(figure);
    const counts = await caseCounts(place);
    expect(counts['approved']).toBeGreaterThanOrEqual(3);
    expect(counts['withdrawn'] ?? 0).toBe(0);
  },
);

it(
  'proves what happened in a case, finds tampering, tells who looked and what was refused, erases and revokes',
  { timeout: 300_000 },
  async () => {
    const said = await tellStory(place, 'demo', 'trust');
    // The published program, with the network off: the proof, the licence's signed form and its paper; each of them with a change in it is refused.
    expect(said).toMatch(/verify-proof\.mjs, .*(without a network \(unshare\)|refused every socket)/);
    expect(said).toMatch(/proof\.json, \d+ sự kiện · events: Đúng · it holds/);
    expect(said.match(/, sửa một chỗ · one change in it: /g)).toHaveLength(3);
    expect(said.match(/→ LX-/g)).toHaveLength(6);
    expect(said).not.toContain('NOT found');
    expect(said).toContain('put back as it was: nguyên vẹn · intact');
    expect(said).toContain('hcmc-committee, leader');
    expect(said).toContain('leader.hcmc-committee – giám sát · supervision');
    expect(said).toContain('security event: access-refused, investor.cmc');
    // The files of documents and the words are sealed: whoever reads the disk finds neither.
    expect(said).toMatch(/personal data stand in: register: document, register: filing$/m);
    expect(said).toContain('after the erasure no table, document, Temporal, log or mail has them');
    expect(said).toMatch(/the proof after the erasure: \d+ sự kiện · events, đúng · it holds/);
    expect(said).toMatch(/looked up by its old number \S+: revoked, thay bằng · replaced by \S+-TH1 \(revocation\)/);
  },
);
