import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type InjectedSinks, Worker } from '@temporalio/worker';
import { type ScopeId } from '../../domain/case/scope.js';
import { type EngineSinks } from '../../engine/workflow/run.js';
import { bundlePath, historyOf, type Town } from './support.js';

const sinks: InjectedSinks<EngineSinks> = { register: { thought: { fn: () => undefined } } };
const root = join(import.meta.dirname, '../..');
const folder = join(root, 'tests/replay/histories');

/** The same history without classes: bytes as base64, 64-bit numbers as numbers; the encoder of the SDK takes both. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  if ('toNumber' in value && typeof value.toNumber === 'function') return Number(value);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

/**
 * Replays what Temporal has of the last run of a scope. Where `RECORD_HISTORIES=<release>` asks for it, and the history has a name, it is kept:
 * `tests/replay` then replays it for as long as runs of that release may be alive. Resolves to its payloads in readable form.
 */
export async function replayed(town: Town, scope: ScopeId, name: string | null): Promise<string> {
  const { history, text } = await historyOf(town, scope);
  const stored = JSON.parse(JSON.stringify(plain(history))) as unknown;
  await Worker.runReplayHistory({ workflowBundle: { codePath: await bundlePath() }, sinks }, stored, scope);
  const release = process.env['RECORD_HISTORIES'];
  if (release !== undefined && name !== null) {
    mkdirSync(folder, { recursive: true });
    // Stacks name files of the machine that recorded: nobody needs to know where it kept them.
    const kept = JSON.stringify(stored, null, 2).replaceAll(`${root}/`, '');
    writeFileSync(join(folder, `${release}.${name}.json`), `${kept}\n`);
  }
  return text;
}
