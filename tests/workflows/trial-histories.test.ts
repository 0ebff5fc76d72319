import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scopeKind, type ScopeId } from '../../domain/case/scope.js';
import { phases } from '../../domain/case/trial/phases.js';
import { people } from '../../seeds/people.js';
import { investor } from '../db/support.js';
import { replayed } from './recordings.js';
import { runsEnded, Town } from './support.js';
import { exampleTrials, fileTrial, trialIn, type TownTrial } from './trials.js';

/** Words that people wrote or filed, and their names: they stay in the register. */
const secrets = [exampleTrials.drone, exampleTrials.ai]
  .flatMap(({ solution: { name, summary }, applicant }) => [name.vi, name.en, summary.vi, applicant.name])
  .concat(people.flatMap(({ name, email }) => [name, email]))
  .concat('repaired', 'because', 'it fell', 'allow it', 'MCowBQYDK2VwAyEA');

describe('histories of trials of this build', () => {
  let town: Town;
  beforeAll(async () => {
    town = await Town.found();
  });
  afterAll(() => town.close());

  /** Of every workflow of the case, open or not; those of the admission are kept where the story is about it. */
  async function replay(file: TownTrial, story: string, about: 'trial' | 'admission'): Promise<ScopeId[]> {
    const scopes = Object.keys((await file.state()).scopes);
    let scanned = 0;
    for (const scope of scopes) {
      const part =
        scope
          .split('/')
          .slice(2)
          .join('.')
          .replace(/^admission-[^.]*/, 'admission') || 'case';
      const kept = about === 'admission' || scopeKind(scope) === 'case';
      const text = await replayed(town, scope, kept ? `trial-${story}.${part}` : null);
      expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
      scanned += text.length;
    }
    expect(scanned).toBeGreaterThan(1_000);
    return scopes;
  }

  it.each(phases)('replay: a trial in %s', async (phase) => {
    const file = await trialIn(town, phase);
    await replay(file, phase, phase === 'admission' || phase === 'admitted' ? 'admission' : 'trial');
  });

  it('replay: a trial that was held, suspended, resumed, extended and completed', async () => {
    const file = await trialIn(town, 'suspended');
    await file.act(investor, {
      type: 'requestTrialChange',
      request: { kind: 'extension', months: 1 },
      reason: 'longer',
    });
    await file.complete(await file.task('trial-request/R1'));
    const { scopes } = await file.conclude();
    await runsEnded(town, Object.keys(scopes));
    await replay(file, 'lived', 'trial');
  });

  it('replay: a trial that is refused, filed again and withdrawn', async () => {
    const file = await fileTrial(town, { filing: exampleTrials.ai });
    await file.dossier();
    await file.liveOn(({ step }) => step === 'decision');
    await file.complete(await file.task('step/decision'), { outcome: 'refuse' });
    await file.dossierAgain();
    await file.liveOn(({ kind }) => kind === 'opinion');
    await file.act(investor, { type: 'withdrawCase', reason: 'plans changed' });
    await file.until('the end', ({ scopes }) => Object.values(scopes).every(({ closed }) => closed));
    const scopes = await replay(file, 'refused', 'admission');
    expect(scopes).toHaveLength(5);
  });

  it('replay: a trial of which an officer says that no regime takes it', async () => {
    const { drone } = exampleTrials;
    const file = await fileTrial(town, {
      filing: { ...drone, applicant: { ...drone.applicant, operatesInPark: null } },
    });
    await file.complete(await file.task('fit'), { outcome: 'does-not-fit' });
    await file.until('the end', ({ scopes }) => Object.values(scopes).every(({ closed }) => closed));
    await replay(file, 'unfit', 'trial');
  });
});
