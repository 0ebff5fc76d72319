import { useQuery } from '@tanstack/react-query';
import { type SubmitEvent, useRef, useState } from 'react';
import { act, newKey, read } from '../api/call.js';
import type { Task } from '../api/contract.js';
import { Notice } from '../parts/parts.js';
import parts from '../parts/parts.module.css';
import { useWords, type Word } from '../words/language.js';
import { useMe } from '../app/session.js';
import { Failure } from '../app/states.js';

type Procedure = NonNullable<Task['procedure']>;
type Send = (form: FormData, key: string) => Promise<unknown>;

/** What was done by mistake in this procedure and may be taken back, and a violation that is being handled: each an act with its reason. */
export function Mistakes({ task, onDone }: { readonly task: Task; readonly onDone: () => void }) {
  const { t, day } = useWords();
  const me = useMe();
  const { procedure, ledger } = task;
  if (procedure === null) return null;
  const { case: code } = task.task;
  const where = { code, procedure: procedure.procedure };
  const handles = me.agency === procedure.handlingAgency && (me.role === 'officer' || me.role === 'head');
  const open = procedure.supplements.filter(({ status }) => status === 'asked');
  const extended = ledger.filter(({ type }) => type === 'extend').length;
  const annulled = ledger.filter(({ type }) => type === 'annul-extension').length;
  const isHead = me.role === 'head' && me.agency === procedure.competentAgency;
  const untouched = procedure.supplements.every(({ status }) => status === 'withdrawn');
  return (
    <>
      {handles &&
        open.map(({ requestId, decision, reviewOn }) => (
          <div key={requestId}>
            {decision !== null && (
              <>
                <Notice tone="amber">
                  <p>{t('violationOpen', { decision, day: reviewOn === null ? '–' : day(reviewOn) })}</p>
                </Notice>
                <Undo
                  says={['violationEnd']}
                  send={(form, key) =>
                    act(notice('end'), { ...where, requestId }, { reason: text(form, 'reason') }, key)
                  }
                  onDone={onDone}
                />
                <Undo
                  says={['violationReview']}
                  send={(form, key) =>
                    act(
                      notice('review'),
                      { ...where, requestId },
                      { reason: text(form, 'reason'), ...dated(form) },
                      key,
                    )
                  }
                  onDone={onDone}
                >
                  <ReviewDay />
                </Undo>
              </>
            )}
            <Undo
              says={['supplementBack', 'supplementBackHelp']}
              send={(form, key) =>
                act(notice('withdrawal'), { ...where, requestId }, { reason: text(form, 'reason') }, key)
              }
              onDone={onDone}
            />
          </div>
        ))}
      {isHead && extended > annulled && (
        <Undo
          says={['extensionBack', 'extensionBackHelp']}
          send={(form, key) =>
            act(
              '/cases/{code}/procedures/{procedure}/extension/withdrawal',
              where,
              { reason: text(form, 'reason') },
              key,
            )
          }
          onDone={onDone}
        />
      )}
      {handles && procedure.stage === 'processing' && untouched && (
        <Undo
          says={['receiptBack', 'receiptBackHelp']}
          send={(form, key) => {
            const to = text(form, 'to');
            return act(
              '/cases/{code}/procedures/{procedure}/receipt/withdrawal',
              where,
              { reason: text(form, 'reason'), ...(to !== '' && { to }) },
              key,
            );
          }}
          onDone={onDone}
        >
          <Destination code={code} procedure={procedure} />
        </Undo>
      )}
    </>
  );
}

const notice = <N extends 'end' | 'review' | 'withdrawal'>(name: N) =>
  `/cases/{code}/procedures/{procedure}/supplements/{requestId}/${name}` as const;

function text(form: FormData, name: string): string {
  const found = form.get(name);
  return typeof found === 'string' ? found.trim().normalize('NFC') : '';
}

const dated = (form: FormData): { reviewOn?: string } => {
  const reviewOn = text(form, 'reviewOn');
  return reviewOn === '' ? {} : { reviewOn };
};

/** The day by which somebody looks at a violation again; the last that is allowed where it is left empty. */
export function ReviewDay() {
  const { t } = useWords();
  return (
    <div className={parts['field']}>
      <label htmlFor="review-on">{t('fieldReviewOn')}</label>
      <p className={parts['help']}>{t('fieldReviewOnHelp')}</p>
      <input id="review-on" name="reviewOn" type="date" />
    </div>
  );
}

/** Where the dossier belongs: another procedure of the plan, or the same one, examined anew. */
function Destination({ code, procedure }: { readonly code: string; readonly procedure: Procedure }) {
  const { t, say } = useWords();
  const roadmap = useQuery({ queryKey: ['roadmap', code], queryFn: () => read('/cases/{code}/roadmap', { code }) });
  const others = (roadmap.data?.items ?? []).filter((item) => item.procedure !== procedure.procedure);
  return (
    <div className={parts['field']}>
      <label htmlFor="receipt-to">{t('fieldReceiptTo')}</label>
      <select id="receipt-to" name="to">
        <option value="">{t('receiptAnew')}</option>
        {others.map((item) => (
          <option key={item.procedure} value={item.procedure}>
            {say(item.name)}
          </option>
        ))}
      </select>
    </div>
  );
}

/** One act of taking back, folded away until somebody needs it. */
function Undo(props: {
  readonly says: readonly [title: Word, help?: Word];
  readonly send: Send;
  readonly onDone: () => void;
  readonly children?: React.ReactNode;
}) {
  const {
    says: [title, help],
    send,
    onDone,
    children,
  } = props;
  const { t } = useWords();
  const [sending, setSending] = useState(false);
  const [failed, setFailed] = useState<unknown>();
  const key = useRef(newKey());
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setSending(true);
    setFailed(undefined);
    send(new FormData(event.currentTarget), key.current).then(
      () => {
        setSending(false);
        onDone();
      },
      (error: unknown) => {
        key.current = newKey();
        setFailed(error);
        setSending(false);
      },
    );
  };
  return (
    <details>
      <summary>{t(title)}</summary>
      {failed !== undefined && <Failure error={failed} />}
      <form onSubmit={submit}>
        {help !== undefined && <p className={parts['help']}>{t(help)}</p>}
        {children}
        <div className={parts['field']}>
          <label htmlFor={`${title}-reason`}>{t('fieldReason')}</label>
          <textarea id={`${title}-reason`} name="reason" required maxLength={4000} />
        </div>
        <button type="submit" className={parts['secondary']} disabled={sending}>
          {t(title)}
        </button>
      </form>
    </details>
  );
}
