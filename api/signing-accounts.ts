import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { certificatesFrom } from '../domain/evidence/certificate.js';
import { refuse } from '../domain/errors.js';
import { type SigningAccounts } from './filing-signatures.js';
import { createRevocations, type Sources } from './revocations.js';

const Answer = z.object({ signature: z.base64(), certificate: z.string() });
const answerMs = 15_000;

/** A remote signing service over HTTP, as the stand-in speaks it; another one is another adapter behind `SigningAccounts`. */
export const createSigningAccounts = ({
  url,
  token,
  authorities,
  revocations,
}: {
  readonly url: string;
  readonly token: string | undefined;
  readonly authorities: SigningAccounts['authorities'];
  readonly revocations: SigningAccounts['revocations'];
}): SigningAccounts => ({
  authorities,
  revocations,
  async sign(holder, bytes) {
    const away = (cause: unknown) =>
      refuse('SIGNING_UNAVAILABLE', { answered: cause instanceof Error ? cause.name : String(cause) });
    const response = await fetch(`${url.replace(/\/$/, '')}/${encodeURIComponent(holder)}/signatures`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...(token !== undefined && { Authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ bytes: Buffer.from(bytes).toString('base64') }),
      signal: AbortSignal.timeout(answerMs),
    }).catch(away);
    if (!response.ok) return away(response.status);
    const answer = Answer.safeParse(await response.json().catch(away));
    if (!answer.success) return away('another answer');
    const { signature, certificate } = answer.data;
    return { signature: new Uint8Array(Buffer.from(signature, 'base64')), certificate };
  },
});

interface Settings {
  readonly url: string | undefined;
  readonly token: string | undefined;
  /** A file (PEM) of those whose certificates are taken, and where their lists of what they revoked are. */
  readonly roots: string | undefined;
  readonly lists: readonly string[] | undefined;
}

/** As the settings say; undefined: filings are not signed. Throws with a sentence where they do not go together, or the authorities are not read. */
export async function signingOf(
  { url, token, roots, lists }: Settings,
  failed: Sources['failed'],
): Promise<SigningAccounts | undefined> {
  if (url === undefined && roots === undefined && lists === undefined) return undefined;
  if (url === undefined || roots === undefined || lists === undefined)
    throw new Error(
      'SIGNING_ACCOUNTS_URL, SIGNING_ROOTS_FILE and SIGNING_REVOCATION_LISTS go together: give all, or none',
    );
  const authorities = certificatesFrom(await readFile(roots, 'utf8'));
  if (!authorities) throw new Error(`${roots} holds no certificates that can be checked: give PEM, each of an RSA key`);
  return createSigningAccounts({ url, token, authorities, revocations: createRevocations({ urls: lists, failed }) });
}
