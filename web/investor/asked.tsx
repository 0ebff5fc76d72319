import { useQuery } from '@tanstack/react-query';
import { act, read } from '../api/call.js';
import type { AskedOfInvestor, DossierItem } from '../api/contract.js';
import { Notice } from '../parts/parts.js';
import parts from '../parts/parts.module.css';
import { useWords } from '../words/language.js';
import { textOf } from '../app/act.js';
import { ActForm, FileInput, type Uploaded, useUploads } from '../app/act-form.js';
import { Failure } from '../app/states.js';
import { FactFields, factsFrom } from '../case/facts.js';

interface AskedProps<Kind extends AskedOfInvestor['kind'] = AskedOfInvestor['kind']> {
  readonly code: string;
  readonly asked: Extract<AskedOfInvestor, { kind: Kind }>;
  readonly onDone: () => void;
}

/** The form in which what is asked is given. */
export function AskedForm({ code, asked, onDone }: AskedProps) {
  switch (asked.kind) {
    case 'dossier':
      return <Dossier code={code} asked={asked} onDone={onDone} />;
    case 'supplement':
      return <Supplement code={code} asked={asked} onDone={onDone} />;
    case 'gate':
      return <Evidence code={code} onDone={onDone} path="/cases/{code}/gates/{gate}" params={{ gate: asked.gate }} />;
    case 'duty':
      return (
        <Evidence
          code={code}
          onDone={onDone}
          path="/cases/{code}/duties/{duty}/fulfilment"
          params={{ duty: asked.duty }}
        />
      );
    case 'payment':
      return <Payment code={code} asked={asked} onDone={onDone} />;
    case 'refiling':
      return <Refiling code={code} asked={asked} onDone={onDone} />;
    case 'lane-hearing':
      return <Hearing code={code} asked={asked} onDone={onDone} />;
    case 'result-hearing':
      return <ResultHearing code={code} asked={asked} onDone={onDone} />;
    case 'fact':
      return <Fact code={code} asked={asked} onDone={onDone} />;
    case 'survey':
      return <Survey code={code} asked={asked} onDone={onDone} />;
  }
}

function Items({ items, reason }: { readonly items: readonly (string | null)[]; readonly reason: string | null }) {
  const { t } = useWords();
  if (items.length === 0 && reason === null) return null;
  return (
    <Notice tone="amber">
      {reason !== null && <p>{reason}</p>}
      <ul>
        {items.map((item, index) => (
          <li key={`${index}-${item ?? ''}`}>{item ?? t('erased')}</li>
        ))}
      </ul>
    </Notice>
  );
}

function Dossier({ code, asked, onDone }: AskedProps<'dossier'>) {
  const { t, say } = useWords();
  const [uploaded, add] = useUploads();
  const { procedure } = asked;
  const given: DossierItem[] = asked.documents.flatMap(({ code: document }) => {
    const file = uploaded[`${procedure}-${document}`];
    return file === undefined ? [] : [{ code: document, documentId: file.id }];
  });
  const lacking = asked.documents.filter(
    (one) => one.required && !one.given && uploaded[`${procedure}-${one.code}`] === undefined,
  );
  const documents: DossierItem[] = [
    ...given,
    ...(asked.open
      ? []
      : asked.obtained.map((one) => ({
          code: one.code,
          obtainedFrom: one.source,
        }))),
  ];
  return (
    <ActForm
      onDone={onDone}
      button={t('dossierSend')}
      // What registers hold is a dossier by itself only where nothing else is asked for.
      disabled={documents.length === 0 || (given.length === 0 && (asked.again || lacking.length > 0))}
      send={(_form, key) =>
        act('/cases/{code}/procedures/{procedure}/dossier', { code, procedure }, { documents }, key)
      }
    >
      <Items items={asked.items} reason={asked.reason} />
      {asked.open && (
        <Notice tone="blue">
          <p>{t('dossierOpen')}</p>
        </Notice>
      )}
      {asked.obtained.length > 0 && (
        <p>
          {t('dossierObtained', {
            names: asked.obtained.map(({ name }) => say(name)).join('; '),
          })}
        </p>
      )}
      {asked.documents.map((one) => (
        <FileInput
          key={one.code}
          name={`${procedure}-${one.code}`}
          label={`${say(one.name)}${one.required ? '' : ` (${t('optional')})`}${one.given ? ` · ${t('dossierGiven')}` : ''}`}
          uploaded={uploaded}
          onUploaded={add}
        />
      ))}
      {lacking.length > 0 && (
        <Notice tone="amber">
          <p>{t('dossierLacking', { n: lacking.length })}</p>
          <ul>
            {lacking.map((one) => (
              <li key={one.code}>{say(one.name)}</li>
            ))}
          </ul>
          {given.length > 0 && (
            <label className={parts['choice']}>
              <input type="checkbox" required />
              {t('dossierSendAnyway')}
            </label>
          )}
        </Notice>
      )}
    </ActForm>
  );
}

/** An input for each document that the procedure takes from an investor. */
function ProcedureFiles(props: {
  readonly procedure: string;
  /** Also what registers hold: one may have given nothing. */
  readonly all?: true;
  readonly uploaded: Uploaded;
  readonly onUploaded: (name: string, file: { readonly id: string; readonly name: string }) => void;
}) {
  const { procedure, all, uploaded, onUploaded } = props;
  const { say } = useWords();
  const found = useQuery({
    queryKey: ['procedure', procedure],
    queryFn: () => read('/procedures/{code}', { code: procedure }),
  });
  if (found.error !== null) return <Failure error={found.error} />;
  const documents = found.data?.items[0]?.documents ?? [];
  return documents
    .filter(({ obtainableFrom, obtainableWhen }) => all || obtainableFrom === null || obtainableWhen !== undefined)
    .map((one) => (
      <FileInput
        key={one.code}
        name={`${procedure}-${one.code}`}
        label={say(one.name)}
        uploaded={uploaded}
        onUploaded={onUploaded}
      />
    ));
}

const itemsOf = (procedure: string, uploaded: Uploaded): DossierItem[] =>
  Object.entries(uploaded).map(([name, { id }]) => ({ code: name.slice(procedure.length + 1), documentId: id }));

function Refiling({ code, asked, onDone }: AskedProps<'refiling'>) {
  const { t } = useWords();
  const [uploaded, add] = useUploads();
  const { procedure } = asked;
  const documents = itemsOf(procedure, uploaded);
  return (
    <ActForm
      onDone={onDone}
      button={t('refilingSend')}
      disabled={documents.length === 0}
      send={(_form, key) =>
        act('/cases/{code}/procedures/{procedure}/refiling', { code, procedure }, { documents }, key)
      }
    >
      <p>{t('refilingText')}</p>
      <ProcedureFiles procedure={procedure} uploaded={uploaded} onUploaded={add} />
    </ActForm>
  );
}

function Supplement({ code, asked, onDone }: AskedProps<'supplement'>) {
  const { t } = useWords();
  const [uploaded, add] = useUploads();
  const { procedure, requestId, inWords } = asked;
  return (
    <ActForm
      onDone={onDone}
      button={t('supplementAnswer')}
      disabled={!inWords && Object.keys(uploaded).length === 0}
      send={(form, key) => {
        const explanation = form.get('explanation');
        const text = typeof explanation === 'string' ? explanation.trim().normalize('NFC') : '';
        const body = {
          procedure,
          requestId,
          documents: itemsOf(procedure, uploaded),
          ...(text && { explanation: text }),
        };
        return act('/cases/{code}/supplements', { code }, body, key);
      }}
    >
      <Items items={asked.items} reason={asked.reason} />
      {!inWords && <p>{t('supplementNeedsFile')}</p>}
      <div className={parts['field']}>
        <label htmlFor={`${requestId}-explanation`}>{t('explanation')}</label>
        <textarea id={`${requestId}-explanation`} name="explanation" maxLength={10_000} />
      </div>
      <ProcedureFiles procedure={procedure} all uploaded={uploaded} onUploaded={add} />
    </ActForm>
  );
}

function Evidence(props: {
  readonly code: string;
  readonly path: '/cases/{code}/gates/{gate}' | '/cases/{code}/duties/{duty}/fulfilment';
  readonly params: Readonly<Record<string, string>>;
  readonly onDone: () => void;
}) {
  const { code, path, params, onDone } = props;
  const { t } = useWords();
  const [uploaded, add] = useUploads();
  const name = `evidence-${Object.values(params).join('-')}`;
  const file = uploaded[name];
  return (
    <ActForm
      onDone={onDone}
      button={t('evidenceSend')}
      send={(form, key) => {
        const reference = form.get('reference');
        const text = typeof reference === 'string' ? reference.trim() : '';
        return act(
          path,
          { code, ...params },
          {
            evidence: file === undefined ? { reference: text } : { documentId: file.id },
          },
          key,
        );
      }}
    >
      <p>{t('evidenceText')}</p>
      <div className={parts['field']}>
        <label htmlFor={`${name}-reference`}>{t('evidenceReference')}</label>
        <input id={`${name}-reference`} name="reference" maxLength={100} required={file === undefined} />
      </div>
      <FileInput name={name} label={t('evidenceFile')} uploaded={uploaded} onUploaded={add} />
    </ActForm>
  );
}

function Payment({ code, asked, onDone }: AskedProps<'payment'>) {
  const { t, money } = useWords();
  const { procedure } = asked;
  return (
    <ActForm
      onDone={onDone}
      button={t('paymentSend')}
      send={(form, key) => {
        const reference = form.get('reference');
        const body = {
          reference: typeof reference === 'string' ? reference.trim() : '',
        };
        return act('/cases/{code}/procedures/{procedure}/payment', { code, procedure }, body, key);
      }}
    >
      <p>{t('paymentText', { amount: money(asked.amountVnd) })}</p>
      <div className={parts['field']}>
        <label htmlFor={`${procedure}-payment`}>{t('paymentReference')}</label>
        <input id={`${procedure}-payment`} name="reference" required maxLength={64} />
      </div>
    </ActForm>
  );
}

/** What is doubted of the green lane, and the words of whoever is heard. */
function Hearing({ code, asked, onDone }: AskedProps<'lane-hearing'>) {
  const { t } = useWords();
  const send = (form: FormData, key: string) =>
    act('/cases/{code}/lane-hearings/answer', { code }, { statement: String(form.get('statement') ?? '') }, key);
  return (
    <ActForm send={send} onDone={onDone} button={t('evidenceSend')}>
      <ul>
        {asked.predicates.map((one) => (
          <li key={one}>{t(predicateWords[one])}</li>
        ))}
      </ul>
      {asked.reason !== null && <p>{asked.reason}</p>}
      <div className={parts['field']}>
        <label htmlFor="statement">{t('hearingStatement')}</label>
        <textarea id="statement" name="statement" required maxLength={4000} rows={6} />
      </div>
    </ActForm>
  );
}

/** Why a result is to be taken back, and the words of whoever is heard. */
function ResultHearing({ code, asked, onDone }: AskedProps<'result-hearing'>) {
  const { t } = useWords();
  const { change, of, reason, legalBasis } = asked;
  return (
    <ActForm
      button={t('evidenceSend')}
      onDone={onDone}
      send={(form, key) =>
        act(
          '/cases/{code}/result-changes/{change}/statement',
          { code, change },
          { statement: textOf(form, 'statement') },
          key,
        )
      }
    >
      <p>{t('resultHearingOf', { of })}</p>
      <p>
        {reason ?? t('erased')} ({legalBasis ?? t('erased')})
      </p>
      <div className={parts['field']}>
        <label htmlFor={`${change}-statement`}>{t('hearingStatement')}</label>
        <textarea id={`${change}-statement`} name="statement" required maxLength={4000} rows={6} />
      </div>
    </ActForm>
  );
}

const predicateWords = {
  'high-tech': 'predicateHighTech',
  'internationally-linked': 'predicateLinked',
  'needs-priority': 'predicatePriority',
} as const;

/** What nobody knew at filing, said by whoever knows by now, with what shows it. */
function Fact({ code, asked, onDone }: AskedProps<'fact'>) {
  const { t } = useWords();
  const [uploaded, add] = useUploads();
  const file = uploaded[asked.question];
  return (
    <ActForm
      onDone={onDone}
      button={t('evidenceSend')}
      disabled={file === undefined}
      send={(form, key) =>
        act(
          '/cases/{code}/corrections',
          { code },
          {
            facts: factsFrom(form, asked.facts),
            reason: String(form.get('reason') ?? ''),
            documentId: file?.id ?? '',
          },
          key,
        )
      }
    >
      <FactFields facts={asked.facts} />
      <div className={parts['field']}>
        <label htmlFor={`${asked.question}-reason`}>{t('factReason')}</label>
        <textarea id={`${asked.question}-reason`} name="reason" required maxLength={4000} rows={4} />
      </div>
      <FileInput name={asked.question} label={t('factShown')} uploaded={uploaded} onUploaded={add} />
    </ActForm>
  );
}

function Survey({ code, asked, onDone }: AskedProps<'survey'>) {
  const { t } = useWords();
  const { procedure } = asked;
  return (
    <ActForm
      onDone={onDone}
      button={t('surveySend')}
      send={(form, key) =>
        act(
          '/cases/{code}/survey',
          { code },
          {
            score: Number(form.get('score')),
            ...(procedure !== null && { procedure }),
          },
          key,
        )
      }
    >
      <fieldset>
        <legend>{t('surveyText')}</legend>
        {[1, 2, 3, 4, 5].map((score) => (
          <label key={score} className={parts['choice']}>
            <input type="radio" name="score" value={score} required />
            {score}
            {score === 1 && ` · ${t('surveyWorst')}`}
            {score === 5 && ` · ${t('surveyBest')}`}
          </label>
        ))}
      </fieldset>
    </ActForm>
  );
}
