import { caseScope, procedureScope, type ScopeId } from '../../domain/case/scope.js';
import { allTasks } from '../../domain/case/task/state.js';
import type { Instant } from '../../domain/time/instants.js';
import { exampleProjects } from '../../seeds/index.js';
import { at, person, type MemoryRegister } from './memory-register.js';

/** The counter is asked to look at the first filing, and takes it in: form 01. */
export function givenReceived(register: MemoryRegister, scope: ScopeId, asked: Instant, received: Instant): void {
  const agency = 'hcmc-pasc';
  const role = 'receiving-officer';
  register.engine(scope, asked, { type: 'openTask', key: 'intake/1', kind: 'intake', agency, role, step: null });
  const intake = [...allTasks(register.state)].find((task) => task.scope === scope && task.key === 'intake/1');
  const completion = { outcome: 'receive' };
  register.act(person('receiving.1', role, agency), received, {
    type: 'completeTask',
    taskId: intake?.id ?? '',
    completion,
  });
}

/** BESI's certificate: filed and received on Monday 6 July 2026, checked by machine, both agencies asked. */
export function givenAgenciesAsked<Register extends MemoryRegister>(register: Register): Register {
  const { code } = register;
  const irc = procedureScope(code, 'irc-ordinary', 1);
  register.open(exampleProjects.besi, at('2026-07-06 09:00'));
  register.engine(caseScope(code), at('2026-07-06 09:00'), { type: 'openProcedure', procedure: 'irc-ordinary' });
  register.act(person('investor.test', 'investor'), at('2026-07-06 09:05'), {
    type: 'fileDossier',
    procedure: 'irc-ordinary',
    documents: [{ code: 'request', documentId: 'doc-1', obtainedFrom: null }],
  });
  givenReceived(register, irc, at('2026-07-06 09:05'), at('2026-07-06 10:00'));
  const step = 'completeness-check';
  register.engine(irc, at('2026-07-06 10:00'), { type: 'startStep', step });
  const checked = { step, outcome: 'complete', by: 'system', reference: null } as const;
  register.engine(irc, at('2026-07-06 10:01'), { type: 'completeStep', ...checked });
  register.engine(irc, at('2026-07-06 10:02'), { type: 'openConsultation', step: 'opinions' });
  return register;
}
