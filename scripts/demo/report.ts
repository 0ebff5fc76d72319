import type { ApiClient } from './client.js';
import type { Project } from './story.js';

interface Span {
  readonly starts: string;
  readonly ends: string;
}
interface Roadmap {
  readonly items: readonly {
    readonly procedure: string;
    readonly name: { readonly vi: string; readonly en: string };
    readonly mandatory: boolean;
    readonly verified: boolean;
    readonly planned: { readonly statutory: Span; readonly target: Span };
    readonly missing: { readonly gates: readonly string[] };
    readonly actual: {
      readonly outcome: string | null;
      readonly receivedAt: string | null;
      readonly closedAt: string | null;
      readonly dossierCode: string | null;
      readonly printedDueDate: string | null;
      readonly clock: {
        readonly consumed: number;
        readonly suspendedDays: number;
        readonly breachedOn: string | null;
      } | null;
    } | null;
  }[];
}
interface Ledger {
  readonly milestone: string;
  readonly workingDays: number;
  readonly netDays: number;
  readonly investorDays: number;
  readonly centralDays: number;
  readonly wholeDays: number;
  readonly cityDays: number;
  readonly baselineDays: number;
  readonly cityBaselineDays: number | null;
  readonly reductions: { readonly whole: number | null; readonly city: number | null };
  readonly reduction: number | null;
  readonly spans: readonly {
    readonly procedure: string;
    readonly holder: string;
    readonly after: string;
    readonly through: string;
    readonly workingDays: number;
  }[];
}
interface Content {
  readonly fields: readonly {
    readonly name: { readonly vi: string; readonly en: string };
    readonly unit: { readonly vi: string } | null;
    readonly value: string;
  }[];
  readonly reasons: readonly { readonly text: string; readonly legalBasis: string }[];
}
interface Detail {
  readonly lane: string;
  readonly pathway: string;
  readonly status: string;
  readonly baseline: { readonly days: number; readonly endDate: string };
  readonly target: { readonly days: number; readonly endDate: string };
  readonly procedures: readonly {
    readonly procedure: string;
    readonly decision: {
      readonly outcome: string;
      readonly at: string;
      readonly number: string | null;
      readonly content: Content | null;
    } | null;
  }[];
}

const day = (text: string | null | undefined): string => {
  if (!text) return '—';
  const date = text.length > 10 ? new Date(Date.parse(text) + 7 * 3_600_000).toISOString().slice(0, 10) : text;
  return date.split('-').reverse().join('/');
};
const pad = (text: string, width: number) => text + ' '.repeat(Math.max(0, width - [...text].length));
const percent = (ratio: number | null) => (ratio === null ? '—' : `${(ratio * 100).toFixed(1)} %`);

/** How one project ended, in a line. */
export async function summary(project: Project, investor: ApiClient): Promise<string> {
  const { status } = await investor.get<Detail>(`/cases/${project.code}`);
  const { wholeDays, baselineDays, reduction } = await investor.get<Ledger>(`/cases/${project.code}/ledger`);
  return `${project.name.toUpperCase()} ${project.code} ${status}: ${wholeDays}/${baselineDays} ngày · days, rút ngắn · reduction ${percent(reduction)}`;
}

/** The end of one project, from what the API says: receipt, roadmap planned and actual, decisions, where the days went, the reduction. */
export async function report(project: Project, investor: ApiClient): Promise<string> {
  const base = `/cases/${project.code}`;
  const detail = await investor.get<Detail>(base);
  const { items } = await investor.get<Roadmap>(`${base}/roadmap`);
  const ledger = await investor.get<Ledger>(`${base}/ledger`);
  const lines = [
    '',
    `══ ${project.filing.project.name.vi} · ${project.filing.project.name.en}`,
    `   Hồ sơ · case ${project.code} · luồng · lane ${detail.lane} · lộ trình · pathway ${detail.pathway} · ${detail.status}`,
    `   Mức nền · baseline ${detail.baseline.days} ngày làm việc · working days (${day(detail.baseline.endDate)}); mục tiêu · target ${detail.target.days} (${day(detail.target.endDate)})`,
    '',
    `   ${pad('Thủ tục · procedure', 34)}${pad('Luật · by law', 14)}${pad('Mục tiêu · target', 19)}${pad('Thực tế · actual', 18)}Ngày đã dùng · days used`,
  ];
  for (const item of items) {
    if (!item.mandatory && !item.actual) continue;
    const { actual, planned } = item;
    const used = actual?.clock
      ? `${actual.clock.consumed}${actual.clock.suspendedDays > 0 ? ` (+${actual.clock.suspendedDays} tạm dừng · suspended)` : ''}`
      : '';
    const mark = item.verified ? '' : ' *';
    lines.push(
      `   ${pad(item.procedure + mark, 34)}${pad(day(planned.statutory.ends), 14)}${pad(day(planned.target.ends), 19)}${pad(day(actual?.closedAt), 18)}${used}`,
    );
  }
  lines.push('', '   Giấy tiếp nhận và hẹn trả (mẫu 01) · receipts');
  for (const { procedure, actual } of items) {
    if (actual?.dossierCode) {
      lines.push(
        `     ${day(actual.receivedAt)}  ${pad(procedure, 30)} ${actual.dossierCode}, hẹn trả · due ${day(actual.printedDueDate)}`,
      );
    }
  }
  lines.push('', '   Quyết định · decisions');
  for (const { procedure, decision } of detail.procedures) {
    if (decision)
      lines.push(
        `     ${day(decision.at)}  ${pad(procedure, 30)} ${pad(decision.outcome, 10)} ${decision.number ?? ''}`,
      );
  }
  lines.push(...(await contentLines(project, detail, investor)));
  lines.push('', `   Ngày đi đâu · where the ${ledger.workingDays} working days to «${ledger.milestone}» went`);
  for (const span of ledger.spans) {
    if (span.workingDays > 0)
      lines.push(
        `     ${day(span.after)} → ${day(span.through)}  ${pad(String(span.workingDays), 4)}${pad(span.holder, 22)}${span.procedure}`,
      );
  }
  lines.push(
    '',
    `   Cơ quan Thành phố · City ${ledger.netDays} ngày; nhà đầu tư · investor ${ledger.investorDays}; cơ quan trung ương · central ${ledger.centralDays}`,
    `   Toàn trình · whole: 1 - ${ledger.wholeDays}/${ledger.baselineDays} = ${percent(ledger.reductions.whole)}; Thành phố · City: 1 - ${ledger.cityDays}/${ledger.cityBaselineDays ?? '—'} = ${percent(ledger.reductions.city)}`,
    `   Rút ngắn · reduction (số nhỏ hơn · the smaller of the two): ${percent(ledger.reduction)}`,
  );
  if (items.some((item) => item.mandatory && !item.verified))
    lines.push('   * thời hạn hoặc căn cứ chưa được kiểm chứng · a figure or rule that no text read confirms');
  return lines.join('\n');
}

/** What the first decision that says more than its outcome grants and rests on, and the paper of it. */
async function contentLines(project: Project, { procedures }: Detail, investor: ApiClient): Promise<string[]> {
  const said = procedures.find(({ decision }) => (decision?.content?.reasons.length ?? 0) > 0);
  const content = said?.decision?.content;
  if (!said || !content) return [];
  const { items } = await investor.get<{
    items: readonly { readonly id: string; readonly form: string; readonly procedure: string }[];
  }>(`/cases/${project.code}/forms`);
  const paper = items.find(({ form, procedure }) => form === 'decision' && procedure === said.procedure);
  const bytes = paper && (await investor.download(`/cases/${project.code}/forms/${paper.id}`));
  return [
    '',
    `   Nội dung quyết định · what the decision says: ${said.procedure}`,
    ...content.fields.map(
      ({ name, unit, value }) => `     ${pad(name.vi, 34)} ${value}${unit === null ? '' : ` ${unit.vi}`}`,
    ),
    ...content.reasons.map(({ text, legalBasis }) => `     – ${text} (${legalBasis})`),
    ...(bytes
      ? [`     Giấy · paper: ${bytes.subarray(0, 8).toString('latin1')}, ${Math.ceil(bytes.length / 1024)} KB`]
      : []),
  ];
}

interface Part {
  readonly n: number;
  readonly count: number;
  readonly share: number | null;
}
interface Summary {
  readonly cases: { readonly opened: number; readonly approved: number };
  readonly timeToLicense: { readonly net: { readonly n: number; readonly mean: number | null } };
  readonly reduction: {
    readonly all: {
      readonly n: number;
      readonly mean: number | null;
      readonly atLeast30: Part;
      readonly atLeast40: Part;
      readonly whole: { readonly overall: number | null };
      readonly city: { readonly overall: number | null };
    };
    readonly bound: { readonly n: number; readonly mean: number | null };
    readonly control: { readonly n: number; readonly mean: number | null };
  };
  readonly beside: {
    readonly counterReturns: number;
    readonly receptionsRefused: number;
    readonly extensions: number;
    readonly refiledCases: number;
    readonly openPastBaseline: number;
    readonly suspensions: readonly { readonly n: number; readonly days: number }[];
  };
}
interface Automation {
  readonly processes: { readonly share: number | null };
  readonly dossiers: { readonly shareAutomatic: number | null; readonly shareWithMachine: number | null };
}

/** What is left of it all: forms that can be printed, notices that were sent, and what leaders see. */
export async function closing(projects: readonly Project[], as: (person: string) => ApiClient): Promise<string> {
  const lines = ['', '══ Giấy tờ, thông báo, bảng theo dõi · papers, notices, dashboard'];
  for (const { name, code, investor } of projects) {
    const { items } = await as(investor).get<{ items: readonly { readonly form: string }[] }>(`/cases/${code}/forms`);
    const forms = [...new Set(items.map(({ form }) => form))].sort().join(', ');
    lines.push(`   ${pad(name.toUpperCase(), 8)} ${items.length} giấy tờ · papers as PDF (${forms})`);
  }
  for (const investor of [...new Set(projects.map((project) => project.investor))]) {
    const { items } = await as(investor).get<{ items: readonly unknown[] }>('/notifications?limit=100');
    lines.push(`   ${items.length} thông báo cho · notices to ${investor}`);
  }
  const leader = as('leader.hcmc-committee');
  const { cases, timeToLicense, reduction, beside } = await leader.get<Summary>('/dashboard/summary');
  const { processes, dossiers } = await leader.get<Automation>('/dashboard/automation');
  const { all, bound, control } = reduction;
  const stopped = (of: 'n' | 'days') => beside.suspensions.reduce((sum, one) => sum + one[of], 0);
  lines.push(
    `   Lãnh đạo thấy · leaders see: ${cases.approved}/${cases.opened} hồ sơ xong · cases approved; cấp phép trung bình · mean time to license ${timeToLicense.net.mean ?? '—'} ngày · days (N = ${timeToLicense.net.n})`,
    `   toàn trình · whole ${percent(all.whole.overall)}, Thành phố · City ${percent(all.city.overall)}; nếu hồ sơ không tính không rút ngắn gì · if all left out had saved nothing ${percent(bound.mean)} (N = ${bound.n}); luồng thường · standard lane ${percent(control.mean)} (N = ${control.n})`,
    `   tạm dừng · suspensions ${stopped('n')} (${stopped('days')} ngày · days), trả tại quầy · sent back at the counter ${beside.counterReturns}, từ chối tiếp nhận · receptions refused ${beside.receptionsRefused}, gia hạn · extensions ${beside.extensions}, nộp lại · filed anew ${beside.refiledCases}, quá mức nền · open past the baseline ${beside.openPastBaseline}`,
    `   rút ngắn · reduction ${percent(all.mean)} (N = ${all.n}), ≥ 30 %: ${percent(all.atLeast30.share)}, ≥ 40 %: ${percent(all.atLeast40.share)}; quy trình tự động · automated processes ${percent(processes.share)}, hồ sơ có máy tham gia · dossiers with a machine's part ${percent(dossiers.shareWithMachine)}`,
  );
  return lines.join('\n');
}
