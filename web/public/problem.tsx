import type { Problem } from '../api/contract.js';
import { ProblemNotice } from '../parts/parts.js';
import { useWords } from '../words/language.js';

export function ProblemPage({ problem }: { readonly problem: Problem }) {
  const { t } = useWords();
  return (
    <>
      <h1>{t('problemTitle')}</h1>
      <ProblemNotice problem={problem} />
      <p>
        <a href="/">{t('problemHome')}</a>
      </p>
    </>
  );
}

const reasons = {
  cookie: 'signInFailedCookie',
  refused: 'signInFailedRefused',
  unknown: 'signInFailedUnknown',
  unreachable: 'signInFailedUnreachable',
} as const;

export function SignInFailed({ reason }: { readonly reason: keyof typeof reasons }) {
  const { t } = useWords();
  return (
    <>
      <h1>{t('signInFailedTitle')}</h1>
      <p>{t(reasons[reason])}</p>
      <p>
        <a href="/login">{t('signInAgain')}</a>
      </p>
    </>
  );
}
