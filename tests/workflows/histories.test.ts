import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { investor, person } from '../db/support.js';
import { replayed } from './recordings.js';
import { exampleProjects, runsEnded, Town, type TownCase } from './support.js';

describe('histories of this build', () => {
  let town: Town;
  beforeAll(async () => {
    town = await Town.found();
  });
  afterAll(() => town.close());

  const stories: Record<string, (file: TownCase) => Promise<unknown>> = {
    approved: (file) => file.liveOn(),
    withdrawn: async (file) => {
      await file.liveOn(({ kind }) => kind === 'opinion');
      await file.act(investor, { type: 'withdrawCase', reason: 'plans changed' });
      await file.until('the end', ({ scopes }) => Object.values(scopes).every(({ closed }) => closed));
    },
    'by-hand': async (file) => {
      await town.agencies.client.faults('national-investment', { down: true });
      await town.agencies.client.faults('land-planning', { down: true });
      await file.liveOn();
      await town.agencies.client.call('DELETE', '/national-investment/faults');
      await town.agencies.client.call('DELETE', '/land-planning/faults');
    },
    contested: async (file) => {
      await file.liveOn(({ kind }) => kind === 'opinion');
      await file.complete(await file.task('opinion/dost'), {
        outcome: 'object',
        legalBasis: 'a law',
        reason: 'not listed',
      });
      await file.liveOn();
    },
    returned: async (file) => {
      await file.liveOn(({ step }) => step === 'decision');
      const { id: taskId } = await file.task('step/decision');
      const head = person('head.shtp-board', 'head', 'shtp-board');
      await file.act(head, { type: 'claimTask', taskId });
      await file.act(head, { type: 'returnTask', taskId, step: null, items: ['drawings'], reason: 'missing' });
      await file.liveOn();
    },
    refused: async (file) => {
      await file.liveOn(({ step }) => step === 'decision');
      await file.complete(await file.task('step/decision'), { outcome: 'refuse' });
      await file.quiet();
      await file.act(investor, { type: 'withdrawCase', reason: 'refused' });
      await file.until('the end', ({ scopes }) => Object.values(scopes).every(({ closed }) => closed));
    },
  };

  it.each(Object.keys(stories))('replay: a case that is %s', async (name) => {
    const file = await town.open(exampleProjects.besi);
    await stories[name]?.(file);
    const scopes = Object.keys((await file.state()).scopes);
    expect(scopes.length).toBeGreaterThanOrEqual(2);
    await runsEnded(town, scopes);
    for (const scope of scopes) {
      await replayed(town, scope, `${name}.${scope.split('/').slice(2).join('.') || 'case'}`);
    }
  });
});
