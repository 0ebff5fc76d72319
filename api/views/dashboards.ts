import { type z } from 'zod';
import {
  type AgencyFigures,
  type HandlingCounts,
  type ProcedureFigures,
  type Summary,
} from '../../db/read/dashboards.js';
import { type Catalogue } from '../../domain/law/catalogue.js';
import { processAutomation, processTarget, share } from '../../domain/measures/facts.js';
import { findProcedureVersion, type ProcedureDefinition, type Text } from '../../domain/law/procedure.js';
import { ambition, commitment } from '../../domain/time/terms.js';
import { type PlainDate } from '../../domain/time/instants.js';
import { type DashboardAgencies, type DashboardAutomation, type DashboardSummary } from '../schemas/dashboards.js';

type Standing = 'asOf' | 'dataAgeSeconds' | 'period';

/** The figures of all procedures together; none where nothing was closed. */
const together = (figures: readonly ProcedureFigures[]): ProcedureFigures => {
  const whole = figures.find(({ procedure }) => procedure === null);
  if (!whole) throw new Error('the empty grouping set always gives a row');
  return whole;
};

const summaryDefinitions: z.input<typeof DashboardSummary>['definitions'] = {
  spread: {
    vi: 'Trung vị: giá trị ở giữa; nếu số lượng chẵn thì là trung bình của hai giá trị ở giữa. p90: giá trị nhỏ nhất mà chín phần mười số trường hợp không vượt quá.',
    en: 'Median: the value in the middle; of an even number the mean of the two in the middle. p90: the smallest value that nine tenths of all do not exceed.',
  },
  time: {
    vi: 'Tính bằng ngày làm việc. Thuần: ngày hồ sơ do cơ quan của Thành phố hoặc hệ thống giữ trên đường quyết định; gộp: mọi ngày, bất kể ai giữ. Dự án điều chỉnh không tính vào thời gian cấp phép.',
    en: 'In working days. Net: days on which agencies of the City or the engine held the deciding path; gross: all days, whoever held the file. Adjustments of licensed projects are left out of the time to license.',
  },
  reduction: {
    vi: `1 − số ngày thuần / số ngày theo luật đã cố định khi nộp, của hồ sơ luồng xanh đạt mốc trong kỳ. Không tính: dự án điều chỉnh, hồ sơ bị từ chối, rút, hoãn một thủ tục bắt buộc, luồng thường hoặc chưa xác định luồng, không có số ngày gốc hoặc ngoài lịch; từng hồ sơ và lý do nêu tại «excluded». Cam kết: giảm ít nhất ${commitment}%; phấn đấu: ${ambition}%.`,
    en: `1 − net days / days by law as frozen at filing, of green-lane cases that reached their milestone in the period. Left out: adjustments, cases refused, withdrawn, with a mandatory procedure put off, in the standard lane or with the lane undecided, without a baseline or beyond the calendar; \`excluded\` names each with its reasons. Commitment: at least ${commitment} % less; ambition: ${ambition} %.`,
  },
  onTime: {
    vi: 'Mẫu số: thủ tục kết thúc trong kỳ có quyết định hoặc đã quá hạn, cộng thủ tục chưa kết thúc mà đã quá hạn vào ngày cuối kỳ (hoặc hôm nay, nếu ngày cuối kỳ chưa đến). Tử số: thủ tục kết thúc đúng hạn theo luật. Thủ tục quá hạn kéo dài qua nhiều kỳ bị tính trễ ở mỗi kỳ đó. Tính mọi cơ quan, kể cả cơ quan không thuộc Thành phố.',
    en: 'Out of: procedures that ended in the period with a decision or after their date, and those not ended that were past their date on the last day of the period (today, where that day lies ahead). Count: those that ended within the term of the law. One that stays late through several periods counts as late in each. All bodies, also those the City does not command.',
  },
  overdueNow: {
    vi: 'Số thủ tục chưa kết thúc mà hôm nay đã quá hạn theo luật, không phụ thuộc kỳ.',
    en: 'Procedures not ended that are past the date of the law today, whatever the period.',
  },
  targets: {
    vi: `within30, within40: thủ tục mà Thành phố cam kết rút ngắn (cơ quan của Thành phố, ngoài luồng thường): kết thúc trong thời hạn đã giảm ${commitment}% và ${ambition}%, trên số thủ tục kết thúc trong kỳ cộng số còn mở đã lỡ thời hạn đó tính đến cuối kỳ. Vì vậy mẫu số nhỏ hơn của onTime.`,
    en: `within30, within40: procedures that the City promised to shorten (its own bodies, outside the standard lane): ended within the term cut by ${commitment} % and ${ambition} %, out of those that ended in the period and those still open that had missed that term by its end. So they are fewer than for onTime.`,
  },
  onceOnly: {
    vi: 'Giấy tờ trong thành phần hồ sơ của thủ tục kết thúc trong kỳ, và số giấy tờ cơ sở dữ liệu nhà nước đã có nên không yêu cầu nhà đầu tư nộp.',
    en: 'Documents of the dossiers of procedures that ended in the period, and how many of them a register of the State holds, so that the investor was not asked.',
  },
};

export function summaryOf(
  { lanes, unverifiedCases, excluded, exclusions, targets, targetItems, satisfaction, ...rest }: Summary,
  catalogue: Catalogue,
): Omit<z.input<typeof DashboardSummary>, Standing> {
  const whole = together(rest.procedures);
  const total = (name: 'opened' | 'open' | 'approved' | 'refused' | 'withdrawn') =>
    lanes.reduce((sum, lane) => sum + lane[name], 0);
  return {
    definitions: summaryDefinitions,
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
      procedures: rest.procedures.flatMap(({ procedure, net, gross, onTime, overdueNow, within30, within40 }) =>
        procedure === null
          ? []
          : [{ procedure, name: nameOf(catalogue, procedure), net, gross, onTime, overdueNow, within30, within40 }],
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
