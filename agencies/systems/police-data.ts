import { derivedCode } from '../derive.js';
import { defineSystem } from './agency-system.js';

/** City Police data services: judicial and immigration records of foreign experts. Echoes nothing of the person. */
export const policeData = defineSystem({
  code: 'police-data',
  title: { vi: 'Dịch vụ dữ liệu của Công an Thành phố', en: 'City Police data services' },
  legalBasis: 'Nghị định 96/2026/NĐ-CP, Điều 6.6',
  answers: {
    'judicial-record': ({ correlationId }) => ({ reference: derivedCode('LLTP', correlationId), clean: true }),
    'immigration-record': ({ correlationId, subject }) => {
      // Citizens are not in the immigration database.
      const found = subject.nationality !== 'VN';
      return { reference: derivedCode('XNC', correlationId), found, entryAllowed: found };
    },
  },
});
