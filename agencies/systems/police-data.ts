import { defineSystem } from './agency-system.js';

/** City Police data services. It gives opinions; nothing is looked up in it. */
export const policeData = defineSystem({
  code: 'police-data',
  title: { vi: 'Dịch vụ dữ liệu của Công an Thành phố', en: 'City Police data services' },
  legalBasis: 'Nghị định 96/2026/NĐ-CP, Điều 6.6',
  answers: {},
});
