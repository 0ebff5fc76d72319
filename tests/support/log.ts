import { generateKeyPairSync, sign } from 'node:crypto';
import { type Sign, type Verifier, verifierOf } from '../../domain/evidence/note.js';
import { logFolder } from '../../db/register/log/log-folder.js';
import { type LogWriter } from '../../db/register/log/append.js';

/** A key that signs notes, and what checks them. */
export function noteKey(name: string, kind: Verifier['kind']): { readonly verifier: Verifier; readonly sign: Sign } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
  return {
    verifier: verifierOf(name, kind, new Uint8Array(raw)),
    sign: (bytes) => new Uint8Array(sign(null, bytes, privateKey)),
  };
}

/** Who writes a transparency log into a folder. */
export const logWriter = (folder: string, key = noteKey('log.example/test', 'log')): LogWriter => ({
  ...key,
  folder: logFolder(folder),
});
