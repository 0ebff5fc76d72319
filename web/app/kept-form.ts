import { type RefObject, type SyntheticEvent, useCallback, useRef } from 'react';

export type Values = Readonly<Record<string, string>>;

const read = (name: string): Values => {
  try {
    return JSON.parse(sessionStorage.getItem(name) ?? '{}') as Values;
  } catch {
    return {};
  }
};

const isField = (element: unknown): element is HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement =>
  element instanceof HTMLInputElement || element instanceof HTMLSelectElement || element instanceof HTMLTextAreaElement;

interface KeptForm {
  readonly ref: RefObject<HTMLFormElement | null>;
  /** Of the form: keeps what is typed. */
  readonly onInput: (event: SyntheticEvent<HTMLFormElement>) => void;
  /** Puts what was kept back into fields that are empty. */
  readonly restore: () => void;
  /** What was kept under this name of a field. */
  readonly kept: (field: string) => string | undefined;
  /** All that was kept. */
  readonly values: () => Values;
  /** Keeps beside it what was kept elsewhere; what was typed here stays. */
  readonly merge: (values: Values) => void;
  /** After success, and only then: nothing has to be kept any more. */
  readonly forget: () => void;
}

/** Keeps what somebody types into a form in this tab, by the names of its fields, until it was sent: a reload or a session that ended costs nothing. */
export function useKeptForm(name: string): KeptForm {
  const ref = useRef<HTMLFormElement>(null);
  const key = `kept ${name}`;
  const restore = useCallback(() => {
    const values = read(key);
    for (const element of ref.current?.elements ?? []) {
      if (!isField(element) || element.name === '' || element.type === 'file') continue;
      const value = values[element.name];
      if (value === undefined) continue;
      if (element instanceof HTMLInputElement && element.type === 'radio') {
        if (element.value === value && !element.checked) element.checked = true;
      } else if (element instanceof HTMLInputElement && element.type === 'checkbox') element.checked = value === 'on';
      else if (element.value === '') element.value = value;
    }
  }, [key]);
  const onInput = useCallback(
    ({ target }: SyntheticEvent<HTMLFormElement>) => {
      if (!isField(target) || target.name === '' || target.type === 'file') return;
      const value =
        target instanceof HTMLInputElement && target.type === 'checkbox' ? (target.checked ? 'on' : '') : target.value;
      sessionStorage.setItem(key, JSON.stringify({ ...read(key), [target.name]: value }));
    },
    [key],
  );
  return {
    ref,
    onInput,
    restore,
    kept: (field) => read(key)[field],
    values: () => read(key),
    merge: (values) => sessionStorage.setItem(key, JSON.stringify({ ...values, ...read(key) })),
    forget: () => sessionStorage.removeItem(key),
  };
}
