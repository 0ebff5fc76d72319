import { type Instant } from '../../domain/time/instants.js';
import { type Door } from './door.js';

/** Has the register look at what fell due in a case by `now`: nobody's act, and repeatable at will. */
export async function settleCase(door: Door, caseCode: string, now: Instant): Promise<void> {
  const operationId = `case/${caseCode}/settle/${now}`;
  const settle = { caseCode, command: { type: 'settle' }, actor: { kind: 'clock' } } as const;
  await door.handle({ ...settle, occurredAt: now, operationId, bodyHash: 'settle' });
}
