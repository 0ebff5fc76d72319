import { type EventOf } from '../../domain/case/events.js';
import { type Filing } from '../../domain/screening.js';
import { conditionText, upheldConditions } from '../conditions.js';
import { type Body, type Sheet } from '../sheet.js';
import { grouped, type Tongue } from '../words.js';
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
      dossierCode: procedure.dossierCode ?? undefined,
      procedure: pick(resolved.name),
      applicant: sheet.filed(({ investor }) => investor.name),
      identityNumber: sheet.filed(({ investor }) => investor.registrationNumber ?? undefined),
      project: sheet.filed(({ project }) => pick(project.name)),
      site: sheet.filed((filing) => siteText(filing, tongue)),
      capital: sheet.filed((filing) => capitalText(filing, tongue)),
      term: sheet.filed(({ project }) => say(`${project.termYears} năm`, `${project.termYears} years`)),
      legalBasis: citationsOf(sheet),
      outcome: approved ? say('chấp thuận', 'approved') : say('từ chối', 'refused'),
      decidedAt: moment(decision.at),
      reason: decision.reason ?? undefined,
      ...(approved && {
        conditions: upheldConditions(state, procedure.scope).map(
          ({ agency, condition }) =>
            `${conditionText(condition, sheet.context.catalogue.settings.conditionSubjects, tongue)} (${sheet.agency(agency)})`,
        ),
        conclusions: conclusionsOf(sheet),
      }),
      algorithm: seal.algorithm,
      keyId: seal.keyId,
      documentHash: seal.documentHash,
      signature: seal.signature,
    },
    signers: [sheet.name(decision.by)],
    hint: say('(Đã ký số)', '(Digitally signed)'),
  };
}

/** The chair's words, where a conference settled what opinions left open. */
function conclusionsOf(sheet: Sheet): string[] {
  const decided = sheet.file.events.filter(
    (event): event is EventOf<'conferenceDecided'> =>
      event.type === 'conferenceDecided' && event.scope.startsWith(`${sheet.paper.scope}/`),
  );
  return decided.map(({ payload }) => sheet.words(payload.reason));
}

const zoneNames: Readonly<Record<string, { vi: string; en: string }>> = {
  SHTP: { vi: 'Khu Công nghệ cao', en: 'High-Tech Park' },
  HEPZA: { vi: 'Khu chế xuất, khu công nghiệp', en: 'Export processing or industrial zone' },
  DTP: { vi: 'Khu công nghệ số tập trung', en: 'Concentrated digital technology park' },
  FTZ: { vi: 'Khu thương mại tự do', en: 'Free-trade zone' },
  IFC: { vi: 'Trung tâm tài chính quốc tế', en: 'International Financial Centre' },
  EZ: { vi: 'Khu kinh tế', en: 'Economic zone' },
  QTSC: { vi: 'Công viên phần mềm Quang Trung', en: 'Quang Trung Software City' },
};

function siteText({ project: { site } }: Filing, { language, pick, say }: Tongue): string {
  const zone = zoneNames[site.zone ?? ''];
  const area = `${grouped(String(site.areaM2), language)} m²`;
  return [site.lot, zone && pick(zone), say('Thành phố Hồ Chí Minh', 'Ho Chi Minh City'), area]
    .filter(Boolean)
    .join(', ');
}

function capitalText({ project: { capital } }: Filing, { language, say }: Tongue): string {
  const vnd = `${grouped(capital.totalVnd, language)} ${say('đồng', 'VND')}`;
  return capital.totalUsd === null ? vnd : `${vnd} (${grouped(capital.totalUsd, language)} USD)`;
}
