import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type OwnPlace } from '../../scripts/demo/place.js';
import { logFolderOf, logKeyFile, masterKeyFile, signerKeyFile } from '../../scripts/platform/secrets.js';
import { builtProgram } from '../../scripts/programs/build.js';
import { freePort } from '../support/environment.js';
import { query } from '../support/sql.js';
import { leftOver, openRuns, openTown, playStory, runScript } from './support.js';

let place: OwnPlace & { readonly said: string[] };
let second: ChildProcess;
let secondUrl: string;
beforeEach(async () => (place = await openTown()));
afterEach(async () => {
  second.kill('SIGKILL');
  await place.stop();
});

/** Another worker of the same installation, as a second container would be. */
async function startSecond({ dataDir, system }: OwnPlace): Promise<void> {
  const port = await freePort();
  secondUrl = `http://127.0.0.1:${port}`;
  const { smtp } = JSON.parse(readFileSync(join(dataDir, 'ports.json'), 'utf8')) as { smtp: number };
  second = spawn(process.execPath, [builtProgram('worker/main.ts')], {
    stdio: 'ignore',
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: system.databaseUrl,
      LISTEN_DATABASE_URL: system.databaseUrl,
      TEMPORAL_ADDRESS: system.temporalAddress,
      TEMPORAL_NAMESPACE: system.namespace,
      TEMPORAL_TASK_QUEUE: system.taskQueue,
      AGENCIES_URL: system.agenciesUrl,
      AGENCY_TOKEN: system.secrets.agencyToken,
      CALLBACK_BASE_URL: system.apiUrl,
      SMTP_URL: `smtp://127.0.0.1:${smtp}`,
      SIGNER_KEY_FILE: signerKeyFile(dataDir),
      MASTER_KEY_FILE: masterKeyFile(dataDir),
      CHAIN_ROOTS_DIR: join(dataDir, 'chain-roots'),
      TLOG_DIR: logFolderOf(dataDir),
      TLOG_KEY_FILE: logKeyFile(dataDir),
      DATA_DIR: dataDir,
      OPERATIONS_PORT: String(port),
      LOG_LEVEL: 'silent',
    },
  });
  await expect.poll(() => leads(secondUrl), { timeout: 60_000, interval: 200 }).toBe(0);
}

const leads = async (url: string): Promise<number | undefined> => {
  const page = await fetch(`${url}/metrics`)
    .then((answer) => answer.text())
    .catch(() => ''); // not there
  const found = /^worker_leads (\d)$/m.exec(page)?.[1];
  return found === undefined ? undefined : Number(found);
};

describe('two workers', { timeout: 300_000 }, () => {
  test('one leads; killed and frozen in the middle of two cases the other goes on, and nothing is lost or doubled', async () => {
    await startSecond(place);
    const first = place.system.operations.worker;
    expect(await leads(first)).toBe(1);
    const took: number[] = [];
    const handsOver = async (strike: () => void, to: string) => {
      const begun = performance.now();
      strike();
      await expect.poll(() => leads(to), { timeout: 20_000, interval: 100 }).toBe(1);
      took.push(performance.now() - begun);
    };
    const ending = await playStory(place, async (moment, when) => {
      // The worker of the supervisor leads first; it comes back by itself, and follows.
      if (when === 'after' && moment === 'cmc filing')
        await handsOver(() => void place.system.kill('worker', 'SIGKILL'), secondUrl);
      if (when === 'after' && moment === 'besi irc-ordinary supplement') {
        await handsOver(() => second.kill('SIGSTOP'), first);
        second.kill('SIGCONT');
        await expect.poll(() => leads(secondUrl), { timeout: 10_000 }).toBe(0);
      }
    });
    expect(took).toHaveLength(2);
    expect(took[0]).toBeLessThan(10_000);
    expect(took[1]).toBeLessThan(12_000);
    expect(ending.evidence.length).toBeGreaterThan(150);
    expect(await leftOver(place)).toEqual([]);
    await expect.poll(() => openRuns(place), { timeout: 20_000 }).toEqual([]);
    // Told once: no notice twice, no mail twice.
    const twice = await query(
      place.system.databaseUrl,
      `select person, kind, ref from notice group by 1, 2, 3 having count(*) > 1
       union all select person, channel, reference::text from message group by 1, 2, 3 having count(*) > 1`,
    );
    expect(twice).toEqual([]);
    expect(await runScript(place, 'scripts/verify-chain.ts')).toContain('Nguyên vẹn · intact');
  });
});
