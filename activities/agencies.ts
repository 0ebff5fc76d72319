import { Context } from '@temporalio/activity';
import type pg from 'pg';
import {
  findAddresses,
  getFiling,
  noteAnswer,
  noteCall,
  noteFailure,
  type AgencyRequest,
} from '../db/outbound/agency-calls.js';
import { textsOf } from '../db/register/texts.js';
import { businessNow } from '../db/register/business-clock.js';
import {
  agencySystems,
  consultationPath,
  type LookupKind,
  lookupPath,
  lookupSystems,
  stepLookups,
} from '../domain/law/agency-systems.js';
import { type ProjectFacts, type ResolvedProcedure } from '../domain/law/procedure.js';
import { commitmentsIn, recipientsOf } from '../domain/case/procedure/recipients.js';
import { type ProcedureState } from '../domain/case/procedure/state.js';
import { declarationOf, roundOfStep } from '../domain/case/task/keys.js';
import { addWorkingDays, type Calendar } from '../domain/time/calendar.js';
import { caseCodeOf, procedureScopeOf, type ScopeId } from '../domain/case/scope.js';
import {
  type AgencyActivities,
  type ConsultInput,
  type LookedUp,
  type LookUpInput,
  type SendInput,
} from '../domain/case/activities.js';
import { errors, Refusal, refuse } from '../domain/errors.js';
import {
  ConsultationAccepted,
  type LookupAnswer,
  type LookupSubject,
  parseLookupAnswer,
} from '../domain/schemas/agency-messages.js';
import { differencesOf, zoneOf } from '../domain/case/extract/compare.js';
import { canonicalExtract, isAboutOther, readExtract } from '../domain/case/extract/content.js';
import { type ExtractState } from '../domain/case/extract/state.js';
import { type FoundExtract, type MissedReason } from '../domain/case/extract/words.js';
import { type Settings } from '../domain/schemas/settings.js';
import { type Filing } from '../domain/lane/screening.js';
import { dateOf, type Instant, instantAfter, type PlainDate, plainDate } from '../domain/time/instants.js';
import { type AgencyClient } from './agency-client.js';
import { crossing } from './fail.js';
import { certificateMessage } from './letters.js';

export interface AgencyDeps {
  readonly pool: pg.Pool;
  readonly client: AgencyClient;
  /** Base address of our API: opinions come back to `…/api/v1/agency-callbacks/{agency}`. */
  readonly callbackBaseUrl: string;
  /** The State calendar, in which a declaration lapses. */
  readonly calendar: Calendar;
}

/**
 * Calls to other bodies. What is asked is noted in the register first, under the same correlation id each time; names are read from the filing
 * here and go to the other body only. Refusals cross with their code; `AGENCY_UNAVAILABLE` is tried again.
 */
export function createAgencyActivities(deps: AgencyDeps): AgencyActivities {
  return {
    lookUp: (input) => attended((signal) => lookUp(deps, input, signal)),

    declareInvestment: ({ scope, step = declarationOf(null) }) =>
      attended((signal) => declareInvestment(deps, scope, step, signal)),

    requestOpinion: (input) => attended((signal) => requestOpinion(deps, input, signal)),

    // The register tells the portal, and the investor by its notices; runs begun before it did ask still.
    notifyResult: () => Promise.resolve(),

    sendDecision: (input) => attended((signal) => sendDecision(deps, input, signal)),
  };
}

/** Declares a project on the National Investment Information System; `step` names this declaration in its scope. */
export async function declareInvestment(
  deps: Pick<AgencyDeps, 'pool' | 'client' | 'calendar'>,
  scope: ScopeId,
  step: string,
  signal: AbortSignal,
): Promise<{ readonly declarationId: string; readonly lapsesOn: PlainDate }> {
  const { project, investor } = await filingOf(deps.pool, scope);
  const answer = await ask(deps, scope, step, 'declaration', signal, {
    project: project.name.vi,
    investor: investor.name,
    country: investor.country,
    zone: project.site.zone,
    totalVnd: project.capital.totalVnd,
  });
  const { declarationId, declaredOn, lapsesAfterWorkingDays } = answer;
  return { declarationId, lapsesOn: addWorkingDays(deps.calendar, plainDate(declaredOn), lapsesAfterWorkingDays) };
}

/** Asks an agency's system for its opinion, which comes back to our API; the id under which it was taken. */
export async function requestOpinion(
  deps: Pick<AgencyDeps, 'pool' | 'client' | 'callbackBaseUrl'>,
  { scope, agency, about, dueDate }: ConsultInput,
  signal: AbortSignal,
): Promise<{ readonly requestId: string }> {
  const system = agencySystems[agency] ?? refuse('DEFINITION_UNKNOWN', { agency });
  const request = { scope, step: `opinion/${agency}`, system, kind: 'consultation', agency };
  const { correlationId } = await noted(deps, request, async (correlationId, askedAt) => {
    const body = {
      correlationId,
      caseCode: caseCodeOf(scope),
      procedure: procedureCodeOf(scope),
      agency,
      about,
      askedAt,
      dueDate,
      callbackUrl: `${deps.callbackBaseUrl}/api/v1/agency-callbacks/${agency}`,
    };
    const path = consultationPath(system);
    const answer = await deps.client.post({ system, path, correlationId, body, signal });
    return ConsultationAccepted.safeParse(answer).success ? answer : refuse('AGENCY_ANSWER_INVALID', { system });
  });
  return { requestId: correlationId };
}

/** The call that a step of a procedure needs, made for the register: the same question under the same key as by an activity. */
export function callForStep(
  deps: Pick<AgencyDeps, 'pool' | 'client'>,
  { procedure, definition, step, round }: CallForStep,
  signal: AbortSignal,
): Promise<LookedUp> {
  const { scope, declaration, dossierCode, signature } = procedure;
  const key = roundOfStep(step, round);
  const kind = stepLookups[step];
  if (kind !== undefined) {
    const known = { declarationId: declaration?.id ?? null, decisionNumber: signature?.number ?? null };
    return lookUp(deps, { scope, step: key, kind, ...known }, signal);
  }
  const recipients = recipientsOf(definition, step);
  if (!signature || dossierCode === null || !recipients) return refuse('DEFINITION_INVALID', { step });
  const documents = commitmentsIn(procedure);
  const input = { scope, step: key, dossierCode, number: signature.number, recipients, documents };
  return sendDecision(deps, input, signal).then(() => ({ outcome: 'sent', reference: null }));
}

export interface CallForStep {
  readonly procedure: ProcedureState;
  readonly definition: ResolvedProcedure;
  readonly step: string;
  readonly round: number;
}

/** A document that a register holds, asked for through the City's platform: the same question under the same key as often as it is tried. */
export async function fetchExtract(
  deps: Pick<AgencyDeps, 'pool' | 'client'>,
  { scope, extract, definition, settings, consent, facts }: ExtractCall,
  signal: AbortSignal,
): Promise<FoundExtract | MissedReason> {
  const { document, register, look, obtained } = extract;
  const filing = await filingOf(deps.pool, scope);
  const { investor, project } = filing;
  const about = { name: investor.name, number: investor.registrationNumber };
  const { name } = definition;
  const purpose = { vi: `Giải quyết thủ tục: ${name.vi}`, en: `Handling of a procedure: ${name.en}` };
  const legalBasis = settings?.legalBasis ?? definition.legalBasis.join('; ');
  const freshDays = settings?.freshDays[register];
  const step = `extract/${document}${look === 1 ? '' : `/${look}`}`;
  const { correlationId: requestId, answer } = await asked(
    deps,
    scope,
    step,
    'register-document',
    signal,
    (askedAt) => ({
      register,
      document,
      purpose,
      legalBasis,
      consent,
      notOlderThan: freshDays === undefined ? null : instantAfter(askedAt, -24 * freshDays),
      about: { ...about, country: investor.country },
      project: { name: project.name.vi, zone: zoneOf({ filing, facts }) },
    }),
  );
  const { held, asOf, reference, issuedOn, validUntil, fields } = answer;
  if (!held) return 'not-held';
  if (answer.about === null || asOf === null || fields.length === 0) return 'unsound';
  if (isAboutOther(about, answer.about)) return 'other-subject';
  const content = { purpose, legalBasis, about: answer.about, fields };
  const until = validUntil === null ? null : plainDate(validUntil);
  const before =
    obtained && (await textsOf(deps.pool, caseCodeOf(scope), [obtained.content.id])).get(obtained.content.id);
  const today = dateOf(await businessNow(deps.pool));
  return {
    requestId,
    reference,
    asOf,
    issuedOn: issuedOn === null ? null : plainDate(issuedOn),
    validUntil: until,
    content: canonicalExtract(content),
    differences: differencesOf(
      { filing, facts },
      { ...content, validUntil: until },
      before ? readExtract(before) : null,
      today,
    ),
  };
}

export interface ExtractCall {
  readonly scope: ScopeId;
  readonly extract: Pick<ExtractState, 'document' | 'register' | 'look' | 'obtained'>;
  readonly facts: ProjectFacts;
  readonly definition: ResolvedProcedure;
  readonly settings: Settings['registers'];
  /** Of whoever the data is about. */
  readonly consent: { readonly givenBy: string; readonly givenAt: Instant } | null;
}

/** All at once, as the law says «simultaneously»; one that fails holds none of the others up. */
async function sendDecision(
  deps: Pick<AgencyDeps, 'pool' | 'client'>,
  input: SendInput,
  signal: AbortSignal,
): Promise<void> {
  const { scope, step, dossierCode, number, recipients, documents = [] } = input;
  if (recipients.length === 0) refuse('DEFINITION_INVALID', { step, reason: 'nobody to send to' });
  const addresses = await findAddresses(deps.pool, recipients);
  const letter = certificateMessage({ dossierCode, number, documents });
  const sent = await Promise.allSettled(
    recipients.map(async (agency) => {
      const to = addresses.get(agency) ?? refuse('DEFINITION_INVALID', { agency, reason: 'no address' });
      const message = { channel: 'mail', to, language: 'vi', ...letter } as const;
      await ask(deps, scope, `${step}/${agency}`, 'message', signal, message, agency);
    }),
  );
  const failures = sent.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
  const again = failures.find((failure) => !(failure instanceof Refusal) || errors[failure.code].retryable);
  // While trying again may still reach somebody, it is tried again: then come those that nothing will reach.
  if (failures.length > 0) throw again ?? failures[0];
}

/** Which question an automatic step puts, and what of the answer is worth writing down. */
async function lookUp(
  deps: Pick<AgencyDeps, 'pool' | 'client'>,
  input: LookUpInput,
  signal: AbortSignal,
): Promise<LookedUp> {
  const { scope, step, kind, declarationId, decisionNumber } = input;
  const { investor } = await filingOf(deps.pool, scope);
  const { name, registrationNumber } = investor;
  switch (kind) {
    case 'name-check': {
      const { available, reference } = await ask(deps, scope, step, kind, signal, { name });
      return { outcome: available ? 'available' : 'taken', reference };
    }
    case 'project-number': {
      const { projectNumber } = await ask(deps, scope, step, kind, signal, { declarationId, decisionNumber });
      return { outcome: 'issued', reference: projectNumber };
    }
    case 'tax-code': {
      const { enterpriseCode } = await ask(deps, scope, step, kind, signal, { name, decisionNumber });
      return { outcome: 'issued', reference: enterpriseCode };
    }
    case 'tax-registration': {
      const enterpriseCode = /^\d{10}$/.test(registrationNumber ?? '') ? registrationNumber : null;
      const answer = await ask(deps, scope, step, kind, signal, { enterpriseCode, name });
      return { outcome: 'registered', reference: answer.enterpriseCode };
    }
    case 'incentive-record': {
      const { reference } = await ask(deps, scope, step, kind, signal, { name, basis: null });
      return { outcome: 'recorded', reference };
    }
    default:
      throw new Error(`No step asks for ${kind}`);
  }
}

type Question<K extends LookupKind> = [
  deps: Pick<AgencyDeps, 'pool' | 'client'>,
  scope: ScopeId,
  step: string,
  kind: K,
  signal: AbortSignal,
  about: LookupSubject<K> | ((askedAt: Instant) => LookupSubject<K>),
  agency?: string | null,
];

const ask = async <K extends LookupKind>(...question: Question<K>): Promise<LookupAnswer<K>> =>
  (await asked(...question)).answer;

/** One look-up, and the id it was asked under. An answer that is there already is not asked for again; what is not as agreed is no answer. */
async function asked<K extends LookupKind>(
  ...[deps, scope, step, kind, signal, about, agency = null]: Question<K>
): Promise<{ readonly correlationId: string; readonly answer: LookupAnswer<K> }> {
  const system = lookupSystems[kind];
  const { correlationId, answer } = await noted(
    deps,
    { scope, step, system, kind, agency },
    async (correlationId, askedAt) => {
      const subject = typeof about === 'function' ? about(askedAt) : about;
      const body = { correlationId, caseCode: caseCodeOf(scope), procedure: procedureCodeOf(scope), askedAt, subject };
      return agreed(kind, await deps.client.post({ system, path: lookupPath(kind), correlationId, body, signal }));
    },
  );
  return { correlationId, answer: agreed(kind, answer) };
}

function agreed<K extends LookupKind>(kind: K, answer: unknown): LookupAnswer<K> {
  try {
    return parseLookupAnswer(kind, answer);
  } catch {
    return refuse('AGENCY_ANSWER_INVALID', { kind });
  }
}

/** Notes the request, makes the call unless it was answered before, and notes how that went. Nothing is locked while the other side thinks. */
async function noted(
  { pool }: Pick<AgencyDeps, 'pool'>,
  request: AgencyRequest,
  call: (correlationId: string, askedAt: Instant) => Promise<unknown>,
): Promise<{ correlationId: string; answer: unknown }> {
  const { correlationId, askedAt, status, answer } = await noteCall(pool, request, await businessNow(pool));
  if (status === 'answered') return { correlationId, answer };
  try {
    const given = await call(correlationId, askedAt);
    await noteAnswer(pool, correlationId, request.kind === 'consultation' ? 'accepted' : 'answered', given);
    return { correlationId, answer: given };
  } catch (error) {
    await noteFailure(pool, correlationId, error instanceof Refusal ? error.code : 'INTERNAL');
    throw error;
  }
}

/** Registers are asked about projects alone: no step of an admission to a trial looks anything up. */
async function filingOf(pool: pg.Pool, scope: ScopeId): Promise<Filing> {
  const filing = (await getFiling(pool, caseCodeOf(scope))) ?? refuse('NOT_FOUND', { filing: 'erased' });
  if (filing.kind === 'sandbox') throw new Error(`${scope} looks up a trial as if it were a project`);
  return filing;
}

const procedureCodeOf = (scope: ScopeId): string => procedureScopeOf(scope).split('/')[2] ?? '';

/** Tells Temporal every few seconds that somebody is at it, and stops when nobody waits for it any more. */
async function attended<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const context = Context.current();
  const beat = setInterval(() => context.heartbeat(), 3_000);
  try {
    return await crossing(() => work(context.cancellationSignal));
  } finally {
    clearInterval(beat);
  }
}
