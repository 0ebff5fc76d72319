import { type RefObject, useCallback, useRef } from 'react';

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

/** Puts it back where nobody has written or chosen anything else. */
const putBack = (element: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement, value: string): void => {
  if (element instanceof HTMLSelectElement) {
    const options = [...element.options];
    const first = options.find(({ defaultSelected }) => defaultSelected) ?? options[0];
    // What is not among the options may still come: to choose it now would leave nothing chosen.
    if (element.value === first?.value && options.some((option) => option.value === value)) element.value = value;
  } else if (element.type === 'radio') {
    if (element.value === value && element instanceof HTMLInputElement) element.checked = true;
  } else if (element instanceof HTMLInputElement && element.type === 'checkbox') element.checked = value === 'on';
  else if (element.value === '' || element.value === element.defaultValue) element.value = value;
};

/** The numbers `n` of rows of which something was kept in a field `{name}-{n}`. */
export const keptRows = (values: Values, names: readonly string[]): number[] => {
  const found = Object.entries(values).flatMap(([field, value]) => {
    const [, name = '', n] = /^(.+)-(\d+)$/.exec(field) ?? [];
    return value !== '' && names.includes(name) ? [Number(n)] : [];
  });
  return [...new Set(found)].sort((a, b) => a - b);
};

export interface KeptForm {
  readonly ref: RefObject<HTMLFormElement | null>;
  /** Of the form: keeps what is typed. */
  readonly onInput: (event: { readonly target: EventTarget }) => void;
  /** Puts what was kept back into fields in which nobody has written or chosen anything else. */
  readonly restore: () => void;
  /** What was kept under this name of a field. */
  readonly kept: (field: string) => string | undefined;
  /** All that was kept. */
  readonly values: () => Values;
  /** Keeps these too, whatever was kept under their names. */
  readonly keep: (values: Values) => void;
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
      if (value !== undefined) putBack(element, value);
    }
  }, [key]);
  const keep = useCallback(
    (values: Values) => sessionStorage.setItem(key, JSON.stringify({ ...read(key), ...values })),
    [key],
  );
  const onInput = useCallback(
    ({ target }: { readonly target: EventTarget }) => {
      if (!isField(target) || target.name === '' || target.type === 'file') return;
      const value =
        target instanceof HTMLInputElement && target.type === 'checkbox' ? (target.checked ? 'on' : '') : target.value;
      keep({ [target.name]: value });
    },
    [keep],
  );
  return {
    ref,
    onInput,
    restore,
    kept: (field) => read(key)[field],
    values: () => read(key),
    keep,
    merge: (values) => sessionStorage.setItem(key, JSON.stringify({ ...values, ...read(key) })),
    forget: () => sessionStorage.removeItem(key),
  };
}
