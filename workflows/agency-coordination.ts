import { patched, setHandler } from '@temporalio/workflow';
import type { ConsultationState, OpinionState } from '../domain/case/consultation/state.js';
import { opinionCounts } from '../domain/case/consultation/counts.js';
import { mayConflict } from '../domain/case/conference/conflicts.js';
import { makeTaskKey } from '../domain/case/task/keys.js';
import type { Loaded } from '../domain/case/activities.js';
import type { RunInput } from '../engine/words.js';
import { eventsSignal, progressQuery } from '../engine/workflow/messages.js';
import { CaseRun } from './case-run.js';

/** One question to several agencies: all at once, each with its own clock; joins by itself when the last needed answer counts and what contradicts is settled. */
export async function agencyCoordination(input: RunInput<Loaded>): Promise<void> {
  const run = new CaseRun(input);
  setHandler(eventsSignal, (message) => run.hear(message));
  setHandler(progressQuery, () => run.progress());

  await run.tell(async () => {
    await run.all(Object.keys(consultation(run).opinions).map((agency) => () => opinionOf(run, agency)));
    while (consultation(run).closedAt === null) await joined(run);
  });
}

async function opinionOf(run: CaseRun, agency: string): Promise<void> {
  const settled = () => opinionCounts(opinion(run, agency));
  const { channel, called } = opinion(run, agency);
  if (channel !== 'system') await askOfficer(run, agency);
  else if (called && run.leavesCalls) await askedByRegister(run, agency);
  else await askSystem(run, agency);
  await run.until(`opinion/${agency}`, () => settled() || opinion(run, agency).status === 'escalated');
  if (settled()) return;
  const { lead } = consultation(run);
  const key = makeTaskKey({ kind: 'silence', agency });
  await run.ensureTask({ key, kind: 'silence', agency: lead }, settled);
}

/** The register asks its system, which answers by callback; where that cannot be reached, its officer is asked in our worklist. */
async function askedByRegister(run: CaseRun, agency: string): Promise<void> {
  const asked = () => opinion(run, agency).status === 'asked';
  await run.until(`opinion/${agency}`, () => opinion(run, agency).failed || !asked());
  if (asked()) await askOfficer(run, agency);
}

/** As runs of before asked it, by an activity. By its own system, which answers by callback; where that cannot be reached, by its officer in our worklist. */
async function askSystem(run: CaseRun, agency: string): Promise<void> {
  const asked = () => opinion(run, agency).requestId !== null || opinion(run, agency).status !== 'asked';
  if (asked()) return;
  const { about, dueDate } = opinion(run, agency);
  const call = await run.call((agencies) => agencies.requestOpinion({ scope: run.scope, agency, about, dueDate }));
  if ('failure' in call) return askOfficer(run, agency);
  const request = { type: 'recordOpinionRequest', agency, requestId: call.answer.requestId } as const;
  await run.ensure(`recordOpinionRequest/${agency}`, asked, request);
}

async function askOfficer(run: CaseRun, agency: string): Promise<void> {
  const answered = () => opinion(run, agency).status !== 'asked';
  const key = makeTaskKey({ kind: 'opinion', agency });
  await run.openTask({ key, kind: 'opinion', agency }, answered);
}

/** Closed, or another answer is weighed meanwhile. */
async function joined(run: CaseRun): Promise<void> {
  await conferred(run);
  const weighed = consultation(run).reopenings.length;
  const done = () => consultation(run).closedAt !== null || consultation(run).reopenings.length !== weighed;
  await run.end([{ action: 'closeConsultation', request: { type: 'closeConsultation' }, done }]);
}

/** Whether answers really conflict is the register's to say, by the law's list; a late answer that is weighed meanwhile adds to the agenda. */
async function conferred(run: CaseRun): Promise<void> {
  const sits = () => consultation(run).conference?.decidedAt === null;
  for (;;) {
    if (!mayConflict(Object.values(consultation(run).opinions)) || !patched('2026-11-conference')) return;
    const weighed = consultation(run).reopenings.length;
    await run.command('openConference', { type: 'openConference' }, () => true);
    const { lead } = consultation(run);
    const key = makeTaskKey({ kind: 'conference', round: 1 });
    await run.openTask({ key, kind: 'conference', agency: lead }, () => !sits());
    await run.until('conference', () => !sits() || consultation(run).reopenings.length !== weighed);
    if (!sits()) return;
  }
}

function consultation(run: CaseRun): ConsultationState {
  const found = run.state.consultations[run.scope];
  if (!found) throw new Error(`${run.scope} has not seen its opening`);
  return found;
}

function opinion(run: CaseRun, agency: string): OpinionState {
  const found = consultation(run).opinions[agency];
  if (!found) throw new Error(`${run.scope} does not ask ${agency}`);
  return found;
}
