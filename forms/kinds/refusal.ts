import { type Body, paragraph, type Sheet } from '../sheet.js';
import { citationsOf } from './supplement.js';

/** Form 03: at the counter, or because a supplement never came and the law has it refused then. */
export function refusalBody(sheet: Sheet): Body {
  const { say } = sheet.tongue;
  const event = sheet.event('receptionRefused', 'lapseDecided');
  const agency = sheet.agency(sheet.paper.agency);
  return {
    title: [say('PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ', 'REFUSAL TO RECEIVE AND HANDLE THE DOSSIER')],
    before: [
      paragraph(
        say(
          `${agency} thông báo không tiếp nhận, giải quyết hồ sơ này với lý do cụ thể như sau:`,
          `${agency} gives notice that this dossier is not received and handled, for the reason stated below.`,
        ),
      ),
    ],
    values: {
      ...sheet.applicant(),
      reason: sheet.words(event.payload.reason),
      legalBasis: citationsOf(sheet),
      remedy: say(
        'Ông/Bà có thể hoàn thiện và nộp lại hồ sơ, hoặc khiếu nại theo quy định của pháp luật về khiếu nại',
        'You may complete the dossier and file it again, or complain under the law on complaints',
      ),
      contact: sheet.contact(event),
    },
    after: [
      paragraph(say('Xin thông báo cho Ông/Bà được biết và thực hiện.', 'This is for your information and action.')),
    ],
    signers: [sheet.submitter() ?? null, sheet.actor(event)],
  };
}
