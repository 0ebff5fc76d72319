import type { ApiClient } from './client.js';
import type { TrialDetail } from './trial-story.js';

interface Words {
  readonly vi: string;
  readonly en: string;
}

interface Told extends TrialDetail {
  readonly regime: { readonly name: Words };
  readonly terms: { readonly limits: readonly Limit[] } | null;
  readonly exemptions: readonly {
    readonly act: string;
    readonly article: string;
    readonly whom: string;
    readonly from: string;
    readonly to: string;
  }[];
  readonly holds: readonly { readonly id: string; readonly placedAt: string; readonly status: string }[];
  readonly reports: readonly { readonly status: string }[];
  readonly extensions: number;
  readonly finalReport: {
    readonly lessons: readonly { readonly act: string; readonly article: string; readonly change: string | null }[];
  } | null;
}

interface Limit {
  readonly code: string;
  readonly name: Words;
  readonly unit: string;
  readonly max?: number;
  readonly source: string;
  readonly verified: boolean;
}

/** What became of a trial, as its participant and the public may read it. */
export async function trialReport(as: (person: string) => ApiClient, code: string): Promise<string> {
  const auditor = as('auditor.1');
  const trial = await auditor.get<Told>(`/cases/${code}/trial`);
  const { items: papers } = await auditor.get<{ items: { id: string; title: Words }[] }>(`/cases/${code}/forms`);
  const limits = (trial.terms?.limits ?? []).filter(({ max }) => max !== undefined);
  const lessons = trial.finalReport?.lessons ?? [];
  const { phase, from, until, ending, extensions, holds, incidents, reports, certificate } = trial;
  return [
    `\n${code}  ${trial.regime.name.en}`,
    `  ${from ?? '—'} – ${until ?? '—'}, gia hạn · extended ${extensions}×; ${phase}, ${ending ?? '—'}, giấy xác nhận · certificate ${certificate ?? '—'}`,
    ...limits.map(({ name, max, unit, source, verified }) => {
      const mark = verified ? '' : ', chưa kiểm chứng · unverified';
      return `  giới hạn · limit   ${name.en}: ${max ?? ''} ${unit} (${source}${mark})`;
    }),
    ...trial.exemptions.map(
      ({ act, article, whom, from: since, to }) => `  miễn trừ · exempt  ${act}, ${article}: ${whom}, ${since} – ${to}`,
    ),
    `  tạm dừng · holds   ${holds.map(({ id, status }) => `${id} ${status}`).join(', ') || '—'}`,
    `  sự cố · incidents  ${incidents.map(({ id, status, late }) => `${id} ${status}${late ? ' late' : ''}`).join(', ') || '—'}`,
    `  báo cáo · reports  ${reports.filter(({ status }) => status === 'met').length}/${reports.length}`,
    ...lessons.map(({ act, article, change }) => `  bài học · lesson   ${act}, ${article}: ${change ?? '—'}`),
    `  giấy tờ · papers   ${papers.map(({ title }) => title.en).join('; ')}`,
  ].join('\n');
}

interface Figures {
  readonly indicator: {
    readonly enterprisesRegistered: number;
    readonly dossiersFiled: number;
    readonly modelsTested: number;
  };
  readonly holds: unknown;
  readonly lessons: readonly { readonly act: string; readonly article: string; readonly trials: number }[];
}

/** The sandbox as leaders and the public see it. */
export async function trialClosing(as: (person: string) => ApiClient): Promise<string> {
  const leader = as('leader.hcmc-committee');
  const { indicator, holds, lessons } = await leader.get<Figures>('/dashboard/sandbox');
  const { items } = await leader.get<{ items: { code: string; ending: string | null }[] }>('/public/trials');
  return [
    '\nLãnh đạo thấy · what leaders see (/dashboard/sandbox)',
    `  doanh nghiệp tham gia · enterprises in ${indicator.enterprisesRegistered}, hồ sơ · filed ${indicator.dossiersFiled}, mô hình thành công · models tested ${indicator.modelsTested}`,
    `  tạm dừng · holds ${JSON.stringify(holds)}`,
    ...lessons.map(({ act, article, trials: n }) => `  nên sửa · should change  ${act}, ${article}: ${n}`),
    `Công khai · the public register: ${items.map(({ code, ending }) => `${code} ${ending ?? ''}`).join(', ')}`,
  ].join('\n');
}
