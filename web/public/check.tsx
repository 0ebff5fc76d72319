import { useState } from 'react';
import { eventName, eventTypes } from '../../domain/case/event-table.js';
import type { EventType } from '../../domain/case/events.js';
import { certificatesFrom } from '../../domain/evidence/certificate.js';
import type { FilingSigned, SignerGiven } from '../../domain/evidence/filing-signature.js';
import { type KeyFault, keyFaultNames } from '../../domain/evidence/key-period.js';
import { revocationListsFrom } from '../../domain/evidence/revocations.js';
import { trustedFrom } from '../../domain/evidence/trusted-keys.js';
import { proofFrom, type ProofFault, type Verified, verifyProof } from '../../domain/evidence/verify.js';
import { CheckCode } from './check-code.js';
import { Facts, Notice, Table } from '../parts/parts.js';
import css from '../parts/parts.module.css';
import { useWords, type Word } from '../words/language.js';

const faultWords: Readonly<Record<Exclude<ProofFault['reason'], KeyFault>, Word>> = {
  'not-a-proof': 'verifyNotAProof',
  'checkpoint-unreadable': 'verifyUnreadable',
  'checkpoint-unsigned': 'verifyUnsigned',
  gap: 'verifyGap',
  'not-included': 'verifyNotIncluded',
  'fields-disordered': 'verifyDisordered',
  'recorded-disordered': 'verifyRecorded',
  'filing-signature-wrong': 'verifyFilingWrong',
  'filing-certificate-differs': 'verifyCertificateDiffers',
  'filing-certificate-untrusted': 'verifyCertificateUntrusted',
  'filing-certificate-revoked': 'verifyCertificateRevoked',
  'filing-revocations-silent': 'verifyRevocationsSilent',
};
const isKeyFault = (reason: ProofFault['reason']): reason is KeyFault => reason in keyFaultNames;
const known: ReadonlySet<unknown> = new Set(eventTypes);

interface Found {
  readonly caseCode: string | null;
  readonly verified: Verified | null;
  readonly faults: readonly ProofFault[];
  /** What was given to check it by is not what it should be: nothing was checked. */
  readonly unreadable?: Word;
}

/** Checks a proof in the browser: the file never leaves it, and nothing is asked of us. */
export function Check({ keys }: { readonly keys: string }) {
  const { t } = useWords();
  const [trusted, setTrusted] = useState(keys);
  const [found, setFound] = useState<Found>();
  const [files, setFiles] = useState<Files>({});
  const choose = (chosen: Files): void => {
    const next = { ...files, ...chosen };
    setFiles(next);
    void check(next);
  };
  const check = async ({ file, ...whose }: Files): Promise<void> => {
    if (!file) return setFound(undefined);
    const proof = proofFrom(await file.text());
    if (!proof) return setFound({ caseCode: null, verified: null, faults: [{ seq: null, reason: 'not-a-proof' }] });
    const keysRead = trustedFrom(trusted);
    if (!keysRead)
      return setFound({ caseCode: proof.caseCode, verified: null, faults: [], unreadable: 'verifyKeysUnreadable' });
    const signer = await signerIn(whose);
    if (signer === null)
      return setFound({
        caseCode: proof.caseCode,
        verified: null,
        faults: [],
        unreadable: 'verifyCertificatesUnreadable',
      });
    const verified = verifyProof(proof, keysRead.notes, new Date().toISOString(), signer);
    setFound({ caseCode: proof.caseCode, verified, faults: verified.faults });
  };
  return (
    <>
      <div className={css['field']}>
        <label htmlFor="keys">{t('verifyKeys')}</label>
        <p id="keys-help">{t('verifyKeysHelp')}</p>
        <textarea
          id="keys"
          rows={6}
          aria-describedby="keys-help"
          spellCheck={false}
          value={trusted}
          onChange={({ target }) => {
            setTrusted(target.value);
            setFound(undefined);
          }}
        />
      </div>
      <h2>{t('checkProofTitle')}</h2>
      <div className={css['field']}>
        <label htmlFor="proof">{t('verifyFile')}</label>
        <input
          id="proof"
          type="file"
          accept="application/json,.json"
          onChange={({ target }) => choose({ file: target.files?.[0] })}
        />
      </div>
      <details>
        <summary>{t('verifyWhose')}</summary>
        <p id="whose-help">{t('verifyWhoseHelp')}</p>
        <div className={css['field']}>
          <label htmlFor="certificate">{t('verifyCertificate')}</label>
          <input
            id="certificate"
            type="file"
            accept=".pem,.crt,.cer"
            aria-describedby="whose-help"
            onChange={({ target }) => choose({ certificate: target.files?.[0] })}
          />
        </div>
        <div className={css['field']}>
          <label htmlFor="roots">{t('verifyRoots')}</label>
          <input
            id="roots"
            type="file"
            accept=".pem,.crt,.cer"
            onChange={({ target }) => choose({ roots: target.files?.[0] })}
          />
        </div>
        <div className={css['field']}>
          <label htmlFor="revocations">{t('verifyRevocations')}</label>
          <input
            id="revocations"
            type="file"
            accept=".crl,.pem"
            multiple
            onChange={({ target }) => choose({ revocations: [...(target.files ?? [])] })}
          />
        </div>
      </details>
      <div aria-live="polite">{found !== undefined && <Verdict {...found} />}</div>
      <section>
        <h2>{t('checkCodeTitle')}</h2>
        <CheckCode trusted={trusted} />
      </section>
    </>
  );
}

interface Files {
  readonly file?: File | undefined;
  /** Of whoever signed the filing, and of the authorities that one trusts. */
  readonly certificate?: File | undefined;
  readonly roots?: File | undefined;
  /** What these revoked. */
  readonly revocations?: readonly File[] | undefined;
}

/** Undefined where no certificate was given; null where what was given is none, or lists are without those who made them. */
async function signerIn({
  certificate,
  roots,
  revocations = [],
}: Omit<Files, 'file'>): Promise<SignerGiven | undefined | null> {
  const authorities = roots ? certificatesFrom(await roots.text()) : [];
  const [own] = (certificate && certificatesFrom(await certificate.text())) ?? [];
  const lists = await Promise.all(
    revocations.map(async (file) => revocationListsFrom(new Uint8Array(await file.arrayBuffer()))),
  );
  const isRead = lists.every((one) => one !== undefined);
  if (!authorities || (certificate && !own) || !isRead || (lists.length > 0 && authorities.length === 0)) return null;
  return own && { certificate: own, authorities, lists: lists.flat() };
}

/** What is known of whose the signature of the filing is, and no more. */
function FilingSigner({ signed }: { readonly signed: FilingSigned | null }) {
  const { t, moment } = useWords();
  if (signed === null) return <>{t('verifyFilingUnsigned')}</>;
  const { certificate, signer } = signed;
  if (signer === null) return <>{t('verifyFilingSigned', { certificate: certificate.slice(0, 16) })}</>;
  const names = [signer.name, signer.organisation, signer.number].filter((one) => one !== null);
  const whom = [...new Set(names)].join(', ');
  if (!signer.isTrusted) return <>{t('verifyFilingNamed', { whom })}</>;
  const { notRevokedBy } = signer;
  return (
    <>
      {t('verifyFilingTheirs', { whom })}
      {'; '}
      {notRevokedBy === null ? t('verifyRevocationUnasked') : t('verifyNotRevoked', { day: moment(notRevokedBy) })}
    </>
  );
}

function Verdict({ caseCode, verified, faults, unreadable }: Found) {
  const { t, say, moment, number } = useWords();
  if (unreadable)
    return (
      <Notice tone="red" alert>
        <p>{t(unreadable)}</p>
      </Notice>
    );
  const named = (type: unknown): string | undefined =>
    known.has(type) ? say(eventName(type as EventType)) : undefined;
  return (
    <>
      <Notice tone={faults.length === 0 ? 'green' : 'red'} alert>
        <p>
          <strong>{t(faults.length === 0 ? 'verifyHolds' : 'verifyFails')}</strong>
        </p>
        {faults.length > 0 && (
          <ul>
            {faults.slice(0, 20).map(({ seq, reason }, at) => (
              <li key={at}>
                {seq === null ? '' : `${t('verifyEvent', { n: seq })}: `}
                {isKeyFault(reason) ? say(keyFaultNames[reason]) : t(faultWords[reason])}
              </li>
            ))}
          </ul>
        )}
      </Notice>
      {verified !== null && (
        <>
          <Facts
            items={[
              [t('verifyCase'), caseCode ?? '–'],
              [t('verifyOrigin'), <code>{verified.origin ?? '–'}</code>],
              [t('verifySize'), number(verified.size)],
              [t('filingSignature'), <FilingSigner signed={verified.filingSigned} />],
              [
                t('verifyWitnesses'),
                verified.witnesses.length === 0
                  ? t('verifyNoWitness')
                  : verified.witnesses
                      .map(({ name, seconds }) => `${name}, ${moment(new Date(seconds * 1000).toISOString())}`)
                      .join('; '),
              ],
            ]}
          />
          <Table
            caption={t('verifyEvents')}
            rows={verified.events}
            rowKey={({ seq }) => String(seq)}
            empty={t('verifyGap')}
            columns={[
              { name: t('verifySeq'), cell: ({ seq }) => seq },
              {
                name: t('verifyRecordedAt'),
                cell: ({ shown }) =>
                  typeof shown['recordedAt'] === 'string' ? moment(shown['recordedAt']) : t('verifyHidden'),
              },
              { name: t('verifyWhat'), cell: ({ shown }) => named(shown['type']) ?? t('verifyHidden') },
              { name: t('verifyHiddenFields'), cell: ({ hidden }) => number(hidden) },
            ]}
          />
        </>
      )}
    </>
  );
}
