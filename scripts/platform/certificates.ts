import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { certify, pemOf } from '../../ops/certificates.js';

/** A certificate with its key, both PEM. */
interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** Somebody who signs certificates: of one installation among its own processes, never for people's browsers. */
export interface Authority {
  readonly cert: string;
  /** A certificate for these DNS names, or for a client where there are none. */
  issue(subject: string, names?: readonly string[]): Promise<Certificate>;
}

/** As long as browsers and our own processes take one. */
const days = 397;
/** Clocks of machines differ. */
const sinceYesterday = () => new Date(Date.now() - 86_400_000);
const newKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

/** A new authority of this name. */
export async function createAuthority(commonName = 'Luồng Xanh CA'): Promise<Authority> {
  const key = newKey();
  const common = { from: sinceYesterday(), days };
  const own = { name: { commonName }, use: 'authority', publicKey: createPublicKey(key), ...common } as const;
  const certificate = await certify(own, { key });
  return {
    cert: pemOf(certificate),
    issue: async (subject, dns = []) => {
      const theirs = newKey();
      const asked = { name: { commonName: subject }, use: 'tls', publicKey: createPublicKey(theirs), dns } as const;
      return {
        cert: pemOf(await certify({ ...asked, ...common }, { key, certificate })),
        key: theirs.export({ type: 'pkcs8', format: 'pem' }).toString(),
      };
    },
  };
}
