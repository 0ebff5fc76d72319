import { type EventOf } from '../../domain/case/events.js';
import { zoneWords } from '../../domain/law/filing-fields.js';
import { type Project } from '../../domain/schemas/project.js';
import { type Solution } from '../../domain/schemas/trial.js';
import { conditionText, upheldConditions } from '../conditions.js';
import { type Body, type Sheet, type Value } from '../sheet.js';
import { readContent } from '../../domain/case/result/rules.js';
import { type ResultField } from '../../domain/schemas/procedure.js';
import { plainDate } from '../../domain/time/instants.js';
import { erased, grouped, type Tongue } from '../words.js';
import { conditionsOfTrial, recommendationOf, trialIdentity } from './admission.js';
import { citationsOf } from './supplement.js';

/** What the procedure ends with: the result of its definition, or the notice that it is refused, with what was signed. */
export function decisionBody(sheet: Sheet): Body {
  const { state, tongue, procedure, resolved } = sheet;
  const { say, pick, moment } = tongue;
  const { payload: seal } = sheet.event('decisionSigned');
  const { decision } = procedure;
  if (!decision) throw new Error(`${sheet.paper.scope} is signed and not decided`);
  const approved = decision.outcome === 'approved';
  return {
    title: approved
      ? [pick(resolved.result).toUpperCase()]
      : [say('THÔNG BÁO', 'NOTICE'), say(`về việc từ chối: ${resolved.name.vi}`, `of refusal: ${resolved.name.en}`)],
    values: {
      ...(state.trial ? trialIdentity(sheet) : projectOf(sheet)),
      procedure: pick(resolved.name),
      site: sheet.filed(({ project, solution }) =>
        project ? siteText(project, tongue) : solution && placesText(solution, tongue),
      ),
      legalBasis: citationsOf(sheet),
      outcome: approved ? say('chấp thuận', 'approved') : say('từ chối', 'refused'),
      decidedAt: moment(decision.at),
      reason: decision.reason === null ? undefined : sheet.words(decision.reason),
      ...contentOf(sheet),
      ...(approved && {
        conditions: upheldConditions(state, procedure.scope).map(
          ({ agency, condition }) =>
            `${conditionText(condition, sheet.context.catalogue.settings.conditionSubjects, sheet)} (${sheet.agency(agency)})`,
        ),
        conclusions: conclusionsOf(sheet),
        ...(state.trial && conditionsOfTrial(sheet, decision.at)),
      }),
      council: recommendationOf(sheet),
      algorithm: seal.algorithm,
      keyId: seal.keyId,
      documentHash: seal.documentHash,
      signature: seal.signature,
    },
    signers: [sheet.name(decision.by, sheet.before('decisionMade').at(-1)?.seq)],
    hint: say('(Đã ký số)', '(Digitally signed)'),
  };
}

/** Whose project it is, and what of it the licence says. */
function projectOf(sheet: Sheet): Record<string, Value> {
  const { procedure, tongue } = sheet;
  const { pick, say } = tongue;
  return {
    dossierCode: procedure.dossierCode ?? undefined,
    applicant: sheet.filed(({ investor }) => investor.name),
    identityNumber: sheet.filed(({ investor }) => investor.registrationNumber ?? undefined),
    project: sheet.filed(({ name }) => pick(name)),
    capital: sheet.filed(({ project }) => project && capitalText(project, tongue)),
    term: sheet.filed(({ project }) => project && say(`${project.termYears} năm`, `${project.termYears} years`)),
  };
}

/** What it says beside yes or no: fields in the order of the definition, and reasons each with its clause. */
function contentOf({ procedure, resolved, file, tongue }: Sheet): Record<string, Value> {
  const content = procedure.decision?.content;
  if (!content) return {};
  const text = file.texts.get(content.id);
  if (text === null || text === undefined) return { content: [erased] };
  const { fields, reasons } = readContent(text);
  const lines = fields.map(({ code, value }) => {
    const field = resolved.content?.fields.find((one) => one.code === code);
    return `${field ? tongue.pick(field.name) : code}: ${valueText(field?.kind, value, tongue)}${field?.unit ? ` ${tongue.pick(field.unit)}` : ''}`;
  });
  return { content: lines, reasons: reasons.map(({ text: why, legalBasis }) => `${why} (${legalBasis})`) };
}

function valueText(kind: ResultField['kind'] | undefined, value: string, { language, date }: Tongue): string {
  if (kind === 'money') return grouped(value, language);
  return kind === 'date' ? date(plainDate(value)) : value;
}

/** The chair's words, where a conference settled what opinions left open. */
function conclusionsOf(sheet: Sheet): string[] {
  const decided = sheet.file.events.filter(
    (event): event is EventOf<'conferenceDecided'> =>
      event.type === 'conferenceDecided' && event.scope.startsWith(`${sheet.paper.scope}/`),
  );
  return decided.map(({ payload }) => sheet.words(payload.reason));
}

const zoneName = (zone: Project['site']['zone']) =>
  zone === null || zone === 'none' ? undefined : zoneWords[zone].name;

function siteText({ site }: Project, { language, pick, say }: Tongue): string {
  const zone = zoneName(site.zone);
  const area = `${grouped(String(site.areaM2), language)} m²`;
  return [site.lot, zone && pick(zone), say('Thành phố Hồ Chí Minh', 'Ho Chi Minh City'), area]
    .filter(Boolean)
    .join(', ');
}

/** Where the applicant of a trial asked to try it; the conditions say where it may. */
function placesText({ sites }: Solution, { pick, say }: Tongue): string {
  const places = sites.map(({ zone, area }) => {
    const name = zoneName(zone);
    return name ? `${area}, ${pick(name)}` : area;
  });
  return [...places, say('Thành phố Hồ Chí Minh', 'Ho Chi Minh City')].join('; ');
}

function capitalText({ capital }: Project, { language, say }: Tongue): string {
  const vnd = `${grouped(capital.totalVnd, language)} ${say('đồng', 'VND')}`;
  return capital.totalUsd === null ? vnd : `${vnd} (${grouped(capital.totalUsd, language)} USD)`;
}
