import { Link } from '@tanstack/react-router';
import { createContext, type ReactNode, useCallback, useContext, useState } from 'react';
import { Notice } from '../parts/parts.js';
import { useWords } from '../words/language.js';

const LeaveContext = createContext<() => void>(() => undefined);

/** Told when whoever reads has declared an interest in the case of this page. */
export const useLeave = (): (() => void) => useContext(LeaveContext);

/** A page of a case, until its reader declares an interest: from then on nothing of the case is shown to them, or asked for. */
export function UnlessRecused({ children }: { readonly children: ReactNode }) {
  const { t } = useWords();
  const [gone, setGone] = useState(false);
  const leave = useCallback(() => setGone(true), []);
  if (!gone) return <LeaveContext value={leave}>{children}</LeaveContext>;
  return (
    <>
      <h1>{t('actInterest')}</h1>
      <Notice tone="green" alert>
        <p>
          {t('actInterestDone')} <Link to="/tasks">{t('navTasks')}</Link>
        </p>
      </Notice>
    </>
  );
}
