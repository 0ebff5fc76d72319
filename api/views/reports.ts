import type { z } from 'zod';
import { contentHash, type PublicReport, type Report } from '../../db/leadership/reports.js';
import type { Text } from '../../domain/law/agency.js';
import type { Catalogue } from '../../domain/law/catalogue.js';
import type { Law } from '../../domain/law/law.js';
import { contentOf, printedFigure, sameFigure, statusOf } from '../../domain/leadership/report.js';
import {
  type ChapterFigures,
  type MissedReason,
  type ReportFigure,
  type ReportFigureCode,
  reportFigures,
} from '../../domain/leadership/report-figures.js';
import {
  draftedChapter,
  figureWords,
  reasonWords,
  type ReportNames,
  targetWords,
} from '../../domain/leadership/report-words.js';
import { dateOf, type Instant, type PlainDate } from '../../domain/time/instants.js';
import type { Person } from '../auth/person.js';
import { hashOf } from '../hashes.js';
import type { PublishedReports, ReportItem, ReportView } from '../schemas/reports.js';
import { procedureName, stepName } from './bottlenecks.js';

/** What the register says now of the agencies that are asked for, and of the City. */
export interface FiguresNow {
  readonly city: readonly ReportFigure[];
  readonly chapters: ReadonlyMap<string, ChapterFigures>;
}

export const nothing: ChapterFigures = { figures: [], reasons: [] };
const both = (say: (language: keyof Text) => string): Text => ({ vi: say('vi'), en: say('en') });

export const agencyName = ({ agencies }: Catalogue, code: string): Text =>
  agencies.get(code)?.name ?? { vi: code, en: code };

export const namesOf = (catalogue: Catalogue, agency: string): ReportNames => ({
  agency: agencyName(catalogue, agency),
  procedure: (code) => procedureName(catalogue, code),
  step: (procedure, step) => stepName(catalogue, procedure, step),
});

/** What a head signs: the same figures have the same hash. */
export const figuresHash = ({ figures, reasons, targets = [] }: ChapterFigures): string =>
  hashOf({ figures, reasons, targets });

/** With its unit, in both languages. */
export const writtenFigure = (one: ReportFigure): Text => both((language) => figureWords(one, language));

/** Why a term was missed, in both languages. */
export const reasonText = (reason: MissedReason, names: ReportNames): Text =>
  both((language) => reasonWords(reason, names, language));

const figureView = (id: string, agency: string | null, one: ReportFigure) => ({
  ...publicFigure(one),
  cases: `/api/v1/reports/${id}/figures/${one.figure}/cases${agency === null ? '' : `?agency=${agency}`}`,
});
const publicFigure = (one: ReportFigure) => ({
  ...one,
  name: reportFigures[one.figure].name,
  measure: reportFigures[one.figure].measure,
  written: writtenFigure(one),
});

const headView = (report: Report, today: PlainDate) => {
  const { id, period, approved } = report;
  const { name, from, to, chaptersDue, due, source, verified } = period;
  return {
    ...{ id, name, from, to, chaptersDue, due, source, verified, status: statusOf(report) },
    overdue: !approved && due < today,
    number: approved?.number ?? null,
  };
};

/** The chapter that this person answers for, and whether it is signed. */
const mineIn = (report: Report, { role, agency }: Person): 'unsigned' | 'signed' | null => {
  if (role !== 'head' || agency === null || !report.agencies.includes(agency)) return null;
  return report.chapters.some((one) => one.agency === agency && one.signedAt !== null) ? 'signed' : 'unsigned';
};

export const reportItem = (report: Report, person: Person, today: PlainDate): z.input<typeof ReportItem> => ({
  ...headView(report, today),
  chapters: report.agencies.length,
  signed: report.chapters.filter(({ signedAt }) => signedAt !== null).length,
  mine: mineIn(report, person),
});

/** Whose names the view of a report shows. */
export const peopleIn = ({ chapters, gathered, approved, errata }: Report): string[] =>
  [...chapters.map(({ signedBy }) => signedBy), gathered?.by, approved?.by, ...errata.map(({ by }) => by)].filter(
    (one) => one !== null && one !== undefined,
  );

interface Shown {
  readonly report: Report;
  readonly now: FiguresNow;
  readonly names: ReadonlyMap<string, { readonly name: string | null }>;
  readonly person: Person;
  readonly law: Law;
  readonly catalogue: Catalogue;
  readonly at: Instant;
}

/** What the register says otherwise by now than the report and its errata. */
function changedFigures(report: Report, { city, chapters }: FiguresNow) {
  if (!report.approved) return [];
  const all: [string | null, readonly ReportFigure[]][] = [
    [null, city],
    ...report.agencies.map((agency): [string, readonly ReportFigure[]] => [
      agency,
      chapters.get(agency)?.figures ?? [],
    ]),
  ];
  return all.flatMap(([agency, figures]) =>
    figures.flatMap((now) => {
      const before = printedFigure(report, agency, now.figure);
      return before && !sameFigure(before, now) ? [{ agency, before, now }] : [];
    }),
  );
}

export function reportView(shown: Shown): z.input<typeof ReportView> {
  const { report, now, names, person, law, catalogue, at } = shown;
  const today = dateOf(at);
  const { id, period, gathered, approved, errata } = report;
  const who = (by: string | null | undefined) => (by ? { id: by, name: names.get(by)?.name ?? null } : null);
  const figuresOf = (agency: string | null, figures: readonly ReportFigure[]) =>
    figures.map((one) => figureView(id, agency, one));
  const changedView = (one: { agency: string | null; before: ReportFigure; now: ReportFigure }) => ({
    agency: one.agency,
    agencyName: one.agency === null ? null : agencyName(catalogue, one.agency),
    before: figureView(id, one.agency, one.before),
    now: figureView(id, one.agency, one.now),
  });
  const content = contentOf(report);
  return {
    ...headView(report, today),
    openedAt: report.openedAt,
    contentHash: content ? contentHash(content) : null,
    mayGather: person.role === 'head' && person.agency === law.settings.evaluations?.gatheredBy,
    text: gathered?.text ?? null,
    city: figuresOf(null, gathered?.city ?? now.city),
    chapters: report.agencies.map((agency) => {
      const kept = report.chapters.find((one) => one.agency === agency);
      const own = kept ?? now.chapters.get(agency) ?? nothing;
      const called = namesOf(catalogue, agency);
      return {
        agency,
        agencyName: called.agency,
        state: kept?.signedAt ? 'signed' : gathered ? 'missing' : 'open',
        overdue: !kept && !gathered && period.chaptersDue < today,
        figures: figuresOf(agency, own.figures),
        figuresHash: figuresHash(own),
        reasons: own.reasons.map((reason) => reasonText(reason, called)),
        targets: (own.targets ?? []).map(({ figure, value, met }) => ({
          ...{ figure, met },
          written: both((language) => targetWords(figure, value, language)),
        })),
        draft: gathered ? null : draftedChapter(now.chapters.get(agency) ?? own, period, called),
        text: kept?.text ?? null,
        signedBy: who(kept?.signedBy),
        signedAt: kept?.signedAt ?? null,
      };
    }),
    gatheredBy: who(gathered?.by),
    gatheredAt: gathered?.at ?? null,
    approvedBy: who(approved?.by),
    approvedAt: approved?.at ?? null,
    errata: errata.map(({ reason, by, at: on, ...one }) => ({ ...changedView(one), reason, by: who(by), at: on })),
    changed: changedFigures(report, now).map(changedView),
  };
}

/** The figure of an approved report that an erratum puts right; undefined where the report has none such. */
export function erratumOf(
  report: Report,
  { city, chapters }: FiguresNow,
  agency: string | null,
  code: ReportFigureCode,
) {
  const figures = agency === null ? city : (chapters.get(agency)?.figures ?? []);
  const now = figures.find(({ figure }) => figure === code);
  const before = printedFigure(report, agency, code);
  return now && before ? { before, now } : undefined;
}

export const publishedItems = (reports: readonly PublicReport[]): z.input<typeof PublishedReports>['items'] =>
  reports.flatMap(({ id, period: { name, from, to }, approved, gathered, errata }) =>
    approved && gathered
      ? [
          {
            ...{ id, name, from, to, number: approved.number, approvedAt: approved.at },
            contentHash: approved.contentHash,
            errata: errata.length,
            city: gathered.city.map(publicFigure),
          },
        ]
      : [],
  );
