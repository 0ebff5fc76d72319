import { X509Certificate } from 'node:crypto';
import { requireValid } from '../db/register/signing-keys.js';
import { paperContent } from './paper-content.js';
import { refuse } from '../domain/errors.js';
import { type FormModel } from '../forms/model.js';
import { type Paper } from '../forms/papers.js';
import { isSealedForm } from './sealed-papers.js';
import { type ApiDeps } from './deps.js';

const base64url = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString('base64url');

/**
 * A paper for machines: all that it says as RFC 8785 text, signed with the key of the seal (JWS, RFC 7515, flattened) whose certificates are in the header. Refuses
 * `PAPER_NOT_SEALED` of a draft, of what goes on growing, and where this installation has no seal.
 */
export async function signedPaper(
  { pool, seal }: Pick<ApiDeps, 'pool' | 'seal'>,
  { paper, code, number, model }: { paper: Paper; code: string; number: string | null; model: FormModel },
) {
  if (!seal || !isSealedForm(paper)) return refuse('PAPER_NOT_SEALED', { form: paper.id });
  await requireValid(pool, seal.certificate);
  const x5c = seal.chain.map((pem) => new X509Certificate(pem).raw.toString('base64'));
  const head = base64url(JSON.stringify({ alg: 'RS256', typ: 'luong-xanh-paper+json', x5c }));
  const payload = base64url(paperContent({ paper, code, number, model }));
  const signature = base64url(await seal.sign(Buffer.from(`${head}.${payload}`)));
  return { payload, protected: head, signature };
}
