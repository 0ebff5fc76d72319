import { z } from 'zod';
import { findPublicDecision, findPublicStatus, tryPin } from '../../db/queries/public-status.js';
import { refuse } from '../../domain/errors.js';
import { getAgency } from '../../domain/agency.js';
import { procedureById } from '../../domain/procedure.js';
import { type ApiDeps } from '../deps.js';
import { hashPin, sameHash } from '../hashes.js';
import { addressLimiter } from '../http/limits.js';
import { defineRoute } from '../http/route.js';
import { Day, Instant, line, Text } from '../schemas/common.js';
import { portalStatusOf } from '../schemas/portal-status.js';

const StatusQuestion = z
  .strictObject({ code: z.string().min(1).max(64), pin: z.string().min(1).max(64) })
  .meta({ id: 'StatusQuestion', description: 'Case code and PIN from the receipt' });

const PublicStatus = z
  .strictObject({
    code: z.string(),
    status: z.enum(['open', 'approved', 'refused', 'withdrawn']),
    lane: z.enum(['green', 'standard', 'undecided']),
    filedAt: Instant,
    closedAt: Instant.nullable(),
    procedures: z.array(
      z.strictObject({
        procedure: z.string(),
        name: Text,
        agency: z.string(),
        agencyName: Text,
        dossierCode: z.string().nullable(),
        status: z.strictObject({ code: z.int().min(1).max(10), name: Text }),
        dueDate: Day.nullable(),
        outcome: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'PublicStatus' });

const PublicDecision = z
  .strictObject({
    number: z.string(),
    outcome: z.enum(['approved', 'refused']),
    decidedAt: Instant,
    procedure: z.string(),
    name: Text,
    agency: z.string(),
    agencyName: Text,
    dossierCode: z.string().nullable(),
    documentHash: z.string(),
    signature: z.string(),
    algorithm: z.string(),
    keyId: z.string(),
  })
  .meta({ id: 'PublicDecision' });

const anyone = { kind: 'anyone' } as const;

/** What may be looked up without signing in. */
export function publicRoutes({ pool, catalogue, limits }: ApiDeps) {
  const limiter = addressLimiter(limits.publicPerMinute);
  const names = (version: string, agency: string) => ({
    name: procedureById(catalogue.procedures, version).name,
    agency,
    agencyName: getAgency(catalogue.agencies, agency).name,
  });
  return [
    defineRoute({
      method: 'post',
      path: '/public/case-status',
      tag: 'Public',
      summary: 'Status of a case by its code and PIN',
      description:
        'Five wrong PINs lock the look-up for a while. An unknown code, a wrong PIN and a lock get the same answer.',
      auth: anyone,
      limiter,
      request: { body: StatusQuestion },
      responses: { 200: { description: 'Where it stands', schema: PublicStatus } },
      refusals: ['STATUS_NOT_SHOWN'],
      handler: async ({ body, reply }) => {
        const code = body.code.trim().toUpperCase();
        // PostgreSQL has no NUL: what no code can hold never reaches it.
        const known = /^[\x20-\x7e]+$/.test(code);
        const opens = await tryPin(pool, known ? code : '', async (kept) => {
          const hash = await hashPin(body.pin, kept?.salt ?? nobody.salt);
          return sameHash(hash, kept?.hash ?? nobody.hash);
        });
        const found = opens ? await findPublicStatus(pool, code) : undefined;
        if (!found) return refuse('STATUS_NOT_SHOWN');
        const { openedAt: filedAt, procedures, ...rest } = found;
        const named = procedures.map(({ version, portalStatus, agency, ...one }) => ({
          ...one,
          ...names(version, agency),
          status: portalStatusOf(portalStatus),
        }));
        return reply(200, { ...rest, filedAt, procedures: named } as z.input<typeof PublicStatus>);
      },
    }),
    defineRoute({
      method: 'get',
      path: '/public/decisions/{number}',
      tag: 'Public',
      summary: 'Whether a decision of this number was signed, and its seal',
      auth: anyone,
      limiter,
      request: { params: z.strictObject({ number: line(120) }) },
      responses: { 200: { description: 'The decision', schema: PublicDecision } },
      refusals: ['NOT_FOUND'],
      handler: async ({ params, reply }) => {
        const { version, agency, ...decision } =
          (await findPublicDecision(pool, params.number)) ?? refuse('NOT_FOUND', { decision: params.number });
        return reply(200, { ...decision, ...names(version, agency) } as z.input<typeof PublicDecision>);
      },
    }),
  ];
}

/** Compared for a code that does not exist. */
const nobody = { salt: '0'.repeat(32), hash: '0'.repeat(64) };
