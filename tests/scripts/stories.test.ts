import { describe, expect, it } from 'vitest';
import { type ApiClient, ApiRefusal } from '../../scripts/demo/client.js';
import { demonstrationCases, exampleCases } from '../../scripts/demo/company.js';
import { playToTheEnd, StoryEnds } from '../../scripts/demo/story-ends.js';

const opened = () => [
  { case: 'LX-1', investor: 'investor.besi' },
  { case: 'LX-2', investor: 'investor.cmc' },
];

/** An API on which the first case is open and the second one over. */
function stage() {
  const said: string[] = [];
  const acts: string[] = [];
  const client = (person: string) =>
    ({
      get: (path: string) => Promise.resolve({ status: path.includes('LX-1') ? 'open' : 'approved' }),
      post: (path: string) => Promise.resolve(acts.push(`${person} ${path}`)),
    }) as unknown as ApiClient;
  return {
    said,
    acts,
    end: (play: () => Promise<void>) => playToTheEnd(play, opened, client, (line) => said.push(line)),
  };
}

describe('a story', () => {
  it('gives every filing a lot that no other has, in this run or another', () => {
    const lots = Array.from({ length: 50 }, () => [...exampleCases(), ...demonstrationCases()]).flatMap((projects) =>
      projects.flatMap(({ filing }) => filing.project.site.lot ?? []),
    );
    expect(lots).toHaveLength(200);
    expect(new Set(lots).size).toBe(200);
  });

  it('that the API refuses ends in words of both languages, without a stack trace, and withdraws what it left open', async () => {
    const { said, acts, end } = stage();
    expect(await end(() => Promise.reject(new ApiRefusal(409, 'SITE_TAKEN', { details: { since: 'x' } })))).toBe(false);
    expect(said.join('\n')).toContain('SITE_TAKEN): Đã có hồ sơ hợp lệ khác nộp trước cho cùng địa điểm');
    expect(said.join('\n')).toContain('Another valid dossier for the same site was first');
    expect(said.join('\n')).toContain('npm run reset');
    expect(said.join('\n')).not.toContain('at ');
    expect(acts).toEqual(['investor.besi /cases/LX-1/withdrawal']);
  });

  it('that has no calendar to go by says how to begin anew; a fault of the program stays one', async () => {
    const { said, acts, end } = stage();
    expect(await end(() => Promise.reject(new StoryEnds('hết lịch', 'no calendar')))).toBe(false);
    expect(said[0]).toBe('\nDừng: hết lịch.\nEnded: no calendar.');
    expect(acts).toHaveLength(1);
    await expect(end(() => Promise.reject(new TypeError('x')))).rejects.toThrow(TypeError);
    expect(await end(() => Promise.resolve())).toBe(true);
  });
});
