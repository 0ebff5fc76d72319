import { type z } from 'zod';
import { businessNow } from '../../db/business-clock.js';
import { type Accepted } from '../../db/door.js';
import { ownedDocuments } from '../../db/documents.js';
import { pinSalt } from '../../db/queries/public-status.js';
import { openingOf } from '../../domain/case/opening.js';
import { type EventOf } from '../../domain/case/events.js';
import { getAgency } from '../../domain/agency.js';
import { findProcedureVersion, procedureById } from '../../domain/procedure.js';
import { type Filing, reduction, screen } from '../../domain/screening.js';
import { dateOf, type PlainDate } from '../../domain/time.js';
import { bodyHashOf, headersOf } from '../acts.js';
import { actorOf, type Person } from '../auth/person.js';
import { type Access } from '../auth/access.js';
import { type ApiDeps } from '../deps.js';
import { hashOf, hashPin, newSalt, pinOf } from '../hashes.js';
import { defineRoute } from '../http/route.js';
import { type FieldError, InvalidRequest } from '../http/validation.js';
import { CaseFiling, Receipt } from '../schemas/commands.js';

/** The one submission: screened, planned and opened in one request. */
export const filingRoutes = (deps: ApiDeps, access: Access) => [
  defineRoute({
    method: 'post',
    path: '/cases',
    tag: 'Filing',
    summary: 'File a project: opens the case and answers the receipt with the plan',
    description:
      'The law in force on the day of filing applies. A chosen pathway that is not lawful for the project is refused with the clause. The PIN on the ' +
      'receipt is shown once (again for the same Idempotency-Key).',
    auth: { kind: 'person', roles: ['investor', 'representative'], scope: 'case:file', access: access.mayFile },
    idempotent: true,
    request: { body: CaseFiling },
    responses: {
      201: {
        description: 'The receipt',
        schema: Receipt,
        headers: { Location: 'The case', 'Idempotency-Replayed': '`true` where it was filed before' },
      },
    },
    refusals: ['PRECONDITION_FAILED', 'CALENDAR_UNKNOWN', 'DEFINITION_UNKNOWN', 'OUTSIDE_POWER_OF_ATTORNEY'],
    handler: async ({ body, person, key, method, path, reply }) => {
      const { pathway, onBehalfOf, ...filing } = body;
      const investor = await access.investorFor(person, onBehalfOf);
      const at = await businessNow(deps.pool);
      await requireLodgeable(deps, person, filing, dateOf(at));
      const opening = openingOf({
        filing,
        filingHash: hashOf(filing),
        screening: screen(filing, at, deps.catalogue, dateOf(at)),
        pathway,
        personId: investor,
      });
      const { nameVi, nameEn } = { nameVi: filing.project.name.vi, nameEn: filing.project.name.en };
      const salt = newSalt();
      const accepted = await deps.door.open({
        command: { type: 'openCase', opening, managed: true },
        actor: actorOf(person, investor === person.id ? undefined : investor),
        key,
        bodyHash: bodyHashOf({ person, key, method, path, body }),
        occurredAt: at,
        attach: async (caseCode) => ({
          filing: { body: filing, nameVi, nameEn, search: [caseCode, nameVi, nameEn, filing.investor.name].join(' ') },
          pin: { salt, hash: await hashPin(pinOf(salt, person.id, key), salt) },
        }),
      });
      const kept = accepted.replayed ? await pinSalt(deps.pool, accepted.caseCode) : salt;
      return reply(201, receiptOf(deps, accepted, pinOf(kept, person.id, key)), {
        Location: `/api/v1/cases/${accepted.caseCode}`,
        ...headersOf(accepted),
      });
    },
  }),
];

/** Documents given with the filing become dossiers by themselves later: whatever could not be lodged then is refused now. */
async function requireLodgeable(
  { pool, catalogue }: ApiDeps,
  person: Person,
  { documents }: Filing,
  at: PlainDate,
): Promise<void> {
  if (documents.length === 0) return;
  const owned = await ownedDocuments(
    pool,
    person.id,
    documents.map(({ documentId }) => documentId),
  );
  const errors = documents.flatMap(({ procedure, code, documentId }, index): FieldError[] => {
    const unknown = (field: string, detail: string): FieldError[] => [
      { in: 'body', pointer: `/documents/${index}/${field}`, code: 'UNKNOWN_VALUE', detail },
    ];
    const definition = findProcedureVersion(catalogue.procedures, procedure, at);
    if (!definition) return unknown('procedure', 'no procedure in force');
    if (definition.startsFrom === 'prior-decision') return unknown('procedure', 'this procedure takes no dossier');
    const known = definition.documents.map((one) => one.code);
    if (!known.includes(code)) return unknown('code', known.join(', '));
    return owned.has(documentId) ? [] : unknown('documentId', 'not a document you uploaded');
  });
  if (errors.length > 0) throw new InvalidRequest(errors);
}

function receiptOf({ catalogue }: ApiDeps, accepted: Accepted, pin: string): z.input<typeof Receipt> {
  const opened = accepted.events.find((event): event is EventOf<'caseOpened'> => event.type === 'caseOpened');
  if (!opened) throw new Error(`Case ${accepted.caseCode} was opened without an opening`);
  const { lane, pathway, milestone, lawAt, baseline, target, ambition, reductionByLaw, plan } = opened.payload;
  return {
    case: accepted.caseCode,
    caseSeq: accepted.caseSeq,
    filedAt: opened.occurredAt,
    lane,
    pathway,
    milestone,
    lawAt,
    baseline,
    target,
    ambition,
    plannedReduction: reduction(baseline.days, target.days),
    reductionByLaw,
    plan: plan.map((item) => ({
      ...item,
      name: procedureById(catalogue.procedures, item.version).name,
      agencyName: getAgency(catalogue.agencies, item.agency).name,
      after: [...item.after],
      gates: [...item.gates],
    })),
    public: { code: accepted.caseCode, pin },
  };
}
