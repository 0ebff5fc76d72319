import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findRunning, takeInstance } from './platform/instance.js';
import { startPostgres } from './platform/postgres.js';
import { readSecrets } from './platform/secrets.js';

/** The register of this machine, for a program that runs beside the installation or while it is stopped. */
export interface RegisterAccess {
  readonly url: string;
  readonly chainRoots: string;
  close(): Promise<void>;
}

/** DATABASE_URL if it is given; else the register of DATA_DIR: of the running installation, or its PostgreSQL started for as long as it takes. */
export async function accessRegister(env: NodeJS.ProcessEnv, say: (line: string) => void): Promise<RegisterAccess> {
  const dataDir = resolve(env['DATA_DIR'] || join(import.meta.dirname, '../.data'));
  const chainRoots = env['CHAIN_ROOTS_DIR'] || join(dataDir, 'chain-roots');
  const nothing = () => Promise.resolve();
  if (env['DATABASE_URL']) return { url: env['DATABASE_URL'], chainRoots, close: nothing };
  const cluster = join(dataDir, 'postgres');
  if (!existsSync(cluster)) throw new Error(`There is no register in ${dataDir}: set DATABASE_URL or DATA_DIR`);
  const { appPassword } = readSecrets(dataDir);
  const urlAt = (port: number) => `postgresql://app:${encodeURIComponent(appPassword)}@127.0.0.1:${port}/register`;
  if (findRunning(dataDir)) {
    // The fourth line of PostgreSQL's lock file is its port.
    const port = Number(readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[3]);
    return { url: urlAt(port), chainRoots, close: nothing };
  }
  const instance = await takeInstance(dataDir, '', say);
  try {
    const server = await startPostgres({ dataDir, say });
    const close = async () => {
      await server.stop();
      instance.release();
    };
    return { url: urlAt(server.port), chainRoots, close };
  } catch (error) {
    instance.release();
    throw error;
  }
}
