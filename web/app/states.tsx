import { useEffect, useRef } from 'react';
import { ApiProblem, NoAnswer } from '../api/call.js';
import { Notice, ProblemNotice } from '../parts/parts.js';
import { useWords } from '../words/language.js';

/** What went wrong, and what to do: a refusal of the API, a session that is over, nobody answering. */
export function Failure({
  error,
  names,
}: {
  readonly error: unknown;
  /** What the fields of the request are called on the page, by their first name in it. */
  readonly names?: Readonly<Record<string, string>>;
}) {
  const { t } = useWords();
  if (error instanceof ApiProblem && error.problem.status === 401) {
    return (
      <Notice tone="amber" alert>
        <p>
          <strong>{t('sessionOver')}</strong> {t('sessionOverText')}
        </p>
        <p>
          <a href="/login?return=/start" target="_blank" rel="noopener">
            {t('signInNewTab')}
          </a>
        </p>
      </Notice>
    );
  }
  if (error instanceof ApiProblem) return <ProblemNotice problem={error.problem} {...(names && { names })} />;
  if (error instanceof NoAnswer) {
    return (
      <Notice tone="amber" alert>
        <p>
          <strong>{t('noAnswer')}</strong> {t('noAnswerText')}
        </p>
      </Notice>
    );
  }
  throw error;
}

/** Why an act did not go through. The focus goes there: the button that had it was out of use meanwhile. */
export function Refused(props: Parameters<typeof Failure>[0]) {
  const place = useRef<HTMLDivElement>(null);
  const { error } = props;
  useEffect(() => {
    place.current?.focus();
  }, [error]);
  return (
    <div ref={place} tabIndex={-1}>
      <Failure {...props} />
    </div>
  );
}

/** What came of an act takes the place of a long form: one reads it from its top. */
export function useTop(): void {
  // In braces: newer browsers answer a promise, which React would take for a clean-up.
  useEffect(() => {
    window.scrollTo({ top: 0 });
  }, []);
}

/** A page whose reading was refused: what it would have shown, then why not. */
export function FailedPage({ title, error }: { readonly title: string; readonly error: unknown }) {
  return (
    <>
      <h1>{title}</h1>
      <Failure error={error} />
    </>
  );
}

export function Loading() {
  const { t } = useWords();
  return <p role="status">{t('loading')}</p>;
}

/** The name of the page in the browser's tab and for screen readers. */
export function useTitle(title: string): void {
  const { t } = useWords();
  const whole = `${title} · ${t('brandLong')}`;
  useEffect(() => {
    document.title = whole;
  }, [whole]);
}
