import { defineSystem } from './agency-system.js';

/** Fire Police Division. It gives opinions; nothing is looked up in it. */
export const policeFire = defineSystem({
  code: 'police-fire',
  title: { vi: 'Cơ sở dữ liệu phòng cháy, chữa cháy Thành phố', en: 'City fire-safety database' },
  legalBasis: 'Luật 55/2024/QH15; Nghị định 105/2025/NĐ-CP',
  // An example as well: a well of one's own as the second source of fire water.
  conditions: { 'feasibility-appraisal-b': [{ subject: 'groundwater', direction: 'requires' }] },
  answers: {},
});
