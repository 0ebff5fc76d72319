import { dateOf } from '../business-time.js';
import { type Books } from '../books.js';
import { derivedCode, derivedDigits } from '../derive.js';
import { defineSystem } from './agency-system.js';
import { comparableName } from './names.js';

/** Gives a company its one number, for registration and tax alike; the same name has the same number. */
function register(name: string, askedAt: string, books: Books): { enterpriseCode: string; registeredOn: string } {
  const enterpriseCode = derivedDigits(10, 'enterprise', comparableName(name));
  const known = books.enterprises.get(enterpriseCode) ?? { name: comparableName(name), registeredOn: dateOf(askedAt) };
  books.enterprises.put(enterpriseCode, known);
  return { enterpriseCode, registeredOn: known.registeredOn };
}

/** City Tax Office: enterprise and tax number, registration, incentives on record. */
export const tax = defineSystem({
  code: 'tax',
  title: { vi: 'Hệ thống quản lý thuế Thành phố', en: 'City tax system' },
  legalBasis: 'Luật Đất đai 31/2024/QH15',
  answers: {
    'tax-code': ({ askedAt, subject }, books) => {
      const { enterpriseCode } = register(subject.name, askedAt, books);
      return { reference: enterpriseCode, enterpriseCode };
    },
    'tax-registration': ({ askedAt, subject }, books) => {
      const registered = register(subject.name, askedAt, books);
      return { reference: derivedCode('DKT', registered.enterpriseCode), ...registered };
    },
    'incentive-record': ({ correlationId, askedAt, subject }) => ({
      reference: derivedCode('UD', correlationId, subject),
      recordedOn: dateOf(askedAt),
    }),
  },
});
