import { type Books } from '../books.js';
import { defineSystem } from './agency-system.js';
import { heldStatuses, statusesShown, takeStatus } from './dossier-statuses.js';

const book = (books: Books) => books.statuses;

/** National Public Service Portal: receives the states of dossiers and shows them. */
export const publicServicePortal = defineSystem({
  code: 'public-service-portal',
  title: { vi: 'Cổng Dịch vụ công quốc gia', en: 'National Public Service Portal' },
  legalBasis: null,
  answers: { 'status-update': takeStatus('DVC', book), 'statuses-held': heldStatuses('DVC', book) },
  inspections: [statusesShown(book)],
});
