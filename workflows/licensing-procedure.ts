import { patched, setHandler } from '@temporalio/workflow';
import { decisionRecord } from '../domain/case/procedure/decision-record.js';
import { declarationHolds } from '../domain/case/procedure/dossier.js';
import { isOpenLetter } from '../domain/case/apology/state.js';
import type { SupplementState } from '../domain/case/supplement/state.js';
import { declarationOf, makeTaskKey } from '../domain/case/task/keys.js';
import { startsByItself } from '../domain/case/procedure/progress.js';
import type { Request } from '../domain/case/activities.js';
import type { Loaded } from '../domain/case/activities.js';
import type { RunInput } from '../engine/words.js';
import type { ResolvedProcedure } from '../domain/law/procedure.js';
import { eventsSignal, progressQuery } from '../engine/workflow/messages.js';
import type { LastStep } from '../engine/workflow/run.js';
import { type CaseFollow, CaseRun } from './case-run.js';
import { following, isDone, procedureOf, stepOf } from './steps.js';

/** One attempt at one procedure: dossier, receipt, steps in parallel, decision, signature, hand-over. */
export async function licensingProcedure(input: RunInput<Loaded>): Promise<void> {
  const run = new CaseRun(input);
  setHandler(eventsSignal, (message) => run.hear(message));
  setHandler(progressQuery, () => run.progress());
  const procedure = () => procedureOf(run);
  const refused = () => procedure().decision?.outcome === 'refused';
  const ended = () => refused() || procedure().supplements.some(({ status }) => status === 'stopped');

  await run.tell(async () => {
    if (await received(run)) {
      const definition = await run.definitionOf(procedure().version);
      await run.all([
        ...definition.steps.map((step) => () => stepOf(run, definition, step, ended)),
        () => signed(run, definition, ended),
        () => lapsesHandled(run, ended),
        () => apologiesSignedOff(run, ended),
      ]);
    }
    const handOver = procedure().decision ? [...signatureOf(run), await handedOver(run)] : [];
    const closed = () => procedure().closed !== null;
    await run.end([...handOver, { action: 'closeProcedure', request: { type: 'closeProcedure' }, done: closed }]);
  });
}

/** Until form 01 or 03: what the investor files goes to the counter, as often as it takes. False where the counter refuses it. */
async function received(run: CaseRun): Promise<boolean> {
  const procedure = () => procedureOf(run);
  const definition = await run.definitionOf(procedure().version);
  if (startsByItself(definition)) {
    const receivedAt = () => procedure().receivedAt !== null;
    const follow = () => following(run, definition);
    await run.ensure('receiveByDecision', receivedAt, { type: 'receiveByDecision' }, receivedAt, follow);
    await declared(run, definition);
    return true;
  }
  while (procedure().receivedAt === null) {
    await run.until('dossier', () => procedure().stage !== 'awaiting-dossier');
    await declared(run, definition, () => run.thenTask(intakeOf(run)));
    const refused = () => procedure().receptionRefusedAt !== null;
    // It may be sent back and filed again before this run looks: then the stage is the same and the filing another.
    const filing = procedure().filings.length;
    const examined = () => procedure().stage !== 'intake' || procedure().filings.length !== filing || refused();
    await run.ensureTask(intakeOf(run), examined);
    if (refused()) return false;
  }
  return true;
}

/** What was filed last is examined at the counter. */
function intakeOf(run: CaseRun) {
  const key = makeTaskKey({ kind: 'intake', filing: procedureOf(run).filings.length });
  return { key, kind: 'intake', agency: run.setting.receivingAgency } as const;
}

/** Some dossiers are first declared on the National Investment Information System, by machine or else by hand; anew where that has lapsed. */
async function declared(run: CaseRun, definition: ResolvedProcedure, follow?: CaseFollow): Promise<void> {
  const done = () => declarationHolds(procedureOf(run));
  if (done() || !definition.gates.some(({ code }) => code === 'online-declaration')) return;
  const lapsed = procedureOf(run).declaration !== null;
  const filing = lapsed ? procedureOf(run).filings.length : null;
  if (run.leavesCalls && procedureOf(run).declaring) {
    await run.until('declaration', () => done() || procedureOf(run).declaring?.failed === true);
    return declaredByHand(run, filing, done);
  }
  if (lapsed && !patched('2026-11-declared-anew')) return;
  const step = declarationOf(filing);
  const call = await run.call((agencies) => agencies.declareInvestment({ scope: run.scope, step }));
  if ('answer' in call) {
    const action = lapsed ? `recordDeclaration/${step}` : 'recordDeclaration';
    await run.ensure(action, done, { type: 'recordDeclaration', ...call.answer }, done, follow);
  } else await declaredByHand(run, filing, done);
}

async function declaredByHand(run: CaseRun, filing: number | null, done: () => boolean): Promise<void> {
  if (done()) return;
  const agency = procedureOf(run).handlingAgency;
  const key = makeTaskKey({ kind: 'by-hand', of: 'declaration', filing });
  await run.ensureTask({ key, kind: 'by-hand', agency }, done);
}

/** The decision of the head, or of the last step where nobody signs, becomes a signed record. */
async function signed(run: CaseRun, definition: ResolvedProcedure, ended: () => boolean): Promise<void> {
  const procedure = () => procedureOf(run);
  await run.until('decision', () => procedure().decision !== null || ended());
  const record = decisionRecord(run.caseCode, procedure());
  // Where nothing is left to be done with it, it is signed in the turn that ends the story.
  if (!record || (run.asksTogether && isDone(run, definition))) return;
  const isSigned = () => procedure().signature !== null;
  const follow = () => (ended() ? [] : following(run, definition, { signed: true }));
  await run.ensure('signDecision', isSigned, { type: 'signDecision', record }, isSigned, follow);
}

/** The signature, as far as it is still missing when the story ends. */
function signatureOf(run: CaseRun): LastStep<Request>[] {
  const record = decisionRecord(run.caseCode, procedureOf(run));
  const done = () => procedureOf(run).signature !== null;
  return record && run.asksTogether
    ? [{ action: 'signDecision', request: { type: 'signDecision', record }, done }]
    : [];
}

/** An investor who does not answer in time stops nothing by himself: an officer decides what follows. */
async function lapsesHandled(run: CaseRun, ended: () => boolean): Promise<void> {
  const over = () => procedureOf(run).decision !== null || ended();
  const open = (): SupplementState | undefined =>
    procedureOf(run).supplements.find(({ status }) => status === 'lapsed');
  while (!over()) {
    await run.until('lapse', () => open() !== undefined || over());
    const lapsed = open();
    if (!lapsed || over()) continue;
    const key = makeTaskKey({ kind: 'lapse', requestId: lapsed.requestId });
    const agency = procedureOf(run).handlingAgency;
    await run.ensureTask({ key, kind: 'lapse', agency }, () => over() || open() !== lapsed);
  }
}

/** A letter of apology that the clock has drafted goes to the head; nobody is told late that it will be late. */
async function apologiesSignedOff(run: CaseRun, ended: () => boolean): Promise<void> {
  const over = () => procedureOf(run).decision !== null || ended();
  const open = () => procedureOf(run).apologies.find(isOpenLetter)?.letterId;
  while (!over()) {
    await run.until('', () => open() !== undefined || over());
    const letterId = open();
    if (letterId === undefined || over()) continue;
    const agency = procedureOf(run).handlingAgency;
    const key = makeTaskKey({ kind: 'apology', letterId });
    const task = { key, kind: 'apology', agency } as const;
    await run.ensureTask(task, () => over() || open() !== letterId);
  }
}

/** The result is on the portal once it is handed over; telling the portal so is tried, and holds nothing up for ever. */
async function handedOver(run: CaseRun): Promise<LastStep<Request>> {
  const { dossierCode, signature } = procedureOf(run);
  const done = () => procedureOf(run).handedOverAt !== null;
  if (!done() && !run.asksTogether) {
    if (!signature || dossierCode === null) throw new Error(`${run.scope} has a decision and no signature`);
    const result = { scope: run.scope, dossierCode, number: signature.number };
    if (run.isOlder) await run.call((agencies) => agencies.notifyResult(result));
  }
  return { action: 'handOver', request: { type: 'handOver' }, done };
}
