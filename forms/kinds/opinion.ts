import { opinionDefinition, readOpinion } from '../../domain/case/result/opinion.js';
import { leadAt } from '../../domain/case/consultation/state.js';
import { type Position } from '../../domain/case/consultation/words.js';
import { type Text } from '../../domain/law/agency.js';
import { conditionText } from '../conditions.js';
import { type Body, paragraph, type Sheet } from '../sheet.js';
import { erased } from '../words.js';

const verdicts: Readonly<Record<Position, Text>> = {
  agree: { vi: 'đồng ý', en: 'agrees' },
  'agree-with-conditions': { vi: 'đồng ý có điều kiện', en: 'agrees with conditions' },
  'needs-supplement': { vi: 'đề nghị bổ sung hồ sơ', en: 'asks for a supplement' },
  object: { vi: 'không đồng ý', en: 'objects' },
};

/** What an agency says to what it was asked, to whoever asked: made from the bytes that are kept of it. */
export function opinionBody(sheet: Sheet): Body {
  const { tongue, procedure, resolved, file, context } = sheet;
  const { say, pick } = tongue;
  const event = sheet.event('opinionGiven');
  const { agency, content } = event.payload;
  const asking = file.state.consultations[event.scope];
  const lead = asking ? leadAt(asking, event.seq) : procedure.handlingAgency;
  const text = content ? file.texts.get(content.id) : null;
  return {
    title: [say('Ý KIẾN', 'OPINION'), say(`về hồ sơ: ${resolved.name.vi}`, `on a dossier: ${resolved.name.en}`)],
    before: [paragraph(`${say('Kính gửi', 'To')}: ${sheet.agency(lead)}`, 'centre')],
    values: {
      dossierCode: procedure.dossierCode ?? undefined,
      procedure: pick(resolved.name),
      applicant: sheet.filed(({ investor }) => investor.name),
      project: sheet.filed(({ name }) => pick(name)),
      ...(text === null || text === undefined ? { position: erased } : said(text)),
    },
    signers: [sheet.actor(event)],
    hint: say('(Đã ký số)', '(Digitally signed)'),
  };

  function said(kept: string): Body['values'] {
    const { position, fields, conditions, legalBasis, reason, reasons } = readOpinion(kept);
    const asked = opinionDefinition(resolved, agency)?.fields ?? [];
    const subjects = context.catalogue.settings.conditionSubjects;
    return {
      position: pick(verdicts[position]),
      questions: fields.map(({ code, value }) => {
        const question = asked.find((one) => one.code === code);
        return `${question ? pick(question.name) : code}: ${pick(verdicts[value as Position])}`;
      }),
      conditions: conditions.map((one) => conditionText(one, subjects, sheet)),
      reasons: reasons.map(({ text: why, legalBasis: clause }) => `${why} (${clause})`),
      ...(reason !== null && { reason }),
      ...(legalBasis !== null && { legalBasis }),
    };
  }
}
