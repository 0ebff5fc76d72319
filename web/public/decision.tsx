import type { PublicDecision } from '../api/contract.js';
import { Heading } from '../parts/frame.js';
import { CaseStatus, Facts, Notice } from '../parts/parts.js';
import css from '../parts/parts.module.css';
import { useWords } from '../words/language.js';

export interface DecisionData {
  readonly number: string;
  readonly found?: PublicDecision;
  readonly unknown?: boolean;
  /** The code that was scanned is that of another paper. */
  readonly other?: boolean;
}

/** Whether a decision of this number was signed, and its seal. */
export function Decision({ number, found, unknown, other }: DecisionData) {
  const { t, say, day } = useWords();
  return (
    <>
      <Heading title={t('decisionTitle')} lead={t('decisionLead')} />
      {unknown === true && (
        <Notice tone="red" alert>
          <p>{t('decisionUnknown', { number })}</p>
        </Notice>
      )}
      {found !== undefined && (
        <>
          {other === true ? (
            <Notice tone="red" alert>
              <p>
                <strong>{t('decisionOther')}</strong>
              </p>
            </Notice>
          ) : (
            <Standing {...found} />
          )}
          <Facts
            items={[
              [t('decisionNumber'), found.number],
              ...found.changes.map((one): [string, string] => [
                t(one.change === 'revocation' ? 'decisionRevokedBy' : 'decisionCorrectedBy'),
                `${one.number} · ${day(one.at)}`,
              ]),
              [t('decisionOutcome'), <CaseStatus status={found.outcome} />],
              [t('decisionOn'), day(found.decidedAt)],
              [t('colProcedure'), say(found.name)],
              [t('colAgency'), say(found.agencyName)],
              [t('colDossier'), found.dossierCode ?? '–'],
              [t('decisionHash'), <code>{found.documentHash}</code>],
              [t('decisionSignature'), <code>{found.signature}</code>],
              [t('decisionAlgorithm'), found.algorithm],
              [t('decisionKey'), <code>{found.keyId}</code>],
            ]}
          />
          <p>{t('decisionHow')}</p>
          <p>
            <a href="/api/v1/public/keys">{t('decisionKeys')}</a>
          </p>
          <p>
            <a href="/verify">{t('decisionOffline')}</a>
          </p>
        </>
      )}
      <form method="get" action="/decisions">
        <div className={css['field']}>
          <label htmlFor="number">{t('decisionNumber')}</label>
          <input id="number" name="number" defaultValue={number} required maxLength={120} autoComplete="off" />
        </div>
        <button type="submit">{t('decisionShow')}</button>
      </form>
    </>
  );
}

const standings = {
  'in-force': ['decisionReal', 'green'],
  corrected: ['decisionCorrected', 'amber'],
  revoked: ['decisionRevoked', 'red'],
} as const;

/** Whether it still says what holds. */
function Standing({ standing, changes }: PublicDecision) {
  const { t } = useWords();
  const [word, tone] = standings[standing];
  return (
    <Notice tone={tone} {...(standing !== 'in-force' && { alert: true })}>
      <p>
        <strong>{t(word, { numbers: changes.map(({ number }) => number).join(', ') })}</strong>
      </p>
    </Notice>
  );
}
