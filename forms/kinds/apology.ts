import { agenciesAt } from '../../domain/case/procedure/state.js';
import { type DelayCause } from '../../domain/case/apology/words.js';
import { type EventOf } from '../../domain/case/events.js';
import { type PlainDate } from '../../domain/time/instants.js';
import { type Body, paragraph, type Sheet, type Value } from '../sheet.js';

/** Form 04: the apology with its causes from the ledger, or the extension that the head granted. */
export function apologyBody(sheet: Sheet): Body {
  const { say, date, moment } = sheet.tongue;
  const event = sheet.event('apologyDrafted', 'extensionGranted');
  const { original, renewed, reason, ordinal, signer } =
    event.type === 'apologyDrafted' ? apology(sheet, event) : extension(sheet, event);
  const { receivedAt } = sheet.procedure;
  const agency = sheet.agency(sheet.paper.agency);
  return {
    title: [
      say('VĂN BẢN XIN LỖI', 'APOLOGY'),
      say('và đề nghị gia hạn thời gian giải quyết hồ sơ', 'and request to extend the processing time'),
    ],
    before: [
      paragraph(
        `${say('Kính gửi', 'To')}: ${sheet.filed(({ investor }) => investor.name)}; ${sheet.agency(sheet.context.law.receivingAgency)}`,
        'centre',
      ),
      paragraph(
        say(
          `${agency} xin lỗi Ông/Bà vì chưa giải quyết xong hồ sơ dưới đây đúng thời gian đã hẹn.`,
          `${agency} apologises that the dossier below is not decided by the date that was promised.`,
        ),
      ),
    ],
    values: {
      dossierCode: sheet.procedure.dossierCode ?? undefined,
      receivedAt: receivedAt === null ? undefined : moment(receivedAt),
      request: sheet.tongue.pick(sheet.resolved.name),
      originalDue: date(original),
      holder: sheet.agency(
        agenciesAt(sheet.procedure, sheet.paper.draft ? Infinity : sheet.paper.issuedBy).handlingAgency,
      ),
      reason,
      newDue: renewed === null ? undefined : date(renewed),
      ordinal: String(ordinal),
    },
    after: [
      paragraph(
        say(
          'Rất mong nhận được sự thông cảm của Ông/Bà vì sự chậm trễ này. Trân trọng./.',
          'We ask for your understanding of this delay. Respectfully.',
        ),
      ),
    ],
    signers: [signer],
  };
}

interface Delay {
  readonly original: PlainDate;
  readonly renewed: PlainDate | null;
  readonly reason: Value;
  readonly ordinal: number;
  readonly signer: string | null;
}

function apology(sheet: Sheet, { payload }: EventOf<'apologyDrafted'>): Delay {
  const letters = sheet.procedure.apologies;
  const place = letters.findIndex(({ letterId }) => letterId === payload.letterId);
  const letter = letters[place];
  const sent = sheet.file.events.find(
    (event): event is EventOf<'apologySent'> =>
      event.type === 'apologySent' && event.scope === sheet.paper.scope && event.payload.letterId === payload.letterId,
  );
  return {
    original: payload.dueDate,
    renewed: letter?.newDate ?? null,
    reason: (letter?.causes ?? payload.causes).map((cause) => causeText(sheet, cause)),
    ordinal: 1 + letters.slice(0, place).filter(({ sentAt }) => sentAt !== null).length,
    signer: sent ? sheet.actor(sent) : null,
  };
}

function extension(sheet: Sheet, event: EventOf<'extensionGranted'>): Delay {
  const [received] = sheet.before('dossierReceived');
  const earlier = sheet.before('extensionGranted');
  const before = earlier.at(-2)?.payload.dueDate ?? received?.payload.dueDate ?? event.payload.dueDate;
  return {
    original: before,
    renewed: event.payload.dueDate,
    reason: sheet.words(event.payload.reason),
    ordinal: earlier.length,
    signer: sheet.actor(event),
  };
}

/** Whose days it were, in words. */
function causeText(sheet: Sheet, { cause, agency, days }: DelayCause): string {
  const { say, term } = sheet.tongue;
  const held = term({ amount: days, unit: sheet.procedure.budget.unit });
  const who = agency === null ? '' : sheet.agency(agency);
  switch (cause) {
    case 'agency':
      return say(`${who} xử lý hồ sơ: ${held}`, `${who} handling the dossier: ${held}`);
    case 'investor':
      return say(`Chờ nhà đầu tư bổ sung hồ sơ: ${held}`, `Waiting for the investor's supplement: ${held}`);
    case 'opinion':
      return say(`Chờ ý kiến của ${who}: ${held}`, `Waiting for the opinion of ${who}: ${held}`);
    case 'conference':
      return say(
        `Họp giải quyết ý kiến khác nhau, ${who} chủ trì: ${held}`,
        `Case conference chaired by ${who}: ${held}`,
      );
    case 'extension':
      return say(`Thời gian đã được gia hạn: ${held}`, `Days of an extension: ${held}`);
  }
}
