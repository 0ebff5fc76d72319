import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Progress, progressQueryName } from '../../engine/words.js';
import { newMasterKey } from '../../ops/master-keys.js';
import { dataConverterOf } from '../../ops/payload-codec.js';
import { bundlePath, exampleProjects, historyOf, Town, type TownCase } from './support.js';

let town: Town;
let folder: string;
let keys: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'payload-keys-'));
  keys = join(folder, 'payload-key');
  await writeFile(keys, `${newMasterKey()}\n`);
  town = await Town.found();
});
afterAll(async () => {
  await town.close();
  await rm(folder, { recursive: true });
});

interface Found {
  readonly payloads: number;
  readonly sealed: number;
  readonly bytes: number;
}

/** Search attributes, and what the SDK notes for itself of a local activity (its number, type and time) or of a patch: no codec sees them, nothing of ours is in them. */
const isEngines = (name: string): boolean => name === 'searchAttributes' || name === 'patch-data' || name === 'data';

/** The payloads of a history as Temporal keeps them. */
function payloadsOf(value: unknown): Found {
  const none: Found = { payloads: 0, sealed: 0, bytes: 0 };
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return none;
  const { metadata, data } = value as { metadata?: Record<string, Uint8Array> | null; data?: Uint8Array | null };
  if (metadata?.['encoding'] && data) {
    const isSealed = Buffer.from(metadata['encoding']).toString() === 'binary/encrypted';
    return { payloads: 1, sealed: isSealed ? 1 : 0, bytes: data.length };
  }
  return Object.entries(value).reduce<Found>((sum, [name, inner]) => {
    const { payloads, sealed, bytes } = isEngines(name) ? none : payloadsOf(inner);
    return { payloads: sum.payloads + payloads, sealed: sum.sealed + sealed, bytes: sum.bytes + bytes };
  }, none);
}

const progressBy = (client: Client, file: TownCase) =>
  client.workflow.getHandle(file.scope).query<Progress>(progressQueryName);

it('a case begun in clear goes on sealed, in a mixed history that replays, and one begun sealed has nothing in clear', async () => {
  const begun = await town.open(exampleProjects.besi);
  await begun.liveOn(({ step }) => step === 'assessment');
  const before = payloadsOf((await historyOf(town, begun.scope)).events);
  expect(before.payloads).toBeGreaterThan(0);
  expect(before.sealed).toBe(0);

  const dataConverter = dataConverterOf(keys);
  await town.workWith(dataConverter);
  expect((await begun.liveOn()).closed?.outcome).toBe('approved');
  const { history, events } = await historyOf(town, begun.scope);
  const mixed = payloadsOf(events);
  expect(mixed.sealed).toBeGreaterThan(0);
  expect(mixed.payloads - mixed.sealed).toBeGreaterThanOrEqual(before.payloads);
  const sinks = { register: { thought: { fn: () => undefined } } };
  const workflowBundle = { codePath: await bundlePath() };
  await Worker.runReplayHistory({ workflowBundle, sinks, dataConverter }, history, begun.scope);

  const sealed = await town.open(exampleProjects.besi);
  await sealed.liveOn(({ step }) => step === 'assessment');
  const whole = await historyOf(town, sealed.scope);
  const kept = payloadsOf(whole.events);
  expect(kept.payloads).toBeGreaterThan(0);
  expect(kept.sealed).toBe(kept.payloads);
  expect(whole.text).not.toContain('lane');
  expect((await progressBy(town.client, sealed)).seen).toBeGreaterThan(0);

  // Who reads Temporal without the key, or with another, opens nothing.
  const { connection } = town.client;
  const stranger = join(folder, 'another-key');
  await writeFile(stranger, `${newMasterKey()}\n`);
  const other = new Client({ connection, namespace: town.queue, dataConverter: dataConverterOf(stranger) });
  await expect(progressBy(other, sealed)).rejects.toThrow('not at hand');
  await expect(progressBy(new Client({ connection, namespace: town.queue }), sealed)).rejects.toThrow();
});

it('a key that is lost stalls what it sealed, ends nothing, and all goes on once it is back', async () => {
  await town.workWith(dataConverterOf(keys));
  const file = await town.open(exampleProjects.besi);
  await file.liveOn(({ step }) => step === 'assessment');
  const lost = join(folder, 'new-key');
  await writeFile(lost, `${newMasterKey()}\n`);
  await town.workWith(dataConverterOf(lost));
  await file.complete(await file.task('step/assessment'));
  const described = await town.client.workflow.getHandle(file.scope).describe();
  expect(described.status.name).toBe('RUNNING');
  // Put back beside the other one, by which signals were sealed meanwhile.
  await appendFile(keys, await readFile(lost));
  await town.workWith(dataConverterOf(keys));
  await file.complete(await file.task('step/decision'));
  expect((await file.liveOn()).closed?.outcome).toBe('approved');
});
