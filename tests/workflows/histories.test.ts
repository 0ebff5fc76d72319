import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type InjectedSinks, Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EngineSinks } from '../../workflows/runtime.js';
import { investor, person } from '../db/support.js';
import { bundlePath, exampleProjects, historyOf, runsEnded, Town, type TownCase } from './support.js';

const sinks: InjectedSinks<EngineSinks> = { register: { thought: { fn: () => undefined } } };
const folder = join(import.meta.dirname, '../replay/histories');

/** The same history without classes: bytes as base64, 64-bit numbers as numbers; the encoder of the SDK takes both. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  if ('toNumber' in value && typeof value.toNumber === 'function') return Number(value);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

/**
 * Keeps the histories of this build where `RECORD_HISTORIES=<release>` asks for it: `tests/replay` then replays them for as long as runs of that
 * release may be alive.
 */
function keep(name: string, history: unknown): void {
  const release = process.env['RECORD_HISTORIES'];
  if (release === undefined) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${release}.${name}.json`), `${JSON.stringify(history, null, 2)}\n`);
}

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
      await file.complete(await file.task('opinion/dost'), { outcome: 'object', legalBasis: 'a law' });
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
      const { history } = await historyOf(town, scope);
      const stored = JSON.parse(JSON.stringify(plain(history))) as unknown;
      await Worker.runReplayHistory({ workflowBundle: { codePath: await bundlePath() }, sinks }, stored, scope);
      keep(`${name}.${scope.split('/').slice(2).join('.') || 'case'}`, stored);
    }
  });
});
