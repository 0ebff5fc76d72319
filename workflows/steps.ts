import { patched } from '@temporalio/workflow';
import { publishingSteps, sendingSteps, stepLookups } from '../domain/law/agency-systems.js';
import { missingDocuments, validSince } from '../domain/case/procedure/dossier.js';
import type { ProcedureState } from '../domain/case/procedure/state.js';
import type { StepState } from '../domain/case/step/state.js';
import type { AgencyActivities, LookedUp } from '../domain/case/activities.js';
import type { ResolvedProcedure, ResolvedStep } from '../domain/law/procedure.js';
import type { CaseRun } from './case-run.js';
import { latestTask } from '../domain/case/task/find.js';
import { makeTaskKey, roundOfStep } from '../domain/case/task/keys.js';

/**
 * One step of a procedure's graph, as often as it has to be done: from the moment what it depends on is done, and anew where it is sent back.
 * `ended`: a refusal or a stop makes it pointless.
 */
export async function stepOf(
  run: CaseRun,
  definition: ResolvedProcedure,
  step: ResolvedStep,
  ended: () => boolean,
): Promise<void> {
  const { code } = step;
  const over = () => ended() || allDone(run, definition);
  for (;;) {
    const waitsFor = completed(run, code) ? '' : `step/${code}`;
    await run.until(waitsFor, () => over() || (!completed(run, code) && ready(run, definition, step)));
    if (over()) return;
    const round = roundOf(run, code);
    await doneOnce(run, definition, step, () => completed(run, code) || roundOf(run, code) !== round || ended());
  }
}

/** Nothing can be sent back any more. */
const allDone = (run: CaseRun, { steps }: ResolvedProcedure): boolean =>
  procedureOf(run).decision !== null && steps.every(({ code }) => completed(run, code));

async function doneOnce(
  run: CaseRun,
  definition: ResolvedProcedure,
  step: ResolvedStep,
  over: () => boolean,
): Promise<void> {
  switch (step.kind) {
    case 'automatic':
      return byMachine(run, definition, step, over);
    case 'payment':
      return paid(run, definition, step, over);
    case 'officer':
    case 'council':
      return byPerson(run, step, 'officer', over);
    case 'signature':
      return byPerson(run, step, 'head', over);
    case 'consultation': {
      const opened = () => over() || begun(run, step.code);
      return run.ensure(`openConsultation/${step.code}`, over, { type: 'openConsultation', step: step.code }, opened);
    }
  }
}

/** What follows the decision waits for the signed record, too. */
function ready(run: CaseRun, definition: ResolvedProcedure, step: ResolvedStep): boolean {
  const decisive = (code: string) => definition.steps.some((one) => one.code === code && one.kind === 'signature');
  return step.dependsOn.every(
    (code) => completed(run, code) && (!decisive(code) || procedureOf(run).signature !== null),
  );
}

async function byPerson(
  run: CaseRun,
  step: ResolvedStep,
  role: 'officer' | 'head',
  over: () => boolean,
): Promise<void> {
  const { code, agency, fourEyes } = step;
  const about = { kind: 'step', step: code, round: roundOf(run, code) } as const;
  const key = makeTaskKey({ ...about, second: false });
  const task = { key, kind: 'step', agency, role, step: code } as const;
  if (!fourEyes) return run.ensureTask(task, over);
  await run.ensureTask(task, () => over() || latestTask(run.state, run.scope, key)?.status === 'done');
  await run.ensureTask({ ...task, key: makeTaskKey({ ...about, second: true }) }, over);
}

/** Fees are charged only where the procedure's fee gate is switched on: the step then waits for the investor. Once paid, never asked for again. */
async function paid(
  run: CaseRun,
  definition: ResolvedProcedure,
  { code }: ResolvedStep,
  over: () => boolean,
): Promise<void> {
  if (definition.feeVnd === undefined) {
    return run.ensure(`completeStep/${code}`, over, completion(code, 'not-collected', 'waived', null));
  }
  const payment = () => procedureOf(run).payments[code];
  const asked = () => over() || payment() !== undefined;
  await run.ensure(`requestPayment/${code}`, asked, { type: 'requestPayment', step: code });
  await run.until(`payment/${code}`, () => over() || (payment()?.receivedAt ?? null) !== null);
  const reference = payment()?.reference ?? null;
  await run.ensure(`completeStep/${code}`, over, completion(code, 'paid', 'system', reference));
}

/** By machine, and by hand where the machine fails. */
async function byMachine(
  run: CaseRun,
  definition: ResolvedProcedure,
  { code }: ResolvedStep,
  over: () => boolean,
): Promise<void> {
  const failed = () => over() || stepState(run, code)?.failed === true;
  if (stepLookups[code] === undefined && sendingSteps[code] === undefined) {
    if (isPublishing(code)) await publishable(run, definition, over);
    const outcome = internalOutcome(code, definition, procedureOf(run));
    return run.ensure(`completeStep/${code}`, over, completion(code, outcome, 'system', null));
  }
  if (!failed()) {
    const started = () => over() || begun(run, code);
    await run.ensure(`startStep/${code}`, started, { type: 'startStep', step: code });
    const call = await run.call((agencies) => askFor(agencies, run, definition, code));
    if ('answer' in call) {
      const { outcome, reference } = call.answer;
      return run.ensure(`completeStep/${code}`, over, completion(code, outcome, 'system', reference));
    }
    await run.ensure(`failStep/${code}`, failed, { type: 'failStep', step: code, reason: call.failure });
  }
  const agency = procedureOf(run).handlingAgency;
  const key = makeTaskKey({ kind: 'by-hand', of: 'step', step: code, round: roundOf(run, code) });
  await run.ensureTask({ key, kind: 'by-hand', agency, step: code }, over);
}

/**
 * Only a valid dossier is published: one that lacks something waits for what completes it, or for the decision, with which the agency takes it as it is.
 */
async function publishable(run: CaseRun, definition: ResolvedProcedure, over: () => boolean): Promise<void> {
  const valid = () => validSince(procedureOf(run), definition) !== undefined || procedureOf(run).decision !== null;
  if (valid() || over() || !patched('2026-11-valid-dossier')) return;
  await run.until('valid dossier', () => valid() || over());
}

/** The other bodies' part of a step: they are told the decision, or asked for what the step needs. */
async function askFor(
  agencies: AgencyActivities,
  run: CaseRun,
  definition: ResolvedProcedure,
  code: string,
): Promise<LookedUp> {
  const { scope } = run;
  const { declaration, dossierCode, signature } = procedureOf(run);
  const step = roundOfStep(code, roundOf(run, code));
  const kind = stepLookups[code];
  if (kind !== undefined) {
    const known = { declarationId: declaration?.id ?? null, decisionNumber: signature?.number ?? null };
    return agencies.lookUp({ scope, step, kind, ...known });
  }
  if (!signature || dossierCode === null) throw new Error(`${scope} has nothing signed to send`);
  const recipients = definition.duties.find((duty) => duty.code === sendingSteps[code])?.recipients ?? [];
  const documents = commitmentsIn(procedureOf(run));
  await agencies.sendDecision({ scope, step, dossierCode, number: signature.number, recipients, documents });
  return { outcome: 'sent', reference: null };
}

/**
 * Steps of the engine itself. A publishing step publishes by being completed: the public list reads it from the register. The completeness check
 * compares what was filed with what the definition asks; the officer sees the outcome.
 */
function internalOutcome(code: string, definition: ResolvedProcedure, procedure: ProcedureState): string {
  if (isPublishing(code)) return 'published';
  if (code !== 'completeness-check') return 'done';
  const filed = new Set(procedure.filings.flatMap(({ documents }) => documents.map((document) => document.code)));
  return missingDocuments(definition, filed).length === 0 ? 'complete' : 'incomplete';
}

const isPublishing = (code: string): boolean => publishingSteps.some((one) => one === code);

/** The investor's commitments, as they were filed last. */
const commitmentsIn = ({ filings }: ProcedureState): string[] => {
  const given = filings.flatMap(({ documents }) => documents).filter(({ code }) => code.includes('commitment'));
  const last = new Map(given.map(({ code, documentId }) => [code, documentId]));
  return [...last.values()].filter((id) => id !== null);
};

const completion = (step: string, outcome: string, by: 'system' | 'waived', reference: string | null) =>
  ({ type: 'completeStep', step, outcome, by, reference }) as const;

const stepState = (run: CaseRun, code: string): StepState | undefined => procedureOf(run).steps[code];
const roundOf = (run: CaseRun, code: string): number => stepState(run, code)?.round ?? 1;
const begun = (run: CaseRun, code: string): boolean => Boolean(stepState(run, code)?.startedAt);
const completed = (run: CaseRun, code: string): boolean => Boolean(stepState(run, code)?.completedAt);

/** The procedure of this run, as its mailbox has it. */
export function procedureOf(run: CaseRun): ProcedureState {
  const found = run.state.procedures[run.scope];
  if (!found) throw new Error(`${run.scope} has not seen its opening`);
  return found;
}
