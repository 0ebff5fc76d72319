// node scripts/run.js tests/support/record-register.ts: keeps a register of this release for the tests of later ones (tests/fixtures/register-<version>).
// A trial that runs, then BESI until a supplement is open, then CMC until agencies are asked.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { clientsAt, exampleCases, storyAt } from '../../scripts/demo/company.js';
import { openPlace } from '../../scripts/demo/place.js';
import { Stage } from '../../scripts/demo/stage.js';
import { type Project, type Story } from '../../scripts/demo/story.js';
import { TrialStory } from '../../scripts/demo/trial-story.js';
import { trialScripts } from '../../scripts/demo/trials.js';
import { keepRegister } from './kept-register.js';
import { query } from './sql.js';

/** Ends a story in the middle. */
class FarEnough extends Error {}

const say = (line: string) => console.log(line);
const root = join(import.meta.dirname, '../..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const folder = join(root, 'tests/fixtures', `register-${version}`);

const place = await openPlace({ say });
try {
  const { databaseUrl } = place.system;
  const as = clientsAt(place);

  const drone = trialScripts[0];
  if (!drone) throw new Error('no trial');
  const stage = new Stage(as, (line) => {
    say(line);
    if (line.includes('near altitude')) throw new FarEnough();
  });
  const trial = new TrialStory(stage, drone);
  await stage.play([() => trial.play()]).catch(unlessFarEnough);

  const [besi, cmc] = exampleCases();
  if (!besi || !cmc) throw new Error('no projects');
  await playUntil(storyAt(place, { say }), besi, async () => besi.supplemented);
  const asked = `select 1 from scope where kind = 'consultation' and not closed and case_code = $1`;
  await playUntil(storyAt(place, { say }), cmc, async () => (await query(databaseUrl, asked, [cmc.code])).length > 0);

  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const kept = await keepRegister(place.system.migratorDatabaseUrl);
  writeFileSync(join(folder, 'register.json.gz'), kept);
  cpSync(join(place.dataDir, 'documents'), join(folder, 'documents'), { recursive: true });
  rmSync(join(folder, 'documents', 'incoming'), { recursive: true, force: true });
  say(`${folder}: ${kept.length} bytes`);
} finally {
  await place.stop();
}

function unlessFarEnough(error: unknown): void {
  if (!(error instanceof FarEnough)) throw error;
}

async function playUntil(story: Story, project: Project, reached: () => Promise<boolean>): Promise<void> {
  const stopThere = async () => {
    if (await reached()) throw new FarEnough();
  };
  await story.play([project], stopThere).catch(unlessFarEnough);
  await story.advance(story.at);
}
