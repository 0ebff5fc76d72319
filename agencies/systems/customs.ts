import { defineSystem } from './agency-system.js';

/** Customs. It gives opinions; nothing is looked up in it. */
export const customs = defineSystem({
  code: 'customs',
  title: { vi: 'Hệ thống hải quan', en: 'Customs system' },
  legalBasis: 'Thông tư 72/2015/TT-BTC',
  answers: {},
});
