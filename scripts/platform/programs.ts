import type { TemporalTarget } from '../../ops/temporal-connection.js';
import { builtProgram } from '../programs/build.js';
import { type LineLog, openLog } from './logs.js';
import { launch, type Managed } from './processes.js';
import type { ProcessName, Program, StartOptions } from './system-options.js';
import { isPassing } from './temporal.js';
import { Connection } from '@temporalio/client';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);
const root = resolve(import.meta.dirname, '../..');

/** Our own programs, each by its source. */
export const programs: Record<Program, string> = {
  identity: 'agencies/identity-provider/server.ts',
  agencies: 'agencies/server.ts',
  mail: 'agencies/mail-server/server.ts',
  worker: 'worker/main.ts',
  api: 'api/server.ts',
};

/** Starts one of our programs, as it was built. */
export function launchProgram(options: StartOptions, name: Program, env: NodeJS.ProcessEnv): Managed {
  const other = options.programs?.[name];
  const args =
    other === undefined
      ? ['--enable-source-maps', builtProgram(programs[name])]
      : ['--import', pathToFileURL(require.resolve('tsx')).href, resolve(root, other)];
  return launch({
    name,
    command: process.execPath,
    args,
    env,
    cwd: root,
    graceMs: 8_000,
    ...childOutput(options, name),
  });
}

/** Lines of our own programs are shown; PostgreSQL's and Temporal's are kept for whoever looks into DATA_DIR/logs. */
export function childOutput(
  options: StartOptions,
  name: ProcessName,
): { log: LineLog; onLine: (line: string) => void } {
  const shown = options.quiet !== true && name !== 'postgres' && name !== 'temporal';
  const prefix = name.padEnd(9);
  const logFile = join(options.dataDir, 'logs', `${name}.log`);
  return {
    log: openLog(logFile, { say: options.say }),
    onLine: (line) => {
      // Its advice is for production; this one is a stand-in.
      if (shown && !line.startsWith('oidc-provider WARNING')) options.say(`${prefix}| ${line}`);
    },
  };
}

/** How servers of somebody else are spoken to: the settings with these names. */
export const named = (env: NodeJS.ProcessEnv, names: RegExp): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => names.test(name)));

/** What of our environment the children may know: nothing that names a database or a server we did not choose for them. */
export function inherited(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const ours =
    /^(PG|TEMPORAL_|npm_|VITEST|OIDC_|AGENC|IDENTITY_|SMTP_|MAIL_PORT$|MAIL_DIR$|MAIL_HOST$|HOST$|.*DATABASE_(URL|PASSWORD)$|PORT$|.*_(URL|TOKEN|SECRET|PASSWORD|KEY|KEYS)_FILE$)/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !ours.test(name)));
}

/** Whether that very worker process asks Temporal for work. */
export async function polls(
  child: Managed,
  target: TemporalTarget,
  namespace: string,
  taskQueue: string,
): Promise<boolean> {
  const connection = Connection.lazy(target);
  try {
    for (const taskQueueType of [1, 2] as const) {
      const { pollers } = await connection.withDeadline(Date.now() + 5_000, () =>
        connection.workflowService.describeTaskQueue({ namespace, taskQueue: { name: taskQueue }, taskQueueType }),
      );
      if (pollers.some((poller) => poller.identity?.startsWith(`${child.pid}@`))) return true;
    }
    return false;
  } catch (error) {
    if (isPassing(error)) return false;
    throw error;
  } finally {
    await connection.close();
  }
}
