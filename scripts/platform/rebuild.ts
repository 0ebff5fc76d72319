import { caseRuns } from '../../domain/case/activities.js';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { createDoor } from '../../db/register/door.js';
import { createLiveLaw } from '../../db/law/live-law.js';
import { createPool } from '../../db/pool.js';
import { createTemporalPort } from '../../engine/register/temporal-port.js';
import { withSecretFiles } from '../../ops/environment.js';
import { dataConverterOf } from '../../ops/payload-codec.js';
import { type TemporalTarget, temporalTargetAt } from '../../ops/temporal-connection.js';
import { agencySystems } from '../../domain/law/agency-systems.js';
import { type Instant } from '../../domain/time/instants.js';
import { reconcile } from '../../worker/reconcile.js';
import { findRunning } from './instance.js';
import { payloadKeyFile, readSecrets } from './secrets.js';

type Say = (line: string) => void;

/** Where the engine and the agencies of an installation are: of the environment, else of the one that runs on DATA_DIR. */
export interface EngineAccess {
  readonly temporal: TemporalTarget;
  readonly namespace: string;
  readonly taskQueue: string;
  /** The keys that seal what Temporal keeps; undefined: it is kept in clear. */
  readonly payloadKeys: string | undefined;
  readonly agencies: { readonly baseUrl: string | undefined; readonly token: string | undefined };
}

/** Undefined where no installation runs and TEMPORAL_ADDRESS is not set; that is said. */
export function accessEngine(environment: NodeJS.ProcessEnv, say: Say): EngineAccess | undefined {
  const env = withSecretFiles(environment, ['TEMPORAL_API_KEY', 'AGENCY_TOKEN']);
  const dataDir = resolve(env['DATA_DIR'] || join(import.meta.dirname, '../../.data'));
  const running = findRunning(dataDir)?.ready;
  const address = env['TEMPORAL_ADDRESS'] || running?.temporalAddress;
  if (address === undefined) {
    say('Luồng Xanh không chạy và không có TEMPORAL_ADDRESS: hãy chạy npm start trước.');
    say('Luồng Xanh is not running and TEMPORAL_ADDRESS is not set: run npm start first.');
    return undefined;
  }
  return {
    // The server of a running installation is its own, on this machine.
    temporal: env['TEMPORAL_ADDRESS'] ? temporalTargetAt(address, env) : { address },
    namespace: env['TEMPORAL_NAMESPACE'] || running?.namespace || 'luong-xanh',
    taskQueue: env['TEMPORAL_TASK_QUEUE'] || running?.taskQueue || 'luong-xanh',
    payloadKeys: env['TEMPORAL_PAYLOAD_KEY_FILE'] || [payloadKeyFile(dataDir)].find((file) => existsSync(file)),
    agencies: {
      baseUrl: env['AGENCIES_URL'] || running?.agenciesUrl,
      token: env['AGENCY_TOKEN'] || (running && readSecrets(dataDir).agencyToken),
    },
  };
}

/** Rebuilds every open workflow of this register, and says how many. */
export async function rebuildWorkflows(registerUrl: string, engine: EngineAccess, say: Say): Promise<void> {
  const pool = createPool(registerUrl, { max: 8, applicationName: 'reconcile', purpose: 'acts' });
  const connection = Connection.lazy(engine.temporal);
  const law = await createLiveLaw(pool);
  try {
    const port = createTemporalPort(
      new Client({ connection, namespace: engine.namespace, dataConverter: dataConverterOf(engine.payloadKeys) }),
      engine.taskQueue,
      caseRuns,
    );
    const onProgress = (done: number, total: number) => {
      if (done % 100 === 0) say(`${done}/${total}`);
    };
    const { rebuilt, left } = await reconcile({ pool, door: createDoor({ pool, law }), port, onProgress });
    console.log(`Đã dựng lại · rebuilt: ${rebuilt - left.length}/${rebuilt} tiến trình · workflows`);
    if (left.length > 0) {
      console.log(`Còn ${left.length} tiến trình: máy làm việc sẽ khởi động khi Temporal trả lời`);
      console.log(`${left.length} more: the worker starts them as soon as Temporal answers`);
    }
  } finally {
    law.stop();
    await connection.close();
    await pool.end();
  }
}

/** Every system that answers by callback sends again what it sent since `since`; what is known already is not taken twice. */
export async function askAgencies({ agencies: { baseUrl, token } }: EngineAccess, since: Instant): Promise<void> {
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
