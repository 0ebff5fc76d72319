import { defineSystem } from './agency-system.js';

/** Cadastre and planning database of the City. It gives opinions; nothing is looked up in it. */
export const landPlanning = defineSystem({
  code: 'land-planning',
  title: { vi: 'Cơ sở dữ liệu đất đai và quy hoạch Thành phố', en: 'City land and planning database' },
  legalBasis: 'Luật Đất đai 31/2024/QH15',
  answers: {},
});
