import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Certified, certify, pemOf } from '../../ops/certificates.js';
import { openSigningAccounts, type SigningAccounts } from './signing-accounts.js';
import { revocationList, timeStamp } from './statements.js';

/** Stands in for who vouches for seals and for time: in production the certification authority of the State, and its time stamps. */
export interface Authority {
  /** Its own certificate, PEM. */
  readonly root: string;
  /** A certificate for a seal, PEM. */
  certifySeal(publicKey: KeyObject, revocationsUrl: string): Promise<string>;
  /** A certificate for somebody who signs filings, known by a number, PEM. */
  certifyHolder(
    publicKey: KeyObject,
    holder: string,
    time?: { readonly from: Date; readonly days: number },
  ): Promise<string>;
  /** Keys of those who sign filings. */
  readonly accounts: SigningAccounts;
  /** Revokes a certificate that it gave (PEM), from an instant on; the list says so with its next reading, also that of another process. */
  revoke(certificate: string, at: Date): void;
  /** What it revoked (CRL, DER). */
  revocations(): Promise<Uint8Array>;
  /** The answer to a query for a time stamp (RFC 3161, DER); undefined where that is none. */
  stamp(query: Uint8Array): Promise<Uint8Array | undefined>;
}

const organisation = 'Luồng Xanh (giả lập · stand-in)';

/** Its keys lie in a folder of their own, made where there are none. Its time is that of this machine: what it says must hold outside, too. */
export async function openAuthority(folder: string): Promise<Authority> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const certified = async (name: string, make: (key: KeyObject) => Promise<Uint8Array>): Promise<Certified> => {
    const [keyFile, certificateFile] = [join(folder, `${name}-key.pem`), join(folder, `${name}.pem`)];
    if (existsSync(keyFile) && existsSync(certificateFile)) {
      const certificate = new X509Certificate(readFileSync(certificateFile)).raw;
      return { key: createPrivateKey(readFileSync(keyFile)), certificate: new Uint8Array(certificate) };
    }
    const { privateKey: key } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const certificate = await make(key);
    writeFileSync(keyFile, key.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
    writeFileSync(certificateFile, pemOf(certificate), { mode: 0o644 });
    return { key, certificate };
  };
  const root = await certified('root', (key) =>
    certify(
      {
        name: { commonName: 'Luồng Xanh Stand-in Root', organisation },
        use: 'authority',
        days: 7300,
        publicKey: createPublicKey(key),
        from: sinceYesterday(),
      },
      { key },
    ),
  );
  const stamper = await certified('time-stamp', (key) =>
    certify(
      {
        name: { commonName: 'Luồng Xanh Stand-in Time Stamps', organisation },
        use: 'time-stamp',
        days: 3650,
        publicKey: createPublicKey(key),
        from: sinceYesterday(),
      },
      root,
    ),
  );
  const certifyHolder: Authority['certifyHolder'] = async (
    publicKey,
    serialNumber,
    { from, days } = { from: sinceYesterday(), days: 365 },
  ) =>
    pemOf(
      await certify({ name: { commonName: serialNumber, serialNumber }, use: 'seal', days, publicKey, from }, root),
    );
  return {
    root: pemOf(root.certificate),
    certifySeal: async (publicKey, revocations) =>
      pemOf(
        await certify(
          {
            name: { commonName: 'Thành phố Hồ Chí Minh - Luồng Xanh', organisation },
            use: 'seal',
            days: 3650,
            publicKey,
            from: sinceYesterday(),
            revocations,
          },
          root,
        ),
      ),
    certifyHolder,
    accounts: openSigningAccounts(folder, certifyHolder, ({ serialNumber }) =>
      revokedIn(folder).some(({ serial }) => serial === serialNumber),
    ),
    revoke(certificate, at) {
      const { serialNumber, issuer } = new X509Certificate(certificate);
      if (issuer !== new X509Certificate(root.certificate).subject)
        throw new Error('the certificate was given by somebody else');
      const revoked = revokedIn(folder).filter(({ serial }) => serial !== serialNumber);
      const all = [...revoked, { serial: serialNumber, at: at.toISOString() }];
      writeFileSync(revokedFile(folder), `${JSON.stringify(all, null, 2)}\n`, { mode: 0o600 });
    },
    revocations: () =>
      revocationList(
        root,
        revokedIn(folder).map(({ serial, at }) => ({ serial: Buffer.from(serial, 'hex'), at: new Date(at) })),
        new Date(),
      ),
    stamp: (query) => timeStamp(query, stamper, new Date()),
  };
}

const revokedFile = (folder: string): string => join(folder, 'revoked.json');

function revokedIn(folder: string): readonly { readonly serial: string; readonly at: string }[] {
  const file = revokedFile(folder);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { serial: string; at: string }[]) : [];
}

/** Clocks of machines differ. */
const sinceYesterday = () => new Date(Date.now() - 86_400_000);
