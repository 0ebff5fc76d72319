import { type z } from 'zod';
import type { AgencyFigures } from '../../db/read/dashboards/agencies.js';
import type { HandlingCounts, ProcedureFigures } from '../../db/read/dashboards/procedures.js';
import type { Summary } from '../../db/read/dashboards/summary.js';
import { type Catalogue } from '../../domain/law/catalogue.js';
import { handledBy, processAutomation, processTarget } from '../../domain/measures/automation.js';
import { definitionOf } from '../../domain/measures/catalogue.js';
import { share } from '../../domain/measures/facts.js';
import { findProcedureVersion, type ProcedureDefinition, type Text } from '../../domain/law/procedure.js';
import { ambition, commitment } from '../../domain/law/commitment.js';
import { type PlainDate } from '../../domain/time/instants.js';
import {
  type DashboardAgencies,
  type DashboardAutomation,
  type DashboardSummary,
  type SummaryMeasure,
  summaryMeasures,
} from '../schemas/dashboards.js';

type Freshness = 'asOf' | 'dataAgeSeconds' | 'period';

/** The figures of all procedures together; none where nothing was closed. */
const together = (figures: readonly ProcedureFigures[]): ProcedureFigures => {
  const whole = figures.find(({ procedure }) => procedure === null);
  if (!whole) throw new Error('the empty grouping set always gives a row');
  return whole;
};

const summaryDefinitions = Object.fromEntries(summaryMeasures.map((code) => [code, definitionOf(code)])) as Record<
  SummaryMeasure,
  Text
>;

export function summaryOf(
  { lanes, unverifiedCases, excluded, exclusions, targets, targetItems, satisfaction, ...rest }: Summary,
  catalogue: Catalogue,
): Omit<z.input<typeof DashboardSummary>, Freshness> {
  const whole = together(rest.procedures);
  const total = (name: Exclude<keyof Summary['lanes'][number], 'lane'>) =>
    lanes.reduce((sum, lane) => sum + lane[name], 0);
  return {
    definitions: summaryDefinitions,
    cases: {
      opened: total('opened'),
      open: total('open'),
      approved: total('approved'),
      approvedInPart: total('approvedInPart'),
      refused: total('refused'),
      withdrawn: total('withdrawn'),
      lanes,
    },
    timeToLicense: rest.timeToLicense,
    timeToBuild: rest.timeToBuild,
    timePerProcedure: {
      net: whole.net,
      gross: whole.gross,
      procedures: rest.procedures.flatMap(
        ({ procedure, net, gross, onTime, onTimeStrict, overdueNow, within30, within40 }) =>
          procedure === null
            ? []
            : [
                {
                  procedure,
                  name: nameOf(catalogue, procedure),
                  net,
                  gross,
                  onTime,
                  onTimeStrict,
                  overdueNow,
                  within30,
                  within40,
                },
              ],
      ),
    },
    reduction: {
      commitment: commitment / 100,
      ambition: ambition / 100,
      ...rest.reduction,
      baseline: baselineOf(rest.reduction),
      unverifiedCases,
      excluded: { ...excluded, reasons: exclusions },
    },
    beside: { ...rest.beside, suspensions: [...rest.beside.suspensions] },
    targets: { ...targets, items: targetItems },
    onTime: whole.onTime,
    onTimeStrict: whole.onTimeStrict,
    overdueNow: whole.overdueNow,
    within30: whole.within30,
    within40: whole.within40,
    extensions: whole.extensions,
    supplements: whole.supplements,
    fdi: rest.fdi,
    satisfaction: { mean: satisfaction.mean, responseRate: satisfaction.answers, atLeast4: satisfaction.atLeast4 },
    onceOnly: {
      documents: whole.documents,
      notAsked: whole.onceOnly,
      share: share(whole.onceOnly, whole.documents),
    },
    filedOnline: whole.filedOnline,
  };
}

/** What the counted cases are set against. */
function baselineOf({ all, against }: Summary['reduction']): 'law' | 'observed' | 'mixed' {
  if (against.observed.n === 0) return 'law';
  return against.observed.n === all.n ? 'observed' : 'mixed';
}

/** A code the catalogue no longer has is its own name. */
const nameOf = ({ procedures }: Catalogue, code: string): Text =>
  procedures.get(code)?.[0]?.name ?? { vi: code, en: code };

export const agencyItems = (
  figures: readonly AgencyFigures[],
  { agencies }: Catalogue,
): z.input<typeof DashboardAgencies>['items'] =>
  figures.map((one) => ({ name: agencies.get(one.agency)?.name ?? { vi: one.agency, en: one.agency }, ...one }));

const definitions: z.input<typeof DashboardAutomation>['definitions'] = {
  process: definitionOf('automationProcess'),
  dossier: definitionOf('automationDossier'),
  plan: definitionOf('automationPlan'),
  target: definitionOf('automationTarget'),
};

const dossiersOf = ({ n, automatic, partly, manual }: Omit<HandlingCounts, 'procedure'>) => ({
  n,
  automatic,
  partly,
  manual,
  shareAutomatic: share(automatic, n),
  shareWithMachine: share(automatic + partly, n),
});

const none = { n: 0, automatic: 0, partly: 0, manual: 0, doneByMachine: 0, doneAssisted: 0, doneByPerson: 0 };

const processLevel = { automatic: 'full', partly: 'partly', manual: 'none' } as const;

export function automationOf(
  counts: readonly HandlingCounts[],
  catalogue: Catalogue,
  today: PlainDate,
): Omit<z.input<typeof DashboardAutomation>, Freshness> {
  const handled = new Map(counts.map((one) => [one.procedure, one]));
  const total = (of: Exclude<keyof HandlingCounts, 'procedure'>) => counts.reduce((sum, one) => sum + one[of], 0);
  const items = processesInUse(catalogue, today).map(({ code, name, version, steps }) => {
    const counted = handled.get(code) ?? none;
    const { doneByMachine, doneAssisted, doneByPerson } = counted;
    const level = handledBy(counted);
    const planned = (kind: string) => steps.filter(({ automation }) => automation === kind).length;
    return {
      procedure: code,
      name,
      version,
      automation: level === null ? null : processLevel[level],
      done: { byMachine: doneByMachine, assisted: doneAssisted, byPerson: doneByPerson },
      plan: {
        automation: processAutomation(steps),
        full: planned('full'),
        assisted: planned('assisted'),
        manual: planned('manual'),
      },
      dossiers: dossiersOf(counted),
    };
  });
  const executed = items.filter(({ automation }) => automation !== null);
  const [full, partly] = (['full', 'partly'] as const).map(
    (kind) => executed.filter(({ automation }) => automation === kind).length,
  );
  const automated = share((full ?? 0) + (partly ?? 0), executed.length);
  return {
    definitions,
    processes: {
      n: executed.length,
      full: full ?? 0,
      partly: partly ?? 0,
      none: executed.length - (full ?? 0) - (partly ?? 0),
      share: automated,
      target: processTarget,
      met: automated === null ? null : automated >= processTarget,
    },
    dossiers: dossiersOf({
      ...none,
      n: total('n'),
      automatic: total('automatic'),
      partly: total('partly'),
      manual: total('manual'),
    }),
    items,
  };
}

/** The procedures that some pathway names, in force on that day, by code. */
function processesInUse({ pathways, procedures }: Catalogue, today: PlainDate): ProcedureDefinition[] {
  const codes = new Set(pathways.flatMap((pathway) => pathway.procedures.map(({ procedure }) => procedure)));
  return [...codes].sort().flatMap((code) => findProcedureVersion(procedures, code, today) ?? []);
}
