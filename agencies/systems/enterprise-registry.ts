import { derivedCode, derivedDigits } from '../derive.js';
import { comparableName } from './names.js';
import { defineSystem } from './agency-system.js';

/** National business register: names, and companies founded in Viet Nam (a foreign parent is not in it). */
export const enterpriseRegistry = defineSystem({
  code: 'enterprise-registry',
  title: { vi: 'Cơ sở dữ liệu quốc gia về đăng ký doanh nghiệp', en: 'National Business Register' },
  legalBasis: null,
  answers: {
    'name-check': ({ correlationId, subject }, books) => {
      const code = derivedDigits(10, 'enterprise', comparableName(subject.name));
      const taken = books.enterprises.get(code) !== undefined;
      return {
        reference: derivedCode('DKDN', correlationId, subject),
        available: !taken,
        takenBy: taken ? code : null,
      };
    },
    'enterprise-record': ({ correlationId, subject }, books) => {
      const code = derivedDigits(10, 'enterprise', comparableName(subject.name));
      const found = subject.country === 'VN' || books.enterprises.get(code) !== undefined;
      return {
        reference: derivedCode('DKDN', correlationId, subject),
        found,
        enterpriseCode: found ? code : null,
        status: found ? 'active' : null,
      };
    },
  },
});
