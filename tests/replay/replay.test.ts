import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DefaultLogger, type InjectedSinks, Runtime, Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { phases } from '../../domain/case/trial/phases.js';
import { type EngineSinks } from '../../engine/workflow/run.js';
import { workflowBundle } from '../../worker/bundle.js';

Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { forward: {}, filter: 'OFF' } } });

const silentSinks: InjectedSinks<EngineSinks> = { register: { thought: { fn: () => undefined } } };
const folder = join(import.meta.dirname, 'histories');
const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
const read = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'));

interface StoredHistory {
  events: {
    activityTaskScheduledEventAttributes?: { activityType: { name: string } };
    markerRecordedEventAttributes?: { details: Record<string, { payloads: { data: string }[] } | undefined> };
  }[];
}

describe('stored histories', () => {
  let codePath: string;
  beforeAll(async () => {
    codePath = await workflowBundle(join(import.meta.dirname, '../../node_modules/.cache/workflow-bundle'));
  });
  const replay = (history: unknown) =>
    Worker.runReplayHistory({ workflowBundle: { codePath }, sinks: silentSinks }, history);

  it('are there for every story', () => {
    for (const story of ['case', 'irc-ordinary.1', 'irc-ordinary.1.consultation.1']) {
      expect(files.some((file) => file.endsWith(`.${story}.json`))).toBe(true);
    }
    const inPhase = (phase: string) => files.some((file) => file.endsWith(`.trial-${phase}.case.json`));
    expect(phases.filter((phase) => !inPhase(phase))).toEqual([]);
  });

  it.each(files)('%s replays', async (file) => {
    await replay(read(file));
  });

  it('that ask for another activity than the story does are a violation of determinism', async () => {
    const file = files.find((name) => name.endsWith('approved.irc-ordinary.1.json')) ?? '';
    const history = read(file) as StoredHistory;
    const scheduled = history.events.find((event) => event.activityTaskScheduledEventAttributes);
    if (scheduled?.activityTaskScheduledEventAttributes) {
      scheduled.activityTaskScheduledEventAttributes.activityType.name = 'somethingElse';
    }
    await expect(replay(history)).rejects.toThrow(DeterminismViolationError);
  });

  it('whose local activity was another one are a violation of determinism', async () => {
    const file = files.find((name) => name.endsWith('approved.irc-ordinary.1.json')) ?? '';
    const history = read(file) as StoredHistory;
    const marker = history.events.find((event) => event.markerRecordedEventAttributes)?.markerRecordedEventAttributes;
    const payload = marker?.details['data']?.payloads[0];
    expect(payload).toBeDefined();
    if (payload) {
      const told = Buffer.from(payload.data, 'base64').toString();
      expect(told).toContain('"loadScope"');
      payload.data = Buffer.from(told.replace('"loadScope"', '"command"')).toString('base64');
    }
    await expect(replay(history)).rejects.toThrow(DeterminismViolationError);
  });
});
