import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { together } from './players.js';

const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/** What an act costs without rules: the same server of HTTP, the same round trips, on the tables of the plain transactions. Milliseconds of each, by so many clients. */
export async function floorActs(databaseUrl: string, count: number, clients: number): Promise<number[]> {
  const child = fork(join(import.meta.dirname, 'floor-server.ts'), [databaseUrl], { execArgv: ['--import', tsx] });
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  try {
    const one = async (i: number): Promise<number> => {
      const from = performance.now();
      const answer = await fetch(`http://127.0.0.1:${port}/tasks/${((i * 7_919) % 100_000) + 1}/completion`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ outcome: 'done', note: null }),
      });
      if (!answer.ok) throw new Error(`The floor answers ${answer.status}`);
      await answer.json();
      return performance.now() - from;
    };
    await together(Math.ceil(count / 5), clients, one);
    return await together(count, clients, one);
  } finally {
    child.disconnect();
    await once(child, 'exit');
  }
}
