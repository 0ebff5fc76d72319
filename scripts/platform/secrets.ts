import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const Secrets = z.object({
  migratorPassword: z.string(),
  appPassword: z.string(),
  agencyToken: z.string(),
  agencyHmacSecret: z.string(),
  demonstrationPassword: z.string(),
  cookieKey: z.string(),
  /** Private JSON Web Keys that sign tokens. */
  oidcKeys: z.array(z.record(z.string(), z.unknown())),
});

/** What one installation keeps to itself, made at its first start. */
export type Secrets = z.infer<typeof Secrets>;

const secretsFile = (dataDir: string) => join(dataDir, 'secrets.json');

/** Where the development key lies that signs decisions (PEM, PKCS #8, Ed25519). */
export const signerKeyFile = (dataDir: string): string => join(dataDir, 'signer-key.pem');

/** The secrets of the installation in `dataDir`, made and kept (mode 0600) if there are none. An unreadable file is an error, never replaced. */
export function ensureSecrets(dataDir: string): Secrets {
  if (!existsSync(signerKeyFile(dataDir))) {
    const { privateKey } = generateKeyPairSync('ed25519');
    writePrivate(signerKeyFile(dataDir), privateKey.export({ type: 'pkcs8', format: 'pem' }));
  }
  if (existsSync(secretsFile(dataDir))) return readSecrets(dataDir);
  const random = (bytes: number) => randomBytes(bytes).toString('base64url');
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const secrets: Secrets = {
    migratorPassword: random(24),
    appPassword: random(24),
    agencyToken: random(32),
    agencyHmacSecret: random(32),
    demonstrationPassword: random(9),
    cookieKey: random(32),
    oidcKeys: [{ ...privateKey.export({ format: 'jwk' }), kid: random(8), alg: 'ES256', use: 'sig' }],
  };
  writePrivate(secretsFile(dataDir), `${JSON.stringify(secrets, null, 2)}\n`);
  return secrets;
}

/** The secrets of an installation that was started before. */
export function readSecrets(dataDir: string): Secrets {
  return Secrets.parse(JSON.parse(readFileSync(secretsFile(dataDir), 'utf8')));
}

/** Writes a file that only its owner reads, whole or not at all. */
export function writePrivate(file: string, content: string | Buffer): void {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, content, { mode: 0o600 });
  renameSync(draft, file);
}
