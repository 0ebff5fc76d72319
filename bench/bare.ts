import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Client } from '@temporalio/client';
import { type bareScope, type nineSteps } from './bare-workflows.js';
import { processorTime } from './meters.js';
import { together } from './players.js';

const steps = 9;
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/** The server that ours runs on, too. */
export interface BareServer {
  readonly client: Client;
  readonly address: string;
}

/** A worker of the bare workflow beside ours for as long as `work` takes. */
async function withWorker<T>(
  { client, address }: BareServer,
  work: (taskQueue: string, pid: number, notes: Notes) => Promise<T>,
): Promise<T> {
  const taskQueue = `bare-${randomUUID()}`;
  const child = fork(join(import.meta.dirname, 'bare-worker.ts'), [address, client.options.namespace, taskQueue], {
    execArgv: ['--import', tsx],
  });
  await once(child, 'message');
  const notes = new Notes();
  child.on('message', ({ noted }: { noted?: string }) => noted !== undefined && notes.take(noted));
  try {
    return await work(taskQueue, child.pid ?? 0, notes);
  } finally {
    child.disconnect();
    await once(child, 'exit');
  }
}

/** Which scopes have thought, how often. */
class Notes {
  private readonly waiting = new Map<string, () => void>();
  private readonly early = new Set<string>();

  take(scope: string): void {
    const resolve = this.waiting.get(scope);
    this.waiting.delete(scope);
    if (resolve) resolve();
    else this.early.add(scope);
  }

  /** The next one of this scope. */
  async next(scope: string): Promise<void> {
    if (!this.early.delete(scope)) await new Promise<void>((resolve) => this.waiting.set(scope, resolve));
  }
}

// As many workflows, Signals and local activities as a BESI case has: case, investment certificate, its consultation, enterprise, tax. Calls of other bodies are the register's.
const shape = [
  { turns: 4, calls: 0 },
  { turns: 7, calls: 0 },
  { turns: 2, calls: 0 },
  { turns: 7, calls: 0 },
  { turns: 1, calls: 0 },
];

/** Many cases of our own shape, one Signal after another in each, by many clients. `steps`: answered tasks that such a case has. */
export const bareShapes = (
  server: BareServer,
  { cases, atOnce, steps: each }: { readonly cases: number; readonly atOnce: number; readonly steps: number },
): Promise<{ steps: number; stepsPerSecond: number; workerMsPerStep: number }> =>
  withWorker(server, async (taskQueue, worker, notes) => {
    const { workflow } = server.client;
    const one = async (): Promise<void> => {
      const results: Promise<unknown>[] = [];
      for (const { turns, calls } of shape) {
        const workflowId = randomUUID();
        const noted = notes.next(workflowId);
        const handle = await workflow.start<typeof bareScope>('bareScope', {
          taskQueue,
          workflowId,
          args: [{ turns, calls }],
        });
        await noted;
        for (let turn = 0; turn < turns; turn++) {
          const next = notes.next(workflowId);
          await handle.signal('heard');
          await next;
        }
        results.push(handle.result());
      }
      await Promise.all(results);
    };
    await together(atOnce, atOnce, one);
    const before = processorTime({ worker });
    const from = performance.now();
    await together(cases, atOnce, one);
    const seconds = (performance.now() - from) / 1000;
    const steps = cases * each;
    const used = (processorTime({ worker })['worker'] ?? 0) - (before['worker'] ?? 0);
    return { steps, stepsPerSecond: steps / seconds, workerMsPerStep: used / steps };
  });

/** One case; how long each of its updates took, in milliseconds. */
async function oneCase({ workflow }: Client, taskQueue: string): Promise<number[]> {
  const options = { taskQueue, workflowId: randomUUID() };
  const handle = await workflow.start<typeof nineSteps>('nineSteps', options);
  const times: number[] = [];
  for (let step = 1; step <= steps; step++) {
    const from = performance.now();
    await handle.executeUpdate<number, []>('step');
    times.push(performance.now() - from);
  }
  await handle.result();
  return times;
}

/** Round trips of Updates by one client, in milliseconds. */
export const bareUpdates = (server: BareServer, cases: number): Promise<number[]> =>
  withWorker(server, async (taskQueue) => {
    const { client } = server;
    await oneCase(client, taskQueue);
    return (await together(cases, 1, () => oneCase(client, taskQueue))).flat();
  });

/** Many cases by many clients. */
export const bareCases = (
  server: BareServer,
  cases: number,
  atOnce: number,
): Promise<{ steps: number; stepsPerSecond: number; workerMsPerStep: number }> =>
  withWorker(server, async (taskQueue, worker) => {
    const { client } = server;
    await together(atOnce, atOnce, () => oneCase(client, taskQueue));
    const before = processorTime({ worker });
    const from = performance.now();
    const all = (await together(cases, atOnce, () => oneCase(client, taskQueue))).flat().length;
    const seconds = (performance.now() - from) / 1000;
    const used = (processorTime({ worker })['worker'] ?? 0) - (before['worker'] ?? 0);
    return { steps: all, stepsPerSecond: all / seconds, workerMsPerStep: used / all };
  });
