import { type Books } from '../books.js';
import { defineSystem } from './agency-system.js';
import { heldStatuses, statusesShown, takeStatus } from './dossier-statuses.js';

const book = (books: Books) => books.cityStatuses;

/** The City's own system for procedures, with which its counters work: holds the states of dossiers, and tells what happens at a counter (`POST /reports`). */
export const cityProcedures = defineSystem({
  code: 'city-procedures',
  title: {
    vi: 'Hệ thống thông tin giải quyết thủ tục hành chính Thành phố',
    en: 'The City’s information system for administrative procedures',
  },
  legalBasis: null,
  answers: { 'city-status-update': takeStatus('TTHC', book), 'city-statuses-held': heldStatuses('TTHC', book) },
  reports: true,
  inspections: [statusesShown(book)],
});
