import { z } from 'zod';
import { orderStates } from '../../db/register/erasure-orders.js';
import { erasable } from '../../db/register/erasable.js';
import { CaseCode, GivenInstant, Instant, line, many } from './common.js';

export const ErasureId = z.uuid().toLowerCase();

const ref = line(200).describe('Id of a person or a document, code of a case, `{case}/{id}` of a text');
const askedBy = line(500).describe('Who asked for it, with the number and day of the request');
const basis = line(500).describe('The legal basis: the clause, and the document by which the City decided');

export const ErasureProposal = z
  .strictObject({ kind: z.enum(erasable), ref, askedBy, basis })
  .meta({ id: 'ErasureProposal' });

export const ErasureRun = z
  .strictObject({
    caseKind: z.enum(['green-lane', 'sandbox']).describe('The class whose term is over'),
    closedBefore: GivenInstant.describe('Cases that closed before: the term of keeping is the City’s, with its basis'),
    askedBy,
    basis,
  })
  .meta({ id: 'ErasureRun' });

const Certificate = z
  .strictObject({
    content: z.strictObject({
      format: z.literal('luong-xanh/destruction/1'),
      order: ErasureId,
      kind: z.enum(erasable),
      ref: z.string(),
      askedBy: z.string(),
      basis: z.string(),
      proposedBy: z.string(),
      confirmedBy: z.string(),
      at: Instant.describe('Real time'),
      rows: z.record(z.string(), z.int()).describe('How many rows of which table were emptied'),
      files: z.int().describe('Sealed files that were removed with their keys'),
    }),
    signature: z.string().describe('Base64, over the RFC 8785 text of `content`; checked with `GET /public/keys`'),
    algorithm: z.string(),
    keyId: z.string(),
  })
  .meta({ id: 'CertificateOfDestruction' });

export const ErasureView = z
  .strictObject({
    id: ErasureId,
    kind: z.enum(erasable),
    ref: z.string(),
    askedBy: z.string(),
    basis: z.string(),
    proposedBy: z.string(),
    proposedAt: Instant,
    status: z.enum(orderStates).describe('`confirmed`: `npm run erase` carries it out'),
    decidedBy: z.string().nullable(),
    decidedAt: Instant.nullable(),
    doneAt: Instant.nullable(),
    certificate: Certificate.nullable(),
  })
  .meta({ id: 'Erasure' });

export const ErasuresView = z.strictObject({ items: many(ErasureView) }).meta({ id: 'Erasures' });

export const ErasureRunView = z
  .strictObject({
    proposed: many(ErasureView),
    held: many(CaseCode).describe('Under legal hold: they stay'),
    waiting: z.int().describe('Of this kind that are proposed and not decided yet'),
    more: z.boolean().describe('Ask again for the next, once these are decided'),
  })
  .meta({ id: 'ErasureRunProposed' });

export const HoldBody = z
  .strictObject({
    kind: z.enum(['case', 'person']),
    ref: line(200).describe('Code of a case, or id of a person'),
    basis: line(500).describe('Why it must be kept: the request and its number'),
  })
  .meta({ id: 'LegalHoldPlaced' });

export const LiftBody = z.strictObject({ basis: line(500) }).meta({ id: 'LegalHoldLifted' });

export const HoldView = z
  .strictObject({
    id: ErasureId,
    kind: z.enum(['case', 'person']),
    ref: z.string(),
    basis: z.string(),
    placedBy: z.string(),
    placedAt: Instant,
    liftedBy: z.string().nullable(),
    liftedAt: Instant.nullable(),
    liftBasis: z.string().nullable(),
  })
  .meta({ id: 'LegalHold' });

export const HoldsView = z.strictObject({ items: many(HoldView) }).meta({ id: 'LegalHolds' });
