import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Client } from '@temporalio/client';
import { type nineSteps } from './bare-workflows.js';
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
  work: (taskQueue: string, pid: number) => Promise<T>,
): Promise<T> {
  const taskQueue = `bare-${randomUUID()}`;
  const child = fork(join(import.meta.dirname, 'bare-worker.ts'), [address, client.options.namespace, taskQueue], {
    execArgv: ['--import', tsx],
  });
  await once(child, 'message');
  try {
    return await work(taskQueue, child.pid ?? 0);
  } finally {
    child.disconnect();
    await once(child, 'exit');
  }
}

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
