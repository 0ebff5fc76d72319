import { caseOfDutyItem } from '../db/register/agenda.js';
import { type Door } from '../db/register/door.js';
import { type AgendaHandler } from './agenda.js';

/** Duties outlive their case: its workflows are over, so the agenda has the register look at what fell due. */
export const settleDuties =
  ({ door }: { readonly door: Door }): AgendaHandler =>
  async (item, now) => {
    await door.handle({
      caseCode: caseOfDutyItem(item),
      command: { type: 'settle' },
      actor: { kind: 'clock' },
      occurredAt: now,
      operationId: `agenda/duty/${item.ref}`,
      bodyHash: '',
    });
  };
