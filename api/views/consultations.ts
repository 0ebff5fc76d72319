import { type z } from 'zod';
import { type Consulted, reasonOfOpinion } from '../../db/read/consultations.js';
import { getAgency } from '../../domain/law/agency.js';
import { type ConflictIssue } from '../../domain/case/conference/words.js';
import { type Position, type SaidCondition } from '../../domain/case/consultation/words.js';
import { opinionDefinition, readOpinion } from '../../domain/case/result/opinion.js';
import type { ConferenceState } from '../../domain/case/conference/state.js';
import type { ConsultationState, OpinionState } from '../../domain/case/consultation/state.js';
import { makeTaskKey } from '../../domain/case/task/keys.js';
import { said, type WordsById } from '../../domain/case/words.js';
import { type Catalogue } from '../../domain/law/catalogue.js';
import { type ResolvedProcedure } from '../../domain/law/procedure.js';
import {
  type ConditionView,
  type ConferenceView,
  type ConsultationsView,
  type OpinionView,
} from '../schemas/consultations.js';

type Items = z.input<typeof ConsultationsView>['items'];

/** Every opinion side by side, what contradicts with its options, and what was made of it; in the order of asking. */
export const consultationViews = (consulted: Consulted, catalogue: Catalogue, resolved: ResolvedProcedure): Items =>
  consulted.consultations.map((consultation) => {
    const { words } = consulted;
    const { n, step, lead, openedAt, closedAt, opinions, reopenings } = consultation;
    return {
      n,
      step,
      stepName: resolved.steps.find(({ code }) => code === step)?.name ?? null,
      lead,
      leadName: nameOf(catalogue, lead),
      openedAt,
      closedAt,
      opinions: Object.values(opinions).map((opinion) => ({
        ...opinionView(opinion, catalogue, words),
        content: opinionContentView(opinion, resolved, words),
        reason: reasonOfOpinion(consulted, consultation, opinion.agency),
      })),
      reopenings: reopenings.map(({ agency, at, reason }) => ({
        agency,
        agencyName: nameOf(catalogue, agency),
        at,
        reason: said(reason, words),
      })),
      conference: consultation.conference
        ? conferenceView(consultation, consultation.conference, consulted, catalogue, resolved)
        : null,
    };
  });

/** Only the conferences, for whoever goes on with what they upheld. */
export const conferenceViews = (
  consulted: Consulted,
  catalogue: Catalogue,
  resolved: ResolvedProcedure,
): z.input<typeof ConferenceView>[] =>
  consulted.consultations.flatMap((consultation) =>
    consultation.conference
      ? [conferenceView(consultation, consultation.conference, consulted, catalogue, resolved)]
      : [],
  );

/** What an agency said to each question, by the words of the version under which it was asked; null where it said no more than its position. */
export function opinionContentView(
  { agency, content }: OpinionState,
  resolved: ResolvedProcedure,
  words: WordsById,
): z.input<typeof OpinionView>['content'] {
  const text = content ? said(content, words) : null;
  if (text === null) return null;
  const { fields, reasons } = readOpinion(text);
  const asked = opinionDefinition(resolved, agency)?.fields ?? [];
  return {
    questions: fields.flatMap(({ code, value }) => {
      const question = asked.find((one) => one.code === code);
      return question ? [{ code, name: question.name, verdict: value as Position }] : [];
    }),
    reasons: [...reasons],
  };
}

const nameOf = ({ agencies }: Catalogue, agency: string) => getAgency(agencies, agency).name;

function opinionView(
  opinion: OpinionState,
  catalogue: Catalogue,
  words: WordsById,
): Omit<Items[number]['opinions'][number], 'reason' | 'content'> {
  const { requestId: _request, messageIds: _messages, called: _called, failed: _failed, ...shown } = opinion;
  const { lapsed, content: _content, ...rest } = shown;
  return {
    ...rest,
    agencyName: nameOf(catalogue, opinion.agency),
    conditions: opinion.conditions.map((one) => conditionView(one, catalogue, words)),
    legalBasis: said(opinion.legalBasis, words),
    lapsedAt: lapsed?.at ?? null,
    weighed: opinion.status === 'given',
  };
}

/** A condition with the names of its subject and its choice. */
export function conditionView(
  { subject: code, direction, value }: SaidCondition,
  { settings }: Catalogue,
  words: WordsById,
): z.input<typeof ConditionView> {
  const subject = settings.conditionSubjects.find((one) => one.code === code);
  return {
    subject: code,
    subjectName: subject?.name ?? null,
    direction,
    value: said(value, words),
    valueName: subject?.choices.find((choice) => choice.code === value)?.name ?? null,
    unit: subject?.unit ?? null,
  };
}

/** Each that disagrees, with its task and what it said. */
function statementViews(
  { tasks }: ConsultationState,
  { issues, chair, statements = {} }: ConferenceState,
  catalogue: Catalogue,
  words: WordsById,
): z.input<typeof ConferenceView>['statements'] {
  const parties = [...new Set(issues.flatMap(({ agencies }) => agencies))];
  return parties.flatMap((agency) => {
    const key = makeTaskKey({ kind: 'statement', agency });
    const task = Object.values(tasks).find((one) => one.key === key);
    const given = statements[agency];
    // Of before they were asked, or the chair's own.
    if (!task && !given && agency === chair) return [];
    return [
      {
        agency,
        agencyName: nameOf(catalogue, agency),
        task: task?.id ?? null,
        at: given?.at ?? null,
        attendance: given?.attendance ?? null,
        statement: said(given?.statement ?? null, words),
        dissent: said(given?.dissent ?? null, words),
      },
    ];
  });
}

function conferenceView(
  consultation: ConsultationState,
  conference: ConferenceState,
  consulted: Consulted,
  catalogue: Catalogue,
  resolved: ResolvedProcedure,
): z.input<typeof ConferenceView> {
  const { words } = consulted;
  const { chair, openedAt, dueDate, decidedAt, issues, resolutions, dissent, reason, referred } = conference;
  return {
    consultation: consultation.n,
    chair,
    chairName: nameOf(catalogue, chair),
    chairIsParty: conference.chairIsParty === true,
    referred: referred
      ? {
          from: referred.from,
          fromName: nameOf(catalogue, referred.from),
          at: referred.at,
          reason: said(referred.reason, words),
        }
      : null,
    statements: statementViews(consultation, conference, catalogue, words),
    openedAt,
    dueDate,
    decidedAt,
    issues: issues.map((issue) => {
      const resolution = resolutions.find((one) => one.issue === issue.id);
      return {
        ...issue,
        subjectName: catalogue.settings.conditionSubjects.find(({ code }) => code === issue.subject)?.name ?? null,
        options: optionsOf(issue, consultation, consulted, catalogue, resolved),
        resolution: resolution ? { upholds: resolution.upholds } : null,
      };
    }),
    dissent: dissent.map(({ agency, reason: why }) => ({
      agency,
      agencyName: nameOf(catalogue, agency),
      reason: said(why, words),
    })),
    reason: said(reason, words),
  };
}

/** To follow one of the agencies, or a middle way. */
function optionsOf(
  { agencies, subject }: ConflictIssue,
  consultation: ConsultationState,
  consulted: Consulted,
  catalogue: Catalogue,
  resolved: ResolvedProcedure,
) {
  const { opinions } = consultation;
  const nothing = { position: null, conditions: [], legalBasis: null, reason: null, content: null };
  const middleWay = { upholds: null, agencyName: null, ...nothing };
  const followed = agencies.map((agency) => {
    const opinion = opinions[agency];
    const { position = null, conditions = [], legalBasis = null } = opinion ?? {};
    return {
      upholds: agency,
      agencyName: nameOf(catalogue, agency),
      position,
      conditions: conditions
        .filter((one) => one.subject === subject)
        .map((one) => conditionView(one, catalogue, consulted.words)),
      legalBasis: said(legalBasis, consulted.words),
      reason: reasonOfOpinion(consulted, consultation, agency),
      content: opinion ? opinionContentView(opinion, resolved, consulted.words) : null,
    };
  });
  return [...followed, middleWay];
}
