import type { Law } from '../../law/law.js';
import type { CaseState } from '../state.js';
import type { DutyState } from './state.js';
import type { Text } from '../../law/agency.js';
import type { DutyDefinition } from '../../law/procedure.js';
import { trialDutyNames, type TrialDuty, userDutyOf } from '../trial/duty-kinds.js';
import type { Instant, PlainDate } from '../../time/instants.js';

/** One thing the law demands beside approvals, as it stands. */
export interface DutyItem {
  readonly id: string;
  readonly code: string;
  readonly name: Text;
  readonly legalBasis: string;
  /** false: nobody has read the text it rests on. */
  readonly verified: boolean;
  readonly on: 'investor' | 'agency';
  /** Who owes it; null for the investor. */
  readonly agency: string | null;
  /** null: it belongs to the case as a whole. */
  readonly procedure: string | null;
  /** null: the law knows no date. */
  readonly dueDate: PlainDate | null;
  readonly since: Instant;
  readonly status: 'open' | 'overdue' | 'met';
  readonly metAt: Instant | null;
}

/** The duties of a case: open ones first, the earliest date first; one without a date comes after those with one. Pure. */
export function dutiesOf(state: CaseState, law: Law): DutyItem[] {
  const definitions = definitionsOf(state, law);
  return Object.values(state.duties)
    .map((duty) => itemOf(state, law, definitions, duty))
    .sort((a, b) => keyOf(a).localeCompare(keyOf(b)));
}

const keyOf = ({ status, dueDate, id }: DutyItem): string => `${status === 'met' ? 1 : 0}${dueDate ?? '9999'}${id}`;

function definitionsOf(state: CaseState, law: Law): ReadonlyMap<string, DutyDefinition> {
  const versions = [...state.plan, ...Object.values(state.procedures)].map(({ version }) => version);
  const all = [...new Set(versions)].flatMap((version) => law.definition(version).duties);
  return new Map([...all, ...law.pathway(state.pathway).extraDuties].map((duty) => [duty.code, duty]));
}

type Named = Pick<DutyItem, 'name' | 'legalBasis' | 'verified'>;

/** What is owed in a trial, as its admission and its regime have it. undefined: it is no duty of a trial. */
function ofTrial({ trial }: CaseState, law: Law, { id, code }: DutyState): Named | undefined {
  if (!trial || !isTrialDuty(code)) return undefined;
  const { regime, rules } = law.regime(trial.version);
  const admission = userDutyOf(trial.terms, id)?.name;
  const figures = { 'trial-report': rules.reportInterval, 'trial-final-report': rules.finalReport };
  const figure = code === 'trial-report' || code === 'trial-final-report' ? figures[code] : null;
  const acts = regime.legalBasis.map(({ act, article }) => (article === null ? act : `${article} ${act}`)).join('; ');
  const set = figure && figure.source !== 'law' ? figure.basis : null;
  const name = admission ? { vi: admission.vi, en: admission.en } : trialDutyNames[code];
  return {
    name,
    legalBasis: admission ? (trial.decision ?? acts) : (set ?? acts),
    verified: figure?.verified ?? false,
  };
}

const isTrialDuty = (code: string): code is TrialDuty => Object.hasOwn(trialDutyNames, code);

function itemOf(
  state: CaseState,
  law: Law,
  definitions: ReadonlyMap<string, DutyDefinition>,
  duty: DutyState,
): DutyItem {
  const { id, code, on, agency, dueDate, since, metAt, missed, scope } = duty;
  const { name, legalBasis, verified } = ofTrial(state, law, duty) ??
    definitions.get(code) ?? { name: { vi: code, en: code }, legalBasis: '', verified: false };
  return {
    id,
    code,
    name,
    legalBasis,
    verified,
    on,
    agency,
    procedure: state.procedures[scope]?.procedure ?? null,
    dueDate,
    since,
    status: metAt !== null ? 'met' : missed ? 'overdue' : 'open',
    metAt,
  };
}
