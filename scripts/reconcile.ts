// npm run reconcile [-- --since <instant>]: rebuilds every open workflow from the register, after Temporal's data was lost or the register was
// restored. `--since`: also asks the agency systems to send again what they sent since then. Safe to run twice.
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { createDoor } from '../db/door.js';
import { createLiveLaw } from '../db/live-law.js';
import { createPool } from '../db/pool.js';
import { createTemporalPort } from '../db/temporal-port.js';
import { agencySystems } from '../domain/agency-systems.js';
import { instant } from '../domain/time.js';
import { reconcile } from '../worker/reconcile.js';
import { findRunning } from './platform/instance.js';
import { readSecrets } from './platform/secrets.js';
import { accessRegister } from './register-access.js';

const { values } = parseArgs({ options: { since: { type: 'string' } } });
const say = (line: string) => process.stderr.write(`${line}\n`);
const { env } = process;
const dataDir = resolve(env['DATA_DIR'] || join(import.meta.dirname, '../.data'));
const running = findRunning(dataDir)?.ready;
const address = env['TEMPORAL_ADDRESS'] || running?.temporalAddress;
const namespace = env['TEMPORAL_NAMESPACE'] || running?.namespace || 'luong-xanh';
const taskQueue = env['TEMPORAL_TASK_QUEUE'] || running?.taskQueue || 'luong-xanh';
if (address === undefined) {
  say('Luồng Xanh không chạy và không có TEMPORAL_ADDRESS: hãy chạy npm start trước.');
  say('Luồng Xanh is not running and TEMPORAL_ADDRESS is not set: run npm start first.');
  process.exit(1);
}

const access = await accessRegister(env, say);
const pool = createPool(access.url, { max: 8, applicationName: 'reconcile' });
const connection = Connection.lazy({ address });
try {
  const law = await createLiveLaw(pool);
  const port = createTemporalPort(new Client({ connection, namespace }), taskQueue);
  const onProgress = (done: number, total: number) => {
    if (done % 100 === 0) say(`${done}/${total}`);
  };
  const { rebuilt, left } = await reconcile({ pool, door: createDoor({ pool, law }), port, onProgress });
  console.log(`Đã dựng lại · rebuilt: ${rebuilt - left.length}/${rebuilt} tiến trình · workflows`);
  if (left.length > 0) {
    console.log(`Còn ${left.length} tiến trình: máy làm việc sẽ khởi động khi Temporal trả lời`);
    console.log(`${left.length} more: the worker starts them as soon as Temporal answers`);
  }
  if (values.since !== undefined) await askAgain(instant(values.since));
} finally {
  await connection.close();
  await pool.end();
  await access.close();
}

/** Every system that answers by callback sends again what it sent since `since`; what is known already is not taken twice. */
async function askAgain(since: string): Promise<void> {
  const baseUrl = env['AGENCIES_URL'] || running?.agenciesUrl;
  const token = env['AGENCY_TOKEN'] || (running && readSecrets(dataDir).agencyToken);
  if (!baseUrl || !token) throw new Error('AGENCIES_URL and AGENCY_TOKEN are needed for --since');
  for (const system of new Set(Object.values(agencySystems))) {
    const response = await fetch(`${baseUrl}/${system}/redeliveries`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ since }),
      signal: AbortSignal.timeout(30_000),
    });
    if (!response.ok) throw new Error(`${system}: ${response.status}`);
    const { resent } = (await response.json()) as { resent: number };
    console.log(`${system}: ${resent} thông điệp gửi lại · messages sent again`);
  }
}
