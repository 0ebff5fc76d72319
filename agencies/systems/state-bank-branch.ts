import { defineSystem } from './agency-system.js';

/** State Bank branch. It gives opinions; nothing is looked up in it. */
export const stateBankBranch = defineSystem({
  code: 'state-bank-branch',
  title: { vi: 'Ngân hàng Nhà nước chi nhánh khu vực 2', en: 'State Bank of Vietnam, regional branch 2' },
  legalBasis: 'Nghị định 96/2026/NĐ-CP, Điều 6.6',
  answers: {},
});
