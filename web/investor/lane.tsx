import { proofs } from '../../domain/lane/evidence.js';
import { act } from '../api/call.js';
import type { Case, LaneEvidenceGiven, Predicate } from '../api/contract.js';
import { textOf } from '../app/act.js';
import { ActForm, FileInput, useUploads } from '../app/act-form.js';
import { useAgencyName } from '../case/queries.js';
import { documentAddress, useDocuments } from '../documents/documents.js';
import { Lane, Notice } from '../parts/parts.js';
import parts from '../parts/parts.module.css';
import { Predicates } from '../parts/predicates.js';
import { useWords } from '../words/language.js';
import { NotGranted } from './acting-in.js';
import { covers, type HeldPower } from './acting.js';

type LaneNow = NonNullable<Case['laneNow']>;
interface LaneProps {
  readonly one: Case;
  readonly now: LaneNow;
  /** Of whoever acts for the investor. */
  readonly powers: readonly HeldPower[] | undefined;
  readonly onDone: () => void;
}

/** The investor's way into the green lane: who decides until when, each test with what was found and given, and asking again. */
export function LaneOfCase({ one, now, powers, onDone }: LaneProps) {
  const { t, say, moment } = useWords();
  const { link, view } = useDocuments(one.withheldDocuments);
  const mayGive = covers(powers, 'giveEvidence');
  const { decided } = now;
  const findingOf = (predicate: string) => decided?.findings.find((found) => found.predicate === predicate);
  const given = (predicate: Predicate) => one.laneEvidence.filter((each) => each.predicate === predicate.id);
  const givable = (predicate: Predicate) => now.open && predicate.proof.some(({ kind }) => kind === 'document');
  const missing = laneLacking(one);
  return (
    <section aria-labelledby="lane-title">
      <h2 id="lane-title">
        {t('laneTitle')} <Lane lane={one.lane} />
      </h2>
      <LaneHolder now={now} />
      {one.lane === 'undecided' && now.open && (
        <>
          <p>{t('laneHow')}</p>
          {missing.length > 0 && (
            <Notice tone="amber">
              <p>{t('laneMissing', { names: missing.map(({ name }) => say(name)).join('; ') })}</p>
            </Notice>
          )}
        </>
      )}
      {!now.open && one.lane !== 'green' && <p>{t(one.closedAt === null ? 'laneOver' : 'laneClosed')}</p>}
      {decided !== null && (
        <Notice tone={decided.lane === 'green' ? 'green' : 'amber'}>
          <p>
            <strong>
              {t(decided.revoked ? 'laneWasRevoked' : decided.lane === 'green' ? 'laneWasGreen' : 'laneWasStandard', {
                at: moment(decided.at),
              })}
            </strong>
          </p>
          <p>
            {t('fieldReason')}: {decided.reason ?? t('erased')}
          </p>
        </Notice>
      )}
      <Predicates
        predicates={one.predicates}
        more={(predicate) => {
          const found = findingOf(predicate.id);
          return (
            <div className={parts['field']}>
              {found !== undefined && (
                <p>
                  {t(found.verdict === 'yes' ? 'laneFoundMet' : 'laneFoundNotMet', {
                    reason: found.reason ?? t('erased'),
                  })}
                </p>
              )}
              {given(predicate).length > 0 && (
                <>
                  <p>{t('laneGiven')}</p>
                  <ul>
                    {given(predicate).map((each) => (
                      <li key={each.id}>
                        {link(documentAddress(each.documentId), say(evidenceName(each)))}
                        {` · ${each.id} · ${moment(each.givenAt)}`}
                      </li>
                    ))}
                  </ul>
                </>
              )}
              {mayGive && givable(predicate) && <EvidenceForm code={one.case} predicate={predicate} onDone={onDone} />}
            </div>
          );
        }}
      />
      {view}
      {!mayGive && one.predicates.some(givable) && <NotGranted powers={powers} act="giveEvidence" />}
      {now.open &&
        one.lane === 'standard' &&
        (covers(powers, 'proposeLane') ? (
          <ProposeLane code={one.case} onDone={onDone} />
        ) : (
          <NotGranted powers={powers} act="proposeLane" />
        ))}
    </section>
  );
}

/** Tests of an undecided lane that a document may prove, for which the investor has given none. */
export const laneLacking = ({ lane, laneNow, predicates, laneEvidence }: Case): Predicate[] =>
  lane === 'undecided' && laneNow?.open === true
    ? predicates.filter(
        ({ id, verdict, proof }) =>
          verdict !== 'yes' &&
          proof.some(({ kind }) => kind === 'document') &&
          !laneEvidence.some(({ predicate }) => predicate === id),
      )
    : [];

/** Who has to decide on the lane, and by when; nothing while nobody has. */
export function LaneHolder({ now: { agency, dueDate } }: { readonly now: LaneNow }) {
  const { t, day } = useWords();
  const agencyName = useAgencyName();
  if (agency === null) return null;
  return (
    <p>
      {dueDate === null
        ? t('laneHeldBy', { agency: agencyName(agency) })
        : t('laneHeldUntil', { agency: agencyName(agency), day: day(dueDate) })}
    </p>
  );
}

/** What kind of document was given. */
const evidenceName = ({ predicate, code }: Case['laneEvidence'][number]) =>
  proofs[predicate].find((one) => one.code === code)?.name ?? { vi: code, en: code };

/** One document that proves one test; another one may follow. */
function EvidenceForm(props: { readonly code: string; readonly predicate: Predicate; readonly onDone: () => void }) {
  const { code, predicate, onDone } = props;
  const { t, say } = useWords();
  const [uploaded, add, remove] = useUploads();
  const name = `lane-${predicate.id}`;
  const file = uploaded[name];
  const kinds = predicate.proof.filter(({ kind }) => kind === 'document');
  return (
    <ActForm
      again
      button={t('laneGive')}
      disabled={file === undefined}
      names={{ code: t('laneEvidenceKind'), documentId: t('laneEvidenceFile') }}
      onDone={() => {
        remove(name);
        onDone();
      }}
      send={(form, key) =>
        act(
          '/cases/{code}/lane-evidence',
          { code },
          {
            predicate: predicate.id,
            code: textOf(form, 'code') as LaneEvidenceGiven['code'],
            documentId: file?.id ?? '',
          },
          key,
        )
      }
    >
      <div className={parts['field']}>
        <label htmlFor={`${name}-kind`}>{t('laneEvidenceKind')}</label>
        <select id={`${name}-kind`} name="code" required defaultValue={kinds.length === 1 ? kinds[0]?.code : ''}>
          {kinds.length > 1 && <option value="">{t('choose')}</option>}
          {kinds.map((kind) => (
            <option key={kind.code} value={kind.code}>
              {say(kind.name)}
            </option>
          ))}
        </select>
      </div>
      <FileInput name={name} label={t('laneEvidenceFile')} uploaded={uploaded} onUploaded={add} />
    </ActForm>
  );
}

/** A project of the standard lane is proposed again, with why. */
function ProposeLane({ code, onDone }: { readonly code: string; readonly onDone: () => void }) {
  const { t } = useWords();
  return (
    <>
      <h3>{t('laneAgain')}</h3>
      <p>{t('laneAgainText')}</p>
      <ActForm
        button={t('laneAgainSend')}
        keptAs={`lane-proposal ${code}`}
        names={{ reason: t('laneAgainReason') }}
        onDone={onDone}
        send={(form, key) => act('/cases/{code}/lane-proposals', { code }, { reason: textOf(form, 'reason') }, key)}
      >
        <div className={parts['field']}>
          <label htmlFor="lane-reason">{t('laneAgainReason')}</label>
          <textarea id="lane-reason" name="reason" required maxLength={4000} rows={4} />
        </div>
      </ActForm>
    </>
  );
}
