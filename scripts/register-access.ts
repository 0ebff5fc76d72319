import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { withSecretFiles } from '../ops/environment.js';
import { withPassword } from '../ops/register-connection.js';
import { findRunning, takeInstance } from './platform/instance.js';
import { startPostgres } from './platform/postgres.js';
import {
  logFolderOf,
  logKeyFile,
  masterKeyFile,
  readSecrets,
  signerKeyFile,
  witnessKeyFile,
  witnessStateFile,
} from './platform/secrets.js';

/** The published files of the transparency log, the key that signs it, its name where it was given one, and its witness: by address and key, or the stand-in's files. */
export interface LogPlaces {
  readonly folder: string;
  readonly key: string;
  readonly origin: string | undefined;
  readonly witness:
    { readonly url: string; readonly key: string } | { readonly stateFile: string; readonly keyFile: string };
}

/** The register of this machine, for a program that runs beside the installation or while it is stopped. */
export interface RegisterAccess {
  readonly dataDir: string;
  readonly url: string;
  /** As the owner of the tables; undefined where DATABASE_URL is given and MIGRATOR_DATABASE_URL is not. */
  readonly ownerUrl: string | undefined;
  readonly chainRoots: string;
  /** Remembers the newest root. */
  readonly chainRootWitness: string;
  readonly log: LogPlaces;
  readonly documents: string;
  /** The key that signs roots and decisions. */
  readonly signerKey: string;
  /** The master keys that wrap the data keys of cases; there may be no such file. */
  readonly masterKey: string;
  close(): Promise<void>;
}

/** DATABASE_URL if it is given; else the register of DATA_DIR: of the running installation, or its PostgreSQL started for as long as it takes. */
export async function accessRegister(
  environment: NodeJS.ProcessEnv,
  say: (line: string) => void,
): Promise<RegisterAccess> {
  const env = withSecretFiles(environment, [
    'DATABASE_URL',
    'DATABASE_PASSWORD',
    'MIGRATOR_DATABASE_URL',
    'MIGRATOR_DATABASE_PASSWORD',
  ]);
  const dataDir = resolve(env['DATA_DIR'] || join(import.meta.dirname, '../.data'));
  const places = {
    dataDir,
    chainRoots: env['CHAIN_ROOTS_DIR'] || join(dataDir, 'chain-roots'),
    chainRootWitness: env['CHAIN_ROOT_WITNESS'] || join(dataDir, 'last-root.json'),
    log: {
      folder: env['TLOG_DIR'] || logFolderOf(dataDir),
      key: env['TLOG_KEY_FILE'] || logKeyFile(dataDir),
      origin: env['TLOG_ORIGIN'] || undefined,
      witness:
        env['WITNESS_URL'] && env['WITNESS_KEY']
          ? { url: env['WITNESS_URL'], key: env['WITNESS_KEY'] }
          : { stateFile: witnessStateFile(dataDir), keyFile: witnessKeyFile(dataDir) },
    },
    documents: env['DOCUMENTS_DIR'] || join(dataDir, 'documents'),
    signerKey: env['SIGNER_KEY_FILE'] || signerKeyFile(dataDir),
    masterKey: env['MASTER_KEY_FILE'] || masterKeyFile(dataDir),
  };
  const nothing = () => Promise.resolve();
  if (env['DATABASE_URL']) {
    const owner = env['MIGRATOR_DATABASE_URL'] || undefined;
    const ownerUrl = owner && withPassword(owner, env['MIGRATOR_DATABASE_PASSWORD'] || undefined);
    const url = withPassword(env['DATABASE_URL'], env['DATABASE_PASSWORD'] || undefined);
    return { url, ownerUrl, ...places, close: nothing };
  }
  const cluster = join(dataDir, 'postgres');
  if (!existsSync(cluster)) throw new Error(`There is no register in ${dataDir}: set DATABASE_URL or DATA_DIR`);
  const { appPassword, migratorPassword } = readSecrets(dataDir);
  const at = (port: number) => {
    const of = (role: string, password: string) =>
      `postgresql://${role}:${encodeURIComponent(password)}@127.0.0.1:${port}/register`;
    return { url: of('app', appPassword), ownerUrl: of('migrator', migratorPassword), ...places };
  };
  if (findRunning(dataDir)) {
    // The fourth line of PostgreSQL's lock file is its port.
    const port = Number(readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[3]);
    return { ...at(port), close: nothing };
  }
  const instance = await takeInstance(dataDir, '', say);
  try {
    const server = await startPostgres({ dataDir, say });
    const close = async () => {
      await server.stop();
      instance.release();
    };
    return { ...at(server.port), close };
  } catch (error) {
    instance.release();
    throw error;
  }
}

/**
 * Does with the register what only the owner of its tables may, and lets go of it. Where the owner is not named it says so, and the process ends with 1.
 * `what`: what the owner alone does, in both languages.
 */
export async function asOwner(
  what: { readonly vi: string; readonly en: string },
  say: (line: string) => void,
  act: (ownerUrl: string, access: RegisterAccess) => Promise<void>,
): Promise<void> {
  const access = await accessRegister(process.env, say);
  try {
    if (access.ownerUrl === undefined) {
      say(`Thiếu MIGRATOR_DATABASE_URL: chỉ chủ sở hữu các bảng ${what.vi}.`);
      say(`MIGRATOR_DATABASE_URL is missing: only the owner of the tables ${what.en}.`);
      process.exitCode = 1;
    } else await act(access.ownerUrl, access);
  } finally {
    await access.close();
  }
}
