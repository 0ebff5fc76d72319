import { type Law } from '../../domain/case/law.js';
import { type CaseState, type DutyState } from '../../domain/case/state.js';
import { type Text } from '../../domain/agency.js';
import { type DutyDefinition } from '../../domain/procedure.js';
import { type Instant, type PlainDate } from '../../domain/time.js';

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
    .map((duty) => itemOf(state, definitions, duty))
    .sort((a, b) => keyOf(a).localeCompare(keyOf(b)));
}

const keyOf = ({ status, dueDate, id }: DutyItem): string => `${status === 'met' ? 1 : 0}${dueDate ?? '9999'}${id}`;

function definitionsOf(state: CaseState, law: Law): ReadonlyMap<string, DutyDefinition> {
  const versions = [...state.plan, ...Object.values(state.procedures)].map(({ version }) => version);
  const all = [...new Set(versions)].flatMap((version) => law.definition(version).duties);
  return new Map([...all, ...law.pathway(state.pathway).extraDuties].map((duty) => [duty.code, duty]));
}

function itemOf(state: CaseState, definitions: ReadonlyMap<string, DutyDefinition>, duty: DutyState): DutyItem {
  const { id, code, on, agency, dueDate, since, metAt, missed, scope } = duty;
  const definition = definitions.get(code);
  return {
    id,
    code,
    name: definition?.name ?? { vi: code, en: code },
    legalBasis: definition?.legalBasis ?? '',
    verified: definition?.verified ?? false,
    on,
    agency,
    procedure: state.procedures[scope]?.procedure ?? null,
    dueDate,
    since,
    status: metAt !== null ? 'met' : missed ? 'overdue' : 'open',
    metAt,
  };
}
