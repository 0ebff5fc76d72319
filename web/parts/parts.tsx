import type { Problem } from '../api/contract.js';
import type { ReactNode } from 'react';
import { useWords, type Word } from '../words/language.js';
import css from './parts.module.css';

export type Tone = 'plain' | 'green' | 'amber' | 'red' | 'blue';

/** A state in words; its colour only repeats them. */
export function Tag({ tone = 'plain', children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return <span className={tone === 'plain' ? css['tag'] : `${css['tag']} ${css[tone]}`}>{children}</span>;
}

/** Names and values under each other. */
export function Facts({ items }: { readonly items: readonly (readonly [name: string, value: ReactNode] | null)[] }) {
  return (
    <dl className={css['facts']}>
      {items.map(
        (item) =>
          item !== null && (
            <div key={item[0]}>
              <dt>{item[0]}</dt>
              <dd>{item[1]}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

/** Something to be read before all else. `alert`: read out at once. */
export function Notice(props: { readonly tone?: Tone; readonly alert?: boolean; readonly children: ReactNode }) {
  const { tone = 'plain', alert = false, children } = props;
  return (
    <div className={css['notice']} data-tone={tone} role={alert ? 'alert' : undefined}>
      {children}
    </div>
  );
}

interface Column<Row> {
  readonly name: string;
  readonly cell: (row: Row) => ReactNode;
  readonly numeric?: boolean;
  /** Stays on one line. */
  readonly unbroken?: boolean;
}

/** A table with its caption; on a narrow screen a row's cells stand under each other with their names. The first column names the row. */
export function Table<Row>(props: {
  readonly caption: string;
  /** The heading above says the same: the caption is there for whoever hears it. */
  readonly titled?: boolean;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly empty?: string;
}) {
  const { caption, titled, columns, rows, rowKey, empty } = props;
  if (rows.length === 0 && empty !== undefined) return <Notice>{<p>{empty}</p>}</Notice>;
  const [first, ...others] = columns;
  return (
    <table className={css['stack']}>
      <caption className={titled === true ? css['unseen'] : undefined}>{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ name, numeric }) => (
            <th key={name} scope="col" className={numeric === true ? css['number'] : undefined}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={rowKey(row)}>
            <th scope="row">{first?.cell(row)}</th>
            {others.map(({ name, cell, numeric, unbroken }) => (
              <td
                key={name}
                data-label={name}
                className={numeric === true ? css['number'] : unbroken === true ? css['unbroken'] : undefined}
              >
                {cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What a field of the request is called on the page. */
function nameAt(pointer: string, names: Readonly<Record<string, string>> = {}): string | undefined {
  const name = names[pointer.split('/')[1] ?? ''];
  return name === undefined ? undefined : `${name}:`;
}

/** A refusal of the API as sentences: what, what to do, and each field. */
export function ProblemNotice({
  problem,
  names,
}: {
  readonly problem: Pick<Problem, 'title' | 'detail' | 'errors' | 'requestId'>;
  readonly names?: Readonly<Record<string, string>>;
}) {
  const { t } = useWords();
  return (
    <Notice tone="red" alert>
      <p>
        <strong>{problem.title}.</strong> {problem.detail}
      </p>
      {problem.errors !== undefined && problem.errors.length > 0 && (
        <ul>
          {problem.errors.map((one) => (
            <li key={one.pointer + one.detail}>
              {nameAt(one.pointer, names) ?? <code>{one.pointer}</code>} {one.detail}
            </li>
          ))}
        </ul>
      )}
      <p className={css['faint']}>{t('problemId', { id: problem.requestId })}</p>
    </Notice>
  );
}

/** A figure of law that nobody compared with its text says so. */
export function Unverified({ verified }: { readonly verified: boolean }) {
  const { t } = useWords();
  return verified ? null : <Tag tone="amber">{t('unverified')}</Tag>;
}

export const laneWords = { green: 'laneGreen', standard: 'laneStandard', undecided: 'laneUndecided' } as const;
export function Lane({ lane }: { readonly lane: keyof typeof laneWords | null }) {
  const { t } = useWords();
  if (lane === null) return <Tag>{t('kindTrial')}</Tag>;
  return <Tag tone={lane === 'green' ? 'green' : 'plain'}>{t(laneWords[lane])}</Tag>;
}

const statusWords = {
  open: ['stateOpen', 'blue'],
  approved: ['stateApproved', 'green'],
  refused: ['stateRefused', 'red'],
  withdrawn: ['stateWithdrawn', 'plain'],
} as const satisfies Record<string, readonly [Word, Tone]>;
export function CaseStatus({ status }: { readonly status: keyof typeof statusWords }) {
  const { t } = useWords();
  const [word, tone] = statusWords[status];
  return <Tag tone={tone}>{t(word)}</Tag>;
}

/** A budget of the law in words. */
export function useTerm(): (budget: {
  readonly amount: number;
  readonly unit: 'working-day' | 'calendar-day';
}) => string {
  const { t } = useWords();
  return ({ amount, unit }) => t(unit === 'working-day' ? 'workingDays' : 'calendarDays', { n: amount });
}

/** Days that are left of a term; those past its end in words. */
export function useDaysLeft(): (left: {
  readonly remaining: number;
  readonly unit: 'working-day' | 'calendar-day';
}) => { readonly late: boolean; readonly text: string } {
  const { t } = useWords();
  return ({ remaining, unit }) =>
    remaining < 0
      ? { late: true, text: t(unit === 'working-day' ? 'dueSince' : 'dueSinceCalendar', { n: -remaining }) }
      : { late: false, text: String(remaining) };
}

/** The due date of a case, and whether it has passed. */
export function CaseDue({
  dueDate,
  breachedOn,
}: {
  readonly dueDate: string | null;
  readonly breachedOn: string | null;
}) {
  const { t, day } = useWords();
  return (
    <>
      {dueDate === null ? '–' : day(dueDate)} {breachedOn !== null && <Tag tone="red">{t('riskBreached')}</Tag>}
    </>
  );
}
