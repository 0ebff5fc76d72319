import type { PublishedKeys, TransparencyLog } from '../api/contract.js';
import { Heading } from '../parts/frame.js';
import { Facts } from '../parts/parts.js';
import { useWords } from '../words/language.js';

export interface VerifyData {
  /** null: nothing was logged yet. */
  readonly log: TransparencyLog | null;
  /** What `/.well-known/luong-xanh-keys.json` says, but for certificates. */
  readonly keys: PublishedKeys;
}

/** Where anybody checks the proof of a case; the check itself is done by the browser (`web/check.tsx`) and needs no network. */
export function Verify({ log, keys }: VerifyData) {
  const { t, moment, number } = useWords();
  return (
    <>
      <Heading title={t('verifyTitle')} lead={t('verifyLead')} />
      <div id="check" data-keys={keys.keys.length === 0 ? '' : JSON.stringify(keys, null, 1)}>
        <p>{t('verifyNoScript')}</p>
      </div>
      <section>
        <h2>{t('verifyElsewhere')}</h2>
        <p>{t('verifyProgram')}</p>
        <p>
          <a href="/verify-proof.mjs" download>
            verify-proof.mjs
          </a>
        </p>
        <p>
          <code>node verify-proof.mjs proof.json --keys luong-xanh-keys.json</code>
        </p>
        <p>
          <code>
            node verify-proof.mjs proof.json --keys luong-xanh-keys.json --certificate signer.pem --roots
            authorities.pem
          </code>
        </p>
        <p>
          <code>node verify-proof.mjs --qr "https://…#lx1.…" --paper paper.pdf --keys luong-xanh-keys.json</code>
        </p>
        <p>
          {t('verifyKeysFile')}{' '}
          <a href="/.well-known/luong-xanh-keys.json" download>
            luong-xanh-keys.json
          </a>
        </p>
      </section>
      {log !== null && (
        <section>
          <h2>{t('verifyLogTitle')}</h2>
          <p>{t('verifyLogLead')}</p>
          <Facts
            items={[
              [t('verifyOrigin'), <code>{log.origin}</code>],
              [t('verifySize'), number(log.size)],
              [t('verifyRoot'), <code>{log.root}</code>],
              [t('verifyWritten'), moment(log.writtenAt)],
              [t('verifyUnlogged'), number(log.unlogged)],
              [t('verifyAddress'), <code>{log.address}</code>],
            ]}
          />
        </section>
      )}
    </>
  );
}
