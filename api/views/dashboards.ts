import { type z } from 'zod';
import {
  type AgencyFigures,
  type HandlingCounts,
  type ProcedureFigures,
  type Summary,
} from '../../db/queries/dashboards.js';
import { type Catalogue } from '../../domain/catalogue.js';
import { processAutomation, processTarget, share } from '../../domain/dashboards.js';
import { findProcedureVersion, type ProcedureDefinition, type Text } from '../../domain/procedure.js';
import { ambition, commitment } from '../../domain/terms.js';
import { type PlainDate } from '../../domain/time.js';
import { type DashboardAgencies, type DashboardAutomation, type DashboardSummary } from '../schemas/dashboards.js';

type Standing = 'asOf' | 'dataAgeSeconds' | 'period';

/** The figures of all procedures together; none where nothing was closed. */
const together = (figures: readonly ProcedureFigures[]): ProcedureFigures => {
  const whole = figures.find(({ procedure }) => procedure === null);
  if (!whole) throw new Error('the empty grouping set always gives a row');
  return whole;
};

export function summaryOf(
  { lanes, unverifiedCases, excluded, exclusions, targets, targetItems, satisfaction, ...rest }: Summary,
  catalogue: Catalogue,
): Omit<z.input<typeof DashboardSummary>, Standing> {
  const whole = together(rest.procedures);
  const total = (name: 'opened' | 'open' | 'approved' | 'refused' | 'withdrawn') =>
    lanes.reduce((sum, lane) => sum + lane[name], 0);
  return {
    cases: {
      opened: total('opened'),
      open: total('open'),
      approved: total('approved'),
      refused: total('refused'),
      withdrawn: total('withdrawn'),
      lanes,
    },
    timeToLicense: rest.timeToLicense,
    timeToBuild: rest.timeToBuild,
    timePerProcedure: {
      net: whole.net,
      gross: whole.gross,
      procedures: rest.procedures.flatMap(({ procedure, net, gross, onTime, within30, within40 }) =>
        procedure === null
          ? []
          : [{ procedure, name: nameOf(catalogue, procedure), net, gross, onTime, within30, within40 }],
      ),
    },
    reduction: {
      commitment: commitment / 100,
      ambition: ambition / 100,
      ...rest.reduction,
      unverifiedCases,
      excluded: { ...excluded, reasons: exclusions },
    },
    targets: { ...targets, items: targetItems },
    onTime: whole.onTime,
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

/** A code the catalogue no longer has is its own name. */
const nameOf = ({ procedures }: Catalogue, code: string): Text =>
  procedures.get(code)?.[0]?.name ?? { vi: code, en: code };

export const agencyItems = (
  figures: readonly AgencyFigures[],
  { agencies }: Catalogue,
): z.input<typeof DashboardAgencies>['items'] =>
  figures.map((one) => ({ name: agencies.get(one.agency)?.name ?? { vi: one.agency, en: one.agency }, ...one }));

const definitions: z.input<typeof DashboardAutomation>['definitions'] = {
  process: {
    vi: 'Quy trình: một thủ tục thuộc các lộ trình của luồng xanh, theo phiên bản đang có hiệu lực.',
    en: 'Process: one procedure of the pathways of the green lane, in the version now in force.',
  },
  processAutomated: {
    vi: 'Tự động hóa toàn phần: mọi bước do máy làm. Một phần: ít nhất một bước (kiểm tra, văn bản hoặc quyết định) do máy làm hoặc máy hỗ trợ.',
    en: 'Fully automated: the machine does every step. Partly: at least one step (a check, a document or a decision) is done by the machine or with its help.',
  },
  dossier: {
    vi: 'Hồ sơ được xử lý tự động: từ khi tiếp nhận đến khi có kết quả, mọi bước do máy làm và không phải lấy ý kiến cơ quan nào. Một phần: máy đã làm ít nhất một bước. Chỉ tính hồ sơ đã có quyết định trong kỳ.',
    en: 'Dossier handled automatically: from receipt to result the machine did every step and no agency was asked. Partly: the machine did at least one step. Only dossiers decided in the period count.',
  },
  target: {
    vi: 'Mục tiêu: tối thiểu 70% quy trình được tự động hóa một phần hoặc toàn phần (Quyết định 3301/QĐ-UBND).',
    en: 'Target: at least 70 % of processes automated partly or fully (Decision 3301/QĐ-UBND).',
  },
};

const handlingOf = ({ n, automatic, partly, manual }: Omit<HandlingCounts, 'procedure'>) => ({
  n,
  automatic,
  partly,
  manual,
  shareAutomatic: share(automatic, n),
  shareWithMachine: share(automatic + partly, n),
});

const none = { n: 0, automatic: 0, partly: 0, manual: 0 };

export function automationOf(
  counts: readonly HandlingCounts[],
  catalogue: Catalogue,
  today: PlainDate,
): Omit<z.input<typeof DashboardAutomation>, Standing> {
  const inUse = processesInUse(catalogue, today);
  const handled = new Map(counts.map((one) => [one.procedure, one]));
  const whole = counts.reduce(
    (sum, { n, automatic, partly, manual }) => ({
      n: sum.n + n,
      automatic: sum.automatic + automatic,
      partly: sum.partly + partly,
      manual: sum.manual + manual,
    }),
    none,
  );
  const items = inUse.map(({ code, name, version, steps }) => ({
    procedure: code,
    name,
    version,
    automation: processAutomation(steps),
    steps: {
      full: steps.filter(({ automation }) => automation === 'full').length,
      assisted: steps.filter(({ automation }) => automation === 'assisted').length,
      manual: steps.filter(({ automation }) => automation === 'manual').length,
    },
    dossiers: handlingOf(handled.get(code) ?? none),
  }));
  const [full, partly] = ['full', 'partly'].map((kind) => items.filter(({ automation }) => automation === kind).length);
  const automated = share((full ?? 0) + (partly ?? 0), items.length);
  return {
    definitions,
    processes: {
      n: items.length,
      full: full ?? 0,
      partly: partly ?? 0,
      none: items.length - (full ?? 0) - (partly ?? 0),
      share: automated,
      target: processTarget,
      met: automated === null ? null : automated >= processTarget,
    },
    dossiers: handlingOf(whole),
    items,
  };
}

/** The procedures that some pathway names, in force on that day, by code. */
function processesInUse({ pathways, procedures }: Catalogue, today: PlainDate): ProcedureDefinition[] {
  const codes = new Set(pathways.flatMap((pathway) => pathway.procedures.map(({ procedure }) => procedure)));
  return [...codes].sort().flatMap((code) => findProcedureVersion(procedures, code, today) ?? []);
}
