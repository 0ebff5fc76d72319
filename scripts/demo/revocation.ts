import { addWorkingDays } from '../../domain/time/calendar.js';
import { dateOf, plainDate, startOf } from '../../domain/time/instants.js';
import type { ApiClient } from './client.js';
import { exampleCases, storyAt } from './company.js';
import { licenceScene } from './licence.js';
import type { Place } from './place.js';
import { publishYearsAhead, workingCalendar } from './working-calendar.js';

interface Decided {
  readonly asked: readonly { readonly kind: string; readonly change?: string }[];
  readonly procedures: readonly {
    readonly procedure: string;
    readonly decision: { readonly outcome: string; readonly number: string | null } | null;
  }[];
}
interface Standing {
  readonly standing: string;
  readonly changes: readonly { readonly number: string; readonly change: string; readonly at: string }[];
}

const months = 3;
const [officer, head] = ['officer.shtp-board.2', 'head.shtp-board'];
const words = {
  reason: 'Kết quả được cấp trên tài liệu không đúng sự thật · issued on documents that are not true',
  legalBasis: 'Luật Đầu tư 143/2025/QH15',
};

/** BESI is licensed; what it takes home of that is checked with the network off. Its certificate is revoked by an act with its own number, and the old number answers so. True where it does. */
export async function revocationScene(
  place: Place,
  as: (person: string) => ApiClient,
  say: (line: string) => void,
): Promise<boolean> {
  const [project] = exampleCases();
  if (!project) throw new Error('There is no example project');
  const story = storyAt(place);
  await publishYearsAhead(as, await story.look(), months, say);
  await story.play([project]);
  const investor = as(project.investor);
  const { procedures } = await investor.get<Decided>(`/cases/${project.code}`);
  const issued = procedures.find(
    ({ procedure, decision }) => procedure.startsWith('irc') && decision?.outcome === 'approved',
  );
  const number = issued?.decision?.number;
  if (!issued || !number) throw new Error(`${project.code} has no certificate`);
  const check = () => as('auditor.1').get<Standing>(`/public/decisions/${encodeURIComponent(number)}`);
  say(`${project.code}: kết quả · result ${number} → ${(await check()).standing}`);
  const base = `/cases/${project.code}`;
  const isChecked = await licenceScene(place.apiUrl, investor, { code: project.code, number }, say);
  await as(officer).post(`${base}/procedures/${issued.procedure}/result-changes`, { change: 'revocation', ...words });
  const { asked } = await investor.get<Decided>(base);
  const hearing = asked.find(({ kind }) => kind === 'result-hearing');
  await investor.post(`${base}/result-changes/${hearing?.change ?? ''}/statement`, {
    statement: 'Nhà đầu tư đã được nghe · the investor was heard',
  });
  const calendar = await workingCalendar(as);
  // The paper of the act is ready once whoever decides has had a day for it.
  await story.advance(startOf(addWorkingDays(calendar, plainDate(dateOf(story.at)), 1)));
  const { items } = await as(head).get<{ items: { id: string }[] }>(`/tasks?case=${project.code}&kind=result-change`);
  const [task] = items;
  if (!task) throw new Error('Nobody was asked to decide on the revocation');
  await as(head).post(`/tasks/${task.id}/completion`, { outcome: 'issue', reason: 'Đã kiểm tra · checked' });
  await story.advance(await story.look());
  const { standing, changes } = await check();
  const by = changes.map((one) => `${one.number} (${one.change})`).join(', ');
  say(`Tra cứu số cũ · looked up by its old number ${number}: ${standing}, thay bằng · replaced by ${by}`);
  return standing === 'revoked' && changes.length > 0 && isChecked;
}
