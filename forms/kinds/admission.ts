import { type Text } from '../../domain/law/agency.js';
import { admittedDates } from '../../domain/case/trial/admitted-dates.js';
import { limitValue } from '../../domain/law/limit-words.js';
import { type DatedExemption, type TrialLimit, type TrialTerms } from '../../domain/law/trial-terms.js';
import { type Instant } from '../../domain/time/instants.js';
import { type Sheet, type Value } from '../sheet.js';
import { grouped, type Tongue } from '../words.js';

/** Whom the paper is about and what is tried: of every paper of a trial. */
export function trialIdentity(sheet: Sheet): Record<string, Value> {
  const { trial, regime } = sheet.tried;
  const { pick } = sheet.tongue;
  const field = regime.fields.find(({ code }) => code === trial.field);
  return {
    dossierCode: sheet.procedure.dossierCode ?? undefined,
    participant: sheet.filed(({ investor }) => investor.name),
    identityNumber: sheet.filed(({ investor }) => investor.registrationNumber ?? undefined),
    solution: sheet.filed(({ name }) => pick(name)),
    trialField: field && pick(field.name),
    regime: pick(regime.name),
  };
}

/** The conditions of an admission and the record of its exemptions, as the decision makes them. */
export function conditionsOfTrial(sheet: Sheet, decidedAt: Instant): Record<string, Value> {
  const { regime } = sheet.tried;
  const terms = sheet.procedure.proposal?.terms;
  if (!terms) throw new Error(`${sheet.paper.scope} is decided without conditions`);
  const { pick } = sheet.tongue;
  const { exemptions } = admittedDates(decidedAt, terms);
  return {
    trialTerm: termText(sheet, decidedAt, terms),
    areas: terms.areas.map((area) => areaText(area, sheet.tongue)),
    limits: terms.limits.map((limit) => limitText(limit, sheet.tongue)),
    dataLocation: pick(dataLocations[terms.dataLocation]),
    reports: reportsText(terms, sheet.tongue),
    transition: transitionText(terms, sheet.tongue),
    permits: regime.externalPermits.map(({ name }) => pick(name)),
    userDuties: terms.userDuties.map((duty) => dutyText(duty, sheet.tongue)),
    exemptions: exemptions.map((one) => exemptionText(one, sheet.tongue)),
    thirdParties: sheet.tongue.say(
      'Thiệt hại gây ra cho bên thứ ba không thuộc phạm vi được miễn trừ.',
      'Damage to third parties is outside every exemption.',
    ),
  };
}

function termText({ tongue: { say, date } }: Sheet, decidedAt: Instant, terms: TrialTerms): string {
  const { from, until } = admittedDates(decidedAt, terms);
  const { months } = terms;
  return say(
    `${months} tháng, từ ${date(from)} đến hết ${date(until)}`,
    `${months} month${months === 1 ? '' : 's'}, from ${date(from)} to the end of ${date(until)}`,
  );
}

function areaText({ name, site, polygon }: TrialTerms['areas'][number], { pick, say }: Tongue): string {
  const corners = polygon?.map(([latitude, longitude]) => `${latitude}, ${longitude}`).join('; ');
  const where =
    corners === undefined
      ? say('toàn bộ địa điểm', 'the whole site')
      : say(`các góc (WGS 84): ${corners}`, `corners (WGS 84): ${corners}`);
  return site === 'none' ? `${pick(name)}; ${where}` : `${pick(name)} (${site}); ${where}`;
}

const sources: Readonly<Record<TrialLimit['source'], Text>> = {
  law: { vi: 'theo văn bản của cơ chế', en: 'of the regime’s text' },
  setting: { vi: 'theo quy định của Thành phố', en: 'set by the City' },
  default: { vi: 'mức mặc định, chưa có văn bản quy định', en: 'a default, no text fixes it' },
  admission: { vi: 'điều kiện riêng của quyết định này', en: 'of this decision' },
};

/** `Độ cao: dưới 120 m (…)`: name, bounds or values, and where it comes from. */
export function limitText(limit: TrialLimit, tongue: Tongue): string {
  const { pick } = tongue;
  return `${pick(limit.name)}: ${[...boundsOf(limit, tongue), ...valuesOf(limit, tongue)].join(', ')} (${pick(sources[limit.source])})`;
}

/** Units that are words. */
const units: Readonly<Record<string, Text>> = {
  person: { vi: 'người', en: 'people' },
};

function* boundsOf({ min, max, inclusive = true, unit }: TrialLimit, tongue: Tongue): Generator<string> {
  const { language, say, pick } = tongue;
  const word = units[unit];
  const amount = (value: number) => `${grouped(String(value), language)} ${word ? pick(word) : unit}`;
  if (min !== undefined)
    yield inclusive
      ? say(`tối thiểu ${amount(min)}`, `at least ${amount(min)}`)
      : say(`trên ${amount(min)}`, `above ${amount(min)}`);
  if (max !== undefined)
    yield inclusive
      ? say(`tối đa ${amount(max)}`, `at most ${amount(max)}`)
      : say(`dưới ${amount(max)}`, `below ${amount(max)}`);
}

function valuesOf({ watch, values }: TrialLimit, { pick, say }: Tongue): string[] {
  if (watch === 'geofence') return [say('trong các khu vực nêu trên', 'within the areas above')];
  return (values ?? []).map((value) => limitValue(value, pick));
}

const dataLocations: Readonly<Record<TrialTerms['dataLocation'], Text>> = {
  none: { vi: 'không xử lý dữ liệu của người dùng', en: 'no data of users is processed' },
  'in-country': { vi: 'lưu trữ và xử lý tại Việt Nam', en: 'kept and processed in Viet Nam' },
  abroad: { vi: 'được lưu trữ, xử lý ở nước ngoài', en: 'may be kept and processed abroad' },
};

function reportsText({ reportEvery: { amount, unit }, visitEvery }: TrialTerms, { say }: Tongue): string {
  const [vi, en] = unit === 'week' ? ['tuần', 'week'] : ['tháng', 'month'];
  return say(
    `báo cáo ${amount} ${vi} một lần; kiểm tra, giám sát tại hiện trường ${visitEvery} tháng một lần`,
    `a report every ${amount} ${en}${amount === 1 ? '' : 's'}; a supervision visit every ${visitEvery} month${visitEvery === 1 ? '' : 's'}`,
  );
}

const transitionText = ({ transitionMonths: n }: TrialTerms, { say }: Tongue): string =>
  n === 0
    ? say('không có; thử nghiệm chấm dứt khi hết thời hạn', 'none; the trial ends with its term')
    : say(`tối đa ${n} tháng sau khi hoàn thành`, `at most ${n} month${n === 1 ? '' : 's'} after completion`);

const dutyText = ({ name, days }: TrialTerms['userDuties'][number], { pick, say }: Tongue): string =>
  `${pick(name)}: ${say(`trong ${days} ngày sau khi kết thúc`, `within ${days} day${days === 1 ? '' : 's'} after the end`)}`;

const persons: Readonly<Record<DatedExemption['whom'], Text>> = {
  participant: { vi: 'tổ chức thử nghiệm', en: 'the participant' },
  'participant-staff': { vi: 'người của tổ chức thử nghiệm', en: 'the participant’s staff' },
  'supervising-officers': { vi: 'công chức quản lý, giám sát', en: 'supervising officers' },
};

const kinds: Readonly<Record<DatedExemption['scope'], Text>> = {
  administrative: { vi: 'trách nhiệm hành chính', en: 'administrative liability' },
  civil: { vi: 'trách nhiệm dân sự', en: 'civil liability' },
  'duty-waived': { vi: 'miễn thực hiện nghĩa vụ', en: 'the duty is waived' },
  'duty-reduced': { vi: 'giảm nghĩa vụ', en: 'the duty is reduced' },
};

/** Which rule, whom, how far, from when to when, on which basis: one line of the record. */
function exemptionText(
  { act, article, whom, scope, from, to, basis }: DatedExemption,
  { pick, say, date }: Tongue,
): string {
  return [
    `${act}, ${article}`,
    pick(persons[whom]),
    pick(kinds[scope]),
    say(`từ ${date(from)} đến hết ${date(to)}`, `from ${date(from)} to the end of ${date(to)}`),
    say(`căn cứ ${basis}`, `by ${basis}`),
  ].join('; ');
}

/** What the council recommended, where one met. */
export function recommendationOf({ procedure: { council }, tongue: { say } }: Sheet): string | undefined {
  if (!council?.closed) return undefined;
  const { for: inFavour, against, abstained, recommends } = council.closed;
  const votes = say(
    `${inFavour} tán thành, ${against} không tán thành, ${abstained} không có ý kiến`,
    `${inFavour} for, ${against} against, ${abstained} abstained`,
  );
  return `${recommendationText(recommends, say)} (${votes})`;
}

export function recommendationText(recommends: 'admit' | 'reject' | 'none', say: Tongue['say']): string {
  switch (recommends) {
    case 'admit':
      return say('đề nghị chấp thuận', 'recommends to admit');
    case 'reject':
      return say('đề nghị không chấp thuận', 'recommends to reject');
    case 'none':
      return say('không có đề nghị vì không bên nào quá nửa', 'no recommendation: neither side has a majority');
  }
}
