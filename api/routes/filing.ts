import { type z } from 'zod';
import { businessNow } from '../../db/register/business-clock.js';
import { ownedDocuments, type Showing } from '../../db/register/documents.js';
import { findCaseState } from '../../db/read/case-state.js';
import { siteOf } from '../../db/register/site-claims.js';
import { licenceOf } from '../../domain/case/case/adjustment.js';
import { openingOf } from '../../domain/case/case/opening.js';
import { type Payloads } from '../../domain/case/events.js';
import { refuse } from '../../domain/errors.js';
import { type Catalogue } from '../../domain/law/catalogue.js';
import { findProcedureVersion } from '../../domain/law/procedure.js';
import { type Filing, screen } from '../../domain/lane/screening.js';
import { dateOf, type PlainDate } from '../../domain/time/instants.js';
import { type FilingAct } from '../acts.js';
import { type Access } from '../auth/access.js';
import { type ApiDeps } from '../deps.js';
import { notYours, showingAs } from '../documents/own.js';
import { hashOf } from '../hashes.js';
import { type FiledWith, signedBy, signFiling } from '../filing-signatures.js';
import { defineRoute } from '../http/route.js';
import { type FieldError, InvalidRequest } from '../http/validation.js';
import { type Filed, filedAs, openedBefore, openFiled } from '../openings.js';
import { anyReceiptOf, receiptOf } from '../receipts.js';
import { AnyFiling, AnyReceipt, type CaseFiling, type Receipt } from '../schemas/commands.js';
import { SignedFiling } from '../schemas/filing-signature.js';
import { createTrialFiling } from '../trial-filing.js';

export const filedAnswer = {
  201: {
    description: 'The receipt',
    schema: AnyReceipt,
    headers: { Location: 'The case', 'Idempotency-Replayed': '`true` where it was filed before' },
  },
} as const;
export const filingRefusals = [
  'PRECONDITION_FAILED',
  'CALENDAR_UNKNOWN',
  'DEFINITION_UNKNOWN',
  'OUTSIDE_POWER_OF_ATTORNEY',
  'CASE_NOT_YOURS',
  'FILING_SIGNATURE_INVALID',
  'SIGNING_UNAVAILABLE',
] as const;

export const trialRefusals = ['OUTSIDE_REGIME', 'OUTSIDE_TERRITORY', 'REGIME_NOT_OPEN', 'TERM_TOO_LONG'] as const;

/** The one submission: screened or tested, planned and opened in one request. */
export function filingRoutes(deps: ApiDeps, access: Access) {
  const file = createFiling(deps);
  const fileTrial = createTrialFiling(deps);
  const sign = createFilingSigner(deps);
  return [
    defineRoute({
      method: 'post',
      path: '/cases',
      tag: 'Filing',
      summary: 'File a project, or a solution to be tried: opens the case and answers the receipt with the plan',
      description:
        'The law in force on the day of filing applies. A chosen pathway that is not lawful for the project is refused with the clause. The PIN on the ' +
        'receipt is shown once (again for the same Idempotency-Key). With `adjusts` it changes a project that an earlier case licensed. A solution ' +
        '(`kind: sandbox`) is tested against the regimes of the day: refused with what stands in the way, or taken under the one that fits; where the test ' +
        'cannot say, an officer decides before the admission begins.',
      auth: { kind: 'person', roles: ['investor', 'representative'], scope: 'case:file', access: access.mayFile },
      idempotent: true,
      request: { body: AnyFiling },
      responses: filedAnswer,
      refusals: [...filingRefusals, ...trialRefusals],
      handler: async (call) => {
        const { onBehalfOf, signature, ...filing } = call.body;
        const investor = await access.investorFor(call.person, onBehalfOf);
        // What was filed stays filed, whatever became of the certificate since.
        const before = signature && (await filedBefore(deps, call));
        if (before) return call.reply(201, before.receipt, before.headers);
        const { receipt, headers } = await (filing.kind === 'sandbox'
          ? fileTrial(call, investor, filing, { signature })
          : file(call, investor, filing, { signature }));
        return call.reply(201, receipt, headers);
      },
    }),
    defineRoute({
      method: 'post',
      path: '/filing-signatures',
      tag: 'Filing',
      summary: 'Have a filing signed by the remote signing account of whoever files; nothing is filed',
      description:
        'Of the same body as `POST /cases`. What is answered is given with it there as `signature`; a filing that was changed in between, or is filed by ' +
        'another account, is refused. Of an enterprise its people alone have it signed. Whoever signs with a key of their own signs `text`.',
      auth: { kind: 'person', roles: ['investor', 'representative'], scope: 'case:file', access: access.mayFile },
      idempotent: 'own',
      request: { body: AnyFiling },
      responses: { 200: { description: 'The signature', schema: SignedFiling } },
      refusals: [
        'SIGNING_UNAVAILABLE',
        'ENTERPRISE_NOT_VOUCHED',
        'OUTSIDE_POWER_OF_ATTORNEY',
        'CASE_NOT_YOURS',
        'PRECONDITION_FAILED',
      ],
      handler: async ({ body, person, reply }) => {
        const investor = await access.investorFor(person, body.onBehalfOf);
        return reply(200, await sign(person.id, investor, body));
      },
    }),
  ];
}

/** Files a project for an investor: by the form, or from a draft, which is filed in the same transaction. */
export function createFiling(deps: ApiDeps) {
  const { pool } = deps;

  const file = async (
    act: FilingAct,
    investor: string,
    { pathway, adjusts: named, ...body }: Omit<z.output<typeof CaseFiling>, 'onBehalfOf' | 'signature'>,
    { draft, signature }: FiledWith,
  ): Promise<Filed<z.input<typeof Receipt>>> => {
    const { filing, adjusts } = await adjusting(deps, investor, body, named);
    const at = await businessNow(pool);
    const { catalogue } = act.law();
    await requireLodgeable(pool, catalogue, showingAs(act.person, investor), filing, dateOf(at));
    const filingHash = hashOf(filing);
    const over = { pathway: pathway ?? null, adjusts: named?.case ?? null, filer: act.person.id, investor };
    const signed = signature && (await signedBy(deps.signing, signature, { filing, filingHash, over }));
    const opening = openingOf({
      filing,
      filingHash,
      screening: screen(filing, at, catalogue, dateOf(at)),
      pathway,
      personId: investor,
      adjusts,
      site: adjusts ? null : siteOf(filing),
    });
    const { name } = filing.project;
    const holder = filing.investor.name;
    const opened = await openFiled(deps, act, {
      opening,
      at,
      filing,
      name,
      holder,
      ...(draft && { draft }),
      ...(signed && { signed }),
    });
    return filedAs(act, opened, receiptOf);
  };

  return file;
}

/** Has a filing signed for its investor as it would be kept, with what was chosen, for whoever files it. */
export function createFilingSigner(deps: ApiDeps) {
  return async (
    filer: string,
    investor: string,
    { onBehalfOf: _for, signature: _before, ...body }: z.output<typeof AnyFiling>,
  ) => {
    const whose = { filer, investor };
    if (body.kind === 'sandbox')
      return signFiling(deps, {
        filing: body,
        filingHash: hashOf(body),
        over: { pathway: null, adjusts: null, ...whose },
      });
    const { pathway, adjusts, ...project } = body;
    const { filing } = await adjusting(deps, investor, project, adjusts);
    const over = { pathway: pathway ?? null, adjusts: adjusts?.case ?? null, ...whose };
    return signFiling(deps, { filing, filingHash: hashOf(filing), over });
  };
}

/** The receipt of a request that opened a case before, of either kind; undefined where it opened none. */
export async function filedBefore(deps: ApiDeps, act: FilingAct) {
  const before = await openedBefore(deps, act);
  return before && filedAs(act, before, anyReceiptOf);
}

/** What licensed the project that is adjusted is the register's to say, not the filing's. */
async function adjusting(
  { pool }: ApiDeps,
  investor: string,
  filing: Filing,
  named: z.output<typeof CaseFiling>['adjusts'],
): Promise<{ readonly filing: Filing; readonly adjusts: Payloads['caseOpened']['adjusts'] }> {
  const claimed = filing.project.adjustment ?? null;
  const wrong = (pointer: string, code: FieldError['code'], detail: string): never => {
    throw new InvalidRequest([{ in: 'body', pointer, code, detail }]);
  };
  if (!named) {
    if (claimed) wrong('/adjusts', 'MISSING', 'the case that licensed the project');
    return { filing, adjusts: undefined };
  }
  const state = await findCaseState(pool, named.case);
  if (state?.investor.personId !== investor) return refuse('CASE_NOT_YOURS', { case: named.case });
  const licence = licenceOf(state) ?? refuse('PRECONDITION_FAILED', { case: named.case, licensed: false });
  const { licensedBy, policyApproval } = licence;
  const adjustment = { change: named.change, licensedBy, policyApproval };
  const isOther =
    claimed !== null &&
    (claimed.change !== adjustment.change ||
      claimed.licensedBy !== licensedBy ||
      (claimed.policyApproval !== undefined && claimed.policyApproval !== policyApproval));
  if (isOther) {
    wrong('/project/adjustment', 'UNKNOWN_VALUE', `${adjustment.change}, ${licensedBy}, ${policyApproval}`);
  }
  return {
    filing: { ...filing, project: { ...filing.project, adjustment } },
    adjusts: { case: named.case, procedure: licence.procedure },
  };
}

/** Documents given with the filing become dossiers by themselves later: whatever could not be lodged then is refused now. */
async function requireLodgeable(
  pool: ApiDeps['pool'],
  catalogue: Catalogue,
  showing: Showing,
  { documents }: Filing,
  at: PlainDate,
): Promise<void> {
  if (documents.length === 0) return;
  const owned = await ownedDocuments(
    pool,
    showing,
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
    return owned.has(documentId) ? [] : unknown('documentId', notYours);
  });
  if (errors.length > 0) throw new InvalidRequest(errors);
}
