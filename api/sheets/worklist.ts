import { type z } from 'zod';
import { type Catalogue } from '../../domain/law/catalogue.js';
import { taskName } from '../../domain/case/task-table.js';
import { type TaskSummaryView } from '../schemas/tasks.js';
import { type WorklistQuery } from '../worklist.js';
import { type CellValue, type SheetColumn, sheetOf, type Workbook } from './workbook.js';
import {
  agencyHeading,
  caseHeading,
  dossierHeading,
  dueHeading,
  laneHeading,
  laneWords,
  procedureHeading,
  projectHeading,
  riskWords,
  statusHeading,
  taskStatusWords,
  text,
  wordOf,
  yes,
} from './words.js';

type Task = z.input<typeof TaskSummaryView>;

const columns = (address: (task: Task) => string): readonly SheetColumn<Task>[] => [
  {
    name: text('Việc', 'Task'),
    value: (task) => task.stepName ?? task.kindName,
  },
  { name: text('Loại việc', 'Kind'), value: ({ kindName }) => kindName },
  { name: caseHeading, value: (task) => ({ text: task.case, to: address(task) }) },
  { name: dossierHeading, value: ({ dossierCode }) => dossierCode },
  { name: projectHeading, value: ({ projectName }) => projectName },
  { name: procedureHeading, value: ({ procedureName }) => procedureName },
  { name: agencyHeading, value: ({ agencyName }) => agencyName },
  { name: statusHeading, value: ({ status }) => taskStatusWords[status] },
  { name: dueHeading, kind: 'day', value: ({ dueDate }) => dueDate },
  {
    name: text('Còn (ngày làm việc)', 'Left (working days)'),
    kind: 'whole',
    value: ({ remainingDays }) => remainingDays,
  },
  { name: text('Hạn của bước', 'Step due'), kind: 'day', value: ({ stepDueDate }) => stepDueDate },
  { name: text('Rủi ro', 'Risk'), value: ({ risk }) => riskWords[risk] },
  { name: text('Vi phạm thời hạn từ', 'Broken since'), kind: 'day', value: ({ breachedOn }) => breachedOn },
  { name: laneHeading, value: ({ lane }) => laneWords[lane] },
  { name: text('Người giữ', 'Held by'), value: ({ claimedBy }) => claimedBy && (claimedBy.name ?? claimedBy.id) },
  { name: text('Giữ từ', 'Held since'), kind: 'moment', value: ({ claimedSince }) => claimedSince },
  { name: text('Mở lúc', 'Opened'), kind: 'moment', value: ({ openedAt }) => openedAt },
  { name: text('Xong lúc', 'Done at'), kind: 'moment', value: ({ completedAt }) => completedAt },
];

/** The worklist as a sheet, in its order. */
export function worklistBook(
  tasks: readonly Task[],
  query: WorklistQuery,
  { publicUrl, catalogue, asOf }: { readonly publicUrl: string; readonly catalogue: Catalogue; readonly asOf: string },
): Workbook {
  const title = text('Việc cần làm', 'Worklist');
  const { agency, procedure, kind, lane, risk, status } = query;
  const asked: readonly (readonly [CellValue | undefined, Parameters<typeof text>])[] = [
    [status && taskStatusWords[status], ['Tình trạng', 'State']],
    [query.mine === 'true' ? yes : undefined, ['Chỉ việc của tôi', 'Only mine']],
    [agency && (catalogue.agencies.get(agency)?.name ?? agency), ['Cơ quan', 'Agency']],
    [query.case, ['Mã hồ sơ', 'Case']],
    [procedure && (catalogue.procedures.get(procedure)?.[0]?.name ?? procedure), ['Thủ tục', 'Procedure']],
    [kind && taskName(kind), ['Loại việc', 'Kind']],
    [lane && laneWords[lane], ['Luồng', 'Lane']],
    [risk && wordOf(riskWords, risk), ['Rủi ro', 'Risk']],
    [query.unclaimed && yes, ['Chưa ai nhận', 'Nobody holds it']],
    [query.unread && yes, ['Chỉ việc chưa đọc', 'Only unread']],
    [query.overdue && yes, ['Chỉ việc quá hạn', 'Only overdue']],
    [query.dueBefore, ['Hạn trước ngày', 'Due before']],
    [query.q, ['Mã bắt đầu bằng', 'Code begins with']],
  ];
  return {
    title,
    asOf,
    about: asked.flatMap(([value, name]) => (value === undefined ? [] : [[text(...name), value] as const])),
    sheets: [
      sheetOf(
        title,
        columns(({ id }) => `${publicUrl}/tasks/${id}`),
        tasks,
      ),
    ],
  };
}
