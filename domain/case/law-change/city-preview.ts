import { vietnameseRegistration } from '../../lane/enterprise.js';
import { findListed, listBasis } from '../../lane/evidence.js';
import type { CityData, LawVersion } from '../../law/city-data.js';
import type { Law } from '../../law/law.js';
import { dateOf } from '../../time/instants.js';
import { nextInstants } from '../due.js';
import type { CaseState } from '../state.js';
import { allTasks, isOver } from '../task/state.js';
import { hasWorkIn } from './merger.js';

/** What data of the City, or a version of the law, would do to a case that runs. Whatever was decided stands, whatever was frozen at filing stays. */
export const cityEffects = [
  'reminders-move',
  'promise-printed',
  'evidence-appears',
  'evidence-ends',
  'agency-works-here',
  'work-moves',
  'pathway-kept',
  'regime-kept',
  'dates-move',
  'version-kept',
] as const;
export type CityEffect = (typeof cityEffects)[number];

/** Pure: `before` and `after` are the law without it and with it. */
export function cityEffectsOn(state: CaseState, change: CityData | LawVersion, before: Law, after: Law): CityEffect[] {
  if (state.closed) return [];
  switch (change.kind) {
    case 'setting':
      return [
        ...(moves(state, before, after) ? (['reminders-move'] as const) : []),
        ...(change.code === 'promulgation' && printsPromise(state) ? (['promise-printed'] as const) : []),
      ];
    case 'list':
      return listEffects(state, change.code, before, after);
    case 'agency':
      if (change.data.mergedInto !== undefined) return hasWorkIn(state, change.code) ? ['work-moves'] : [];
      return worksHere(state, change.code) ? ['agency-works-here'] : [];
    case 'pathway':
      return state.kind === 'green-lane' && state.pathway === change.code ? ['pathway-kept'] : [];
    case 'regime':
      return state.trial?.regime === change.code ? ['regime-kept'] : [];
    case 'calendar':
      return moves(state, before, after) ? ['dates-move'] : [];
    case 'procedure':
      return Object.values(state.procedures).some((one) => one.procedure === change.code && !one.closed)
        ? ['version-kept']
        : [];
  }
}

function moves(state: CaseState, before: Law, after: Law): boolean {
  const [old, next] = [nextInstants(state, before), nextInstants(state, after)];
  return Object.entries(next).some(([scope, at]) => at !== old[scope]);
}

/** Form 01 of what is still to be received prints the promised date. */
const printsPromise = (state: CaseState): boolean =>
  state.kind === 'green-lane' &&
  state.lane === 'green' &&
  state.plan.some(
    ({ procedure, cityControlled }) =>
      cityControlled &&
      !Object.values(state.procedures).some((one) => one.procedure === procedure && one.receivedAt !== null),
  );

function listEffects(state: CaseState, code: string, before: Law, after: Law): CityEffect[] {
  if (state.kind !== 'green-lane') return [];
  const [old, next] = [before, after].map(({ settings }) => settings.lists ?? []);
  const [filed, organisation] = [dateOf(state.openedAt), vietnameseRegistration(state.facts)];
  const has = (lists: typeof old, basis: string) => findListed(lists ?? [], basis, filed, organisation) !== undefined;
  const bases = (next ?? [])
    .filter((list) => list.code === code)
    .flatMap(({ entries }) =>
      entries.filter((entry) => entry.organisation !== null && entry.organisation === organisation),
    )
    .map(({ number }) => listBasis(code, number));
  const isOpen = state.lane !== 'green' && state.laneAtResult === null;
  const appears = isOpen && bases.some((basis) => has(next, basis) && !has(old, basis));
  const ends = state.laneFindings.some(
    ({ basis }) => basis?.startsWith(`list/${code}/`) === true && has(old, basis) && !has(next, basis),
  );
  return [...(appears ? (['evidence-appears'] as const) : []), ...(ends ? (['evidence-ends'] as const) : [])];
}

const worksHere = (state: CaseState, agency: string): boolean =>
  [...allTasks(state)].some((task) => !isOver(task) && task.agency === agency) ||
  Object.values(state.procedures).some(
    (one) => !one.closed && (one.competentAgency === agency || one.handlingAgency === agency),
  );
