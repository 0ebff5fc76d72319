import { type Authority } from '../../agencies/authority/authority.js';
import { type SigningAccounts } from '../../api/filing-signatures.js';
import { certificatesFrom } from '../../domain/evidence/certificate.js';
import { revocationListsFrom } from '../../domain/evidence/revocations.js';

/** The stand-in of whoever signs filings, asked in this process. */
export const signingBy = ({ root, accounts, revocations }: Authority): SigningAccounts => ({
  authorities: certificatesFrom(root) ?? [],
  sign: (holder, bytes) => accounts.sign(holder, bytes),
  revocations: async () => revocationListsFrom(await revocations()) ?? [],
});
