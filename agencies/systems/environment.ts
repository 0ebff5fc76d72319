import { defineSystem } from './agency-system.js';

/** Department of Agriculture and Environment. It gives opinions; nothing is looked up in it. */
export const environment = defineSystem({
  code: 'environment',
  title: { vi: 'Cơ sở dữ liệu môi trường Thành phố', en: 'City environment database' },
  legalBasis: 'Luật Bảo vệ môi trường 72/2020/QH14',
  // An example: what the real department would demand is not known.
  conditions: { 'feasibility-appraisal-b': [{ subject: 'groundwater', direction: 'forbids' }] },
  answers: {},
});
