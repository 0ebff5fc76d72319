import { useQuery } from '@tanstack/react-query';
import { type SubmitEvent, useEffect, useRef, useState } from 'react';
import { act, ApiProblem, newKey, read } from '../api/call.js';
import type { Completion, Task } from '../api/contract.js';
import { linesOf, textOf } from '../app/act.js';
import { Notice } from '../parts/parts.js';
import css from '../parts/parts.module.css';
import { useWords, type Word } from '../words/language.js';
import officer from './officer.module.css';
import { FactFields, factsFrom } from '../case/facts.js';
import { FileInput, type Uploaded, useUploads } from '../app/act-form.js';
import { Conditions } from './condition-rows.js';
import { Content, contentFrom, rowsIn } from './content.js';
import { Drafted, isDrafted } from './drafted.js';
import { Findings } from './findings.js';
import { type KeptForm, useKeptForm } from '../app/kept-form.js';
import { Failure, Refused } from '../app/states.js';
import { useAnswerDraft } from './answer-draft.js';

type Outcome = Task['outcomes'][number];

/** What the form says, in the shape of the completion; what was left empty is left out, and the rule says what is missing. */
function completionOf(form: FormData, outcome: Outcome, task: Task): Completion {
  const has = new Set(outcome.fields.map(({ field }) => field));
  const given: Record<string, unknown> = { outcome: outcome.code };
  for (const field of ['reason', 'legalBasis', 'reference', 'newDate', 'signatory']) {
    if (has.has(field) && textOf(form, field) !== '') given[field] = textOf(form, field);
  }
  if (has.has('items') && linesOf(form, 'items').length > 0) given['items'] = linesOf(form, 'items');
  if (has.has('conditions')) {
    const conditions = rowsIn(form, 'subject').flatMap((row) => {
      const [subject, direction, value] = ['subject', 'direction', 'value'].map((part) =>
        textOf(form, `${part}-${row}`),
      );
      return subject ? [{ subject, direction, ...(value && { value }) }] : [];
    });
    if (conditions.length > 0) given['conditions'] = conditions;
  }
  if (has.has('resolutions')) {
    given['resolutions'] = openIssues(task).map(({ id }) => ({
      issue: id,
      upholds: textOf(form, `issue-${id}`) || null,
    }));
  }
  if (has.has('dissent')) {
    const dissent = dissentersOf(task).flatMap((agency) => {
      const reason = textOf(form, `dissent-${agency}`);
      return reason === '' ? [] : [{ agency, reason }];
    });
    if (dissent.length > 0) given['dissent'] = dissent;
  }
  if (has.has('findings')) {
    given['findings'] = task.predicates.map(({ id: predicate }) => {
      const basis = textOf(form, `entry-${predicate}`) || textOf(form, `basis-${predicate}`) || null;
      const verdict = textOf(form, `verdict-${predicate}`);
      return {
        predicate,
        verdict,
        basis: verdict === 'yes' ? basis : null,
        reason: textOf(form, `reason-${predicate}`),
      };
    });
  }
  if (has.has('facts') && task.factQuestion !== null) given['facts'] = factsFrom(form, task.factQuestion.facts);
  if (has.has('finding')) {
    given['finding'] = {
      damage: textOf(form, 'damage'),
      cause: textOf(form, 'cause'),
      exempt: form.get('exempt') !== null,
    };
  }
  if (has.has('content') && task.result !== null) given['content'] = contentFrom(form, task.result, outcome.code);
  return given as unknown as Completion;
}

/** The number in its list of a condition that has a value and no subject, and the row of the form that it is. */
function conditionWithoutSubject(form: FormData): { readonly n: number; readonly row: number } | undefined {
  const rows = rowsIn(form, 'subject');
  const index = rows.findIndex((row) => textOf(form, `subject-${row}`) === '' && textOf(form, `value-${row}`) !== '');
  const row = rows[index];
  return row === undefined ? undefined : { n: index + 1, row };
}

/** With the files that were uploaded for it, where the outcome takes any. */
function withFiles(completion: Completion, { fields }: Outcome, uploaded: Uploaded): Completion {
  const attachments = Object.values(uploaded).map(({ id: documentId }) => ({ documentId }));
  const takes = fields.some(({ field }) => field === 'attachments');
  return takes && attachments.length > 0 ? { ...completion, attachments } : completion;
}

const openIssues = ({ conferences }: Task) =>
  conferences.filter(({ decidedAt }) => decidedAt === null).flatMap(({ issues }) => issues);

/** Whose dissent an answer may carry: a party its own, the chair that of everybody who gave none themselves. */
const dissentersOf = (task: Task): readonly string[] => {
  if (task.task.kind === 'statement') return [task.task.agency];
  const own = task.conferences.flatMap(({ statements }) => statements).filter(({ dissent }) => dissent !== null);
  const parties = [...new Set(openIssues(task).flatMap(({ agencies }) => agencies))];
  return parties.filter((agency) => own.every((one) => one.agency !== agency));
};

/** Every way to answer the task, with what each takes; sent once under one key, however often the button is pressed. */
export function Answer(props: {
  readonly task: Task;
  readonly onDone: (outcome: string) => void;
  readonly onRefused: () => void;
  /** Whether what the answer goes by still stands as it was shown; otherwise it is shown now, and nothing is sent. */
  readonly isAsRead: () => Promise<boolean>;
}) {
  const { task, onDone, onRefused, isAsRead } = props;
  const { t, say, moment } = useWords();
  const { outcomes } = task;
  const form = useKeptForm(`answer ${task.task.id}`);
  const [chosen, setChosen] = useState(() => {
    const kept = form.kept('outcome');
    return outcomes.length === 1 ? outcomes[0]?.code : outcomes.find(({ code }) => code === kept)?.code;
  });
  const [found, setFound] = useState(false);
  const draft = useAnswerDraft(task.task.id, form, () => {
    setChosen((now) => now ?? outcomes.find(({ code }) => code === form.kept('outcome'))?.code);
    setFound(true);
    form.restore();
  });
  const keeping: KeptForm = {
    ...form,
    keep: (values) => {
      form.keep(values);
      draft.changed();
    },
  };
  const [sending, setSending] = useState(false);
  const [failed, setFailed] = useState<unknown>();
  const [uploaded, add, remove] = useUploads();
  const [uploading, setUploading] = useState(0);
  const [bareCondition, setBareCondition] = useState<number>();
  const key = useRef(newKey());
  const outcome = outcomes.find(({ code }) => code === chosen);
  // Fields come and go with the outcome: what was typed into one of that name is there again.
  useEffect(() => {
    form.restore();
  }, [chosen, form.restore]);

  const send = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (outcome === undefined || sending || uploading > 0) return;
    const given = new FormData(event.currentTarget);
    const bare = conditionWithoutSubject(given);
    setBareCondition(bare?.n);
    if (bare !== undefined) {
      document.getElementById(`subject-${bare.row}`)?.focus();
      return;
    }
    const body = withFiles(completionOf(given, outcome, task), outcome, uploaded);
    setSending(true);
    setFailed(undefined);
    const free = task.task.status === 'open' && task.task.claimedBy === null;
    const answer = async () => {
      if (!(await isAsRead())) return setSending(false);
      if (free) await act('/tasks/{id}/claim', { id: task.task.id }, {}, `${key.current}-claim`);
      await act('/tasks/{id}/completion', { id: task.task.id }, body, key.current);
      draft.over();
      form.forget();
      onDone(say(outcome.name));
    };
    answer().catch((error: unknown) => {
      // Refused is done with: another answer is another act. What nobody answered is tried again under its key.
      if (error instanceof ApiProblem) key.current = newKey();
      setFailed(error);
      setSending(false);
      // Somebody may have it by now, and a claim of ours may have gone through.
      onRefused();
    });
  };
  return (
    <form
      ref={form.ref}
      onInput={(event) => {
        form.onInput(event);
        draft.changed();
      }}
      onSubmit={send}
      className={officer['answer']}
      id="answer"
    >
      <h2>{t('answerTitle')}</h2>
      <fieldset>
        <legend>{t('answerChoose')}</legend>
        {outcomes.map(({ code, name, does }) => (
          <label key={code} className={officer['outcome']}>
            <input
              type="radio"
              name="outcome"
              value={code}
              checked={code === chosen}
              onChange={(event) => {
                // Before what was kept is put back for the fields of this outcome.
                form.onInput(event);
                setChosen(code);
                setFailed(undefined);
              }}
            />
            <span>
              {say(name)}
              <span className={css['faint']}>{say(does)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {outcome?.fields.map(({ field, required }) => (
        <Field
          key={`${outcome.code}-${field}`}
          field={field}
          outcome={outcome.code}
          uploaded={uploaded}
          onUploaded={add}
          onRemoved={remove}
          onSending={(now) => setUploading((before) => before + (now ? 1 : -1))}
          required={required}
          task={task}
          form={keeping}
          found={found}
        />
      ))}
      {failed !== undefined && <Refused error={failed} />}
      {bareCondition !== undefined && (
        <Notice tone="red" alert>
          <p>{t('conditionNoSubject', { n: bareCondition })}</p>
        </Notice>
      )}
      <button type="submit" disabled={outcome === undefined || sending || uploading > 0}>
        {t(sending ? 'sending' : uploading > 0 ? 'uploading' : 'answerSend')}
      </button>
      {draft.failed ? (
        <p className={css['faint']}>{t('answerNotKept')}</p>
      ) : (
        draft.keptAt !== undefined && <p className={css['faint']}>{t('answerKept', { at: moment(draft.keptAt) })}</p>
      )}
    </form>
  );
}

interface FieldProps {
  readonly field: string;
  readonly outcome: string;
  readonly uploaded: Uploaded;
  readonly onUploaded: ReturnType<typeof useUploads>[1];
  readonly onRemoved: (name: string) => void;
  readonly onSending: (sending: boolean) => void;
  readonly required: boolean;
  readonly task: Task;
  readonly form: KeptForm;
  /** The register had a draft: rows are drawn anew, with those that it has. */
  readonly found: boolean;
}

const fieldWords: Readonly<Record<string, Word>> = {
  reason: 'fieldReason',
  items: 'fieldItems',
  legalBasis: 'fieldLegalBasis',
  reference: 'fieldReference',
  newDate: 'fieldNewDate',
  conditions: 'fieldConditions',
  resolutions: 'fieldResolutions',
  dissent: 'fieldDissent',
  signatory: 'fieldSignatory',
  finding: 'fieldFinding',
  findings: 'fieldFindings',
  facts: 'fieldFacts',
  content: 'fieldContent',
  attachments: 'fieldAttachments',
};

function Field({ field, outcome, required, task, form, found, ...files }: FieldProps) {
  const { t } = useWords();
  const word = field === 'content' && task.task.kind === 'opinion' ? 'fieldVerdicts' : fieldWords[field];
  const name = `${word === undefined ? field : t(word)}${required ? '' : ` (${t('optional')})`}`;
  switch (field) {
    case 'conditions':
      return <Conditions key={String(found)} name={name} form={form} />;
    case 'resolutions':
      return <Resolutions name={name} task={task} />;
    case 'dissent':
      return <Dissent name={name} task={task} />;
    case 'signatory':
      return <Signatory name={name} agency={task.task.agency} restore={form.restore} />;
    case 'finding':
      return <Finding name={name} />;
    case 'facts':
      return (
        <fieldset>
          <legend>{name}</legend>
          <FactFields facts={task.factQuestion?.facts ?? []} />
        </fieldset>
      );
    case 'attachments':
      return <Files name={name} task={task} {...files} />;
    case 'content':
      return task.result === null ? null : (
        <Content
          key={`${outcome} ${found}`}
          name={word === undefined ? name : t(word)}
          result={task.result}
          outcome={outcome}
          form={form}
        />
      );
    case 'findings':
      return <Findings name={name} task={task} />;
    case 'reason':
      return <Reason name={name} required={required} task={task} />;
    default:
      return (
        <div className={css['field']}>
          <label htmlFor={field}>{name}</label>
          {field === 'items' && <p className={css['help']}>{t('fieldItemsHelp')}</p>}
          {field === 'items' ? (
            <textarea id={field} name={field} required={required} maxLength={4000} />
          ) : (
            <input
              id={field}
              name={field}
              required={required}
              type={field === 'newDate' ? 'date' : 'text'}
              maxLength={500}
            />
          )}
        </div>
      );
  }
}

/** What the answer says in words, and what the system drafted for it. */
function Reason({ name, required, task }: Pick<FieldProps, 'required' | 'task'> & { readonly name: string }) {
  const field = useRef<HTMLTextAreaElement>(null);
  return (
    <div className={css['field']}>
      <label htmlFor="reason">{name}</label>
      <textarea ref={field} id="reason" name="reason" required={required} maxLength={4000} />
      {isDrafted(task) && <Drafted task={task} field={field} />}
    </div>
  );
}

function Files(
  props: Pick<FieldProps, 'task' | 'uploaded' | 'onUploaded' | 'onRemoved' | 'onSending'> & { readonly name: string },
) {
  const { name, task, uploaded, onUploaded, onRemoved, onSending } = props;
  const { t } = useWords();
  const next = Math.max(-1, ...Object.keys(uploaded).map((slot) => Number(slot.slice('attachment-'.length)))) + 1;
  return (
    <>
      <FileInput
        key={next}
        name={`attachment-${next}`}
        label={name}
        uploaded={{}}
        onUploaded={onUploaded}
        onSending={onSending}
        path={`/tasks/${task.task.id}/documents`}
      />
      <ul aria-live="polite">
        {Object.entries(uploaded).map(([slot, file]) => (
          <li key={slot}>
            {file.name}{' '}
            <button
              type="button"
              className={css['secondary']}
              aria-label={t('fileRemoveOf', { name: file.name })}
              onClick={() => onRemoved(slot)}
            >
              {t('fileRemove')}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function Resolutions({ name, task }: { readonly name: string; readonly task: Task }) {
  const { t, say } = useWords();
  return (
    <fieldset>
      <legend>{name}</legend>
      {openIssues(task).map((issue) => (
        <div key={issue.id} className={css['field']}>
          <label htmlFor={`issue-${issue.id}`}>
            {issue.subjectName === null
              ? t(issue.kind === 'objection' ? 'issueObjection' : 'issueContradiction')
              : say(issue.subjectName)}
          </label>
          <select id={`issue-${issue.id}`} name={`issue-${issue.id}`}>
            {issue.options.map((option) => (
              <option key={option.upholds ?? ''} value={option.upholds ?? ''}>
                {option.agencyName === null ? t('issueMiddle') : t('issueUpholds', { agency: say(option.agencyName) })}
              </option>
            ))}
          </select>
        </div>
      ))}
    </fieldset>
  );
}

function Dissent({ name, task }: { readonly name: string; readonly task: Task }) {
  const { say } = useWords();
  const agencies = new Map(task.opinions.map(({ agency, agencyName }) => [agency, say(agencyName)]));
  return (
    <fieldset>
      <legend>{name}</legend>
      {dissentersOf(task).map((agency) => (
        <div key={agency} className={css['field']}>
          <label htmlFor={`dissent-${agency}`}>{agencies.get(agency) ?? agency}</label>
          <input id={`dissent-${agency}`} name={`dissent-${agency}`} maxLength={4000} />
        </div>
      ))}
    </fieldset>
  );
}

function Signatory(props: { readonly name: string; readonly agency: string; readonly restore: () => void }) {
  const { name, agency, restore } = props;
  const people = useQuery({
    queryKey: ['people', agency],
    queryFn: () => read('/agencies/{agency}/people', { agency }),
  });
  useEffect(() => {
    restore();
  }, [people.data, restore]);
  return (
    <div className={css['field']}>
      <label htmlFor="signatory">{name}</label>
      <select id="signatory" name="signatory" required>
        {people.data?.items.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name}
          </option>
        ))}
      </select>
      {people.error !== null && <Failure error={people.error} />}
    </div>
  );
}

const damages = {
  none: 'damageNone',
  own: 'damageOwn',
  state: 'damageState',
  'third-party': 'damageThird',
} as const;
const causes = {
  objective: 'causeObjective',
  subjective: 'causeSubjective',
  undetermined: 'causeUndetermined',
} as const;

function Finding({ name }: { readonly name: string }) {
  const { t } = useWords();
  return (
    <fieldset>
      <legend>{name}</legend>
      <label htmlFor="damage">{t('findingDamage')}</label>
      <select id="damage" name="damage">
        {Object.entries(damages).map(([code, word]) => (
          <option key={code} value={code}>
            {t(word)}
          </option>
        ))}
      </select>
      <label htmlFor="cause">{t('findingCause')}</label>
      <select id="cause" name="cause">
        {Object.entries(causes).map(([code, word]) => (
          <option key={code} value={code}>
            {t(word)}
          </option>
        ))}
      </select>
      <label className={css['choice']}>
        <input type="checkbox" name="exempt" />
        {t('findingExempt')}
      </label>
    </fieldset>
  );
}
