import { patched } from '@temporalio/workflow';
import { publishingSteps, sendingSteps, stepLookups } from '../domain/law/agency-systems.js';
import { missingDocuments, validSince } from '../domain/case/procedure/dossier.js';
import { commitmentsIn, recipientsOf } from '../domain/case/procedure/recipients.js';
import type { ProcedureState } from '../domain/case/procedure/state.js';
import type { StepState } from '../domain/case/step/state.js';
import type { AgencyActivities, LookedUp } from '../domain/case/activities.js';
import type { ResolvedProcedure, ResolvedStep } from '../domain/law/procedure.js';
import type { CaseAsk, CaseRun } from './case-run.js';
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
  const over = () => ended() || isDone(run, definition);
  for (;;) {
    const waitsFor = completed(run, code) ? '' : `step/${code}`;
    await run.until(waitsFor, () => over() || (!completed(run, code) && ready(run, definition, step)));
    if (over()) return;
    const round = roundOf(run, code);
    await doneOnce(run, definition, step, () => completed(run, code) || roundOf(run, code) !== round || ended());
  }
}

/** Nothing can be sent back any more. */
export const isDone = (run: CaseRun, { steps }: ResolvedProcedure): boolean =>
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

/** What else counts as done when it is asked what may begin: steps, and the signature of the decision. */
interface Assumed {
  readonly done?: readonly string[];
  readonly signed?: boolean;
}

/** What follows the decision waits for the signed record, too. */
function ready(
  run: CaseRun,
  definition: ResolvedProcedure,
  step: ResolvedStep,
  { done = [], signed = false }: Assumed = {},
): boolean {
  const decisive = (code: string) => definition.steps.some((one) => one.code === code && one.kind === 'signature');
  return step.dependsOn.every(
    (code) =>
      (completed(run, code) || done.includes(code)) &&
      (!decisive(code) || signed || procedureOf(run).signature !== null),
  );
}

/** What the steps ask first that may begin once this is so: by rule alone, nothing comes between. */
export function following(run: CaseRun, definition: ResolvedProcedure, assumed: Assumed = {}): readonly CaseAsk[] {
  const done = [...(assumed.done ?? [])];
  const asks: CaseAsk[] = [];
  const asked = new Set<string>(done);
  for (let before = -1; before < asked.size;) {
    before = asked.size;
    for (const step of definition.steps) {
      const { code } = step;
      if (asked.has(code) || completed(run, code) || !ready(run, definition, step, { ...assumed, done })) continue;
      asked.add(code);
      asks.push(...firstOf(run, definition, step));
      if (isInternal(step) && !isPublishing(code)) done.push(code);
    }
  }
  return asks;
}

/** Automatic, and nobody else's part in it. */
const isInternal = ({ kind, code }: ResolvedStep): boolean =>
  kind === 'automatic' && stepLookups[code] === undefined && sendingSteps[code] === undefined;

/** As the line of the step would ask by itself; nothing where that depends on more than the step. */
function firstOf(run: CaseRun, definition: ResolvedProcedure, step: ResolvedStep): readonly CaseAsk[] {
  const { code, kind } = step;
  switch (kind) {
    case 'automatic': {
      if (isPublishing(code)) return [];
      if (!isInternal(step)) return stepState(run, code)?.called || stepState(run, code)?.failed ? [] : [calling(code)];
      const outcome = internalOutcome(code, definition, procedureOf(run));
      return [{ action: `completeStep/${code}`, request: completion(code, outcome, 'system', null) }];
    }
    case 'officer':
    case 'council':
      return run.thenTask(taskOf(run, step, 'officer'));
    case 'signature':
      return run.thenTask(taskOf(run, step, 'head'));
    case 'consultation':
      return begun(run, code)
        ? []
        : [{ action: `openConsultation/${code}`, request: { type: 'openConsultation', step: code } }];
    case 'payment':
      return [];
  }
}

/** The register makes the call, and books what comes of it. */
const calling = (code: string) =>
  ({ action: `callStep/${code}`, request: { type: 'startStep', step: code, call: true } }) as const;

const taskOf = (run: CaseRun, { code, agency }: ResolvedStep, role: 'officer' | 'head') => {
  const key = makeTaskKey({ kind: 'step', step: code, round: roundOf(run, code), second: false });
  return { key, kind: 'step', agency, role, step: code } as const;
};

async function byPerson(
  run: CaseRun,
  step: ResolvedStep,
  role: 'officer' | 'head',
  over: () => boolean,
): Promise<void> {
  const { code, fourEyes } = step;
  const about = { kind: 'step', step: code, round: roundOf(run, code) } as const;
  const task = taskOf(run, step, role);
  if (!fourEyes) return run.ensureTask(task, over);
  await run.ensureTask(task, () => over() || latestTask(run.state, run.scope, task.key)?.status === 'done');
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
  step: ResolvedStep,
  over: () => boolean,
): Promise<void> {
  const { code } = step;
  const failed = () => over() || stepState(run, code)?.failed === true;
  if (isInternal(step)) {
    if (isPublishing(code)) await publishable(run, definition, over);
    const outcome = internalOutcome(code, definition, procedureOf(run));
    const follow = () => following(run, definition, { done: [code] });
    return run.ensure(`completeStep/${code}`, over, completion(code, outcome, 'system', null), over, follow);
  }
  if (!failed()) {
    const done = run.asksTogether
      ? await called(run, code, failed)
      : await calledByActivity(run, definition, code, over, failed);
    if (done) return;
  }
  const agency = procedureOf(run).handlingAgency;
  const key = makeTaskKey({ kind: 'by-hand', of: 'step', step: code, round: roundOf(run, code) });
  await run.ensureTask({ key, kind: 'by-hand', agency, step: code }, over);
}

/** The register calls; its answer comes like any other event. True where nothing is left to do. */
async function called(run: CaseRun, code: string, failed: () => boolean): Promise<boolean> {
  const { action, request } = calling(code);
  await run.ensure(action, failed, request, () => failed() || stepState(run, code)?.called === true);
  return stepState(run, code)?.failed !== true;
}

/** As runs of before called: by an activity, whose answer they booked. */
async function calledByActivity(
  run: CaseRun,
  definition: ResolvedProcedure,
  code: string,
  over: () => boolean,
  failed: () => boolean,
): Promise<boolean> {
  const started = () => over() || begun(run, code);
  await run.ensure(`startStep/${code}`, started, { type: 'startStep', step: code });
  const call = await run.call((agencies) => askFor(agencies, run, definition, code));
  if ('answer' in call) {
    const { outcome, reference } = call.answer;
    await run.ensure(`completeStep/${code}`, over, completion(code, outcome, 'system', reference));
    return true;
  }
  await run.ensure(`failStep/${code}`, failed, { type: 'failStep', step: code, reason: call.failure });
  return false;
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
  const recipients = recipientsOf(definition, code) ?? [];
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
