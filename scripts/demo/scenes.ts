import { addWorkingDays, compileCalendar, isWorkingDay } from '../../domain/time/calendar.js';
import { addDays, dateOf, type PlainDate, plainDate } from '../../domain/time/instants.js';
import { type ApiClient, ApiRefusal } from './client.js';
import { registerSays } from './script.js';
import { documentOf } from './documents.js';
import { type Scene } from './story.js';
import { publishCalendar, publishedCalendar, workingCalendar } from './working-calendar.js';

const officer = 'officer.shtp-board.1';
const deputy = 'officer.shtp-board.2';

/** The officer in charge is away for two days in the middle of the adjustment, and names a colleague. */
const absence: Scene = {
  moment: 'besi-2 absence',
  ripe: ({ project }) => Boolean(project('besi-2')?.code),
  play: async (as, at) => {
    const working = await workingCalendar(as);
    const from = addWorkingDays(working, dateOf(at), 2);
    const to = addWorkingDays(working, from, 4);
    const asked = { delegate: deputy, from, to, reason: 'Nghỉ phép · on leave' };
    try {
      const { id } = await as(officer).post<{ id: string }>('/delegations', asked);
      await as(deputy).post(`/delegations/${id}/acceptance`);
    } catch (error) {
      // Away in those days already: by an earlier run, or by a trainee's own act.
      if (!(error instanceof ApiRefusal && error.status === 409)) throw error;
    }
    return { said: `${officer} vắng mặt · is away ${from} – ${to}, ${deputy} làm thay · stands in` };
  },
};

/** The investor puts a fact of the filing right, with what shows it; whoever owns the lane confirms it. */
const correction: Scene = {
  moment: 'cmc correction',
  ripe: ({ project }) => Boolean(project('cmc')?.code),
  play: async (as, _at, project) => {
    const cmc = project('cmc');
    if (!cmc) throw new Error('No case of CMC');
    const investor = as(cmc.investor);
    const documentId = await investor.upload(
      'staff-plan.pdf',
      await documentOf({ vi: 'Kế hoạch nhân sự', en: 'Staff plan' }, 'CMC'),
      'application/pdf',
    );
    await investor.post(`/cases/${cmc.code}/corrections`, {
      facts: { 'project.foreignExperts': 24 },
      reason: 'Kế hoạch nhân sự đã đổi · the staff plan has changed',
      documentId,
    });
    return {
      said: `CMC: ${cmc.investor} đính chính dữ kiện · puts a fact right: chuyên gia nước ngoài · foreign experts 20 → 24; chờ cán bộ xác nhận · an officer confirms it`,
    };
  },
};

/** The officer who assesses planning and land finds that the land register contradicts the filing: a question with both sides for whoever owns the lane. */
const contradiction: Scene = {
  moment: 'cmc register-contradicts',
  ripe: ({ project }) => Boolean(project('cmc')?.code),
  play: async (as, _at, project) => {
    const cmc = project('cmc');
    if (!cmc) throw new Error('No case of CMC');
    const { fact, value, reason } = registerSays;
    await as(officer).post(`/cases/${cmc.code}/official-corrections`, { facts: { [fact]: value }, reason });
    return { said: `CMC: ${officer} ${reason}; chờ người khác xem hai bên · somebody else looks at both sides` };
  },
};

/** A swap day is announced: a Friday two weeks on is off, a Saturday two weeks after it is worked. */
const swapDay: Scene = {
  moment: 'besi-2 swap-day',
  ripe: ({ at, project }) => Boolean(project('besi-2')?.code) && dateOf(at) >= plainDate('2026-07-31'),
  play: async (as, at) => {
    const current = await publishedCalendar(as);
    const working = compileCalendar(current);
    // A day that is off already, by the law or by an earlier run of this story, is not swapped again.
    let friday = nextFriday(addDays(dateOf(at), 7));
    while (!isWorkingDay(working, friday)) friday = addDays(friday, 7);
    let saturday = addDays(friday, 15);
    while (isWorkingDay(working, saturday)) saturday = addDays(saturday, 7);
    const name = { vi: 'Nghỉ hoán đổi (ví dụ)', en: 'Swapped day off (an example)' };
    const source = 'an example of this demonstration, no document';
    const next = {
      ...current,
      daysOff: sorted([...current.daysOff, { date: friday, name, source, verified: false }]),
      makeUpDays: sorted([...current.makeUpDays, { date: saturday, name, source, verified: false }]),
    };
    const before = await dueDates(as);
    const cases = await publishCalendar(as, next, 'Văn bản ví dụ · example document 1/2026');
    const after = await dueDates(as);
    const moved = [...before].flatMap(([dossier, due]) => {
      const now = after.get(dossier);
      return now !== undefined && now !== due ? [`${dossier} ${due} → ${now}`] : [];
    });
    return {
      said: `admin.1 đề nghị, admin.2 xác nhận lịch mới · a new calendar is proposed and confirmed: ${friday} nghỉ · off, ${saturday} làm bù · worked; ${cases} hồ sơ đổi hạn · cases re-dated${moved.length > 0 ? `: ${moved.join(', ')}` : ''}`,
      calendar: await workingCalendar(as),
    };
  },
};

const nextFriday = (day: PlainDate): PlainDate => {
  let friday = addDays(day, 1);
  while (new Date(`${friday}T00:00:00Z`).getUTCDay() !== 5) friday = addDays(friday, 1);
  return friday;
};

const sorted = <T extends { readonly date: string }>(days: readonly T[]): T[] =>
  [...days].sort((a, b) => (a.date < b.date ? -1 : 1));

/** The date of each clock that runs, as the auditor sees it. */
async function dueDates(as: (person: string) => ApiClient): Promise<Map<string, string>> {
  const auditor = as('auditor.1');
  const { items } = await auditor.get<{ items: { case: string }[] }>('/cases?status=open&limit=100');
  const dates = new Map<string, string>();
  for (const { case: code } of items) {
    const { items: procedures } = await auditor.get<{
      items: {
        actual: { dossierCode: string | null; clock: { state: string; dueDate: string | null } | null } | null;
      }[];
    }>(`/cases/${code}/roadmap`);
    for (const { actual } of procedures) {
      if (actual?.dossierCode && actual.clock?.state === 'running' && actual.clock.dueDate)
        dates.set(actual.dossierCode, actual.clock.dueDate);
    }
  }
  return dates;
}

/** What befalls the demonstration beside its cases. */
export const scenes: readonly Scene[] = [correction, contradiction, absence, swapDay];
