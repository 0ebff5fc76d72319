import { derivedCode } from '../derive.js';
import { defineSystem } from './agency-system.js';

/** Fire Police Division: fire-fighting water and open violations at a site. */
export const policeFire = defineSystem({
  code: 'police-fire',
  title: { vi: 'Cơ sở dữ liệu phòng cháy, chữa cháy Thành phố', en: 'City fire-safety database' },
  legalBasis: 'Luật 55/2024/QH15; Nghị định 105/2025/NĐ-CP',
  // An example as well: a well of one's own as the second source of fire water.
  conditions: { 'feasibility-appraisal-b': [{ subject: 'groundwater', direction: 'requires' }] },
  answers: {
    'fire-record': ({ subject }) => ({
      reference: derivedCode('PC', subject.zone, subject.lot),
      waterSupply: subject.zone !== null,
      openViolations: 0,
    }),
  },
});
