import { refuse } from '../../errors.js';
import type { PathwayPlan } from '../../law/pathway.js';
import type { Filing, Screening } from '../../lane/screening.js';
import { reductionOf } from '../../measures/reduction.js';
import type { Capital, PathwayId, PlanItem } from './words.js';
import type { DossierDocument } from '../procedure/words.js';
import type { Payloads } from '../events.js';

/** Where a project is to stand, in hashes: the event holds no words of the investor. */
export interface Site {
  readonly key: string;
  readonly lots: readonly string[];
  readonly near: readonly string[];
}

interface Opening {
  readonly filing: Filing;
  /** SHA-256 of the filing as stored: the event proves what was filed without holding it. */
  readonly filingHash: string;
  readonly screening: Screening;
  /** The investor's choice; the recommended pathway where there is none. */
  readonly pathway?: PathwayId | undefined;
  readonly personId: string;
  /** The licensed project that the filing changes. */
  readonly adjusts?: Payloads['caseOpened']['adjusts'];
  /** SHA-256 of where the project is to stand. */
  readonly site?: Site | null;
}

/**
 * What `caseOpened` records of a filing: lane, pathway, plan, and the baseline frozen on the day of filing. No name of the filing goes in.
 * Refuses PRECONDITION_FAILED with the clause where the chosen pathway is unlawful for this project.
 */
export function openingOf({
  filing,
  filingHash,
  screening,
  pathway,
  personId,
  adjusts,
  site,
}: Opening): Omit<Payloads['caseOpened'], 'managed' | 'signed'> {
  const id = pathway ?? (screening.recommended.pathway as PathwayId);
  const chosen = pathwayOf(screening, id);
  if (chosen.lawful !== 'yes') {
    const reasons = chosen.reasons.filter((one) => one.verdict !== 'yes');
    refuse('PRECONDITION_FAILED', { pathway: id, lawful: chosen.lawful, clauses: reasons.map((one) => one.clause) });
  }
  const { milestone, baselineDays, baselineEndDate, cityBaselineDays, observed } = screening;
  const laid = laidOut(screening, id, screening.lane !== 'standard');
  return {
    kind: 'green-lane',
    lane: screening.lane,
    ...laid,
    facts: screening.facts,
    investor: { personId, organisation: filing.investor.registrationNumber },
    filingHash,
    lawAt: screening.lawAt,
    baseline: {
      days: baselineDays,
      endDate: baselineEndDate,
      cityDays: cityBaselineDays,
      ...(observed.baseline && { observed: observed.baseline }),
    },
    reductionByLaw: reductionOf(chosen.milestones[milestone].workingDays, baselineDays) ?? 0,
    lodged: lodgedByProcedure(filing),
    ...(adjusts && { adjusts }),
    ...(site && { site: site.key, sites: site.lots, near: site.near }),
    capital: capitalOf(filing),
    presumed: screening.presumed,
    unknown: screening.unknown,
  };
}

/** Refuses `CALENDAR_UNKNOWN` for one that ends beyond the calendar: lawful or not, without dates nobody can plan by it. */
function pathwayOf(screening: Screening, id: PathwayId): PathwayPlan {
  if (screening.beyondCalendar.includes(id)) refuse('CALENDAR_UNKNOWN', { field: 'pathway', pathway: id });
  return (
    screening.pathways.find((one) => one.id === id) ?? refuse('VALIDATION_FAILED', { field: 'pathway', pathway: id })
  );
}

/** The plan of a pathway and the days it means to take; `cut`: the City holds itself to less than the law's time. */
export function laidOut(screening: Screening, pathway: PathwayId, cut: boolean) {
  const chosen = pathwayOf(screening, pathway);
  const { milestone } = screening;
  const target = (cut ? chosen.target : chosen.milestones)[milestone];
  const ambition = (cut ? chosen.ambition : chosen.milestones)[milestone];
  return {
    pathway,
    milestone,
    plan: chosen.procedures.map(planItem),
    target: { days: target.workingDays, endDate: target.endDate },
    ambition: { days: ambition.workingDays, endDate: ambition.endDate },
    unverified: unverifiedBaseline(screening),
  };
}

const capitalOf = ({ project: { capital } }: Filing): Capital => ({
  totalVnd: capital.totalVnd,
  totalUsd: capital.totalUsd,
  foreignShare: capital.foreignShare,
});

/** The baseline is the standard pathway's critical path: a reduction measured against it is no surer than its figures. */
function unverifiedBaseline({ pathways, milestone, observed }: Screening): string[] {
  const standard = pathways.find(({ id }) => id === 'standard');
  const path = new Set(standard?.milestones[milestone].criticalPath);
  const byLaw = (standard?.procedures ?? [])
    .filter(({ procedure }) => path.has(procedure))
    .flatMap(({ procedure, unverified }) => unverified.map((figure) => `${procedure}.${figure}`));
  return [...byLaw, ...observed.unverified.map((procedure) => `${procedure}.observed`)];
}

const planItem = (planned: PathwayPlan['procedures'][number]): PlanItem => ({
  procedure: planned.procedure,
  version: planned.version,
  phase: planned.phase,
  // What nobody knows makes nothing mandatory: it is an open question until somebody does.
  mandatory: planned.mandatory && planned.requirement === 'yes',
  agency: planned.agency,
  cityControlled: planned.cityControlled,
  budget: planned.budget,
  after: planned.after.map((one) => one.procedure),
  gates: planned.gates.map((one) => one.event),
  statutory: { starts: planned.starts, ends: planned.ends },
  target: { starts: planned.target.starts, ends: planned.target.ends },
  statutoryDays: planned.workingDays,
  verified: planned.verified,
});

function lodgedByProcedure(filing: Filing): Record<string, readonly DossierDocument[]> {
  const lodged: Record<string, DossierDocument[]> = {};
  for (const { procedure, code, documentId } of filing.documents) {
    (lodged[procedure] ??= []).push({ code, documentId, obtainedFrom: null });
  }
  return lodged;
}
