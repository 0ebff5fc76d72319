import { dateOf } from '../../domain/time/instants.js';
import { type Body, paragraph, type Sheet } from '../sheet.js';

/** An act on an issued result: that it reads otherwise, or that it has no force any more; with its own number, the number of the result, reason and ground. */
export function resultChangeBody(sheet: Sheet): Body {
  const { say, pick, date } = sheet.tongue;
  const event = sheet.event('resultCorrected', 'resultRevoked');
  const { of, reason, legalBasis } = event.payload;
  const agency = sheet.agency(sheet.paper.agency);
  const corrects = event.type === 'resultCorrected';
  const decidedAt = sheet.procedure.decision?.at;
  const passages = corrects ? event.payload.passages : [];
  return {
    title: corrects
      ? [say('QUYẾT ĐỊNH', 'DECISION'), say(`về việc đính chính kết quả số ${of}`, `correcting result ${of}`)]
      : [say('QUYẾT ĐỊNH', 'DECISION'), say(`về việc thu hồi kết quả số ${of}`, `revoking result ${of}`)],
    before: [
      paragraph(`${say('Kính gửi', 'To')}: ${sheet.filed(({ investor }) => investor.name)}`, 'centre'),
      paragraph(
        corrects
          ? say(
              `${agency} đính chính kết quả sau đây; kết quả được đọc cùng văn bản này:`,
              `${agency} corrects this result, which is read together with this act:`,
            )
          : say(
              `${agency} thu hồi kết quả sau đây; kết quả không còn giá trị kể từ thời điểm ban hành văn bản này:`,
              `${agency} revokes this result, which has no force from the issue of this act:`,
            ),
      ),
    ],
    values: {
      dossierCode: sheet.procedure.dossierCode ?? undefined,
      procedure: pick(sheet.resolved.name),
      result: of,
      ...(decidedAt !== undefined && { decidedAt: sheet.tongue.moment(decidedAt) }),
      reason: sheet.words(reason),
      legalBasis: sheet.words(legalBasis),
      ...(corrects && {
        passages: passages.map(({ was, is }) =>
          say(
            `«${sheet.words(was)}» đọc là «${sheet.words(is)}»`,
            `«${sheet.words(was)}» is to read «${sheet.words(is)}»`,
          ),
        ),
      }),
      effect: say(`từ ${date(dateOf(event.occurredAt))}`, `from ${date(dateOf(event.occurredAt))}`),
    },
    signers: [sheet.actor(event)],
    hint: say('(Đã ký số)', '(Digitally signed)'),
  };
}
