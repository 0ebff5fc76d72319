import { type Calendar, type CalendarData, compileCalendar } from '../../domain/time/calendar.js';
import { addMonths, dateOf, type Instant, type PlainDate } from '../../domain/time/instants.js';
import { type ApiClient } from './client.js';
import { StoryEnds } from './story-ends.js';

type As = (person: string) => ApiClient;

const code = 'vn-state';

interface Published {
  readonly current: CalendarData;
  readonly ahead: { readonly coveredTo: PlainDate; readonly daysOff: CalendarData['daysOff'] };
}

async function look(as: As): Promise<Published> {
  const { items, ahead } = await as('auditor.1').get<{
    items: CalendarData[];
    ahead: (Published['ahead'] & { calendar: string })[];
  }>('/calendars');
  const current = items.find((one) => one.code === code);
  const known = ahead.find(({ calendar }) => calendar === code);
  if (!current || !known) throw new Error(`No calendar ${code}`);
  return { current, ahead: known };
}

/** The calendar as it was published last. */
export const publishedCalendar = async (as: As): Promise<CalendarData> => (await look(as)).current;

/** The calendar of this installation with its provisional year: by it everybody in a story plans their days. */
export async function workingCalendar(as: As): Promise<Calendar> {
  const { current, ahead } = await look(as);
  return compileCalendar(
    ahead.coveredTo === current.to
      ? current
      : { ...current, to: ahead.coveredTo, daysOff: [...current.daysOff, ...ahead.daysOff] },
  );
}

/** One admin proposes the next version of the calendar, another confirms it; waits until every open case has its new dates; answers in how many something moved. */
export async function publishCalendar(as: As, next: CalendarData, document: string): Promise<number> {
  const admin = as('admin.1');
  const version = next.version + 1;
  const path = `/calendars/${code}/versions`;
  const { id } = await admin.post<{ id: string }>(path, { ...next, version, document });
  await as('admin.2').post(`/law-changes/${id}/confirmation`);
  for (;;) {
    const change = await admin.get<{ status: string; moved: number }>(`/law-changes/${id}`);
    if (change.status === 'done') return change.moved;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Years come and go in a rehearsal: the admin publishes those that a story of so many months needs, with their provisional days. */
export async function publishYearsAhead(
  as: As,
  at: Instant,
  months: number,
  say: (line: string) => void,
): Promise<void> {
  const needed = addMonths(dateOf(at), months);
  for (;;) {
    const { current, ahead } = await look(as);
    // A scene announces a swap of days within the published years.
    if (ahead.coveredTo >= needed && current.to >= addMonths(dateOf(at), 3)) return;
    if (ahead.coveredTo === current.to) {
      throw new StoryEnds(
        `lịch làm việc chỉ tính được đến ${current.to}; để bắt đầu lại: npm run reset`,
        `the working calendar ends on ${current.to}; to begin anew: npm run reset`,
      );
    }
    const next = { ...current, to: ahead.coveredTo, daysOff: [...current.daysOff, ...ahead.daysOff] };
    const moved = await publishCalendar(as, next, `Văn bản ví dụ · example document ${ahead.coveredTo.slice(0, 4)}`);
    say(
      `admin.1 đề nghị, admin.2 xác nhận lịch năm ${ahead.coveredTo.slice(0, 4)} · the calendar of ${ahead.coveredTo.slice(0, 4)} is proposed and confirmed: ${moved} hồ sơ đổi hạn · cases re-dated`,
    );
  }
}
