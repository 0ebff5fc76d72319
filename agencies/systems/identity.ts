import { derivedCode } from '../derive.js';
import { defineSystem } from './agency-system.js';

/** The citizen number says its holder's century, sex and year: digit 4 is 0-1 for the 1900s, 2-3 for the 2000s; digits 5-6 the year. */
function fits(identityNumber: string, dateOfBirth: string): boolean {
  const province = Number(identityNumber.slice(0, 3));
  const century = 19 + Math.floor(Number(identityNumber.charAt(3)) / 2);
  return province >= 1 && province <= 96 && `${century}${identityNumber.slice(4, 6)}` === dateOfBirth.slice(0, 4);
}

/** Identity check against the population database, as VNeID does it. Echoes nothing of the person. */
export const identity = defineSystem({
  code: 'identity',
  title: { vi: 'Định danh điện tử quốc gia VNeID', en: 'National electronic identity, VNeID' },
  legalBasis: null,
  answers: {
    'identity-check': ({ correlationId, subject }) => {
      const verified = fits(subject.identityNumber, subject.dateOfBirth);
      return { reference: derivedCode('DDQG', correlationId), verified, assuranceLevel: verified ? 2 : 0 };
    },
  },
});
