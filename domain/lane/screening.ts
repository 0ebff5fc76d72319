import { citationIn } from '../law/citation.js';
import { reductionOf } from '../measures/reduction.js';
import type { PathwayDefinition } from '../schemas/pathway.js';
import type { Filing } from '../schemas/project.js';
import type { Text } from '../law/agency.js';
import type { Catalogue } from '../law/catalogue.js';
import { ifPublished } from '../time/calendar.js';
import { comparedOn, type PathwayPlan, planPathway } from '../law/pathway.js';
import type { Milestone } from '../law/pathway-layout.js';
import { observedBaseline, type Observed } from '../law/observed.js';
import { refuse } from '../errors.js';
import {
  factsWith,
  presumedAttributes,
  presumedIn,
  projectFacts,
  type ProjectFacts,
  unknownBehind,
} from '../law/rules.js';
import { isListed } from './evidence.js';
import { vietnameseRegistration } from './enterprise.js';
import { laneBy, type Predicate, predicatesOf } from './predicates.js';
import { dateOf, type Instant, type PlainDate } from '../time/instants.js';

export type { Filing } from '../schemas/project.js';

export type Lane = 'green' | 'standard' | 'undecided';

/**
 * What one filing would become. Days are working dates after the day of filing up to and including the last approval of `milestone`; ratios are
 * 0..1 with four decimals. Pathways are laid out at r = 0.
 */
export interface Screening {
  lane: Lane;
  predicates: Predicate[];
  pathways: PathwayPlan[];
  /** Pathways that end after the working calendar: longer than any that ends within, and without dates. */
  beyondCalendar: string[];
  recommended: { pathway: string; reason: Text };
  milestone: Milestone;
  /** Standard pathway, statutory budgets, without procedures of which it is not known whether the project needs them. */
  baselineDays: number;
  /** The same with all of them: no figure is measured against it. */
  baselineDaysAtMost: number;
  /** Of the standard pathway by law: the longest chain of procedures whose time the City sets. */
  cityBaselineDays: number;
  /** The same by the durations of before the programme that the City published, where it has for all of them. */
  observed: Observed;
  /** Recommended pathway, City-controlled budgets cut by 30 % and 40 %; in the standard lane nothing is cut. */
  targetDays: number;
  ambitionDays: number;
  plannedReduction: number;
  /** What the recommended pathway saves before anything is cut. */
  reductionByLaw: number;
  baselineEndDate: PlainDate;
  targetEndDate: PlainDate;
  ambitionEndDate: PlainDate;
  filedAt: Instant;
  lawAt: PlainDate;
  facts: ProjectFacts;
  /** Attributes the filing leaves out and the figures presume. */
  presumed: string[];
  /** Attributes nobody knows and on which it hangs what the project needs, or whether a pathway is open to it. */
  unknown: string[];
  /** Figures on the baseline's and the recommended path that rest on no text read, e.g. `eia-group-2.budget`. */
  unverified: string[];
}

/**
 * Screens a filing: three predicates, every pathway on the calendar, the fastest lawful one. Pure. `lawAt` (default: the newest law of the catalogue)
 * chooses the definitions. Refuses DEFINITION_UNKNOWN (no law known at `lawAt`) and CALENDAR_UNKNOWN.
 */
export function screen(body: Filing, at: Instant, catalogue: Catalogue, lawAt: PlainDate = catalogue.asOf): Screening {
  const { rules } = catalogue;
  return screenFacts(
    { facts: projectFacts(body, rules), presumed: presumedAttributes(body, rules), at, lawAt },
    catalogue,
  );
}

/** What is known of a project that was filed, and when. */
export interface FiledFacts {
  readonly facts: ProjectFacts;
  /** null: filed before it was recorded. */
  readonly presumed: readonly string[] | null;
  readonly at: Instant;
  readonly lawAt: PlainDate;
}

/** The project screened anew as of its filing, with some of its facts known or put right. Refuses as `screen` does. */
export function screenAnew(filed: FiledFacts, known: ProjectFacts, catalogue: Catalogue): Screening {
  const { rules } = catalogue;
  const presumed = (filed.presumed ?? presumedIn(filed.facts, rules)).filter((attr) => !Object.hasOwn(known, attr));
  return screenFacts({ ...filed, facts: factsWith(filed.facts, known, presumed, rules), presumed }, catalogue);
}

function screenFacts(
  { facts, presumed, at, lawAt }: FiledFacts & { readonly presumed: readonly string[] },
  catalogue: Catalogue,
): Screening {
  const filed = dateOf(at);
  const milestone = comparedOn(facts);
  const proven = provenFacts(facts, catalogue, filed);
  const plan = (pathway: PathwayDefinition) => planPathway(pathway, facts, catalogue, filed, lawAt, proven);
  // Only the standard pathway is needed: another that ends beyond the calendar is not shorter than one that ends within.
  const planned = catalogue.pathways.map((pathway) =>
    pathway.code === 'standard' ? plan(pathway) : ifPublished(() => plan(pathway)),
  );
  const pathways = planned.filter((one) => one !== undefined);
  const predicates = predicatesOf(facts);
  const lane = laneBy(predicates);
  const standard =
    pathways.find(({ id }) => id === 'standard') ?? refuse('DEFINITION_INVALID', { pathway: 'standard' });
  const chosen = recommend(pathways, milestone);
  const cut = lane !== 'standard';
  const baseline = standard.milestones[milestone];
  const target = (cut ? chosen.target : chosen.milestones)[milestone];
  const ambition = (cut ? chosen.ambition : chosen.milestones)[milestone];
  return {
    lane,
    predicates,
    pathways,
    beyondCalendar: catalogue.pathways.filter((_one, i) => planned[i] === undefined).map(({ code }) => code),
    recommended: { pathway: chosen.id, reason: reasonFor(chosen, pathways, milestone) },
    milestone,
    baselineDays: baseline.workingDays,
    baselineDaysAtMost: standard.most[milestone].workingDays,
    cityBaselineDays: standard.cityDays[milestone],
    observed: observedOf(standard, facts, milestone, catalogue, filed, lawAt),
    targetDays: target.workingDays,
    ambitionDays: ambition.workingDays,
    plannedReduction: reductionOf(target.workingDays, baseline.workingDays) ?? 0,
    reductionByLaw: reductionOf(chosen.milestones[milestone].workingDays, baseline.workingDays) ?? 0,
    baselineEndDate: baseline.endDate,
    targetEndDate: target.endDate,
    ambitionEndDate: ambition.endDate,
    filedAt: at,
    lawAt,
    facts,
    presumed: [...presumed],
    unknown: unknownOf(facts, catalogue, chosen.id),
    unverified: unverifiedOn([standard, chosen], milestone),
  };
}

const strategicInvestor = 'project.strategicInvestor';

/** Who calls itself a strategic investor is one where a list of the City names the enterprise on the day of filing; else nobody knows. */
function provenFacts(facts: ProjectFacts, { settings }: Catalogue, filed: PlainDate): ProjectFacts {
  const organisation = vietnameseRegistration(facts);
  if (facts[strategicInvestor] !== true) return facts;
  const isNamed = organisation !== null && isListed(settings.lists ?? [], 'strategic-investors', filed, organisation);
  return isNamed ? facts : { ...facts, [strategicInvestor]: null };
}

function observedOf(
  { order, id }: PathwayPlan,
  facts: ProjectFacts,
  milestone: Milestone,
  catalogue: Catalogue,
  filed: PlainDate,
  lawAt: PlainDate,
): Observed {
  const pathway = catalogue.pathways.find(({ code }) => code === id) ?? refuse('DEFINITION_INVALID', { pathway: id });
  const asked = { pathway, order, milestone, facts, filed, lawAt };
  return observedBaseline(asked, catalogue, catalogue.settings.observed);
}

/** What is proven otherwise: by evidence for the lane, by a list of the City. */
const provenOtherwise: ReadonlySet<string> = new Set([
  'project.highTechListed',
  'project.internationallyLinked',
  'project.keyProjectListed',
  strategicInvestor,
]);
const zone = 'project.site.zone';

/** Of the standard pathway and the chosen one: what decides whether a procedure is needed; of the others: whether they are open. A zone is always asked for. */
function unknownOf(facts: ProjectFacts, { pathways, rules }: Catalogue, chosen: string): string[] {
  const needed = pathways
    .filter(({ code }) => code === 'standard' || code === chosen)
    .flatMap(({ procedures }) => procedures.filter(({ mandatory, phase }) => mandatory && phase !== 'operate'))
    .flatMap(({ requiredWhen }) => unknownBehind(requiredWhen, facts, rules));
  const open = pathways
    .flatMap(({ lawfulWhen }) => lawfulWhen)
    .flatMap(({ rule }) => unknownBehind(rule, facts, rules));
  const found = new Set([...(facts[zone] === null ? [zone] : []), ...needed, ...open]);
  return [...found].filter((attr) => !provenOtherwise.has(attr));
}

const mandatoryCount = ({ procedures }: PathwayPlan): number =>
  procedures.filter(({ mandatory, phase }) => mandatory && phase !== 'operate').length;

/** The shortest of the pathways known to be lawful; on equal days the one with fewer approvals to prepare, then the catalogue's order. */
function recommend(pathways: readonly PathwayPlan[], milestone: Milestone): PathwayPlan {
  const lawful = pathways.filter((plan) => plan.lawful === 'yes');
  const first = lawful[0] ?? refuse('DEFINITION_INVALID', { reason: 'no lawful pathway' });
  return lawful.reduce((best, plan) => {
    const days = plan.milestones[milestone].workingDays - best.milestones[milestone].workingDays;
    return days < 0 || (days === 0 && mandatoryCount(plan) < mandatoryCount(best)) ? plan : best;
  }, first);
}

function reasonFor(chosen: PathwayPlan, pathways: readonly PathwayPlan[], milestone: Milestone): Text {
  const days = (plan: PathwayPlan) => plan.milestones[milestone].workingDays;
  const to = {
    licence: { vi: 'được cấp phép', en: 'the licence' },
    approvals: { vi: 'đủ thủ tục khởi công', en: 'all approvals' },
  };
  const vi = [
    `${chosen.name.vi}: ${String(days(chosen))} ngày làm việc đến khi ${to[milestone].vi}, ngắn nhất trong các lộ trình hợp pháp`,
  ];
  const en = [
    `${chosen.name.en}: ${String(days(chosen))} working days to ${to[milestone].en}, the shortest lawful pathway`,
  ];
  const spared = sparedBy(chosen, pathways);
  if (spared.length > 0) {
    vi.push(`Không phải làm: ${spared.map(({ name }) => name.vi).join('; ')}`);
    en.push(`It spares: ${spared.map(({ name }) => name.en).join('; ')}`);
  }
  const cited = (clauses: readonly string[]) => clauses.map((clause) => citationIn(clause, 'vi')).join('; ');
  for (const other of pathways) {
    if (other === chosen) continue;
    const failing = other.reasons.filter(({ verdict }) => verdict === other.lawful).map(({ clause }) => clause);
    if (other.lawful === 'no') {
      vi.push(`${other.name.vi}: không áp dụng được (${cited(failing)})`);
      en.push(`${other.name.en}: not open to this project (${failing.join('; ')})`);
    } else if (other.lawful === 'unknown') {
      vi.push(
        `${other.name.vi}: ${String(days(other))} ngày làm việc, chưa đủ dữ kiện, cán bộ quyết định (${cited(failing)})`,
      );
      en.push(
        `${other.name.en}: ${String(days(other))} working days, not known to be lawful, an officer decides (${failing.join('; ')})`,
      );
    } else {
      const longer = days(other) - days(chosen);
      vi.push(
        `${other.name.vi}: ${String(days(other))} ngày làm việc${longer > 0 ? `, dài hơn ${String(longer)} ngày` : ''}`,
      );
      en.push(`${other.name.en}: ${String(days(other))} working days${longer > 0 ? `, ${String(longer)} longer` : ''}`);
    }
  }
  const equal = pathways.filter((other) => other !== chosen && other.lawful === 'yes' && days(other) === days(chosen));
  if (equal.some((other) => mandatoryCount(other) > mandatoryCount(chosen))) {
    vi.push('Bằng ngày thì chọn lộ trình phải chuẩn bị ít thủ tục hơn');
    en.push('On equal days the pathway with fewer approvals to prepare is taken');
  }
  return { vi: `${vi.join('. ')}.`, en: `${en.join('. ')}.` };
}

/** What the standard pathway needs before building and the chosen one does not. */
function sparedBy(chosen: PathwayPlan, pathways: readonly PathwayPlan[]): PathwayPlan['procedures'] {
  const kept = new Set(chosen.procedures.map(({ procedure }) => procedure));
  const standard = pathways.find(({ id }) => id === 'standard')?.procedures ?? [];
  return standard.filter(({ procedure, mandatory, phase }) => mandatory && phase !== 'operate' && !kept.has(procedure));
}

function unverifiedOn(plans: readonly PathwayPlan[], milestone: Milestone): string[] {
  const found = new Set<string>();
  for (const { milestones, target, procedures } of plans) {
    const path = new Set([...milestones[milestone].criticalPath, ...target[milestone].criticalPath]);
    for (const { procedure, unverified } of procedures) {
      if (path.has(procedure)) for (const figure of unverified) found.add(`${procedure}.${figure}`);
    }
  }
  return [...found];
}
