import { createHash } from 'node:crypto';
import { canonical } from '../domain/evidence/canonical.js';
import { type Statement, statementBytes, statementText } from '../domain/evidence/statement.js';
import { dateOf } from '../domain/time/instants.js';
import { type FormModel } from '../forms/model.js';
import { type Paper } from '../forms/papers.js';
import { type Seal } from '../forms/seal.js';

/** A paper of a case, as it is issued. */
export interface IssuedPaper {
  readonly paper: Paper;
  readonly code: string;
  readonly number: string | null;
  readonly model: FormModel;
}

/** All that a paper says, as RFC 8785 text. */
export function paperContent({ paper, code, number, model }: IssuedPaper): string {
  const { form, issuedAt, letters, statusUrl } = model;
  return canonical({
    format: 'luong-xanh-paper/1',
    case: code,
    paper: paper.id,
    form,
    number,
    issuedAt,
    statusUrl,
    letters,
  });
}

/** What the QR code of a sealed paper holds: where it opens, and who says what, signed now by the seal. Undefined of a paper without a code. */
export async function statementOf(
  seal: Pick<Seal, 'certificate' | 'sign'>,
  issued: IssuedPaper,
  outcome: string | undefined,
): Promise<string | undefined> {
  const { code, number, model } = issued;
  if (model.statusUrl === null) return undefined;
  const statement: Statement = {
    address: model.statusUrl,
    form: model.form,
    outcome: outcome ?? '',
    number: number ?? '',
    caseCode: code,
    day: dateOf(model.issuedAt),
    signedAt: `${new Date().toISOString().slice(0, 19)}.000Z`,
    key: seal.certificate.slice(0, 16),
    contentHash: createHash('sha256').update(paperContent(issued)).digest('hex'),
  };
  return statementText({ statement, signature: await seal.sign(statementBytes(statement)) });
}
