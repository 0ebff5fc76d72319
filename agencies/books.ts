import { z } from 'zod';
import { lookups } from '../domain/schemas/agency-messages.js';
import { type Store, type Table } from './store.js';

const Declaration = z.object({ declaredOn: z.string() });
const Enterprise = z.strictObject({ name: z.string(), registeredOn: z.string() });

/** A mail or short message as the gateway would have sent it. */
export const OutboxMessage = lookups.message.subject
  .extend({ reference: z.string(), correlationId: z.string(), caseCode: z.string().nullable(), askedAt: z.string() })
  .meta({ id: 'OutboxMessage' });
export type OutboxMessage = z.infer<typeof OutboxMessage>;

/** A state of a dossier as the national portal and the City's system show it: one of the ten codes. */
export const PortalStatus = lookups['status-update'].subject
  // What was taken down before dossiers had a name from their filing on has its code alone.
  .extend({ reference: z.string(), dossier: z.string().default('') })
  .meta({ id: 'PortalStatus' });
export type PortalStatus = z.infer<typeof PortalStatus>;

/** What the bodies have on file because somebody told them; everything else they answer is derived from the question. */
export interface Books {
  readonly declarations: Table<z.infer<typeof Declaration>>;
  /** By enterprise code. Registered by the tax system, seen by the enterprise registry: in life they share it too. */
  readonly enterprises: Table<z.infer<typeof Enterprise>>;
  readonly projects: Table<{ issuedOn: string }>;
  readonly outbox: Table<OutboxMessage>;
  readonly statuses: Table<PortalStatus>;
  /** Of the City's own system for procedures. */
  readonly cityStatuses: Table<PortalStatus>;
  readonly daysOff: readonly string[];
}

export function openBooks(store: Store, daysOff: readonly string[]): Books {
  return {
    declarations: store.table('declaration', Declaration),
    enterprises: store.table('enterprise', Enterprise),
    projects: store.table('project', z.strictObject({ issuedOn: z.string() })),
    outbox: store.table('outbox', OutboxMessage),
    statuses: store.table('status', PortalStatus),
    cityStatuses: store.table('city-status', PortalStatus),
    daysOff,
  };
}
