import type { Text } from './agency.js';
import type { ProcedureDefinition } from '../schemas/procedure.js';
import { admissionCode } from './admission-code.js';
import { councilStep, evaluationStep } from './admission-steps.js';
import type { PlainDate } from '../time/instants.js';
import { isInForce, type Regime, type RegimeInForce, type RegimeRules } from './regime.js';

/** Who appraises for the authority: the agency that the regime names as lead. */
export const leadOf = ({ appraisal, authority }: Regime): string | null =>
  appraisal.agencies.find(({ role }) => role === 'lead')?.code ?? authority.evaluates ?? authority.code;

/** Why nobody is admitted under a regime on some day. */
export const closures = [
  'not-issued',
  'undated',
  'not-yet-in-force',
  'no-longer-in-force',
  'authority-unknown',
  'evaluator-unknown',
  'time-unknown',
  'documents-unknown',
] as const;
export type Closure = (typeof closures)[number];

export const closureTexts: Readonly<Record<Closure, Text>> = {
  'not-issued': { vi: 'Quy định chưa được ban hành', en: 'The regulation is not issued yet' },
  undated: { vi: 'Chưa rõ ngày có hiệu lực', en: 'Nobody knows since when it is in force' },
  'not-yet-in-force': { vi: 'Chưa có hiệu lực', en: 'It is not in force yet' },
  'no-longer-in-force': { vi: 'Đã hết hiệu lực', en: 'It is no longer in force' },
  'authority-unknown': {
    vi: 'Chưa rõ cơ quan có thẩm quyền quyết định: không suy đoán',
    en: 'Nobody knows who decides, and that is never assumed',
  },
  'evaluator-unknown': { vi: 'Chưa rõ cơ quan thẩm định', en: 'Nobody knows who evaluates' },
  'time-unknown': { vi: 'Chưa rõ thời hạn giải quyết', en: 'Nobody knows how long the decision takes' },
  'documents-unknown': { vi: 'Chưa rõ thành phần hồ sơ', en: 'Nobody knows which documents are needed' },
};

/** What keeps a regime closed on that day; nothing: it takes trials. */
export function closedBecause(one: RegimeInForce, at: PlainDate): Closure[] {
  const { regime, rules } = one;
  const { status, effectiveFrom, effectiveTo } = regime;
  const applies: Readonly<Record<Closure, boolean>> = {
    'not-issued': status !== 'in-force',
    undated: status === 'in-force' && effectiveFrom === null,
    'not-yet-in-force': effectiveFrom !== null && at < effectiveFrom,
    'no-longer-in-force': effectiveTo !== null && effectiveTo < at,
    'authority-unknown': rules.authority === null,
    'evaluator-unknown': leadOf(regime) === null,
    'time-unknown': budgetOf(rules) === undefined,
    'documents-unknown': rules.documents === null,
  };
  return closures.filter((reason) => applies[reason]);
}

export const isOpen = (one: RegimeInForce, at: PlainDate): boolean =>
  isInForce(one.regime, at) && closedBecause(one, at).length === 0;

/**
 * The admission under a regime as a procedure like any other: who decides, how long, on which documents, after whose opinions. undefined where nobody knows who
 * decides, how long it takes or since when the regime holds: nobody is admitted under it.
 */
export function admissionProcedure({ regime, rules }: RegimeInForce): ProcedureDefinition | undefined {
  const { authority, decision, appraisal, documents } = rules;
  const lead = leadOf(regime);
  const budget = budgetOf(rules);
  if (!authority || !lead || !budget || !documents || regime.effectiveFrom === null) return undefined;
  const code = admissionCode(regime.code);
  const days = (appraisal ?? decision)?.value ?? budget;
  // Half of the time of the appraisal: the lead needs the other half to evaluate what comes back.
  const opinionDays = { ...days, amount: Math.max(1, Math.floor(days.amount / 2)) };
  const council = rules.council?.value === true;
  const verified = rules.appraisal?.source === 'law' || rules.decision?.source === 'law';
  return {
    code,
    version: `${code}@${regime.effectiveFrom}`,
    validFrom: regime.effectiveFrom,
    validTo: regime.effectiveTo,
    name: { vi: `Chấp thuận: ${regime.name.vi}`, en: `Admission: ${regime.name.en}` },
    phase: 'licence',
    competentAgency: {
      park: authority.value,
      zone: authority.value,
      province: authority.value,
      central: authority.value,
    },
    handledBy: lead === authority.value ? null : lead,
    statutoryBudget: budget,
    budgetBasis: basisOf(rules),
    budgetVariants: [],
    startsFrom: 'valid-dossier',
    clockPolicy: {
      kind: 'pause',
      suspensionGrounds: [
        {
          ground: 'supplement',
          max: rules.supplementNotices?.value ?? null,
          investorDeadlineDays: null,
          investorDeadlineUnit: null,
          deadlineSource: 'none',
          legalBasis: rules.supplementNotices?.basis ?? regime.name.en,
        },
      ],
      cure: null,
      onLapse: 'stop-or-continue',
      onResubmission: 'continue',
      investorExtension: null,
      maxExtensions: 0,
      extensionMax: null,
    },
    silence: {
      // No regime says what silence means: a person decides.
      legalEffect: 'none',
      handling: 'escalate',
      handlingByAgency: {},
      opinionDays,
      legalBasis: 'no text read says what silence means',
    },
    consultations: consultationsOf(regime, opinionDays, lead),
    documents: documents.value.map((document) => ({ ...document, obtainableFrom: null })),
    steps: stepsOf(council),
    duties: [],
    gates: [],
    result: regime.decision.document ?? {
      vi: 'Văn bản chấp thuận thử nghiệm có kiểm soát',
      en: 'Admission to the controlled trial',
    },
    legalBasis: regime.legalBasis.map(({ act, article, source, confidence }) => ({
      act,
      article: article ?? 'toàn văn',
      effectiveFrom: regime.effectiveFrom ?? budget.unit,
      effectiveTo: regime.effectiveTo,
      source,
      verified: confidence === 'H',
    })) as ProcedureDefinition['legalBasis'],
    verified: {
      statutoryBudget: verified && (rules.decision?.verified ?? false),
      startsFrom: false,
      competentAgency: authority.verified,
      clockPolicy: rules.supplementNotices?.verified ?? false,
      silence: false,
      consultations: false,
      documents: documents.verified,
      duties: false,
      gates: false,
      result: regime.decision.document !== null,
    },
    unverified: [...regime.unverified],
    notes: null,
  };
}

/** Appraisal and decision, one after the other unless the decision's days include the appraisal's. */
function budgetOf({ appraisal, decision, decisionIncludesAppraisal }: RegimeRules) {
  if (!decision) return appraisal?.value;
  if (!appraisal || decisionIncludesAppraisal?.value === true) return decision.value;
  if (appraisal.value.unit !== decision.value.unit) return undefined;
  return { ...decision.value, amount: appraisal.value.amount + decision.value.amount };
}

const basisOf = ({ decision, appraisal }: RegimeRules): string =>
  [appraisal, decision].map((one) => one?.basis ?? one?.source ?? 'unknown').join('; ');

function consultationsOf(
  regime: Regime,
  days: { amount: number; unit: 'working-day' | 'calendar-day' },
  lead: string,
): ProcedureDefinition['consultations'] {
  const asked = regime.appraisal.agencies.filter(({ role, code }) => role !== 'lead' && code !== lead);
  const question = (agency: string, basis: string, central: boolean) => ({
    agency,
    days,
    about: central ? centralQuestion : questionOf(agency),
    daysVerified: false,
    addresseeDesigned: !basis.startsWith('law'),
    when: null,
  });
  const own = asked.map(({ code, role, basis }) => question(code, basis, role === 'central'));
  // Whom the centre decides about, it is not asked about beside.
  const centrally =
    !regime.centralDecision &&
    regime.fields.some(({ centralApproval }) => centralApproval) &&
    !asked.some(({ code, role }) => role === 'central' || code === centralBody);
  if (!centrally) return own;
  const when = { attr: 'solution.centralApproval', op: 'eq' as const, value: true };
  return [...own, { ...question(centralBody, 'ours', true), when }];
}

/** Asked where a field needs the centre and no text names a ministry. */
const centralBody = 'ministry-science';

const centralQuestion: Text = {
  vi: 'Ý kiến của cơ quan trung ương về lĩnh vực thử nghiệm',
  en: 'Opinion of the central body on the field of the trial',
};

const questions: Readonly<Record<string, Text>> = {
  dof: { vi: 'Năng lực tài chính, bảo đảm tài chính, hỗ trợ', en: 'Financial capacity, security and support' },
  doj: { vi: 'Quy định được miễn trừ, căn cứ pháp lý', en: 'Rules to be exempted and their legal basis' },
  'city-police': { vi: 'An ninh, an toàn dữ liệu', en: 'Security and safety of data' },
  'city-military': { vi: 'Quốc phòng, vùng bay', en: 'Defence and airspace' },
};

const questionOf = (agency: string): Text =>
  questions[agency] ?? { vi: 'Ý kiến chuyên ngành về thử nghiệm', en: 'Opinion on the trial in its own field' };

function stepsOf(council: boolean): ProcedureDefinition['steps'] {
  const step = (
    code: string,
    name: Text,
    kind: ProcedureDefinition['steps'][number]['kind'],
    agency: string,
    dependsOn: string[],
    automation: 'full' | 'assisted' | 'manual',
    shareOfBudget: number,
  ) => ({ code, name, kind, agency, dependsOn, automation, shareOfBudget, designed: true });
  return [
    step(
      'completeness-check',
      { vi: 'Kiểm tra thành phần hồ sơ', en: 'Check that the dossier is complete' },
      'automatic',
      'system',
      [],
      'full',
      0,
    ),
    step(
      'appraisal',
      { vi: 'Lấy ý kiến thẩm định đồng thời', en: 'Appraisal by the agencies at the same time' },
      'consultation',
      '@handling',
      ['completeness-check'],
      'assisted',
      0.5,
    ),
    step(
      evaluationStep,
      { vi: 'Đánh giá theo tiêu chí, đề xuất điều kiện', en: 'Evaluate by the criteria, propose the conditions' },
      'officer',
      '@handling',
      ['appraisal'],
      'assisted',
      council ? 0.2 : 0.3,
    ),
    ...(council
      ? [
          step(
            councilStep,
            { vi: 'Hội đồng thẩm định họp, biểu quyết', en: 'The council meets and votes' },
            'council',
            '@handling',
            [evaluationStep],
            'manual',
            0.1,
          ),
        ]
      : []),
    step(
      'decision',
      { vi: 'Quyết định chấp thuận thử nghiệm', en: 'Decide on the admission' },
      'signature',
      '@competent',
      [council ? councilStep : evaluationStep],
      'assisted',
      0.2,
    ),
  ];
}
