import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { read } from '../api/call.js';
import type { Task } from '../api/contract.js';
import { entryText } from '../case/ledger-words.js';
import { LawMoved } from '../parts/law-moved.js';
import { type Change, changeIn, type Looked, type Told } from '../parts/looked.js';
import { useTerm } from '../parts/parts.js';
import { useWords, type Words } from '../words/language.js';

type Term = ReturnType<typeof useTerm>;

/** What whoever decides goes by, as far as the law or the register may change it meanwhile: version, term, date, tests, what may be answered. */
function lookedAt(task: Task, words: Words, term: Term): Looked {
  const { t, say, day, cite } = words;
  const { procedure, clock, ledger, predicates, outcomes, result, dossier } = task;
  const missing = dossier?.documents.filter(({ code }) => dossier.missing.includes(code)) ?? [];
  const told: (Told | null)[] = [
    procedure === null ? null : [t('taskVersion'), procedure.version.slice(procedure.version.indexOf('@') + 1)],
    clock === null ? null : [t('clockBudget'), term(clock.budget)],
    clock === null || clock.dueDate === null ? null : [t('colDue'), day(clock.dueDate)],
    ...ledger.filter(({ type }) => type === 'redate').map((entry): Told => [t('clockTitle'), entryText(entry, words)]),
    ...predicates.map((one): Told => [say(one.name), `${t(one.verdict)} (${cite(one.clause)})`]),
    ...outcomes.map((one): Told => [t('answerChoose'), say(one.name)]),
    ...(result?.fields.map((one): Told => [t('fieldContent'), say(one.name)]) ?? []),
    ...missing.map((one): Told => [t('taskMissing'), say(one.name)]),
  ];
  return { told: told.filter((one) => one !== null) };
}

interface TaskLook {
  /** What is otherwise than when the page was opened, where anything is. */
  readonly notice: React.ReactNode;
  /** Looks again before an answer is sent: whether everything stands that was shown; where it does not, it is shown now. */
  readonly isAsRead: () => Promise<boolean>;
  /** What changes next is one’s own doing. */
  readonly expect: () => void;
}

/** Watches over what an open task rests on: an answer is sent by what was read, never by a law that came in between unseen. */
export function useTaskLook(id: string, task: Task | undefined): TaskLook {
  const words = useWords();
  const term = useTerm();
  const queries = useQueryClient();
  const first = useRef<Looked>(undefined);
  const shown = useRef<Looked>(undefined);
  const [, draw] = useState(0);
  // Once it is answered, its outcomes are gone: that is said elsewhere.
  const now = task === undefined || task.outcomes.length === 0 ? undefined : lookedAt(task, words, term);
  if (now !== undefined) {
    first.current ??= now;
    shown.current = now;
  }
  const change: Change | undefined = now && first.current && changeIn(first.current, now);
  return {
    notice:
      change === undefined || change.moved.length === 0 ? null : (
        <LawMoved change={change} words={{ what: 'taskMoved', then: 'taskMovedText' }} />
      ),
    isAsRead: async () => {
      const found = await read('/tasks/{id}', { id });
      const before = shown.current;
      if (found.outcomes.length === 0 || before === undefined) return true;
      const isMoved = changeIn(before, lookedAt(found, words, term)).moved.length > 0;
      if (isMoved) queries.setQueryData(['task', id], found);
      return !isMoved;
    },
    expect: () => {
      first.current = undefined;
      draw((times) => times + 1);
    },
  };
}
