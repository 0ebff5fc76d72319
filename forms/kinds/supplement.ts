import { type EventOf } from '../../domain/case/events.js';
import { citationOf, vietnameseCitationOf } from '../citation.js';
import { type Body, paragraph, type Sheet, type Value } from '../sheet.js';

/** Form 02: at the counter, before receipt, or during examination, where it says what it does to the clock of this very procedure. */
export function supplementBody(sheet: Sheet): Body {
  const { say } = sheet.tongue;
  const event = sheet.event('completionRequested', 'supplementRequested');
  const own = event.type === 'completionRequested' ? atCounter(sheet) : duringExamination(sheet, event);
  return {
    title: [say('PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ', 'REQUEST TO SUPPLEMENT AND COMPLETE THE DOSSIER')],
    values: {
      ...sheet.applicant(),
      ...own,
      items: event.payload.items.map((item) => sheet.words(item)),
      reason: sheet.words(event.payload.reason),
      contact: sheet.contact(event),
    },
    after: [
      paragraph(
        say('Xin thông báo cho Ông/Bà được biết và thực hiện.', 'You are kindly asked to act on this request.'),
      ),
    ],
    signers: [sheet.actor(event)],
  };
}

function atCounter(sheet: Sheet): Record<string, Value> {
  const { say } = sheet.tongue;
  const runs = sheet.procedure.startsFrom === 'receipt';
  return {
    dossierCode: undefined,
    ordinal: String(sheet.before('completionRequested').length),
    legalBasis: citationsOf(sheet),
    clockRule: runs
      ? say('tạm dừng cho đến khi hồ sơ được nộp lại', 'suspended until the dossier is filed again')
      : say('chưa bắt đầu: tính từ khi nhận đủ hồ sơ hợp lệ', 'has not begun: it runs from receipt of a valid dossier'),
  };
}

function duringExamination(sheet: Sheet, { payload }: EventOf<'supplementRequested'>): Record<string, Value> {
  const { clockPolicy } = sheet.resolved;
  const { ground, deadline, requestId } = payload;
  const basis =
    clockPolicy.kind === 'cure-or-refuse'
      ? clockPolicy.cure?.legalBasis
      : clockPolicy.suspensionGrounds.find((one) => one.ground === ground)?.legalBasis;
  const citation = citationOf(basis ?? '');
  return {
    ordinal: requestId.replace(/^\D+/, ''),
    legalBasis: citation ? sheet.tongue.pick(citation) : citationsOf(sheet),
    deadline: deadline === null ? undefined : sheet.tongue.date(deadline),
    clockRule: clockRule(sheet, payload),
  };
}

/** Investment law suspends, the general one-stop text begins anew, the construction permit's clock runs on: never another procedure's rule. */
function clockRule(
  { tongue: { say, term }, resolved, procedure }: Sheet,
  payload: EventOf<'supplementRequested'>['payload'],
): string {
  const left = term({ amount: payload.daysLeft, unit: procedure.budget.unit });
  if (!payload.suspends) return say('vẫn tiếp tục được tính', 'runs on');
  if (resolved.clockPolicy.onResubmission === 'restart') {
    return say(
      `tạm dừng; khi hồ sơ được bổ sung, thời hạn ${term(procedure.budget)} tính lại từ đầu`,
      `suspended; when the dossier returns, the term of ${term(procedure.budget)} begins anew`,
    );
  }
  return say(
    `tạm dừng sau ngày hôm nay; khi hồ sơ được bổ sung, cơ quan còn ${left}`,
    `suspended after today; when the dossier returns, the agency has ${left} left`,
  );
}

/** The acts on which the procedure rests. */
export function citationsOf({ tongue, context: { catalogue }, procedure, resolved }: Sheet): string {
  const definition = catalogue.procedures.get(procedure.procedure)?.find(({ version }) => version === resolved.version);
  const cited = (definition?.legalBasis ?? []).flatMap(
    ({ act, article }) => citationOf(act, article) ?? vietnameseCitationOf(act, article) ?? [],
  );
  return [...new Set(cited.map(tongue.pick))].join('; ');
}
