import { useWords } from '../words/language.js';

/** What the register keeps of the signature of a filing. */
interface Signed {
  readonly certificate: string;
  readonly until: string;
}

/** Whether a filing was signed, and with which certificate. */
export function FilingSignature({ signed }: { readonly signed: Signed | null }) {
  const { t, moment } = useWords();
  if (signed === null) return <>{t('filingUnsigned')}</>;
  return <>{t('filingSigned', { certificate: signed.certificate.slice(0, 16), until: moment(signed.until) })}</>;
}
