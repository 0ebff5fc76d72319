import { getAgency, type Text } from '../domain/law/agency.js';
import { type Catalogue } from '../domain/law/catalogue.js';
import { type Law } from '../domain/law/law.js';
import { type Chapter, type ReportContent, type ReportState } from '../domain/leadership/report.js';
import { figureOf, type ReportFigure, reportFigures } from '../domain/leadership/report-figures.js';
import { figureWords, reasonWords, type ReportNames, targetWords } from '../domain/leadership/report-words.js';
import { measures } from '../domain/measures/catalogue.js';
import { dateOf } from '../domain/time/instants.js';
import { type Block, type FormModel, type Letter } from './model.js';
import { paragraph, placeDate } from './sheet.js';
import { type Tongue, tongues } from './words.js';

/** A report that was gathered, with what came after. */
interface PrintedReport {
  readonly content: ReportContent;
  /** Who did what. */
  readonly report: ReportState;
}

interface ReportContext {
  readonly names: ReadonlyMap<string, { readonly name: string | null }>;
  readonly namesOf: (agency: string) => ReportNames;
  readonly law: Law;
  readonly catalogue: Catalogue;
  readonly publicUrl: string;
}

const city = { vi: 'Thành phố Hồ Chí Minh', en: 'Ho Chi Minh City' };

/** The report as it is printed; a draft until it is approved. Pure: the same report and names give the same paper. */
export function reportPaper(printed: PrintedReport, context: ReportContext): FormModel {
  const { content } = printed;
  const { approved } = printed.report;
  const letter = (tongue: Tongue): Letter => letterIn(tongue, printed, context);
  const letters = [letter(tongues.vi), letter(tongues.en)] as const;
  return {
    form: 'report',
    paper: 'A4',
    issuedAt: approved?.at ?? content.gatheredAt,
    author: letters[0].agency,
    keywords: `verified: ${content.period.verified}`,
    draft: approved === null,
    statusUrl: approved === null ? null : `${context.publicUrl}/figures`,
    letters,
  };
}

function letterIn(tongue: Tongue, { content, report }: PrintedReport, context: ReportContext): Letter {
  const { say, pick, date } = tongue;
  const { catalogue, law, names } = context;
  const { period, text } = content;
  const { approved, errata, chapters, gathered } = report;
  const issuer = approved?.agency ?? law.settings.evaluations?.gatheredBy ?? law.laneOwner;
  const agency = pick(getAgency(catalogue.agencies, issuer).name);
  const on = dateOf(approved?.at ?? content.gatheredAt);
  const signer = (approved ?? gathered)?.by ?? null;
  return {
    language: tongue.language,
    over: null,
    agency,
    number: `${say('Số', 'No.')}: ${approved?.number ?? ''}`,
    placeDate: placeDate(tongue, pick(city), on),
    title: [
      pick(period.name).toUpperCase(),
      say('về luồng xanh', 'on the green lane'),
      say(
        `(số liệu từ ${date(period.from)} đến ${date(period.to)})`,
        `(figures from ${date(period.from)} to ${date(period.to)})`,
      ),
    ],
    blocks: [
      ...lines(text),
      figureTable(say('Số liệu chung của Thành phố', 'Figures of the City'), content.city, tongue),
      ...chart(chapters, context, tongue),
      ...chapters.flatMap((chapter, i) => chapterBlocks(chapter, i + 1, context, tongue)),
      ...errataBlocks(errata, context, tongue),
      ...definitions(content, tongue),
    ],
    signatures: [
      {
        caption: approved
          ? say('NGƯỜI PHÊ DUYỆT', 'APPROVED BY')
          : say('THỦ TRƯỞNG CƠ QUAN TỔNG HỢP', 'HEAD OF THE GATHERING AGENCY'),
        hint: say('(Ký và ghi rõ họ tên)', '(Signature and full name)'),
        name: nameOf(signer, names),
      },
    ],
    lookUp: approved
      ? say(
          `Số liệu gốc và mã băm ${approved.contentHash.slice(0, 16)}… được công khai tại:`,
          `The data, whose hash begins with ${approved.contentHash.slice(0, 16)}…, are public at:`,
        )
      : null,
    mark: say(`Báo cáo luồng xanh ${period.id}`, `Green-lane report ${period.id}`),
  };
}

/** null: nobody, or nobody whose name is still kept; an account is never printed. */
const nameOf = (id: string | null, names: ReportContext['names']): string | null =>
  id === null ? null : (names.get(id)?.name ?? null);

const lines = (text: string): Block[] =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => paragraph(line));

function figureTable(
  label: string,
  figures: readonly ReportFigure[],
  { say, pick, language }: Tongue,
  targets: Chapter['targets'] = [],
): Block {
  return {
    kind: 'table',
    columns: [
      { title: label, share: targets.length > 0 ? 42 : 60 },
      { title: say('Giá trị', 'Value'), share: 28 },
      { title: say('Số trường hợp', 'Of'), share: 12 },
      ...(targets.length > 0 ? [{ title: say('Chỉ tiêu năm', 'Target of the year'), share: 18 }] : []),
    ],
    rows: figures.map((one) => {
      const target = targets.find(({ figure }) => figure === one.figure);
      const met = target?.met === true ? say('đạt', 'met') : target?.met === false ? say('chưa đạt', 'missed') : '–';
      return [
        pick(reportFigures[one.figure].name),
        figureWords(one, language),
        String(one.n),
        ...(targets.length > 0 ? [target ? `${targetWords(one.figure, target.value, language)} (${met})` : ''] : []),
      ];
    }),
  };
}

/** Terms kept by agency, as bars beside their table. */
function chart(chapters: readonly Chapter[], { namesOf }: ReportContext, tongue: Tongue): Block[] {
  const bars = chapters.flatMap(({ agency, figures }) => {
    const onTime = figureOf(figures, 'onTime');
    if (onTime.value === null) return [];
    const part = Number(onTime.value);
    return [{ name: tongue.pick(namesOf(agency).agency), text: figureWords(onTime, tongue.language), part }];
  });
  if (bars.length === 0) return [];
  return [{ kind: 'bars', label: tongue.say('Thủ tục đúng hạn theo cơ quan', 'Procedures on time by agency'), bars }];
}

function chapterBlocks(chapter: Chapter, n: number, context: ReportContext, tongue: Tongue): Block[] {
  const { say, pick, moment, language } = tongue;
  const names = context.namesOf(chapter.agency);
  const title = `${n}. ${pick(names.agency)}`;
  const reasons = chapter.reasons.map((reason) => reasonWords(reason, names, language));
  const signer = nameOf(chapter.signedBy, context.names);
  return [
    figureTable(title, chapter.figures, tongue, chapter.targets),
    ...(chapter.text === null
      ? [paragraph(say('Thủ trưởng cơ quan không ký trong hạn.', 'Its head did not sign in time.'), 'italic')]
      : lines(chapter.text)),
    ...(reasons.length === 0
      ? []
      : [
          {
            kind: 'list',
            label: say('Nguyên nhân theo sổ theo dõi', 'Reasons as the register has them'),
            items: reasons,
          } as const,
        ]),
    ...(chapter.signedAt === null
      ? []
      : [
          paragraph(
            `${say('Ký', 'Signed')}: ${signer === null ? '' : `${signer}, `}${moment(chapter.signedAt)}`,
            'italic',
          ),
        ]),
  ];
}

function errataBlocks(errata: ReportState['errata'], { namesOf }: ReportContext, tongue: Tongue): Block[] {
  if (errata.length === 0) return [];
  const { say, pick, language, brief } = tongue;
  return [
    {
      kind: 'table',
      columns: [
        { title: say('Đính chính', 'Errata'), share: 40 },
        { title: say('Đã in', 'Printed'), share: 16 },
        { title: say('Nay là', 'Now'), share: 16 },
        { title: say('Lý do', 'Why'), share: 28 },
      ],
      rows: errata.map(({ agency, before, now, reason, at }) => [
        `${pick(reportFigures[now.figure].name)} – ${pick(agency === null ? city : namesOf(agency).agency)}, ${brief(at)}`,
        figureWords(before, language),
        figureWords(now, language),
        reason,
      ]),
    },
  ];
}

/** What the figures mean, each once. */
function definitions({ city: ofCity, chapters }: ReportContent, { pick, say }: Tongue): Block[] {
  const codes = [...ofCity, ...chapters.flatMap(({ figures }) => figures)].map(
    ({ figure }) => reportFigures[figure].measure,
  );
  const said = (code: keyof typeof measures): string => {
    const { name, definition, population }: { name: Text; definition: Text; population: Text } = measures[code];
    return `${pick(name)}: ${pick(definition)} ${pick(population)}`;
  };
  return [{ kind: 'list', label: say('Định nghĩa', 'Definitions'), items: [...new Set(codes)].map(said) }];
}
