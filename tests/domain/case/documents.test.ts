import { expect, it } from 'vitest';
import { documentsNamed, type DocumentUse } from '../../../domain/case/procedure/documents.js';
import { OneProcedure } from '../../support/one-procedure.js';

const first = '00000000-0000-4000-8000-000000000001';
const second = '00000000-0000-4000-8000-000000000002';
const idOf = (step: string) => (step === 'contract' ? second : first);

/** The uses of a document that the events of the case make. */
const usesOf = ({ register }: OneProcedure, documentId: string): DocumentUse[] =>
  register.events
    .flatMap((event) => documentsNamed(event, register.state))
    .filter((one) => one.documentId === documentId);

it('what officials put beside an answer is for officials until the decision is signed, and for everybody from then on', () => {
  const one = new OneProcedure('land-lease', '2026-07-06 09:05').file().receive();
  const attach = (key: string, step: string) =>
    one.complete(key, { outcome: 'done', attachments: [{ documentId: idOf(step) }] });
  const officers = () => one.openTasks().filter(({ kind, role }) => kind === 'step' && role === 'officer');
  for (let before = -1; before !== one.register.state.seq && one.state.decision === null;) {
    before = one.register.state.seq;
    one.work().answer();
    for (const { key, step } of officers()) attach(key, step ?? '');
  }
  const before = usesOf(one, first);
  expect(before.length).toBeGreaterThan(0);
  expect(before.every(({ internal }) => internal === true)).toBe(true);

  one.complete('step/decision', { outcome: 'approve' });
  const signed = { documentHash: 'h', signature: 's', algorithm: 'Ed25519', keyId: 'k' };
  one.engine(one.scope, { type: 'recordSignature', number: 'KQ-1', ...signed });
  const [shown] = one.events('decisionSigned').flatMap((event) => documentsNamed(event, one.register.state));
  expect(shown).toMatchObject({ documentId: first, procedure: 'land-lease' });
  expect(shown).not.toHaveProperty('internal');

  one.work();
  for (const { key, step } of officers()) attach(key, step ?? '');
  const [late] = usesOf(one, second);
  expect(late).toMatchObject({ documentId: second, procedure: 'land-lease' });
  expect(late).not.toHaveProperty('internal');
});
