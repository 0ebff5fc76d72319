import { z } from 'zod';
import { statusSystemCodes } from '../../domain/law/agency-systems.js';
import { CaseCode, Instant, many, Text } from './common.js';

const Status = z.strictObject({ code: z.int().min(1).max(10), name: Text }).meta({ id: 'PortalStatusCode' });

/** A state of a dossier in another system, and ours. */
export const StatusSide = z.strictObject({ status: Status, at: Instant }).meta({ id: 'StatusSide' });

/** What each system that shows dossiers was told of those of a case. */
export const StatusesView = z
  .strictObject({
    case: CaseCode,
    items: many(
      z.strictObject({
        system: z.enum(statusSystemCodes),
        procedure: z.string(),
        procedureName: Text.nullable(),
        attempt: z.int(),
        status: Status,
        occurredAt: Instant,
        toldAt: Instant.nullable().describe('Real time; null: it waits, and is told as soon as the system answers'),
        reference: z.string().nullable().describe('In the books of that system'),
        error: z.string().nullable().describe('Why it was not taken, or not yet'),
      }),
    ).describe('By dossier and system, in the order in which they are told'),
  })
  .meta({ id: 'Statuses' });

/** What another system says of a dossier, for the officer who settles it. */
export const OutsideMatterView = z
  .strictObject({
    id: z.string(),
    procedureName: Text.nullable(),
    dossierCode: z.string().nullable(),
    at: Instant.describe('When we heard of it'),
    papers: z
      .strictObject({ filedAt: Instant, note: z.string().nullable() })
      .nullable()
      .describe('Papers that came to a counter; `note`: what was said of them there'),
    status: z
      .strictObject({ system: z.enum(statusSystemCodes), ours: StatusSide, theirs: StatusSide })
      .nullable()
      .describe('Both sides, where a system holds a state that it was never told'),
  })
  .meta({ id: 'OutsideMatter' });
