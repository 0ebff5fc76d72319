import { derivedCode, derivedDigits } from '../derive.js';
import { defineSystem } from './agency-system.js';

/** Cadastre and planning database of the City. Without a lot there is no parcel to speak of: the whole zone answers. */
export const landPlanning = defineSystem({
  code: 'land-planning',
  title: { vi: 'Cơ sở dữ liệu đất đai và quy hoạch Thành phố', en: 'City land and planning database' },
  legalBasis: 'Luật Đất đai 31/2024/QH15',
  answers: {
    'land-record': ({ subject }) => {
      const parcel = derivedCode('THUA', subject.zone, subject.lot);
      const margin = Number(derivedDigits(3, 'margin', subject.zone, subject.lot));
      return { reference: parcel, parcel, parcelAreaM2: subject.areaM2 + margin, encumbered: false };
    },
    'planning-record': ({ subject }) => {
      const plan = derivedCode('QH', subject.zone);
      // Industrial use is planned inside the zones; a site outside all of them needs an officer's look.
      return { reference: derivedCode('QH', subject.zone, subject.lot), plan, fits: subject.zone !== null };
    },
  },
});
