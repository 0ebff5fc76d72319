import type { Command } from '../../domain/case/commands.js';
import type { ConsultationState } from '../../domain/case/consultation/state.js';
import type { Actor } from '../../domain/case/events.js';
import { isGranted } from '../../domain/case/issued/state.js';
import { factsBehind, latestAttempt } from '../../domain/case/procedure/state.js';
import type { ScopeId } from '../../domain/case/scope.js';
import type { CaseState } from '../../domain/case/state.js';
import type { Completion } from '../../domain/case/task/commands.js';
import { aboutOf } from '../../domain/case/task/keys.js';
import { isOver, type TaskState } from '../../domain/case/task/state.js';
import { factWords } from '../../domain/law/correctable.js';
import type { Law } from '../../domain/law/law.js';
import { dateOf, type Instant } from '../../domain/time/instants.js';
import { chance, type Draw, oneOf } from './drawing.js';
import { person } from './memory-register.js';

/** Something somebody might try now; `scope` = as the workflow of that scope. */
export interface Act {
  readonly command: Command;
  readonly actor: Actor;
  readonly scope?: ScopeId;
}

/** Where an act is looked for. */
export interface Scene {
  readonly state: CaseState;
  readonly law: Law;
  readonly now: Instant;
  readonly draw: Draw;
}

export const byInvestor = ({ state }: Scene, command: Command): Act => ({
  command,
  actor: person(state.investor.personId, 'investor'),
});

export const isOpen = (task: TaskState): boolean => !isOver(task);
export const openQuestions = ({ consultations }: CaseState): ConsultationState[] =>
  Object.values(consultations).filter(({ closedAt }) => closedAt === null);

/** Whoever holds it, as the API would name them: the role is in the id. */
export function holderOf({ claimedBy, role, agency }: TaskState): Actor {
  const id = claimedBy ?? `${role}.${agency}.1`;
  return person(id, id.startsWith('head.') ? 'head' : role, agency);
}

export function documentsOf({ state, law, now }: Scene, code: string) {
  const latest = latestAttempt(state, code);
  return latest
    ? law.procedureVersion(code, latest.version, factsBehind(state, latest)).documents
    : law.procedureAt(code, dateOf(now), state.facts).documents;
}

export function refused(state: CaseState): string[] {
  return state.plan.flatMap(({ procedure }) => {
    const attempt = latestAttempt(state, procedure);
    const outcome = attempt?.closed?.outcome;
    return outcome === undefined || isGranted(attempt) || outcome === 'withdrawn' ? [] : [procedure];
  });
}

export const openNotices = (state: CaseState) =>
  Object.values(state.procedures).flatMap(({ procedure, handlingAgency, closed, supplements }) =>
    supplements.flatMap(({ requestId, status, decision }) =>
      !closed && (status === 'asked' || status === 'lapsed')
        ? [{ procedure, handlingAgency, requestId, decision }]
        : [],
    ),
  );

export const byHandler = (
  _scene: Scene,
  { procedure, requestId, handlingAgency: agency }: ReturnType<typeof openNotices>[number],
  act: { readonly type: 'withdrawSupplement' | 'reviewViolation' | 'endViolation'; readonly reason: string },
): Act => ({
  command: { ...act, procedure, requestId },
  actor: person(`officer.${agency}.1`, 'officer', agency),
});

export const unanswered = (state: CaseState) =>
  Object.values(state.consultations).flatMap((consultation) =>
    Object.values(consultation.opinions)
      .filter(({ position }) => position === null)
      .map((opinion) => ({ consultation, opinion })),
  );

export function resolved({ state, draw }: Scene, { scope }: TaskState): Pick<Completion, 'resolutions' | 'dissent'> {
  const issues = state.consultations[scope]?.conference?.issues ?? [];
  const resolutions = issues.map(({ id: issue, agencies }) => ({
    issue,
    upholds: chance(draw, 70) ? (oneOf(draw, agencies) ?? null) : null,
  }));
  const dissenter = chance(draw, 30) ? issues[0]?.agencies[0] : undefined;
  return {
    resolutions,
    dissent: dissenter === undefined ? [] : [{ agency: dissenter, reason: 'we see it otherwise' }],
  };
}

/** What nobody knew is found out; what somebody proposes is confirmed as it is. */
export function foundOut({ factQuestions }: CaseState, task: TaskState): Pick<Completion, 'facts' | 'legalBasis'> {
  const asked = factQuestions[aboutOf(task, 'fact')?.questionId ?? '']?.facts ?? {};
  const facts = Object.fromEntries(
    Object.entries(asked).map(([attr, value]) => {
      const is = factWords(attr)?.is;
      const [first = ''] = is?.kind === 'code' ? Object.keys(is.values) : [];
      return [attr, value ?? (is?.kind === 'code' ? first : is?.kind === 'number' ? is.least : false)];
    }),
  );
  return { facts, legalBasis: 'Biên bản kiểm tra' };
}

export const named = (agency: string) =>
  ({ signatory: { id: `officer.${agency}.9`, role: 'officer', agency } }) as const;

/** The bound envelope part of an act: what the workflow of its scope has seen is everything. */
export function boundOf(state: CaseState, scope: ScopeId | undefined) {
  const box = scope === undefined ? undefined : state.scopes[scope];
  return scope !== undefined && box ? { bound: { scope, generation: box.generation, basedOn: box.lastSeq } } : {};
}
