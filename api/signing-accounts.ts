import { z } from 'zod';
import { refuse } from '../domain/errors.js';
import { type SigningAccounts } from './filing-signatures.js';

const Answer = z.object({ signature: z.base64(), certificate: z.string() });
const answerMs = 15_000;

/** A remote signing service over HTTP, as the stand-in speaks it; another one is another adapter behind `SigningAccounts`. */
export const createSigningAccounts = ({
  url,
  token,
  roots,
}: {
  readonly url: string;
  readonly token: string | undefined;
  readonly roots: readonly string[];
}): SigningAccounts => ({
  roots,
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
