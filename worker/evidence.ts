import { join } from 'node:path';
import type pg from 'pg';
import { type Logger } from 'pino';
import type { Signer } from '../activities/signer.js';
import { type LogCheckpoint } from '../db/register/log/append.js';
import { logFolder } from '../db/register/log/log-folder.js';
import { newestRoot, writeRoot } from '../db/register/roots.js';
import { noteKeyOf, verifierFrom } from '../domain/evidence/note.js';
import { ed25519Seed } from '../ops/ed25519.js';
import type { WorkerEnvironment } from './config.js';
import { keepLog } from './transparency.js';

interface EvidenceDeps {
  readonly environment: WorkerEnvironment;
  readonly pool: pg.Pool;
  readonly signer: Signer;
  readonly logger: Logger;
  /** The name of the log; left out: it is named after its key. */
  readonly origin: string | undefined;
}

/** What keeps the past provable: signed roots of all chains, and the log that a witness signs under. Throws where a key of the settings is none. */
export function createEvidence({ environment, pool, signer, logger, origin }: EvidenceDeps) {
  const places = {
    folder: environment.CHAIN_ROOTS_DIR,
    witness: environment.CHAIN_ROOT_WITNESS ?? join(environment.DATA_DIR, 'last-root.json'),
  };
  // Told whatever the level: who keeps the log keeps a copy of every root.
  const rootLog = logger.child({}, { level: 'info' });
  const logKey = noteKeyOf(ed25519Seed(environment.TLOG_KEY_FILE), 'log', origin);
  const witnessKey = environment.WITNESS_KEY === undefined ? undefined : verifierFrom(environment.WITNESS_KEY);
  if (environment.WITNESS_URL !== undefined && witnessKey?.kind !== 'witness')
    throw new Error('WITNESS_KEY is no key of a witness: name+id+key');
  const transparency = {
    pool,
    writer: {
      ...logKey,
      folder: logFolder(environment.TLOG_DIR),
      ...(environment.TLOG_MIRROR_DIR !== undefined && { mirror: logFolder(environment.TLOG_MIRROR_DIR) }),
    },
    ...(environment.WITNESS_URL !== undefined &&
      witnessKey && { witness: { url: environment.WITNESS_URL, verifier: witnessKey } }),
    onCheckpoint: ({ size, root: hash, writtenAt }: LogCheckpoint) =>
      rootLog.info({ origin: logKey.verifier.name, size, root: hash.toString('base64'), writtenAt }, 'log checkpoint'),
  };
  return {
    async signRoot(): Promise<void> {
      const written = await writeRoot(pool, places, signer);
      if (!written) return;
      const { number, root: hash, writtenAt, cases, signature, keyId } = written;
      rootLog.info({ number, root: hash, writtenAt, cases, signature, keyId }, 'chain root');
    },
    keepLog: (): Promise<void> => keepLog(transparency),
    /** Tells the log which root is the newest, so that one taken away while nobody ran shows. */
    async tellNewestRoot(): Promise<void> {
      rootLog.info({ newest: (await newestRoot(pool)) ?? null }, 'newest chain root at start');
    },
  };
}

export type Evidence = ReturnType<typeof createEvidence>;
