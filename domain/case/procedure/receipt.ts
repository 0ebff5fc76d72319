import { refuse } from '../../errors.js';
import type { PersonCommand } from '../commands.js';
import type { Draft } from '../draft.js';
import { person } from '../person.js';
import { latestAttempt, type ProcedureState } from './state.js';
import { cancelTasksOf } from './decision.js';
import { amended } from './dossier-check.js';
import { filedSince } from './dossier.js';
import { startsByItself } from './progress.js';
import { fileOn, hindrances, openAttempt, openProcedure } from './rules.js';
import type { DossierDocument } from './words.js';

/**
 * A dossier that was received by mistake: its attempt ends, and the dossier is examined anew, or in the procedure it belongs to, as of the day on which it came.
 * By the counter or by whoever handles it, before anything was asked of the investor.
 */
export function withdrawReceipt(draft: Draft, command: Extract<PersonCommand, { type: 'withdrawReceipt' }>): void {
  const { procedure: code, to = code, reason } = command;
  const procedure = latestAttempt(draft.state, code) ?? refuse('NOT_FOUND', { procedure: code });
  requireInCharge(draft, procedure);
  const { stage, scope, attempt, mandatory } = procedure;
  if (procedure.stage !== 'processing' || draft.state.kind === 'sandbox' || startsByItself(draft.resolved(procedure)))
    refuse('PRECONDITION_FAILED', { stage });
  const asked = procedure.supplements.filter(({ status }) => status !== 'withdrawn').map(({ requestId }) => requestId);
  if (asked.length > 0) refuse('PRECONDITION_FAILED', { supplements: asked });
  const documents = filedWith(procedure);
  const filedAt = filedSince(procedure) ?? refuse('PRECONDITION_FAILED', { filed: false });
  const carried = to === code ? documents : fitting(draft, to, documents);
  draft.emit('receiptWithdrawn', scope, {
    dossierCode: procedure.dossierCode,
    to: to === code ? null : to,
    reason: draft.seal(reason),
  });
  cancelTasksOf(draft, procedure, 'receipt-withdrawn');
  draft.emit('procedureClosed', scope, { procedure: code, attempt, outcome: 'receipt-withdrawn' });
  if (to === code || mandatory) openAttempt(draft, code, attempt + 1);
  if (!latestAttempt(draft.state, to)) openProcedure(draft, to);
  fileOn(draft, to, carried, filedAt);
}

/** Whoever examines dossiers at the counter, or handles this one. */
function requireInCharge(draft: Draft, { handlingAgency }: ProcedureState): void {
  const { role, agency } = person(draft);
  const atCounter = (role === 'receiving-officer' || role === 'head') && agency === draft.law.receivingAgency;
  const handles = (role === 'officer' || role === 'head') && agency === handlingAgency;
  if (!atCounter && !handles) refuse('FORBIDDEN');
}

/** The dossier as it was received: what was filed last under each code. */
const filedWith = ({ filings }: ProcedureState): readonly DossierDocument[] =>
  filings.reduce<readonly DossierDocument[]>((dossier, { documents }) => amended(dossier, documents), []);

/** What of the dossier the other procedure asks for; refused where it is no procedure of the plan that waits for its dossier. */
function fitting(draft: Draft, to: string, documents: readonly DossierDocument[]): readonly DossierDocument[] {
  const { state, law } = draft;
  const item = state.plan.find((one) => one.procedure === to) ?? refuse('NOT_FOUND', { procedure: to });
  const there = latestAttempt(state, to);
  const waitingFor = there ? [] : hindrances(draft, item);
  const waits = there ? there.stage === 'awaiting-dossier' && there.startsFrom !== 'prior-decision' : true;
  if (!waits || waitingFor.length > 0)
    refuse('PRECONDITION_FAILED', { procedure: to, stage: there?.stage, waitingFor });
  const definition = law.definition(there?.version ?? item.version);
  const asked = new Set(definition.documents.map(({ code }) => code));
  const fits = documents.filter(({ code, documentId }) => documentId !== null && asked.has(code));
  if (fits.length === 0) refuse('VALIDATION_FAILED', { field: 'to', documents: [...asked] });
  return fits;
}
