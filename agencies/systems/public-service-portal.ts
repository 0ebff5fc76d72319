import { z } from 'zod';
import { PortalStatus } from '../books.js';
import { derivedCode } from '../derive.js';
import { defineSystem } from './agency-system.js';

/** National Public Service Portal: receives the states of dossiers and shows them. */
export const publicServicePortal = defineSystem({
  code: 'public-service-portal',
  title: { vi: 'Cổng Dịch vụ công quốc gia', en: 'National Public Service Portal' },
  legalBasis: null,
  answers: {
    'status-update': ({ correlationId, subject }, books) => {
      const reference = derivedCode('DVC', correlationId);
      books.statuses.put(reference, { ...subject, reference });
      return { reference, recorded: true };
    },
  },
  inspections: [
    {
      path: 'statuses',
      summary: 'States received, oldest first',
      filter: 'dossierCode',
      rows: z.array(PortalStatus),
      read: (books, dossierCode) =>
        books.statuses.all().filter((status) => dossierCode === undefined || status.dossierCode === dossierCode),
    },
  ],
});
