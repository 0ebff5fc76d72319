import { derivedCode } from '../derive.js';
import { defineSystem } from './agency-system.js';

/** Department of Agriculture and Environment: what is known of a site. Only the zones have a common waste-water network. */
export const environment = defineSystem({
  code: 'environment',
  title: { vi: 'Cơ sở dữ liệu môi trường Thành phố', en: 'City environment database' },
  legalBasis: 'Luật Bảo vệ môi trường 72/2020/QH14',
  // An example: what the real department would demand is not known.
  conditions: { 'feasibility-appraisal-b': [{ subject: 'groundwater', direction: 'forbids' }] },
  answers: {
    'environment-record': ({ subject }) => ({
      reference: derivedCode('MT', subject.zone, subject.lot),
      sensitiveSite: false,
      wasteWaterConnection: subject.zone !== null,
    }),
  },
});
