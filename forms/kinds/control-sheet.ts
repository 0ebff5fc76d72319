import { agenciesAt } from '../../domain/case/procedure/state.js';
import { readKnownClock } from '../../domain/time/clock.js';
import { type PlainDate } from '../../domain/time/instants.js';
import { type DossierTransfer, dossierTransfersOf, type Holder } from '../dossier-transfers.js';
import { type Body, type Sheet } from '../sheet.js';

const shares: Readonly<Record<string, number>> = { from: 24, to: 24, at: 15, result: 15, note: 22 };

/** Form 06: every hand-over of the dossier so far. */
export function controlSheetBody(sheet: Sheet): Body {
  const { tongue, procedure, definition, context } = sheet;
  const { say, pick, moment, date, brief } = tongue;
  const event = sheet.event('dossierReceived');
  const { receivingAgency } = context.law;
  const rows = dossierTransfersOf(sheet.file.events, procedure.scope, {
    receivingAgency,
    agenciesAt: (seq) => agenciesAt(procedure, seq),
    dueDate: dueDateOf(sheet),
  });
  const agencies = new Map(rows.flatMap(({ from, to, seq }) => [from, to].map(({ of }) => [of, seq] as const)));
  agencies.delete('investor');
  const { printed, promisedDate, dueDate } = event.payload;
  return {
    title: [say('PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ', 'CONTROL SHEET OF THE HANDLING OF THE DOSSIER')],
    values: {
      dossierCode: procedure.dossierCode ?? undefined,
      applicant: sheet.filed(({ investor }) => investor.name),
      procedure: pick(sheet.resolved.name),
      receivedAt: moment(event.occurredAt),
      dueAt: date(printed === 'promised' ? promisedDate : dueDate),
      agencies: [...agencies].map(([code, seq]) => sheet.agency(code, seq)).join('; '),
    },
    after: [
      {
        kind: 'table',
        columns: definition.columns.map(({ code, label }) => ({ title: pick(label), share: shares[code] ?? 10 })),
        rows: rows.map((row) => [
          holderText(sheet, row.from, row.seq),
          holderText(sheet, row.to, row.seq),
          brief(row.at),
          timelinessText(sheet, row),
          noteText(sheet, row),
        ]),
      },
    ],
  };
}

function dueDateOf({ procedure, context }: Sheet): PlainDate | null {
  const { calendar, budget, ledger } = procedure;
  const last = ledger.at(-1);
  return last ? readKnownClock(context.law.calendar(calendar), budget, ledger, last.at).dueDate : null;
}

function holderText(sheet: Sheet, { of, person }: Holder, seq: number): string {
  const body = of === 'investor' ? sheet.tongue.say('Nhà đầu tư', 'Investor') : sheet.agency(of, seq);
  const name = sheet.name(person, seq);
  return name === null ? body : `${body}, ${name}`;
}

function timelinessText({ tongue: { say } }: Sheet, { timeliness }: DossierTransfer): string {
  switch (timeliness) {
    case 'early':
      return say('Trước hạn', 'Early');
    case 'on-time':
      return say('Đúng hạn', 'On time');
    case 'late':
      return say('Quá hạn', 'Late');
    case null:
      return '';
  }
}

function noteText({ tongue: { say, pick }, resolved }: Sheet, { why, step }: DossierTransfer): string {
  const name = resolved.steps.find(({ code }) => code === step)?.name;
  const about = name ? pick(name) : '';
  switch (why) {
    case 'filed':
      return say('Nộp hồ sơ', 'Dossier filed');
    case 'incomplete':
      return say('Yêu cầu hoàn thiện (mẫu 02)', 'To be completed (form 02)');
    case 'received':
      return say('Tiếp nhận (mẫu 01)', 'Received (form 01)');
    case 'refused':
      return say('Từ chối tiếp nhận (mẫu 03)', 'Refused (form 03)');
    case 'step':
      return about;
    case 'asked':
      return say('Lấy ý kiến', 'Asked for an opinion');
    case 'answered':
      return say('Trả lời ý kiến', 'Opinion given');
    case 'silent':
      return say('Không trả lời trong thời hạn', 'No answer in time');
    case 'supplement':
      return say('Yêu cầu bổ sung (mẫu 02)', 'Supplement requested (form 02)');
    case 'supplemented':
      return say('Bổ sung hồ sơ', 'Supplement filed');
    case 'reassigned':
      return say('Giao lại cho người khác', 'Reassigned');
    case 'handed-over':
      return say('Trả kết quả', 'Result handed over');
  }
}
