import { type EventOf } from '../../domain/case/events.js';
import { citationOf } from '../citation.js';
import { type Body, paragraph, type Sheet, type Value } from '../sheet.js';

/** Form 05: after a withdrawal, or (by analogy) after a supplement that never came and the decision to stop. */
export function stopBody(sheet: Sheet): Body {
  const { say, moment } = sheet.tongue;
  const event = sheet.event('lapseDecided', 'procedureClosed');
  const { receivedAt } = sheet.procedure;
  const agency = sheet.agency(sheet.paper.agency);
  return {
    title: [
      say('THÔNG BÁO', 'NOTICE'),
      say('về việc dừng giải quyết hồ sơ', 'that handling of the dossier is stopped'),
    ],
    before: [
      paragraph(`${say('Kính gửi', 'To')}: ${sheet.filed(({ investor }) => investor.name)}`, 'centre'),
      paragraph(
        say(
          `${agency} thông báo dừng giải quyết hồ sơ sau đây:`,
          `${agency} gives notice that handling of this dossier is stopped:`,
        ),
      ),
    ],
    values: {
      dossierCode: sheet.procedure.dossierCode ?? undefined,
      receivedAt: receivedAt === null ? undefined : moment(receivedAt),
      request: sheet.tongue.pick(sheet.resolved.name),
      ...(event.type === 'lapseDecided' ? afterLapse(sheet, event) : afterWithdrawal(sheet)),
      decision: say(
        `dừng giải quyết hồ sơ từ ${moment(event.occurredAt)}`,
        `handling is stopped from ${moment(event.occurredAt)}`,
      ),
    },
    after: [paragraph(say('Ông/Bà có thể nộp hồ sơ mới khi có nhu cầu.', 'A new dossier may be filed at any time.'))],
    signers: [event.actor.kind === 'person' && event.actor.role === 'head' ? sheet.actor(event) : null],
  };
}

function afterLapse(sheet: Sheet, { payload }: EventOf<'lapseDecided'>): Record<string, Value> {
  const { say, pick, date } = sheet.tongue;
  const asked = sheet.procedure.supplements.find(({ requestId }) => requestId === payload.requestId);
  const rule = sheet.resolved.clockPolicy.suspensionGrounds.find(({ ground }) => ground === asked?.ground);
  const citation = citationOf(rule?.legalBasis ?? '');
  const until = asked?.deadline ? date(asked.deadline) : '';
  return {
    ground: say(
      `quá thời hạn bổ sung (${until}); ${sheet.words(payload.reason)}`,
      `the time to supplement is over (${until}); ${sheet.words(payload.reason)}`,
    ),
    legalBasis: citation && pick(citation),
    stage: say('chờ nhà đầu tư bổ sung hồ sơ', 'waiting for the supplement'),
  };
}

function afterWithdrawal(sheet: Sheet): Record<string, Value> {
  const { say, moment } = sheet.tongue;
  const withdrawn = sheet.file.events.find(
    (event): event is EventOf<'caseWithdrawn'> => event.type === 'caseWithdrawn',
  );
  const asked = withdrawn && moment(withdrawn.occurredAt);
  return {
    stopRequest: asked && say(`nhà đầu tư đề nghị lúc ${asked}`, `by the investor at ${asked}`),
    ground: withdrawn && sheet.words(withdrawn.payload.reason),
    stage: sheet.procedure.decision
      ? say('đã có quyết định, chưa ký', 'decided, not signed')
      : say('đang xử lý', 'in process'),
  };
}
