import { type Filing } from '../../domain/lane/screening.js';
import { exampleProjects } from '../../seeds/index.js';
import { engineDoes, openAssessment, openTask, procedure } from '../api/engine-by-hand.js';
import { type TestApi } from '../api/support.js';
import { procedureScope } from '../../domain/case/scope.js';

/** BESI's second phase, as the reports tell it. */
export const phaseTwo: Filing = exampleProjects['besi-2'];

/** BESI's certificate is decided, signed, handed over and closed; everything by hand. */
export async function certify(
  api: TestApi,
  caseCode: string,
  outcome: 'approve' | 'refuse' = 'approve',
): Promise<void> {
  const scope = procedureScope(caseCode, procedure, 1);
  const work = async (taskId: string, as: string, body: unknown) => {
    await api.call('POST', `/tasks/${taskId}/claim`, { as });
    const { status, body: answer } = await api.call('POST', `/tasks/${taskId}/completion`, { as, body });
    if (status !== 200) throw new Error(`${taskId} was answered ${status} ${JSON.stringify(answer)}`);
  };
  await work(await openAssessment(api, caseCode), 'officer.shtp-board.1', { outcome: 'done' });
  const signing = { key: 'step/decision', kind: 'step', agency: 'shtp-board', role: 'head', step: 'decision' } as const;
  await work(await openTask(api, scope, signing), 'head.shtp-board', { outcome, reason: 'đủ điều kiện' });
  await engineDoes(api, scope, {
    type: 'recordSignature',
    number: `${caseCode}-KQ`,
    documentHash: 'h',
    signature: 's',
    algorithm: 'Ed25519',
    keyId: 'k',
  });
  if (outcome === 'approve') {
    await engineDoes(api, scope, { type: 'startStep', step: 'project-number' });
    const issued = {
      type: 'completeStep',
      step: 'project-number',
      outcome: 'issued',
      by: 'system',
      reference: '1',
    } as const;
    await engineDoes(api, scope, issued);
  }
  await engineDoes(api, scope, { type: 'handOver' });
  await engineDoes(api, scope, { type: 'closeProcedure' });
}
