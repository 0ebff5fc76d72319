import { refuse } from '../../domain/errors.js';
import { dateOf } from '../business-time.js';
import { derivedCode, derivedDigits } from '../derive.js';
import { defineSystem } from './agency-system.js';

// NĐ 96/2026, Điều 41.1: an online declaration lapses if the dossier is not lodged within ten working days.
const lapsesAfterWorkingDays = 10;

/** National Investment Information System of the Ministry of Finance: declarations online, project numbers. */
export const nationalInvestment = defineSystem({
  code: 'national-investment',
  title: { vi: 'Hệ thống thông tin quốc gia về đầu tư', en: 'National Investment Information System' },
  legalBasis: null,
  answers: {
    declaration: ({ correlationId, caseCode, askedAt, subject }, books) => {
      const declarationId = derivedCode('KB', correlationId, caseCode, subject);
      const declaredOn = dateOf(askedAt);
      if (!books.declarations.get(declarationId)) books.declarations.put(declarationId, { declaredOn });
      return { reference: declarationId, declarationId, declaredOn, lapsesAfterWorkingDays };
    },
    'project-number': ({ caseCode, askedAt, subject }, books) => {
      const declaration = subject.declarationId === null ? null : books.declarations.get(subject.declarationId);
      if (declaration === undefined) refuse('NOT_FOUND');
      const projectNumber = derivedDigits(10, 'project', caseCode, subject);
      if (!books.projects.get(projectNumber)) books.projects.put(projectNumber, { issuedOn: dateOf(askedAt) });
      return { reference: projectNumber, projectNumber };
    },
  },
});
