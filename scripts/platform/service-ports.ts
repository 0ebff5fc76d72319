import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { freePorts, isPortFree } from './ports.js';
import { StartRefused } from './refused.js';
import { writePrivate } from './secrets.js';

/** The ports of an installation beside the API's own, by who listens, with the setting that fixes each. */
const settings = {
  postgres: 'POSTGRES_PORT',
  temporal: 'TEMPORAL_PORT',
  temporalUi: 'TEMPORAL_UI_PORT',
  identity: 'IDENTITY_PORT',
  agencies: 'AGENCIES_PORT',
  smtp: 'SMTP_PORT',
  mail: 'MAIL_PORT',
  apiOperations: 'API_OPERATIONS_PORT',
  workerOperations: 'WORKER_OPERATIONS_PORT',
} as const;
type Name = keyof typeof settings;
const names = Object.keys(settings) as Name[];

export type ServicePorts = Readonly<Record<Name, number>>;

const port = z.int().min(1).max(65_535);
const Kept = z.partialRecord(z.enum(names), port);
type Kept = z.infer<typeof Kept>;

/** What the environment fixes; refuses (`StartRefused`) what is no port. */
export function fixedPorts(env: NodeJS.ProcessEnv): Kept {
  const fixed: Kept = {};
  for (const name of names) {
    const given = env[settings[name]];
    if (given === undefined || given === '') continue;
    const { success, data } = port.safeParse(Number(given));
    if (!success) {
      throw new StartRefused(
        `${settings[name]}=${given}: phải là số từ 1 đến 65535 · must be a number from 1 to 65535`,
      );
    }
    fixed[name] = data;
  }
  return fixed;
}

/**
 * The same ports at every start, so that addresses people noted stay right: what the environment fixes, else those of the last start (`DATA_DIR/ports.json`); a free
 * one where there is none or somebody else has taken it meanwhile, which is said.
 */
export async function chooseServicePorts(
  dataDir: string,
  env: NodeJS.ProcessEnv,
  say: (line: string) => void,
): Promise<ServicePorts> {
  const file = join(dataDir, 'ports.json');
  const fixed = fixedPorts(env);
  const kept = readKept(file);
  const free = await freePorts(names.length);
  const chosen: Kept = {};
  const used = new Set<number>(Object.values(fixed));
  for (const name of names) {
    const [given, before] = [fixed[name], kept[name]];
    const stays = before !== undefined && !used.has(before) && (await isPortFree(before));
    const port = given ?? (stays ? before : free.pop());
    if (port === undefined) throw new Error('There are fewer free ports than asked for');
    if (given === undefined && before !== undefined && !stays) {
      say(`${name}: cổng ${before} đã bị chiếm, dùng ${port} · port ${before} is taken, using ${port}`);
    }
    used.add(port);
    chosen[name] = port;
  }
  const ports = chosen as ServicePorts;
  if (JSON.stringify(ports) !== JSON.stringify(kept)) writePrivate(file, `${JSON.stringify(ports, null, 2)}\n`);
  return ports;
}

function readKept(file: string): Kept {
  try {
    return Kept.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    // Unreadable: as good as none, and written anew.
    if (error instanceof SyntaxError || error instanceof z.ZodError) return {};
    throw error;
  }
}
