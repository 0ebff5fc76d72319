import { type z } from 'zod';
import { desksOf } from '../../domain/case/procedure/holder.js';
import { type Text } from '../../domain/law/agency.js';
import { type Law } from '../../domain/law/law.js';
import { readPrinted } from '../../domain/case/procedure/printed-clock.js';
import { isDeferred } from '../../domain/case/procedure/progress.js';
import { type Reception, receptionOf } from '../../domain/case/procedure/reception.js';
import { type CaseState } from '../../domain/case/state.js';
import type { ProcedureState } from '../../domain/case/procedure/state.js';
import { type KnownReading } from '../../domain/time/clock.js';
import { type Instant, type PlainDate } from '../../domain/time/instants.js';
import { type HolderNow } from '../schemas/cases.js';

const parties: Readonly<Record<string, Text>> = {
  investor: { vi: 'nhà đầu tư', en: 'the investor' },
  system: { vi: 'hệ thống', en: 'the engine' },
};

/** Who has an open procedure in hand now and how many days are left, for the investor; null once it is over, or while it is put off. */
export function holderNow(
  state: CaseState,
  procedure: ProcedureState,
  { law, nameOf, now }: { readonly law: Law; readonly nameOf: (agency: string) => Text; readonly now: Instant },
): z.input<typeof HolderNow> | null {
  const item = state.plan.find((one) => one.procedure === procedure.procedure);
  if (!item || state.closed || procedure.closed || isDeferred(state, procedure.procedure)) return null;
  const holders = desksOf(state, law, item, procedure, now).map((code) => ({
    code,
    name: parties[code] ?? nameOf(code),
  }));
  const clock = readPrinted(state, procedure, law, now);
  const counts = clock !== null && clock.state !== 'stopped';
  const dueDate = counts ? (clock.dueDate ?? clock.dueIfReturned) : null;
  // Days that no calendar counted are missing in what is left.
  const left = counts && clock.countedThrough === null ? clock : null;
  const reception = receptionOf(procedure, law, now);
  return {
    holders,
    daysLeft: left?.remaining ?? null,
    unit: left?.budget.unit ?? null,
    dueDate,
    reception,
    text: inWords(
      holders.map(({ name }) => name),
      clock,
      dueDate,
      reception,
    ),
  };
}

/** `15/07/2026`, as people here write it. */
const written = (day: PlainDate): string => day.split('-').reverse().join('/');

function inWords(
  names: readonly Text[],
  clock: KnownReading | null,
  dueDate: PlainDate | null,
  reception: Reception | null,
): Text {
  const days = reception === null ? daysInWords(clock, dueDate) : receptionInWords(reception);
  return {
    vi: `Hồ sơ đang ở: ${names.map(({ vi }) => vi).join(', ')}. ${days.vi}`,
    en: `The file is with: ${names.map(({ en }) => en).join(', ')}. ${days.en}`,
  };
}

const receptionInWords = ({ by, late }: Reception): Text =>
  late
    ? {
        vi: `Việc tiếp nhận đã quá hạn ${written(by)}; thời hạn giải quyết chưa bắt đầu tính.`,
        en: `Reception was due on ${written(by)} and is late; the term has not begun.`,
      }
    : {
        vi: `Chờ tiếp nhận, chậm nhất ngày ${written(by)}; thời hạn giải quyết chưa bắt đầu tính.`,
        en: `To be received by ${written(by)}; the term has not begun.`,
      };

function daysInWords(clock: KnownReading | null, dueDate: PlainDate | null): Text {
  if (clock === null) return { vi: 'Thời hạn chưa bắt đầu tính.', en: 'The term has not begun.' };
  if (clock.state === 'stopped') return { vi: 'Đã có quyết định.', en: 'It is decided.' };
  if (clock.breachedOn !== null) {
    const since = dueDate === null ? '' : ` ${written(dueDate)}`;
    return { vi: `Đã quá hạn${since}.`, en: `The term${since === '' ? '' : ` to${since}`} has passed.` };
  }
  if (clock.countedThrough !== null) {
    return {
      vi: 'Lịch làm việc chưa công bố đến ngày này nên chưa tính được số ngày còn lại.',
      en: 'The working calendar is not published up to this day: the days left cannot be counted yet.',
    };
  }
  const { remaining, budget } = clock;
  const unit =
    budget.unit === 'working-day'
      ? { vi: 'ngày làm việc', en: remaining === 1 ? 'working day' : 'working days' }
      : { vi: 'ngày', en: remaining === 1 ? 'day' : 'days' };
  if (clock.state === 'suspended') {
    return {
      vi: `Thời hạn đang tạm dừng; khi hồ sơ quay lại, cơ quan còn ${remaining} ${unit.vi}.`,
      en: `The term is suspended; when the file comes back the agency has ${remaining} ${unit.en} left.`,
    };
  }
  const until =
    dueDate === null ? { vi: '', en: '' } : { vi: `, hạn ${written(dueDate)}`, en: `, due ${written(dueDate)}` };
  return { vi: `Còn ${remaining} ${unit.vi}${until.vi}.`, en: `${remaining} ${unit.en} left${until.en}.` };
}
