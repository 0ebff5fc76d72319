import { isOpenLetter } from '../../domain/case/apology/state.js';
import type { EngineCommand } from '../../domain/case/commands.js';
import type { ConsultationState } from '../../domain/case/consultation/state.js';
import { factsBehind, type ProcedureState } from '../../domain/case/procedure/state.js';
import { caseScope, type ScopeId } from '../../domain/case/scope.js';
import { makeTaskKey } from '../../domain/case/task/keys.js';
import type { Law } from '../../domain/law/law.js';
import type { ResolvedStep } from '../../domain/law/procedure.js';
import { chance } from './drawing.js';
import { openQuestions, type Scene } from './scene.js';
import { wantedInTrial } from './trial-acts.js';

export function* readySteps({
  state,
  law,
}: Scene): Generator<ResolvedStep & { scope: ScopeId; procedure: ProcedureState }> {
  for (const procedure of Object.values(state.procedures)) {
    const { stage, steps, scope } = procedure;
    if (stage !== 'processing' && stage !== 'decided') continue;
    for (const step of law.procedureVersion(procedure.procedure, procedure.version, factsBehind(state, procedure))
      .steps) {
      const done = (code: string) => Boolean(steps[code]?.completedAt);
      if (!done(step.code) && step.dependsOn.every(done)) yield { ...step, scope, procedure };
    }
  }
}

type OpenTask = Extract<EngineCommand, { type: 'openTask' }>;
interface Wanted {
  readonly scope: ScopeId;
  readonly command: OpenTask;
}
const wanting = (scope: ScopeId, task: Omit<OpenTask, 'type' | 'step'> & { readonly step?: string }): Wanted => ({
  scope,
  command: { type: 'openTask', ...task, step: task.step ?? null },
});

export function* wantedTasks(scene: Scene): Generator<Wanted> {
  const { state, law } = scene;
  const root = caseScope(state.code);
  if (state.kind === 'green-lane' && state.lane === 'undecided') {
    const key = state.laneProposals === 0 ? 'lane' : `lane/${state.laneProposals + 1}`;
    yield wanting(root, { key, kind: 'lane', agency: law.laneOwner, role: 'officer' });
  }
  for (const task of wantedInTrial(state)) yield wanting(root, task);
  for (const { id, agency, answeredAt } of Object.values(state.questions))
    if (answeredAt === null) yield wanting(root, { key: `question/${id}`, kind: 'question', agency, role: 'officer' });
  for (const procedure of Object.values(state.procedures)) yield* tasksOfProcedure(procedure, law);
  for (const step of readySteps(scene)) yield* taskOfStep(step);
  for (const consultation of openQuestions(state)) yield* tasksOfConsultation(consultation);
  const stuck = {
    key: `stuck/openProcedure/${state.seq}`,
    kind: 'stuck',
    agency: law.laneOwner,
    role: 'officer',
  } as const;
  if (chance(scene.draw, 3)) yield wanting(root, stuck);
}

function* tasksOfProcedure(procedure: ProcedureState, law: Law): Generator<Wanted> {
  const { scope, stage, filings, handlingAgency: agency, supplements, apologies, declaration } = procedure;
  if (stage === 'intake') {
    const declares = law.definition(procedure.version).gates.some(({ code }) => code === 'online-declaration');
    const key = `intake/${filings.length}`;
    yield wanting(scope, { key, kind: 'intake', agency: law.receivingAgency, role: 'receiving-officer' });
    const byHand = { key: 'by-hand/online-declaration', kind: 'by-hand', agency, role: 'officer' } as const;
    if (!declaration && declares && filings.length > 1) yield wanting(scope, byHand);
  }
  const lapsed = supplements.find(({ status }) => status === 'lapsed');
  if (lapsed) yield wanting(scope, { key: `lapse/${lapsed.requestId}`, kind: 'lapse', agency, role: 'officer' });
  const letter = apologies.find(isOpenLetter);
  if (letter) yield wanting(scope, { key: `apology/${letter.letterId}`, kind: 'apology', agency, role: 'head' });
}

function* taskOfStep(step: ResolvedStep & { scope: ScopeId; procedure: ProcedureState }): Generator<Wanted> {
  const { scope, code, kind, agency, fourEyes, procedure } = step;
  if (kind === 'officer' || kind === 'signature' || kind === 'council') {
    const about = { kind: 'step', step: code, round: procedure.steps[code]?.round ?? 1 } as const;
    const key = makeTaskKey({ ...about, second: false });
    const role = kind === 'signature' ? 'head' : 'officer';
    const first = Object.values(procedure.tasks).some((one) => one.key === key && one.status === 'done');
    const now = first && fourEyes ? makeTaskKey({ ...about, second: true }) : key;
    yield wanting(scope, { key: now, kind: 'step', agency, role, step: code });
  } else if (procedure.steps[code]?.failed) {
    const handler = procedure.handlingAgency;
    yield wanting(scope, { key: `by-hand/${code}`, kind: 'by-hand', agency: handler, role: 'officer', step: code });
  }
}

function* tasksOfConsultation({ scope, opinions, lead, conference }: ConsultationState): Generator<Wanted> {
  for (const { agency, status } of Object.values(opinions)) {
    if (status === 'asked')
      yield wanting(scope, { key: `opinion/${agency}`, kind: 'opinion', agency, role: 'officer' });
    if (status === 'escalated')
      yield wanting(scope, { key: `silence/${agency}`, kind: 'silence', agency: lead, role: 'officer' });
  }
  if (conference?.decidedAt === null)
    yield wanting(scope, { key: 'conference', kind: 'conference', agency: lead, role: 'head' });
}
