import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type OwnPlace } from '../../scripts/demo/place.js';
import { type Moment } from '../../scripts/demo/story.js';
import type { ProcessName } from '../../scripts/platform/system-options.js';
import { type Ending, leftOver, openRuns, openScopes, openTown, playStory, runScript } from './support.js';

type Strike = `${'before' | 'after'} ${Moment}`;

/** Where a process dies: while an act is on its way, or when it is answered and the engine has just begun to think about it. */
const kills: Partial<Record<Strike, readonly ProcessName[]>> = {
  'after cmc filing': ['worker'],
  'before cmc irc-special intake': ['temporal'],
  'before besi lane': ['postgres'],
  'after cmc environmental-permit dossier': ['temporal', 'worker'],
  'after besi irc-ordinary supplement': ['postgres'],
  'before cmc environmental-permit dossier': ['api'],
  'after cmc land-lease intake': ['postgres', 'temporal'],
  'after cmc environmental-permit decision': ['worker', 'temporal', 'postgres', 'agencies'],
};

/** Where Temporal loses everything, and the workflows are rebuilt from the register, even twice. */
const loss: Moment = 'cmc irc-special planning-land-assessment';

describe('the demonstration of both projects', { timeout: 480_000 }, () => {
  const places: OwnPlace[] = [];
  const start = async () => {
    const place = await openTown();
    places.push(place);
    return place;
  };
  const close = async () => {
    for (const place of places.splice(0)) await place.stop();
  };
  let undisturbed: Ending;

  beforeAll(async () => {
    const place = await start();
    undisturbed = await playStory(place);
    expect(undisturbed.evidence.length).toBeGreaterThan(150);
    expect(await leftOver(place)).toEqual([]);
    await close();
  }, 480_000);
  afterEach(close);

  test('ends the same way, with nothing lost, twice or left over, when every process is killed hard in the middle of it and Temporal loses everything', async () => {
    const place = await start();
    const { system } = place;
    const struck = new Set<string>();
    const rebuilt: string[] = [];
    let lost: string[] = [];
    let open = 0;
    const loseTemporal = async (when: 'before' | 'after') => {
      // The officer's act finds no Temporal: answered and committed all the same.
      if (when === 'before') {
        lost = await openRuns(place);
        open = (await openScopes(place)).length;
        await system.halt('temporal');
        return;
      }
      await rm(dirname(system.temporalFile ?? ''), { recursive: true });
      await system.restart('temporal');
      expect((await openRuns(place)).filter((run) => lost.includes(run))).toEqual([]);
      for (const _twice of [1, 2]) rebuilt.push(await runScript(place, 'scripts/reconcile.ts'));
    };
    const ending = await playStory(place, async (moment, when) => {
      if (moment === loss) await loseTemporal(when);
      const strike: Strike = `${when} ${moment}`;
      for (const name of kills[strike] ?? []) system.kill(name, 'SIGKILL');
      if (strike in kills) struck.add(strike);
    });
    expect([...struck].sort()).toEqual(Object.keys(kills).sort());
    for (const name of ['worker', 'temporal', 'postgres'])
      expect(place.said).toContain(`${name} đã chạy lại · ${name} is back`);
    expect(lost).not.toEqual([]);
    expect(rebuilt).toHaveLength(2);
    for (const line of rebuilt) expect(line).toContain(`rebuilt: ${open}/${open} `);
    expect(ending).toEqual(undisturbed);
    expect(await leftOver(place)).toEqual([]);
    await expect.poll(() => openRuns(place), { timeout: 60_000 }).toEqual([]);
    expect(await runScript(place, 'scripts/verify-chain.ts')).toMatch(
      /checked: 2 .*, [1-9]\d* gốc · roots, .*\n[\s\S]*Nguyên vẹn · intact/,
    );
    expect(await runScript(place, 'scripts/reconcile.ts')).toContain('rebuilt: 0/0');
  });
});
