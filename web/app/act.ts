import { useRef, useState } from 'react';
import { ApiProblem, newKey } from '../api/call.js';

interface Acting {
  readonly busy: boolean;
  /** Why the last one did not go through. */
  readonly failed: unknown;
  /** Does it once under its key; nothing while one is under way. */
  readonly run: <T>(send: (key: string) => Promise<T>, onDone: (answer: T) => void) => void;
}

/** One act at a time. What nobody answered is tried again under the same key, so that it happens once; what was refused is done with. */
export function useAct(): Acting {
  const key = useRef(newKey());
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<unknown>();
  return {
    busy,
    failed,
    run: (send, onDone) => {
      if (busy) return;
      setBusy(true);
      setFailed(undefined);
      send(key.current).then(
        (answer) => {
          key.current = newKey();
          setBusy(false);
          onDone(answer);
        },
        (error: unknown) => {
          if (error instanceof ApiProblem) key.current = newKey();
          setFailed(error);
          setBusy(false);
        },
      );
    },
  };
}

/** What stands in a field of a form, as one writes it down. */
export const textOf = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim().normalize('NFC') : '';
};

/** The lines of a field, without empty ones. */
export const linesOf = (form: FormData, name: string): string[] =>
  textOf(form, name)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
