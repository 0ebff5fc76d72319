import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { noteKeyOf, verifierText } from '../../domain/evidence/note.js';
import { ed25519Seed } from '../../ops/ed25519.js';
import { newMasterKey } from '../../ops/master-keys.js';
import { createAuthority } from '../platform/certificates.js';

const random = () => randomBytes(32).toString('base64url');
const ed25519 = () => generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
function jwks(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return JSON.stringify({ keys: [{ ...privateKey.export({ format: 'jwk' }), kid: '1', alg: 'ES256', use: 'sig' }] });
}

/** Secrets by the name of their file, as `docker-compose.yml` names them, and what each is made by. */
const makers: Readonly<Record<string, () => string | Buffer>> = {
  'register-password': random,
  'app-password': random,
  'temporal-db-password': random,
  'agency-token': random,
  'agency-hmac-secret': random,
  'session-secret': random,
  'demonstration-password': () => randomBytes(12).toString('base64url'),
  'oidc-cookie-key': random,
  'oidc-keys': jwks,
  'signer.pem': ed25519,
  'master-key': () => `${newMasterKey()}\n`,
  'temporal-payload-key': () => `${newMasterKey()}\n`,
  'log.pem': ed25519,
  'witness.pem': ed25519,
};
/** Who speaks TLS among the containers, under these names. */
const servers = ['register', 'temporal-db', 'temporal', 'proxy'];

/**
 * Makes every secret of `docker-compose.yml` in the folder: passwords, keys, a CA of its own and the certificates of the servers, and in `public.env` the public keys
 * that processes are told of each other. What is there stays, so that it can be run again. Answers the names of what it made.
 */
export async function makeSecrets(folder: string): Promise<string[]> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const made: string[] = [];
  const write = (name: string, content: string | Buffer): void => {
    // The folder is closed; the files are read by the accounts of the containers.
    writeFileSync(join(folder, name), content, { mode: 0o644 });
    made.push(name);
  };
  const isThere = (name: string): boolean => existsSync(join(folder, name));
  for (const [name, make] of Object.entries(makers)) if (!isThere(name)) write(name, make());
  const pairs = [...servers, 'temporal-client'];
  const missing = pairs.filter((name) => !isThere(`${name}.crt`) || !isThere(`${name}.key`));
  if (!isThere('ca.pem') || missing.length > 0) {
    // The CA's key is not kept: one that is nowhere cannot be stolen. A new certificate means new ones for all.
    const authority = await createAuthority();
    write('ca.pem', authority.cert);
    for (const name of pairs) {
      const { cert, key } = await authority.issue(name, name === 'temporal-client' ? [] : [name, 'localhost']);
      write(`${name}.crt`, cert);
      write(`${name}.key`, key);
    }
  }
  const publicKey = (file: string, kind: 'log' | 'witness') =>
    verifierText(noteKeyOf(ed25519Seed(join(folder, file)), kind).verifier);
  const known = `WITNESS_LOGS=${publicKey('log.pem', 'log')}\nWITNESS_KEY=${publicKey('witness.pem', 'witness')}\n`;
  if (!isThere('public.env') || readFileSync(join(folder, 'public.env'), 'utf8') !== known) write('public.env', known);
  return made;
}
