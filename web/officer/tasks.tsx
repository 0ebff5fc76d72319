import { typedCode } from '../../domain/case/case/code.js';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { memo, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { act, newKey } from '../api/call.js';
import type { ListedTask, TaskSummary } from '../api/contract.js';
import { Lane, Notice, Tag, type Tone, laneWords } from '../parts/parts.js';
import parts from '../parts/parts.module.css';
import { useWords, type Word, type Words } from '../words/language.js';
import { Bulk } from './bulk.js';
import { useKeys, useKeysWanted } from './keys.js';
import { useTaskList } from './task-list.js';
import { kinds, lanes, risks, type TaskSearch, taskSearchOf } from './task-search.js';
import css from './officer.module.css';
import { useMe } from '../app/session.js';
import { TakeSheet } from '../app/sheet.js';
import { Failure, Loading, useTitle } from '../app/states.js';

const riskWords = {
  breached: ['riskBreached', 'red'],
  'at-risk': ['riskAtRisk', 'amber'],
  'on-track': ['riskOnTrack', 'green'],
  none: ['riskNone', 'plain'],
} as const satisfies Record<string, readonly [Word, Tone]>;
const kindWords = {
  intake: 'kindIntake',
  step: 'kindStep',
  opinion: 'kindOpinion',
  'by-hand': 'kindByHand',
  lapse: 'kindLapse',
  silence: 'kindSilence',
  lane: 'kindLane',
  revocation: 'kindRevocation',
  question: 'kindQuestion',
  fact: 'kindFact',
  extract: 'kindExtract',
  outside: 'kindOutside',
  'result-change': 'kindResultChange',
  apology: 'kindApology',
  conference: 'kindConference',
  statement: 'kindStatement',
  signatory: 'kindSignatory',
  instruction: 'kindInstruction',
} as const satisfies Record<(typeof kinds)[number], Word>;

export function Risk({ risk }: { readonly risk: TaskSummary['risk'] }) {
  const { t } = useWords();
  const [word, tone] = riskWords[risk];
  return <Tag tone={tone}>{t(word)}</Tag>;
}

const flagWords = {
  mine: 'filterMine',
  unclaimed: 'filterUnclaimed',
  unread: 'filterUnread',
  overdue: 'filterOverdue',
} as const satisfies Readonly<Record<string, Word>>;

/** The date and the days to it, today and late in words of their own. */
export function dueText(
  { dueDate, remainingDays }: Pick<TaskSummary, 'dueDate' | 'remainingDays'>,
  { t, day }: Words,
): string {
  if (dueDate === null) return '–';
  if (remainingDays === null) return day(dueDate);
  if (remainingDays === 0) return `${day(dueDate)} · ${t('dueToday')}`;
  const word = remainingDays > 0 ? 'dueIn' : 'dueSince';
  return `${day(dueDate)} · ${t(word, { n: Math.abs(remainingDays) })}`;
}

/** Who answered a task: a name, the system, or that the name was erased. */
export const completedByText = (
  { completedBy, completedByName }: Pick<TaskSummary, 'completedBy' | 'completedByName'>,
  { t }: Words,
): string => completedByName ?? t(completedBy === null ? 'bySystem' : 'erased');

/** The list one came from, in its order, for «next» and «previous». */
const orderKey = 'worklist';
interface Order {
  readonly ids: readonly string[];
  readonly search: TaskSearch;
}
export function orderOfList(): Order {
  try {
    return JSON.parse(sessionStorage.getItem(orderKey) ?? '') as Order;
  } catch {
    return { ids: [], search: {} };
  }
}

export function Tasks() {
  const words = useWords();
  const { t, say } = words;
  const search: TaskSearch = useSearch({ from: '/tasks' });
  const navigate = useNavigate();
  const me = useMe();
  useTitle(t('navTasks'));
  const { seen, heights, watcher } = useGroupsInView();
  const list = useTaskList(
    search,
    // The first group is drawn before anything was measured.
    (from, to) =>
      (from === 0 && seen.size === 0) || [...seen].some((n) => n * groupSize < to && (n + 1) * groupSize > from),
  );
  const { pages, items } = list;
  const counts = pages[0]?.counts ?? null;
  const groups = useMemo(
    () =>
      Array.from({ length: Math.ceil(items.length / groupSize) }, (_one, n) => ({
        from: n * groupSize,
        tasks: items.slice(n * groupSize, (n + 1) * groupSize),
      })),
    [items],
  );
  const [current, setCurrent] = useState(0);
  const [failed, setFailed] = useState<unknown>();
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [keysWanted, wantKeys] = useKeysWanted();
  const [links] = useState(() => new Map<string, HTMLAnchorElement>());

  useEffect(() => {
    if (items.length > 0) {
      sessionStorage.setItem(
        orderKey,
        JSON.stringify({
          ids: items.map(({ id }) => id),
          search,
        } satisfies Order),
      );
    }
  }, [items, search]);

  const change = (next: Record<string, unknown>) => {
    setCurrent(0);
    void navigate({
      to: '/tasks',
      search: taskSearchOf({ ...search, ...next }),
    });
  };
  const goTo = (index: number) => {
    const item = items[index];
    if (item === undefined) return;
    setCurrent(index);
    links.get(item.id)?.focus();
  };
  const { readAnew } = list;
  const claim = useCallback(
    (item: ListedTask | undefined) => {
      if (item === undefined) return;
      setFailed(undefined);
      act('/tasks/{id}/claim', { id: item.id }, {}, newKey()).then(readAnew, setFailed);
    },
    [readAnew],
  );
  const mayWork = me.role === 'officer' || me.role === 'head' || me.role === 'receiving-officer';
  const pick = useCallback(
    (id: string) =>
      setPicked((before) => {
        const next = new Set(before);
        if (!next.delete(id)) next.add(id);
        return next;
      }),
    [],
  );
  useKeys(
    {
      x: () => {
        const item = items[current];
        if (item && mayWork) pick(item.id);
      },
      j: () => goTo(Math.min(current + 1, items.length - 1)),
      k: () => goTo(Math.max(current - 1, 0)),
      c: () => claim(items[current]),
      Enter: () => {
        const item = items[current];
        if (item) void navigate({ to: '/tasks/$id', params: { id: item.id } });
      },
    },
    keysWanted,
  );

  const filtered = Object.keys(search).length > 0;
  return (
    <>
      <h1>{t('navTasks')}</h1>
      {counts !== null && (
        <p>
          {risks.map((risk) => (
            <span key={risk}>
              <Risk risk={risk} /> {counts[risk]}{' '}
            </span>
          ))}
        </p>
      )}
      <form className={css['filters']} onSubmit={(event) => event.preventDefault()}>
        <Select
          name="risk"
          label={t('colRisk')}
          value={search.risk}
          options={risks.map((one) => [one, t(riskWords[one][0])])}
          onChange={change}
        />
        <Select
          name="lane"
          label={t('statusLane')}
          value={search.lane}
          options={lanes.map((one) => [one, t(laneWords[one])])}
          onChange={change}
        />
        <Select
          name="kind"
          label={t('colTask')}
          value={search.kind}
          options={kinds.map((one) => [one, t(kindWords[one])])}
          onChange={change}
        />
        <div>
          <label htmlFor="q">{t('filterCode')}</label>
          <input
            id="q"
            defaultValue={search.q ?? ''}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && !event.nativeEvent.isComposing)
                change({ q: typedCode(event.currentTarget.value) });
            }}
          />
        </div>
        {(['mine', 'unclaimed', 'unread', 'overdue'] as const).map((name) => (
          <label key={name} className={css['check']}>
            <input
              type="checkbox"
              checked={search[name] === 'true'}
              onChange={(event) =>
                change({
                  [name]: event.currentTarget.checked ? 'true' : undefined,
                })
              }
            />
            {t(flagWords[name])}
          </label>
        ))}
        {filtered && (
          <Link to="/tasks" search={{}}>
            {t('filterNone')}
          </Link>
        )}
      </form>
      {failed !== undefined && <Failure error={failed} />}
      {list.error !== null && <Failure error={list.error} />}
      {list.isPending && <Loading />}
      {pages.length > 0 && items.length === 0 && (
        <Notice>
          <p>{t(filtered ? 'tasksNoneFiltered' : 'tasksNone')}</p>
        </Notice>
      )}
      {items.length > 0 && pages[0] !== undefined && <p className={parts['faint']}>{say(pages[0].order)}</p>}
      {items.length > 0 && <TakeSheet sheet={{ path: '/sheets/tasks', query: { ...search } }} what={t('navTasks')} />}
      {picked.size > 0 && (
        <Bulk
          tasks={items.filter(({ id }) => picked.has(id))}
          onDone={() => void list.readAnew()}
          onLeave={() => setPicked(new Set())}
        />
      )}
      {items.length > 0 && (
        <table className={`${parts['stack']} ${css['dense']} ${css['worklist']}`} aria-rowcount={items.length + 1}>
          <caption>
            {t(list.hasMore ? 'tasksSome' : 'tasksAll', {
              n: items.length,
            })}
          </caption>
          <thead>
            <tr>
              <th scope="col">{t('colTask')}</th>
              <th scope="col">{t('colProject')}</th>
              <th scope="col">{t('colProcedure')}</th>
              <th scope="col">{t('colDue')}</th>
              <th scope="col">{t('colRisk')}</th>
              <th scope="col">{t('statusLane')}</th>
              <th scope="col">{t('colHolding')}</th>
            </tr>
          </thead>
          {groups.map(({ from, tasks }, n) => (
            <Group
              key={from}
              n={n}
              tasks={tasks}
              from={from}
              // The neighbours of the current one, too: the next key may lead there.
              drawn={seen.has(n) || Math.abs(n - Math.floor(current / groupSize)) <= 1}
              height={heights.get(n) ?? (heights.get(0) ?? groupSize * usualRowHeight) * (tasks.length / groupSize)}
              watcher={watcher}
              current={current >= from && current < from + tasks.length ? current - from : null}
              picked={picked}
              mayWork={mayWork}
              me={me.id}
              links={links}
              onPick={pick}
              onClaim={claim}
              onCurrent={setCurrent}
            />
          ))}
        </table>
      )}
      {list.hasMore && (
        <p>
          <button type="button" className={parts['secondary']} disabled={list.isAdding} onClick={list.addPage}>
            {t('more')}
          </button>
        </p>
      )}
      <KeysHelp
        keys={[
          ['j', 'keyDown'],
          ['k', 'keyUp'],
          ['Enter', 'keyOpen'],
          ['c', 'keyClaim'],
          ['x', 'keyPick'],
        ]}
        wanted={keysWanted}
        want={wantKeys}
      />
    </>
  );
}

/** Rows that are drawn together: of ten thousand those alone are there that are near what is seen. */
const groupSize = 50;
const columns = 7;
/** In pixels, until one was measured. */
const usualRowHeight = 64;

/** Which groups are near what is seen, and how high those are that were drawn. */
function useGroupsInView() {
  const [seen, setSeen] = useState<ReadonlySet<number>>(new Set());
  const [heights] = useState(() => new Map<number, number>());
  const [watcher] = useState(
    () =>
      new IntersectionObserver(
        (entries) =>
          setSeen((before) => {
            const next = new Set(before);
            for (const { target, isIntersecting, boundingClientRect } of entries) {
              if (!(target instanceof HTMLElement)) continue;
              const n = Number(target.dataset['group']);
              if (target.dataset['drawn'] !== undefined) heights.set(n, boundingClientRect.height);
              if (isIntersecting) next.add(n);
              else next.delete(n);
            }
            return next;
          }),
        { rootMargin: '100% 0px' },
      ),
  );
  useEffect(() => () => watcher.disconnect(), [watcher]);
  return { seen, heights, watcher };
}

/** What a row is drawn with beside its task; none of it changes from one drawing to the next. */
interface RowActs {
  readonly mayWork: boolean;
  /** Who looks. */
  readonly me: string;
  /** The link of each row, by its task. */
  readonly links: Map<string, HTMLAnchorElement>;
  readonly onPick: (id: string) => void;
  readonly onClaim: (task: ListedTask) => void;
  readonly onCurrent: (index: number) => void;
}

const Group = memo(function Group(
  props: RowActs & {
    readonly n: number;
    readonly tasks: readonly ListedTask[];
    /** Place of the first of them in the list. */
    readonly from: number;
    /** Not drawn, it is empty room of this height, in pixels. */
    readonly drawn: boolean;
    readonly height: number;
    readonly watcher: IntersectionObserver;
    /** Place of the current one among them. */
    readonly current: number | null;
    readonly picked: ReadonlySet<string>;
  },
) {
  const { n, tasks, from, drawn, height, watcher, current, picked, ...acts } = props;
  const body = useRef<HTMLTableSectionElement>(null);
  useEffect(() => {
    const place = body.current;
    if (place === null) return;
    watcher.observe(place);
    return () => watcher.unobserve(place);
  }, [watcher]);
  return (
    <tbody ref={body} data-group={n} data-drawn={drawn || undefined}>
      {drawn ? (
        tasks.map((item, index) => (
          <Row
            key={item.id}
            item={item}
            index={from + index}
            isCurrent={index === current}
            isPicked={picked.has(item.id)}
            {...acts}
          />
        ))
      ) : (
        <tr aria-hidden="true">
          <td colSpan={columns} style={{ height }} />
        </tr>
      )}
    </tbody>
  );
});

const Row = memo(function Row(
  props: RowActs & {
    readonly item: ListedTask;
    readonly index: number;
    readonly isCurrent: boolean;
    readonly isPicked: boolean;
  },
) {
  const { item, index, isCurrent, isPicked, mayWork, me, links, onPick, onClaim, onCurrent } = props;
  const words = useWords();
  const { t, say } = words;
  return (
    // The first row is the one of the headings.
    <tr data-current={isCurrent || undefined} aria-rowindex={index + 2}>
      <th scope="row">
        {mayWork && (
          <input
            type="checkbox"
            className={css['pick']}
            checked={isPicked}
            onChange={() => onPick(item.id)}
            aria-label={t('bulkPick', { name: `${say(item.stepName ?? item.kindName)} · ${item.case}` })}
          />
        )}
        <Link
          to="/tasks/$id"
          params={{ id: item.id }}
          ref={(element: HTMLAnchorElement | null) => {
            if (element) links.set(item.id, element);
            else links.delete(item.id);
          }}
          onFocus={() => onCurrent(index)}
        >
          {say(item.stepName ?? item.kindName)}
        </Link>
        {item.unread && (
          <>
            {' '}
            <Tag tone="blue">{t('unread')}</Tag>
          </>
        )}
        {item.returnedTo === me && (
          <>
            {' '}
            <Tag tone="blue">{t('taskReturned')}</Tag>
          </>
        )}
      </th>
      <td data-label={t('colProject')}>
        {item.projectName === null ? item.case : say(item.projectName)}
        <br />
        <span className={parts['faint']}>{item.dossierCode ?? item.case}</span>
      </td>
      <td data-label={t('colProcedure')}>{item.procedureName === null ? '–' : say(item.procedureName)}</td>
      <td data-label={t('colDue')}>{dueText(item, words)}</td>
      <td data-label={t('colRisk')}>
        <Risk risk={item.risk} />
      </td>
      <td data-label={t('statusLane')}>
        <Lane lane={item.lane} />
      </td>
      <td data-label={t('colHolding')}>
        {item.status === 'waiting'
          ? t('taskWaiting')
          : item.claimedBy !== null
            ? (item.claimedBy.name ?? t('erased'))
            : mayWork && (
                <button type="button" className={parts['secondary']} onClick={() => onClaim(item)}>
                  {t('taskClaim')}
                </button>
              )}
      </td>
    </tr>
  );
});

interface SelectProps {
  readonly name: string;
  readonly label: string;
  readonly value: string | undefined;
  readonly options: readonly (readonly [value: string, name: string])[];
  readonly onChange: (next: Record<string, unknown>) => void;
}

function Select({ name, label, value, options, onChange }: SelectProps) {
  const { t } = useWords();
  return (
    <div>
      <label htmlFor={name}>{label}</label>
      <select id={name} value={value ?? ''} onChange={(event) => onChange({ [name]: event.currentTarget.value })}>
        <option value="">{t('filterAll')}</option>
        {options.map(([code, text]) => (
          <option key={code} value={code}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Which keys there are, and the switch that turns them off. */
export function KeysHelp(props: {
  readonly keys: readonly (readonly [key: string, does: Word])[];
  readonly wanted: boolean;
  readonly want: (on: boolean) => void;
}) {
  const { t } = useWords();
  return (
    <details>
      <summary>{t('keysTitle')}</summary>
      <ul>
        {props.keys.map(([key, does]) => (
          <li key={key}>
            <kbd>{key}</kbd> {t(does)}
          </li>
        ))}
      </ul>
      <label className={css['check']}>
        <input type="checkbox" checked={props.wanted} onChange={(event) => props.want(event.currentTarget.checked)} />
        {t('keysWanted')}
      </label>
    </details>
  );
}
