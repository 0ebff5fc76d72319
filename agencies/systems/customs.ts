import { derivedCode, derivedDigits } from '../derive.js';
import { defineSystem } from './agency-system.js';
import { comparableName } from './names.js';

/** Customs: the trade record of a company. */
export const customs = defineSystem({
  code: 'customs',
  title: { vi: 'Hệ thống hải quan', en: 'Customs system' },
  legalBasis: 'Thông tư 72/2015/TT-BTC',
  answers: {
    'trade-record': ({ correlationId, subject }, books) => {
      const code = subject.enterpriseCode ?? derivedDigits(10, 'enterprise', comparableName(subject.name));
      const found = books.enterprises.get(code) !== undefined;
      return { reference: derivedCode('HQ', correlationId, subject), found, violations: 0 };
    },
  },
});
