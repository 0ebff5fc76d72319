import { useCallback, useEffect, useRef, useState } from 'react';
import { act, newKey, read } from '../api/call.js';
import type { Values } from '../app/kept-form.js';

const pauseMs = 800;

interface AnswerDraft {
  /** When the register last took it; undefined: it has nothing. */
  readonly keptAt: string | undefined;
  /** It could not be taken: it is in this tab alone. */
  readonly failed: boolean;
  /** Something was typed. */
  readonly changed: () => void;
  /** The answer was given: nothing is kept any more. */
  readonly over: () => void;
}

/** Keeps what is typed into an answer in the register, for this person alone: it is there on another computer and after a session that ended. */
export function useAnswerDraft(
  task: string,
  form: { readonly values: () => Values; readonly merge: (values: Values) => void },
  onFound: () => void,
): AnswerDraft {
  const [keptAt, setKeptAt] = useState<string>();
  const [failed, setFailed] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const parts = useRef({ form, onFound });
  parts.current = { form, onFound };
  const fail = useCallback(() => setFailed(true), []);
  const send = useCallback(() => {
    if (timer.current === undefined) return;
    clearTimeout(timer.current);
    timer.current = undefined;
    act('/tasks/{id}/draft', { id: task }, { fields: parts.current.form.values() }, newKey()).then(({ updatedAt }) => {
      setKeptAt(updatedAt ?? undefined);
      setFailed(false);
    }, fail);
  }, [task, fail]);
  useEffect(() => {
    let here = true;
    read('/tasks/{id}/draft', { id: task }).then(({ fields, updatedAt }) => {
      if (!here || updatedAt === null) return;
      parts.current.form.merge(fields);
      setKeptAt(updatedAt);
      parts.current.onFound();
    }, fail);
    document.addEventListener('visibilitychange', send);
    return () => {
      here = false;
      document.removeEventListener('visibilitychange', send);
      send();
    };
  }, [task, send, fail]);
  return {
    keptAt,
    failed,
    changed: () => {
      clearTimeout(timer.current);
      timer.current = setTimeout(send, pauseMs);
    },
    over: () => {
      clearTimeout(timer.current);
      timer.current = undefined;
      setKeptAt(undefined);
      setFailed(false);
    },
  };
}
