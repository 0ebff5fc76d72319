import { expect } from 'vitest';
import { type OwnPlace } from '../../scripts/demo/place.js';
import { startScript } from './child.js';
import { query } from './sql.js';

/** Plays one of the stories as its reader would, on the installation that runs there; answers what it said. */
export async function tellStory(place: OwnPlace, script: 'demo' | 'rehearsal', ...args: string[]): Promise<string> {
  const story = startScript(`scripts/${script}.ts`, args, { DATA_DIR: place.dataDir });
  expect(await story.exited, `${script} ${args.join(' ')}\n${story.output()}`).toBe(0);
  const said = story.output();
  expect(said).toContain('Trên hệ thống đang chạy · on the running instance');
  expect(said).toContain('Xong sau · done in');
  expect(said).not.toMatch(/Error|\n\s+at /);
  return said;
}

/** How many cases ended in which way. */
export async function caseCounts({ system }: OwnPlace): Promise<Readonly<Record<string, number>>> {
  const found = await query<{ status: string; n: number }>(
    system.databaseUrl,
    'select status, count(*)::int as n from case_head group by status',
  );
  return Object.fromEntries(found.map(({ status, n }) => [status, n]));
}
