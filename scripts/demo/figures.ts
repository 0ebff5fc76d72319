import type { ApiClient } from './client.js';

interface Text {
  readonly vi: string;
  readonly en: string;
}
interface Part {
  readonly n: number;
  readonly count: number;
  readonly share: number | null;
}
interface Spread {
  readonly n: number;
  readonly mean: number | null;
  readonly median: number | null;
}
interface One {
  readonly mean: number | null;
  readonly median: number | null;
  readonly overall: number | null;
}
interface Against {
  readonly n: number;
  readonly overall: number | null;
  readonly whole: number | null;
  readonly city: number | null;
}
interface Summary {
  readonly timeToLicense: { readonly net: Spread; readonly gross: Spread };
  readonly reduction: {
    readonly baseline: string;
    readonly all: Spread & {
      readonly overall: number | null;
      readonly atLeast30: Part;
      readonly atLeast40: Part;
      readonly whole: One;
      readonly city: One;
    };
    readonly against: { readonly law: Against; readonly observed: Against };
    readonly interval: { readonly low: number; readonly high: number } | null;
    readonly bound: { readonly n: number; readonly mean: number | null; readonly overall: number | null };
    readonly control: Spread & { readonly overall: number | null };
    readonly peers: Spread;
    readonly excluded: { readonly n: number };
  };
  readonly onTime: Part;
  readonly onTimeStrict: Part;
  readonly overdueNow: number;
  readonly onceOnly: { readonly documents: number; readonly notAsked: number; readonly share: number | null };
  readonly satisfaction: { readonly mean: number | null; readonly responseRate: Part };
}
interface Automation {
  readonly processes: {
    readonly n: number;
    readonly full: number;
    readonly partly: number;
    readonly share: number | null;
    readonly target: number;
  };
  readonly dossiers: { readonly n: number; readonly automatic: number; readonly shareWithMachine: number | null };
  readonly items: readonly {
    readonly done: { readonly byMachine: number; readonly assisted: number; readonly byPerson: number };
    readonly plan: { readonly full: number; readonly assisted: number; readonly manual: number };
  }[];
}
interface Measure {
  readonly code: string;
  readonly name: Text;
  readonly definition: Text;
}

const none = 'chưa có con số · no figure yet';
const percent = (share: number | null) => (share === null ? none : `${(share * 100).toFixed(1)} %`);
const days = ({ n, mean, median }: Spread) =>
  n === 0 ? none : `trung bình · mean ${mean ?? '—'}, trung vị · median ${median ?? '—'} (N = ${n})`;
const part = ({ count, n, share }: Part) => (n === 0 ? none : `${percent(share)} (${count}/${n})`);
const against = ({ n, overall, whole, city }: Against) =>
  n === 0
    ? none
    : `${percent(overall)} (N = ${n}): toàn trình · whole ${percent(whole)}, Thành phố · City ${percent(city)}`;
const spread = (one: Spread) =>
  one.n === 0
    ? none
    : `trung bình · mean ${percent(one.mean)}, trung vị · median ${percent(one.median)} (N = ${one.n})`;
const figure = ({ overall, mean, median }: One) =>
  overall === null
    ? none
    : `${percent(overall)}, trung bình · mean ${percent(mean)}, trung vị · median ${percent(median)}`;

/** What each measure of the catalogue comes to. */
function values(
  { reduction, ...summary }: Summary,
  { processes, dossiers, items }: Automation,
): Readonly<Record<string, string>> {
  const { all, bound, control, peers, interval, excluded } = reduction;
  const sum = (of: (item: Automation['items'][number]) => number) => items.reduce((before, one) => before + of(one), 0);
  const [machine, assisted, person] = [
    sum(({ done }) => done.byMachine),
    sum(({ done }) => done.assisted),
    sum(({ done }) => done.byPerson),
  ];
  return {
    reduction: `${percent(all.overall)}; ${spread(all)}; ≥ 30 %: ${part(all.atLeast30)}, ≥ 40 %: ${part(all.atLeast40)}; không tính · left out ${excluded.n}`,
    reductionWhole: figure(all.whole),
    reductionCity: figure(all.city),
    againstLaw: against(reduction.against.law),
    againstObserved: against(reduction.against.observed),
    interval: interval ? `${percent(interval.low)} – ${percent(interval.high)}` : none,
    bound:
      bound.n === 0 ? none : `${percent(bound.overall)}, trung bình · mean ${percent(bound.mean)} (N = ${bound.n})`,
    control: spread(control),
    peers: spread(peers),
    time: `cấp phép · to license ${days(summary.timeToLicense.net)}; cả ngày chờ · waiting included ${days(summary.timeToLicense.gross)}`,
    onTime: part(summary.onTime),
    onTimeStrict: part(summary.onTimeStrict),
    overdueNow: String(summary.overdueNow),
    onceOnly: `${percent(summary.onceOnly.share)} (${summary.onceOnly.notAsked}/${summary.onceOnly.documents})`,
    automationProcess: `${percent(processes.share)} (N = ${processes.n}: toàn phần · full ${processes.full}, một phần · partly ${processes.partly}; mục tiêu · target ${percent(processes.target)}); bước · steps: máy · machine ${machine}, hỗ trợ · assisted ${assisted}, người · person ${person}`,
    automationDossier: `${percent(dossiers.shareWithMachine)} có máy tham gia · with a machine's part, ${dossiers.automatic}/${dossiers.n} hoàn toàn tự động · automatic`,
    satisfaction: `${summary.satisfaction.mean ?? none} (${part(summary.satisfaction.responseRate)})`,
  };
}

/** Its first sentences, as many as say something. */
function begin(text: string): string {
  const sentences = text.split(/(?<=[.;])(?<!Art\.) /);
  const enough = sentences.findIndex((_one, i) => sentences.slice(0, i + 1).join(' ').length > 40);
  return sentences
    .slice(0, enough + 1 || undefined)
    .join(' ')
    .replace(/;$/, '.');
}

/** What leaders see, figure by figure, each with what it means. */
export async function figures(leader: ApiClient): Promise<string> {
  const { items } = await leader.get<{ items: readonly Measure[] }>('/measures');
  const found = values(
    await leader.get<Summary>('/dashboard/summary'),
    await leader.get<Automation>('/dashboard/automation'),
  );
  const lines = items.flatMap(({ code, name, definition }) => {
    const value = found[code];
    if (value === undefined) return [];
    return [`   ${name.vi} · ${name.en}: ${value}`, `      ${begin(definition.vi)}`, `      ${begin(definition.en)}`];
  });
  return ['', '══ Từng số liệu theo định nghĩa của nó · each figure by its definition (GET /measures)', ...lines].join(
    '\n',
  );
}
