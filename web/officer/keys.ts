import { useEffect, useState } from 'react';

const offKey = 'keys-off';

/** Whether one-letter keys are wanted; whoever dictates or has a Telex keyboard in the way turns them off. */
export function useKeysWanted(): readonly [wanted: boolean, want: (on: boolean) => void] {
  const [wanted, setWanted] = useState(() => localStorage.getItem(offKey) === null);
  const want = (on: boolean) => {
    if (on) localStorage.removeItem(offKey);
    else localStorage.setItem(offKey, 'yes');
    setWanted(on);
  };
  return [wanted, want];
}

const takesText = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.closest('input:not([type=radio]):not([type=checkbox]), textarea, select, dialog') !== null;

/** Runs what a key stands for; never while somebody writes, composes a letter or holds a modifier. */
export function useKeys(keys: Readonly<Record<string, () => void>>, wanted: boolean): void {
  useEffect(() => {
    if (!wanted) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || takesText(event.target)) return;
      const run = keys[event.key];
      if (run === undefined) return;
      event.preventDefault();
      run();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [keys, wanted]);
}
