import { derivedCode } from '../derive.js';
import { defineSystem } from './agency-system.js';

/** State Bank branch: a direct-investment capital account exists once the project has its number. */
export const stateBankBranch = defineSystem({
  code: 'state-bank-branch',
  title: { vi: 'Ngân hàng Nhà nước chi nhánh khu vực 2', en: 'State Bank of Vietnam, regional branch 2' },
  legalBasis: 'Nghị định 96/2026/NĐ-CP, Điều 6.6',
  answers: {
    'capital-account': ({ correlationId, subject }, books) => ({
      reference: derivedCode('TKV', correlationId, subject),
      opened: subject.projectNumber !== null && books.projects.get(subject.projectNumber) !== undefined,
    }),
  },
});
