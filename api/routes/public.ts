import { z } from 'zod';
import { businessNow } from '../../db/register/business-clock.js';
import { findCaseState } from '../../db/read/case-state.js';
import { findCaseOfDossier } from '../../db/read/cases.js';
import { listPublications } from '../../db/read/publications.js';
import { pinLockMinutes, pinTries, sealPin, tryPin } from '../../db/people/pins.js';
import { findPublicDecision, findPublicStatus } from '../../db/read/public-status.js';
import { isCaseCode, isDossierCode, typedCode } from '../../domain/case/case/code.js';
import { standingAfter } from '../../domain/case/issued/state.js';
import { resultChangeKinds } from '../../domain/case/issued/words.js';
import { refuse } from '../../domain/errors.js';
import { getAgency } from '../../domain/law/agency.js';
import { type Catalogue } from '../../domain/law/catalogue.js';
import { procedureById } from '../../domain/law/procedure.js';
import { type ApiDeps } from '../deps.js';
import { hashPin, sameHash } from '../hashes.js';
import { given } from '../http/given.js';
import { addressLimiter } from '../http/limits.js';
import { defineRoute } from '../http/route.js';
import { Day, Instant, line, many, page, pageOf, Text } from '../schemas/common.js';
import { Asked, HolderNow, ResultStanding, TrialNow } from '../schemas/cases.js';
import { portalStatusOf } from '../schemas/portal-status.js';
import { askedInShort } from '../views/cases.js';
import { holderNow } from '../views/holder-now.js';

const StatusQuestion = z.strictObject({ code: z.string().min(1).max(64), pin: z.string().min(1).max(64) }).meta({
  id: 'StatusQuestion',
  description: 'Case code, or the dossier code that form 01 prints, and the PIN of the case',
});

const PublicStatus = z
  .strictObject({
    code: z.string(),
    status: z.enum(['open', 'approved', 'refused', 'withdrawn']),
    kind: z.enum(['green-lane', 'sandbox']),
    lane: z.enum(['green', 'standard', 'undecided']).nullable().describe('null for a trial'),
    trial: TrialNow.nullable(),
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
        standing: ResultStanding.nullable().describe('Of its result; null before it is signed'),
        now: HolderNow.nullable().describe('Who holds the file and the days left; null once it is over, or put off'),
      }),
    ),
    asked: z
      .array(
        z.strictObject({
          kind: z.enum(Asked.options.map(({ shape }) => shape.kind.value)),
          name: Text.nullable().describe('Of the procedure or the duty; null where it is about the case'),
          by: Day.nullable(),
        }),
      )
      .describe('What the case waits for from the investor, without anybody’s words'),
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
    standing: ResultStanding,
    changes: many(
      z.strictObject({
        number: z.string().describe('Of the act: it is looked up here, too'),
        change: z.enum(resultChangeKinds),
        at: Instant,
      }),
    ).describe('Acts by which it was put right or taken back, oldest first'),
  })
  .meta({ id: 'PublicDecision' });

const Publication = z
  .strictObject({
    step: z.string().describe('The step by which it was published: `publication` or `public-posting`'),
    stepName: Text,
    publishedAt: Instant,
    dossierCode: z.string(),
    procedure: z.string(),
    name: Text,
    agency: z.string(),
    agencyName: Text,
    receivedAt: Instant,
    filed: z
      .strictObject({
        project: Text,
        objective: Text,
        place: z.strictObject({ zone: z.string().nullable(), lot: z.string().nullable(), areaM2: z.number() }),
        investor: z.string(),
      })
      .nullable()
      .describe('null once the filing was erased'),
  })
  .meta({ id: 'Publication' });

const anyone = { kind: 'anyone' } as const;

/** What may be looked up without signing in. */
export function publicRoutes({ pool, limits, requestCounts, logger }: ApiDeps) {
  const limiter = addressLimiter({ name: 'public', perMinute: limits.publicPerMinute, shared: requestCounts }).limit;
  const names = (catalogue: Catalogue, version: string, agency: string) => ({
    name: procedureById(catalogue.procedures, version).name,
    agency,
    agencyName: getAgency(catalogue.agencies, agency).name,
  });
  const stepName = (catalogue: Catalogue, version: string, step: string) => {
    const { steps } = procedureById(catalogue.procedures, version);
    return steps.find(({ code }) => code === step)?.name ?? refuse('DEFINITION_UNKNOWN', { version, step });
  };
  return [
    defineRoute({
      method: 'post',
      path: '/public/case-status',
      tag: 'Public',
      summary: 'Status of a case by its code, or that of one of its dossiers, and PIN',
      description:
        `After ${pinTries} wrong PINs on one code a caller waits ${pinLockMinutes} minutes (\`PIN_LOCKED\`, with Retry-After); nobody else does. An unknown code is answered like a wrong PIN. ` +
        'Whoever has lost the PIN makes a new one: `POST /cases/{code}/pin`.',
      auth: anyone,
      limiter,
      request: { body: StatusQuestion },
      responses: { 200: { description: 'Where it stands', schema: PublicStatus } },
      refusals: ['STATUS_NOT_SHOWN', 'PIN_LOCKED'],
      handler: async ({ body, address, law, reply }) => {
        const typed = typedCode(body.code);
        const ofCase = isCaseCode(typed);
        if (!ofCase && !isDossierCode(typed)) return refuse('STATUS_NOT_SHOWN');
        const code = ofCase ? typed : await findCaseOfDossier(pool, typed);
        const { opens, waitSeconds } = await tryPin(pool, { code: typed, caseCode: code, address }, async (kept) => {
          const hash = await hashPin(body.pin, kept?.salt ?? nobody.salt);
          return sameHash(hash, kept?.hash ?? nobody.hash);
        });
        if (waitSeconds !== null) return refuse('PIN_LOCKED', waitFor(waitSeconds));
        if (!opens || code === undefined) return refuse('STATUS_NOT_SHOWN');
        // The right PIN is answered, whatever becomes of this.
        await sealPin(pool, code, (salt) => hashPin(body.pin, salt)).catch((err: unknown) =>
          logger.warn({ err }, 'a PIN of an earlier release is sealed later'),
        );
        const found = (await findPublicStatus(pool, code)) ?? refuse('STATUS_NOT_SHOWN');
        const { openedAt: filedAt, procedures, ...rest } = found;
        const { catalogue, law: rules } = law();
        const state = (await findCaseState(pool, code)) ?? refuse('STATUS_NOT_SHOWN');
        const nameOf = (agency: string) => getAgency(catalogue.agencies, agency).name;
        const now = await businessNow(pool);
        const named = procedures.map(({ scope, version, portalStatus, agency, changes, ...one }) => {
          const procedure = state.procedures[scope];
          return {
            ...one,
            standing: changes && standingAfter(changes),
            ...names(catalogue, version, agency),
            status: portalStatusOf(portalStatus),
            now: procedure ? holderNow(state, procedure, { law: rules, nameOf, now }) : null,
          };
        });
        const nameIn = (procedure: string | null) => named.find((one) => one.procedure === procedure)?.name ?? null;
        const asked = askedInShort(state, rules).map(({ procedure, name, ...one }) => ({
          ...one,
          name: name ?? nameIn(procedure),
        }));
        return reply(200, { ...rest, filedAt, procedures: named, asked } as z.input<typeof PublicStatus>);
      },
    }),
    defineRoute({
      method: 'get',
      path: '/public/decisions/{number}',
      tag: 'Public',
      summary: 'Whether a decision of this number was signed, its seal, and whether it still stands',
      description: 'Also by the number of an act that corrected or revoked it.',
      auth: anyone,
      limiter,
      request: { params: z.strictObject({ number: line(120) }) },
      responses: { 200: { description: 'The decision', schema: PublicDecision } },
      refusals: ['NOT_FOUND'],
      handler: async ({ params, law, reply }) => {
        const { version, agency, ...decision } =
          (await findPublicDecision(pool, params.number)) ?? refuse('NOT_FOUND', { decision: params.number });
        const standing = standingAfter(decision.changes);
        return reply(200, { ...decision, standing, ...names(law().catalogue, version, agency) } as z.input<
          typeof PublicDecision
        >);
      },
    }),
    defineRoute({
      method: 'get',
      path: '/public/publications',
      tag: 'Public',
      summary: 'Dossiers published as received, newest first: project, objective, place, investor, time',
      description:
        'The first valid dossier of an investor (Decree 96/2026/NĐ-CP Art. 6.1c), and dossiers for an environmental permit.',
      auth: anyone,
      limiter,
      request: { query: z.strictObject(page) },
      responses: {
        200: {
          description: 'A page',
          schema: pageOf(Publication, 'Publications'),
        },
      },
      handler: async ({ query: { cursor, limit }, law, reply }) => {
        const { items, next } = await listPublications(pool, { ...given({ cursor }), limit });
        const { catalogue } = law();
        const named = items.map(({ version, agency, ...one }) => ({
          ...one,
          ...names(catalogue, version, agency),
          stepName: stepName(catalogue, version, one.step),
        }));
        return reply(200, { items: named, next });
      },
    }),
  ];
}

/** Compared for a code that does not exist. */
const nobody = { salt: '0'.repeat(32), hash: '0'.repeat(64) };

function waitFor(seconds: number) {
  const minutes = Math.max(1, Math.ceil(seconds / 60));
  return {
    retryAfter: seconds,
    detail: {
      vi: `Xin thử lại sau ${minutes} phút.`,
      en: `Try again in ${minutes} minute${minutes === 1 ? '' : 's'}.`,
    },
  };
}
