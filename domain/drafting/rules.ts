import { opinionCounts } from '../case/consultation/counts.js';
import type { OpinionState } from '../case/consultation/state.js';
import type { Condition, Position } from '../case/consultation/words.js';
import { isWanting, type Obtained } from '../case/extract/state.js';
import { confirmationOf } from '../case/fact/state.js';
import { checkDossier } from '../case/procedure/dossier-check.js';
import { factsBehind } from '../case/procedure/state.js';
import type { Text } from '../law/agency.js';
import { registerName } from '../law/registers.js';
import { factWords } from '../law/correctable.js';
import type { FactValue } from '../schemas/procedure.js';
import { dateOf } from '../time/instants.js';
import { quotesOf } from './quotes.js';
import type { Drafter, Sentence, Source, Subject } from './words.js';

const sentence = (source: Source, vi: string, en: string): Sentence => ({ source, text: { vi, en } });

/** Drafts by our own rules: what was filed, what is known, what registers and agencies answered, what the clauses ask for. No model, no network. */
export const rulesDrafter: Drafter = {
  draft: (subject) => {
    switch (subject.of) {
      case 'appraisal':
        return [
          ...dossierOf(subject),
          ...machineStepsOf(subject),
          ...factsOf(subject),
          ...quotesOf(subject),
          ...opinionsOf(subject),
          ...conferencesOf(subject),
          ...termOf(subject),
        ];
      case 'opinion':
        return [...dossierOf(subject), ...factsOf(subject), ...quotesOf(subject)];
      case 'decision':
        return [
          ...opinionsOf(subject),
          ...conferencesOf(subject),
          ...officerStepsOf(subject),
          ...reasonsShownBy(subject),
        ];
    }
  },
};

function dossierOf({ procedure, resolved }: Subject): Sentence[] {
  const filed = new Map(procedure.filings.flatMap(({ documents }) => documents).map((one) => [one.code, one]));
  return resolved.documents.flatMap(({ code, name }) => {
    const document = filed.get(code);
    const extract = procedure.extracts?.[code];
    if (!document || (extract && isWanting(extract))) return [];
    if (extract?.obtained && document.obtainedFrom !== null)
      return extractOf(code, name, extract.register, extract.obtained);
    const source = { kind: 'document', code } as const;
    return document.obtainedFrom === null
      ? sentence(source, `Hồ sơ có: ${name.vi}.`, `The dossier has: ${name.en}.`)
      : sentence(
          source,
          `Nhà đầu tư không nộp bản giấy, thông tin do cơ quan nhà nước quản lý: ${name.vi}.`,
          `Not filed on paper, held by a register of the State: ${name.en}.`,
        );
  });
}

function extractOf(code: string, name: Text, register: string, { asOf, reference }: Obtained): Sentence[] {
  const [year, month, day] = dateOf(asOf).split('-');
  const from = registerName(register);
  return [
    sentence(
      { kind: 'document', code },
      `Khai thác từ ${from.vi}, số ${reference}, theo dữ liệu ngày ${day}/${month}/${year}: ${name.vi}.`,
      `Obtained from ${from.en}, ${reference}, as of ${year}-${month}-${day}: ${name.en}.`,
    ),
  ];
}

/** What was stated of the project, or confirmed since; nothing that was only presumed. */
function factsOf({ state, procedure }: Subject): Sentence[] {
  return Object.entries(factsBehind(state, procedure)).flatMap(([fact, value]) => {
    const name = factWords(fact)?.name;
    const said = name && value !== null && !state.presumed?.includes(fact) ? valueText(fact, value) : undefined;
    if (!name || !said) return [];
    const [vi, en] = confirmationOf(state, fact, value)
      ? ['Đã xác nhận', 'Confirmed:']
      : ['Nhà đầu tư kê khai', 'The investor states'];
    return [sentence({ kind: 'fact', fact }, `${vi} «${name.vi}»: ${said.vi}.`, `${en} «${name.en}»: ${said.en}.`)];
  });
}

function valueText(fact: string, value: NonNullable<FactValue>): Text | undefined {
  const is = factWords(fact)?.is;
  if (typeof value === 'boolean') return value ? { vi: 'có', en: 'yes' } : { vi: 'không', en: 'no' };
  if (is?.kind === 'code') return is.values[String(value)];
  if (is?.kind === 'number' && !is.whole) {
    const share = String(Math.round(Number(value) * 10_000) / 100);
    return { vi: `${share.replace('.', ',')} %`, en: `${share} %` };
  }
  return { vi: String(value), en: String(value) };
}

const positions: Readonly<Record<Position, Text>> = {
  agree: { vi: 'đồng ý', en: 'agrees' },
  'agree-with-conditions': { vi: 'đồng ý có điều kiện', en: 'agrees with conditions' },
  'needs-supplement': { vi: 'đề nghị bổ sung hồ sơ', en: 'asks for a supplement' },
  object: { vi: 'không đồng ý', en: 'objects' },
};
const directions: Readonly<Record<Condition['direction'], Text>> = {
  requires: { vi: 'yêu cầu', en: 'requires' },
  forbids: { vi: 'không cho phép', en: 'forbids' },
  limits: { vi: 'giới hạn', en: 'limits' },
};

const consultationsOf = ({ state, procedure }: Subject) =>
  Object.values(state.consultations)
    .filter((one) => one.procedureScope === procedure.scope)
    .sort((a, b) => a.n - b.n);

/** What each agency said last, as far as it counts. */
function opinionsOf(subject: Subject): Sentence[] {
  const latest = new Map<string, OpinionState>();
  for (const { opinions } of consultationsOf(subject)) {
    for (const one of Object.values(opinions)) latest.set(one.agency, one);
  }
  return [...latest.values()].flatMap((opinion) => {
    const { agency, position } = opinion;
    if (position === null || !opinionCounts(opinion)) return [];
    const [name, said, conditions] = [subject.law.agencyName(agency), positions[position], about(subject, opinion)];
    const source = { kind: 'opinion', agency } as const;
    return [sentence(source, `${name.vi} ${said.vi}${conditions.vi}.`, `${name.en} ${said.en}${conditions.en}.`)];
  });
}

/** Which subjects its conditions name; their values are what the agency itself wrote. */
function about({ law }: Subject, { conditions }: OpinionState): Text {
  const named = conditions.flatMap(({ subject, direction }) => {
    const name = law.settings.conditionSubjects.find(({ code }) => code === subject)?.name;
    return name ? [{ name, direction: directions[direction] }] : [];
  });
  if (named.length === 0) return { vi: '', en: '' };
  const list = (language: keyof Text) =>
    named.map(({ name, direction }) => `${direction[language]} ${name[language].toLowerCase()}`).join(', ');
  return { vi: ` (${list('vi')})`, en: ` (${list('en')})` };
}

function conferencesOf(subject: Subject): Sentence[] {
  return consultationsOf(subject).flatMap(({ n, conference }) => {
    if (!conference?.decidedAt) return [];
    const name = subject.law.agencyName(conference.chair);
    const [year, month, day] = dateOf(conference.decidedAt).split('-');
    const count = conference.issues.length;
    return [
      sentence(
        { kind: 'conference', n },
        `Hội nghị do ${name.vi} chủ trì ngày ${day}/${month}/${year} đã giải quyết ${count} nội dung có ý kiến khác nhau.`,
        `The conference chaired by ${name.en} on ${year}-${month}-${day} settled ${count} ${count === 1 ? 'issue' : 'issues'}.`,
      ),
    ];
  });
}

/** What a machine asked, and what it was answered, by the outcomes of its steps. */
const answers: Readonly<Record<string, Text>> = {
  complete: { vi: 'đủ thành phần', en: 'complete' },
  incomplete: { vi: 'chưa đủ thành phần', en: 'incomplete' },
  available: { vi: 'chưa có doanh nghiệp nào dùng', en: 'not taken' },
  taken: { vi: 'đã có doanh nghiệp dùng', en: 'taken' },
  issued: { vi: 'đã được cấp', en: 'issued' },
  registered: { vi: 'đã đăng ký', en: 'registered' },
  recorded: { vi: 'đã ghi nhận', en: 'recorded' },
  sent: { vi: 'đã gửi', en: 'sent' },
  published: { vi: 'đã công khai', en: 'published' },
};

function machineStepsOf({ procedure, resolved }: Subject): Sentence[] {
  return resolved.steps.flatMap(({ code, name, kind }) => {
    const done = procedure.steps[code];
    const answer = kind === 'automatic' && done?.completedAt ? answers[done.outcome ?? ''] : undefined;
    return answer
      ? [sentence({ kind: 'step', step: code }, `${name.vi}: ${answer.vi}.`, `${name.en}: ${answer.en}.`)]
      : [];
  });
}

function officerStepsOf({ procedure, resolved }: Subject): Sentence[] {
  return resolved.steps.flatMap(({ code, name, kind }) =>
    kind === 'officer' && procedure.steps[code]?.completedAt
      ? [sentence({ kind: 'step', step: code }, `Đã thực hiện: ${name.vi}.`, `Done: ${name.en}.`)]
      : [],
  );
}

/** Templates of reasons that the file itself bears out; whether the project meets the law is for whoever signs to say. */
const shown: Readonly<Record<string, (subject: Subject) => boolean>> = {
  'dossier-complete': ({ procedure, resolved }) =>
    procedure.receivedAt !== null && checkDossier(resolved, procedure.filings, procedure.extracts).missing.length === 0,
  'opinions-settled': (subject) => {
    const { procedure, resolved } = subject;
    const steps = resolved.steps.filter(({ kind }) => kind === 'consultation').map(({ code }) => code);
    const closed = steps.flatMap((code) => procedure.consulted[code] ?? []);
    return (
      closed.length > 0 &&
      closed.length === steps.length &&
      closed.every(({ silent }) => silent === 0) &&
      consultationsOf(subject).every(({ conference }) => conference === null || conference.decidedAt !== null)
    );
  },
};

const reasonsShownBy = (subject: Subject): Sentence[] =>
  (subject.resolved.content?.reasons ?? []).flatMap(({ code, text, legalBasis: basis }) =>
    shown[code]?.(subject) ? [{ text, source: { kind: 'clause', basis } as const }] : [],
  );

function termOf({ resolved: { budget, budgetBasis: basis } }: Subject): Sentence[] {
  const working = budget.unit === 'working-day';
  return [
    sentence(
      { kind: 'clause', basis },
      `Thời hạn giải quyết theo quy định: ${budget.amount} ${working ? 'ngày làm việc' : 'ngày'}.`,
      `The term by law: ${budget.amount} ${working ? 'working days' : 'days'}.`,
    ),
  ];
}
