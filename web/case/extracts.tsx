import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { act, newKey, read } from '../api/call.js';
import type { Extracts as ExtractsOf } from '../api/contract.js';
import { Failure } from '../app/states.js';
import { Facts, Notice, Table, Tag, type Tone } from '../parts/parts.js';
import parts from '../parts/parts.module.css';
import { useWords, type Word } from '../words/language.js';

type Item = ExtractsOf['items'][number];

const states = {
  asked: ['extractAsked', 'amber'],
  obtained: ['extractObtained', 'green'],
  missed: ['extractMissed', 'red'],
} as const satisfies Record<Item['state'], readonly [Word, Tone]>;

/** A value by its name, with its code beside it. */
const called = (
  value: string | null,
  name: { readonly vi: string; readonly en: string } | null,
  say: (name: { readonly vi: string; readonly en: string }) => string,
): string => (value === null ? '–' : name === null ? value : `${say(name)} (${value})`);

/** What registers of the State were asked for a procedure, and what they said; nothing where none was asked. `asks`: whoever looks may have them asked again. */
export function Extracts(props: {
  readonly code: string;
  readonly procedure: string;
  readonly asks?: boolean;
  /** What to call it; its usual heading where it is left out. */
  readonly titled?: string;
  /** The investor's side, who may take a consent back. */
  readonly party?: boolean;
}) {
  const { code, procedure, asks = false, party = false, titled } = props;
  const { t } = useWords();
  const [failed, setFailed] = useState<unknown>();
  const [asking, setAsking] = useState(false);
  const found = useQuery({
    queryKey: ['extracts', code, procedure],
    queryFn: () => read('/cases/{code}/procedures/{procedure}/extracts', { code, procedure }),
  });
  if (found.error !== null) return <Failure error={found.error} />;
  const items = found.data?.items ?? [];
  if (items.length === 0) return null;
  const send = (sent: Promise<unknown>) => {
    setAsking(true);
    setFailed(undefined);
    sent.then(() => found.refetch(), setFailed).finally(() => setAsking(false));
  };
  const again = () =>
    send(act('/cases/{code}/procedures/{procedure}/extracts/looks', { code, procedure }, {}, newKey()));
  return (
    <section>
      {titled === undefined ? <h2>{t('extractsTitle')}</h2> : <h3>{titled}</h3>}
      {items.map((item) => (
        <Extract key={item.document} item={item} code={code} procedure={procedure}>
          {party && item.consent !== null && (
            <button
              type="button"
              className={parts['secondary']}
              disabled={asking}
              onClick={() =>
                send(
                  act(
                    '/cases/{code}/procedures/{procedure}/extracts/{document}/consent-withdrawal',
                    { code, procedure, document: item.document },
                    {},
                    newKey(),
                  ),
                )
              }
            >
              {t('extractConsentWithdraw')}
            </button>
          )}
        </Extract>
      ))}
      {failed !== undefined && <Failure error={failed} />}
      {asks && items.some(({ state }) => state !== 'asked') && (
        <button type="button" className={parts['secondary']} disabled={asking} onClick={again}>
          {t('extractAgain')}
        </button>
      )}
    </section>
  );
}

/** Of a whole case, read when somebody opens it. */
export function ExtractsOfCase(props: {
  readonly code: string;
  readonly procedures: readonly { readonly procedure: string; readonly name: string }[];
  readonly party: boolean;
}) {
  const { code, procedures, party } = props;
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t('extractsOfCase')}</summary>
      <p className={parts['faint']}>{t('extractsOfCaseHelp')}</p>
      {open &&
        procedures.map(({ procedure, name }) => (
          <Extracts key={procedure} code={code} procedure={procedure} party={party} titled={name} />
        ))}
    </details>
  );
}

function Extract(props: {
  readonly item: Item;
  readonly code: string;
  readonly procedure: string;
  readonly children: ReactNode;
}) {
  const { item, code, procedure, children } = props;
  const { cite, t, say, day, moment } = useWords();
  const { document, documentName, registerName, state, obtained, missed, askedAt, consent, question, withheld } = item;
  const disputed = question !== null && question.settled === null;
  const [word, tone] = states[state];
  const name = documentName === null ? document : say(documentName);
  return (
    <details open={state !== 'obtained' || disputed}>
      <summary>
        {name} · {say(registerName)} <Tag tone={tone}>{t(word)}</Tag>
        {disputed && <Tag tone="red">{t('extractDiffers')}</Tag>}
      </summary>
      {missed !== null && (
        <Notice tone="amber">
          <p>
            {say(missed.text)} <span className={parts['faint']}>{moment(missed.at)}</span>
          </p>
        </Notice>
      )}
      {question !== null && !withheld && <Sides question={question} name={name} />}
      {obtained === null ? (
        <p className={parts['faint']}>{t('extractAskedAt', { at: moment(askedAt) })}</p>
      ) : (
        <>
          {obtained.content === null ? (
            <p>{t(withheld ? 'extractWithheld' : 'erased')}</p>
          ) : (
            <Facts
              items={[
                [
                  t('extractAbout'),
                  [obtained.content.about.name, obtained.content.about.number ?? ''].filter(Boolean).join(', '),
                ],
                ...obtained.content.fields.map(
                  (field) => [say(field.name), called(field.value, field.valueName, say)] as const,
                ),
              ]}
            />
          )}
          <Facts
            items={[
              [t('extractSource'), `${say(registerName)} · ${obtained.reference}`],
              [t('extractAsOf'), moment(obtained.asOf)],
              [t('extractValid'), obtained.validUntil === null ? t('extractNoEnd') : day(obtained.validUntil)],
              [t('extractRequest'), `${obtained.requestId} · ${moment(obtained.at)}`],
              obtained.content === null
                ? null
                : [t('extractPurpose'), `${say(obtained.content.purpose)} · ${cite(obtained.content.legalBasis)}`],
              consent === null ? null : [t('extractConsent'), moment(consent.givenAt)],
            ]}
          />
          {!withheld && (
            <p>
              <a
                href={`/api/v1/cases/${code}/procedures/${procedure}/extracts/${document}/page`}
                target="_blank"
                rel="noreferrer"
              >
                {t('extractPage', { name })}
              </a>
            </p>
          )}
        </>
      )}
      {children}
    </details>
  );
}

/** Where a register and the case differ, side beside side, and what an officer said of it. */
function Sides({ question, name }: { readonly question: NonNullable<Item['question']>; readonly name: string }) {
  const { t, say, moment } = useWords();
  const { differences, settled, askedAt } = question;
  return (
    <>
      {differences === null ? (
        <p>{t('erased')}</p>
      ) : (
        <Table
          caption={t('extractSides', { name, at: moment(askedAt) })}
          rows={differences}
          rowKey={({ against, code }) => `${against} ${code}`}
          columns={[
            { name: t('extractField'), cell: (one) => say(one.name) },
            {
              name: t('extractOurs'),
              cell: ({ ours, oursName, against }) =>
                `${called(ours, oursName, say)}${against === 'before' ? ` (${t('extractBefore')})` : ''}`,
            },
            { name: t('extractTheirs'), cell: ({ theirs, theirsName }) => called(theirs, theirsName, say) },
          ]}
        />
      )}
      {settled === null ? (
        <Notice tone="amber">
          <p>{t('extractUnsettled')}</p>
        </Notice>
      ) : (
        <p>
          <strong>{t(settled.stands === 'register' ? 'extractRegisterStands' : 'extractFiledStands')}</strong> ·{' '}
          {moment(settled.at)}: {settled.reason ?? t('erased')}
        </p>
      )}
    </>
  );
}
