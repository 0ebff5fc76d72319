import { type Calendar, type DayUnit, ifPublished, nextWorkingDay } from '../../domain/time/calendar.js';
import { addDays, dateOf, type Instant } from '../../domain/time/instants.js';
import { type DossierDocument } from '../../domain/case/procedure/words.js';
import { type Block } from '../model.js';
import { type Body, type Sheet } from '../sheet.js';

/** Form 01: what came, when, and the day of the result. */
export function receiptBody(sheet: Sheet): Body {
  const { tongue, context, resolved, procedure } = sheet;
  const { say, term, moment, date } = tongue;
  const event = sheet.event('dossierReceived');
  const { budget, dueDate, promisedDate, printed } = event.payload;
  const calendar = context.law.calendar(procedure.calendar);
  const closes = calendar.data.officeHours.at(-1)?.to ?? '17:00';
  const due = date(printed === 'promised' ? promisedDate : dueDate);
  const centre = sheet.agency(context.law.receivingAgency);
  return {
    title: [
      say('GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ', 'RECEIPT OF DOSSIER AND APPOINTMENT FOR RESULT'),
      say('(Liên: Lưu/Giao khách hàng)', '(Copy: file/applicant)'),
    ],
    values: {
      ...sheet.applicant(),
      receivingUnit: centre,
      identityNumber: sheet.filed(({ investor }) => investor.registrationNumber ?? undefined),
      documents: documentsOf(sheet).map((document) => {
        const name = resolved.documents.find(({ code }) => code === document.code)?.name;
        const how =
          document.documentId === null
            ? say('đã có tại cơ sở dữ liệu của Nhà nước, không phải nộp', 'held by a register of the State, not filed')
            : say('bản điện tử', 'electronic copy');
        return `${name ? tongue.pick(name) : document.code} (${how})`;
      }),
      sets: say('01 bộ điện tử', '1, electronic'),
      statutoryTerm: term(budget),
      receivedAt: moment(event.occurredAt),
      countedFrom: countedFrom(sheet, procedure.ledger[0]?.at ?? event.occurredAt, budget.unit, calendar),
      dueAt: say(`${closes.replace(':', ' giờ ')} phút, ${due}`, `${closes} on ${due}`),
      resultPlace: say(`${centre}; bản điện tử tại Luồng Xanh`, `${centre}; electronically at Luồng Xanh`),
    },
    ...(sheet.state.signed && { after: [signedLine(sheet, sheet.state.signed)] }),
    signers: [sheet.submitter() ?? null, sheet.actor(event)],
  };
}

/** That the filing was signed, and with which certificate. */
const signedLine = (
  { tongue: { say, moment } }: Sheet,
  { certificate, until }: NonNullable<Sheet['state']['signed']>,
): Block => ({
  kind: 'text',
  style: 'italic',
  text: say(
    `Hồ sơ nộp được người nộp ký số (chứng thư ${certificate.slice(0, 16)}, hạn đến ${moment(until)}).`,
    `The filing was signed by whoever filed it (certificate ${certificate.slice(0, 16)}, valid until ${moment(until)}).`,
  ),
});

/** The first day that is counted, and the day on which the dossier that proved valid came: the day of it is not counted (Civil Code, Art. 147.2). */
function countedFrom({ tongue: { say, date } }: Sheet, start: Instant, unit: DayUnit, calendar: Calendar): string {
  const came = dateOf(start);
  const first = ifPublished(() => (unit === 'working-day' ? nextWorkingDay(calendar, came) : addDays(came, 1)));
  return first === undefined
    ? say(
        `ngày sau ngày nhận được hồ sơ hợp lệ (${date(came)})`,
        `the day after the valid dossier came (${date(came)})`,
      )
    : say(
        `${date(first)} (hồ sơ hợp lệ nhận được ${date(came)})`,
        `${date(first)} (the valid dossier came on ${date(came)})`,
      );
}

/** Everything filed up to the receipt; a document filed again takes the place of the first. */
function documentsOf(sheet: Sheet): DossierDocument[] {
  const byCode = new Map<string, DossierDocument>();
  for (const { payload } of sheet.before('dossierFiled'))
    for (const document of payload.documents) byCode.set(document.code, document);
  return [...byCode.values()];
}
