import { type z } from 'zod';
import { type StatusShown } from '../../db/outbound/statuses.js';
import { findMatter, type OutsideMatter } from '../../domain/case/outside/state.js';
import { type DossierStatus } from '../../domain/case/outside/words.js';
import { procedureOf } from '../../domain/case/scope.js';
import { type CaseState } from '../../domain/case/state.js';
import { aboutOf } from '../../domain/case/task/keys.js';
import { type TaskState } from '../../domain/case/task/state.js';
import { said, type WordsById } from '../../domain/case/words.js';
import { type StatusSystem } from '../../domain/law/agency-systems.js';
import { type Law } from '../../domain/law/law.js';
import { portalStatusOf } from '../schemas/portal-status.js';
import { type OutsideMatterView, type StatusesView } from '../schemas/statuses.js';

const nameOf = (state: CaseState, law: Law, scope: string) => {
  const procedure = state.procedures[scope];
  return procedure ? law.definition(procedure.version).name : null;
};

export const statusViews = (
  told: readonly StatusShown[],
  state: CaseState,
  law: Law,
): z.input<typeof StatusesView>['items'] =>
  told.map(({ scope, status, ...one }) => ({
    ...one,
    procedure: procedureOf(scope) ?? '',
    procedureName: nameOf(state, law, scope),
    attempt: state.procedures[scope]?.attempt ?? 1,
    status: portalStatusOf(status),
  }));

const side = ({ status, at }: DossierStatus) => ({ status: portalStatusOf(status), at });

/** What another system says, for whoever has to settle it; null for every other task. */
export function matterOf(
  task: Pick<TaskState, 'kind' | 'key'>,
  state: CaseState,
  law: Law,
  texts: WordsById,
): z.input<typeof OutsideMatterView> | null {
  const matter: OutsideMatter | undefined = findMatter(state, aboutOf(task, 'outside')?.matterId);
  if (!matter) return null;
  const { id, scope, at, about } = matter;
  return {
    id,
    procedureName: nameOf(state, law, scope),
    dossierCode: state.procedures[scope]?.dossierCode ?? null,
    at,
    papers: about.kind === 'papers' ? { filedAt: about.filedAt, note: said(about.note, texts) } : null,
    status:
      about.kind === 'status'
        ? { system: about.system as StatusSystem, ours: side(about.ours), theirs: side(about.theirs) }
        : null,
  };
}
