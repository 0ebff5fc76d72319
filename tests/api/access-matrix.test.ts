import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiBase, apiRoutes } from '../../api/app.js';
import { projected } from '../support/feed.js';
import { createPool } from '../../db/pool.js';
import { type ErrorCode } from '../../domain/errors.js';
import { openAssessment, procedure } from './engine-by-hand.js';
import { fileCase, startApi, type TestApi, upload } from './support.js';

/** Every kind of caller; the case is BESI's, the task belongs to officers of the High-Tech Park's board. */
const callers = {
  'no token': null,
  'forged token': null,
  'expired token': null,
  investor: 'investor.besi',
  'other investor': 'investor.cmc',
  representative: 'representative.besi',
  'limited representative': 'representative.limited',
  'former representative': 'representative.former',
  'representative who has not accepted': 'representative.offered',
  'receiving officer': 'receiving-officer.hcmc-pasc.1',
  officer: 'officer.shtp-board.1',
  'officer of another agency in the case': 'officer.dost.1',
  'officer of another agency': 'officer.city-tax.1',
  'officer who has declared an interest': 'officer.shtp-board.2',
  head: 'head.shtp-board',
  'head of another agency': 'head.city-tax',
  leader: 'leader.hcmc-committee',
  expert: 'expert.1',
  auditor: 'auditor.1',
  admin: 'admin.1',
  operator: 'operator.1',
} as const;
type Caller = keyof typeof callers;
const everybody = Object.keys(callers) as Caller[];
const known = everybody.slice(3);

type Row =
  | 'anyone'
  | 'signature'
  | 'device'
  | { readonly may: readonly Caller[]; readonly but?: Partial<Record<Caller, ErrorCode>> };

const ofInvestor = ['investor', 'representative'] as const;
const inAgencies = ['receiving officer', 'officer', 'officer of another agency in the case', 'head'] as const;
const workers = [
  ...inAgencies,
  'officer who has declared an interest',
  'officer of another agency',
  'head of another agency',
] as const;
const readAll = ['leader', 'auditor', 'admin'] as const;
const notTheirCase = {
  'other investor': 'CASE_NOT_YOURS',
  'limited representative': 'OUTSIDE_POWER_OF_ATTORNEY',
  'former representative': 'OUTSIDE_POWER_OF_ATTORNEY',
  'representative who has not accepted': 'OUTSIDE_POWER_OF_ATTORNEY',
} as const;
const recused = { 'officer who has declared an interest': 'ACTOR_RECUSED' } as const;
const readCase = {
  may: [...ofInvestor, ...inAgencies, ...readAll],
  but: {
    ...notTheirCase,
    ...recused,
    'officer of another agency': 'CASE_NOT_YOURS',
    'head of another agency': 'CASE_NOT_YOURS',
    expert: 'CASE_NOT_YOURS',
  },
} as const satisfies Row;
/** What a power of attorney for one procedure opens too, as far as it belongs to that procedure. */
const readPart: Row = { ...readCase, may: [...readCase.may, 'limited representative'] };
const readInside: Row = {
  may: [...inAgencies, ...readAll],
  but: {
    ...recused,
    'officer of another agency': 'CASE_NOT_YOURS',
    'head of another agency': 'CASE_NOT_YOURS',
    expert: 'CASE_NOT_YOURS',
  },
};
// Nobody sits in a council of this case.
const actOfMember: Row = {
  may: [],
  but: {
    ...recused,
    'officer of another agency': 'CASE_NOT_YOURS',
    'head of another agency': 'CASE_NOT_YOURS',
    expert: 'CASE_NOT_YOURS',
  },
};
const actInAgency: Row = {
  may: ['officer', 'officer of another agency in the case', 'head'],
  but: { ...recused, 'officer of another agency': 'CASE_NOT_YOURS', 'head of another agency': 'CASE_NOT_YOURS' },
};
const actOfParty: Row = { may: ofInvestor, but: notTheirCase };
const actOfInvestorAlone: Row = {
  may: ['investor'],
  but: { ...notTheirCase, representative: 'OUTSIDE_POWER_OF_ATTORNEY' },
};
// That whoever has declared an interest may not act, the rules say.
const taskOfBoard = {
  may: ['officer', 'officer who has declared an interest', 'head'],
  but: {
    'receiving officer': 'TASK_NOT_YOURS',
    'officer of another agency in the case': 'TASK_NOT_YOURS',
    'officer of another agency': 'TASK_NOT_YOURS',
    'head of another agency': 'TASK_NOT_YOURS',
  },
} as const satisfies Row;
const readDashboards: Row = { may: ['leader', 'auditor', 'head', 'head of another agency'] };
const filing: Row = {
  may: ['investor', 'other investor', 'representative'],
  but: {
    'limited representative': 'OUTSIDE_POWER_OF_ATTORNEY',
    'former representative': 'OUTSIDE_POWER_OF_ATTORNEY',
    'representative who has not accepted': 'OUTSIDE_POWER_OF_ATTORNEY',
  },
};
const partiesOfAll = [
  'investor',
  'other investor',
  'representative',
  'limited representative',
  'former representative',
  'representative who has not accepted',
] as const;
const representatives = partiesOfAll.slice(2);
const ownDraft: Row = {
  may: ofInvestor,
  but: {
    'other investor': 'NOT_FOUND',
    'limited representative': 'NOT_FOUND',
    'former representative': 'NOT_FOUND',
    'representative who has not accepted': 'NOT_FOUND',
  },
};
const actOfLead: Row = {
  may: ['officer', 'head'],
  but: {
    ...recused,
    'officer of another agency in the case': 'TASK_NOT_YOURS',
    'officer of another agency': 'CASE_NOT_YOURS',
    'head of another agency': 'CASE_NOT_YOURS',
  },
};
const actOfEither: Row = {
  may: ['investor', 'head'],
  but: { ...notTheirCase, representative: 'OUTSIDE_POWER_OF_ATTORNEY', 'head of another agency': 'CASE_NOT_YOURS' },
};
const operators: Row = { may: ['admin', 'operator'] };

const matrix: Record<string, Row> = {
  'POST /screenings': 'anyone',
  'GET /screenings/law': 'anyone',
  'POST /cases': filing,
  'POST /filing-signatures': filing,
  'GET /cases': { may: known.filter((caller) => caller !== 'operator') },
  'GET /cases/{code}': readPart,
  'GET /cases/{code}/roadmap': readCase,
  'GET /cases/{code}/ledger': readCase,
  'GET /cases/{code}/timeline': readPart,
  'GET /cases/{code}/proof': readCase,
  'GET /cases/{code}/readings': { may: [...ofInvestor, 'auditor'], but: notTheirCase },
  'GET /readings': { may: ['auditor'] },
  'GET /public/log': 'anyone',
  'GET /cases/{code}/engine': operators,
  'GET /engine/faults': operators,
  'GET /evidence/root': { may: ['auditor'] },
  'POST /cases/{code}/procedures/{procedure}/dossier': actOfParty,
  'POST /cases/{code}/procedures/{procedure}/refiling': actOfParty,
  'POST /cases/{code}/procedures/{procedure}/extension': {
    may: ['head'],
    but: { 'head of another agency': 'CASE_NOT_YOURS' },
  },
  'GET /cases/{code}/procedures/{procedure}/consultations': readInside,
  'GET /cases/{code}/statuses': readCase,
  'GET /cases/{code}/acts': {
    may: inAgencies,
    but: { ...recused, 'officer of another agency': 'CASE_NOT_YOURS', 'head of another agency': 'CASE_NOT_YOURS' },
  },
  'GET /cases/{code}/procedures/{procedure}/extracts': readCase,
  // Who administers reads no document.
  'GET /cases/{code}/procedures/{procedure}/extracts/{document}/page': {
    may: readCase.may.filter((one) => one !== 'admin'),
    but: { ...readCase.but, admin: 'DOCUMENT_CONFIDENTIAL' },
  },
  'POST /cases/{code}/procedures/{procedure}/extracts/looks': actOfLead,
  'POST /cases/{code}/procedures/{procedure}/extracts/{document}/consent-withdrawal': actOfParty,
  'POST /cases/{code}/procedures/{procedure}/conference': actOfLead,
  'POST /cases/{code}/procedures/{procedure}/consultations/{n}/reopening': actOfLead,
  'GET /condition-subjects': 'anyone',
  'POST /cases/{code}/procedures/{procedure}/supplements/{requestId}/withdrawal': actInAgency,
  'POST /cases/{code}/procedures/{procedure}/supplements/{requestId}/review': actInAgency,
  'POST /cases/{code}/procedures/{procedure}/supplements/{requestId}/end': actInAgency,
  'POST /cases/{code}/procedures/{procedure}/extension/withdrawal': {
    may: ['head'],
    but: { 'head of another agency': 'CASE_NOT_YOURS' },
  },
  'POST /cases/{code}/procedures/{procedure}/receipt/withdrawal': {
    may: inAgencies,
    but: { ...recused, 'officer of another agency': 'CASE_NOT_YOURS', 'head of another agency': 'CASE_NOT_YOURS' },
  },
  'POST /cases/{code}/procedures/{procedure}/supplements/{requestId}/extension': {
    may: ['officer', 'head'],
    but: {
      ...recused,
      'officer of another agency in the case': 'CASE_NOT_YOURS',
      'officer of another agency': 'CASE_NOT_YOURS',
      'head of another agency': 'CASE_NOT_YOURS',
    },
  },
  'POST /cases/{code}/lane-proposals': actOfInvestorAlone,
  'POST /cases/{code}/lane-hearings': {
    may: ['officer', 'officer of another agency in the case', 'head'],
    but: { ...recused, 'officer of another agency': 'CASE_NOT_YOURS', 'head of another agency': 'CASE_NOT_YOURS' },
  },
  'POST /cases/{code}/lane-hearings/answer': actOfInvestorAlone,
  'POST /cases/{code}/lane-evidence': actOfInvestorAlone,
  'POST /cases/{code}/corrections': actOfInvestorAlone,
  'POST /cases/{code}/procedures/{procedure}/result-changes': {
    may: ['officer', 'officer of another agency in the case', 'head'],
    but: { ...recused, 'officer of another agency': 'CASE_NOT_YOURS', 'head of another agency': 'CASE_NOT_YOURS' },
  },
  'POST /cases/{code}/result-changes/{change}/statement': actOfInvestorAlone,
  'POST /cases/{code}/official-corrections': {
    may: ['officer', 'officer of another agency in the case', 'head'],
    but: { ...recused, 'officer of another agency': 'CASE_NOT_YOURS', 'head of another agency': 'CASE_NOT_YOURS' },
  },
  'POST /cases/{code}/deferrals': actOfInvestorAlone,
  'POST /cases/{code}/deferrals/{procedure}/end': actOfInvestorAlone,
  'POST /cases/{code}/procedures/{procedure}/payment': actOfInvestorAlone,
  'POST /cases/{code}/questions': actOfInvestorAlone,
  'GET /cases/{code}/questions': readPart,
  'GET /cases/{code}/duties': readCase,
  'POST /cases/{code}/duties/{duty}/fulfilment': {
    may: ['investor', 'officer', 'officer of another agency in the case', 'head'],
    but: {
      ...notTheirCase,
      ...recused,
      representative: 'OUTSIDE_POWER_OF_ATTORNEY',
      'officer of another agency': 'CASE_NOT_YOURS',
      'head of another agency': 'CASE_NOT_YOURS',
    },
  },
  'GET /cases/{code}/trial': readCase,
  'GET /cases/{code}/trial/readings': readCase,
  'POST /cases/{code}/trial/metrics': 'device',
  'GET /cases/{code}/trial/terms': readInside,
  'POST /cases/{code}/trial/terms': actInAgency,
  'GET /cases/{code}/trial/council': readCase,
  'POST /cases/{code}/trial/council': actInAgency,
  'GET /cases/{code}/trial/council/candidates': actInAgency,
  'POST /cases/{code}/trial/council/opening': actInAgency,
  'POST /cases/{code}/trial/council/votes': actOfMember,
  'POST /cases/{code}/trial/council/interest': actOfMember,
  'POST /cases/{code}/trial/permits': actOfInvestorAlone,
  'POST /cases/{code}/trial/keys': actOfInvestorAlone,
  'POST /cases/{code}/trial/reports': actOfInvestorAlone,
  'POST /cases/{code}/trial/incidents': actOfInvestorAlone,
  'POST /cases/{code}/trial/adjustments': actOfInvestorAlone,
  'POST /cases/{code}/trial/extension': actOfInvestorAlone,
  'POST /cases/{code}/trial/final-report': actOfInvestorAlone,
  'POST /cases/{code}/trial/resumption': actOfEither,
  'POST /cases/{code}/trial/termination': actOfEither,
  'POST /cases/{code}/trial/visits': {
    may: ['officer', 'officer of another agency in the case', 'head'],
    but: { ...recused, 'officer of another agency': 'CASE_NOT_YOURS', 'head of another agency': 'CASE_NOT_YOURS' },
  },
  'POST /cases/{code}/trial/suspension': { may: ['head'], but: { 'head of another agency': 'CASE_NOT_YOURS' } },
  'POST /drafts': filing,
  'GET /drafts': { may: partiesOfAll },
  'GET /drafts/{id}': ownDraft,
  'POST /drafts/{id}': ownDraft,
  'POST /drafts/{id}/filing': ownDraft,
  'POST /drafts/{id}/signature': ownDraft,
  'POST /drafts/{id}/discard': ownDraft,
  'POST /known-facts': filing,
  'POST /powers-of-attorney': { may: ['investor', 'other investor'] },
  'GET /powers-of-attorney': { may: partiesOfAll },
  'POST /powers-of-attorney/{id}/acceptance': { may: representatives },
  'POST /powers-of-attorney/{id}/refusal': { may: representatives },
  'POST /powers-of-attorney/{id}/revocation': { may: ['investor', 'other investor'] },
  'GET /organisations': { may: ['investor', 'other investor'] },
  // Nobody is vouched for, and of an organisation that is not there nobody is a member.
  'POST /organisations': {
    may: [],
    but: { investor: 'ENTERPRISE_NOT_VOUCHED', 'other investor': 'ENTERPRISE_NOT_VOUCHED' },
  },
  'POST /organisations/{id}/membership': { may: ['investor', 'other investor'] },
  'POST /organisations/{id}/invitations': { may: ['investor', 'other investor'] },
  'POST /organisations/{id}/invitations/acceptance': { may: ['investor', 'other investor'] },
  'POST /organisations/{id}/invitations/refusal': { may: ['investor', 'other investor'] },
  'POST /organisations/{id}/members/{person}/role': { may: ['investor', 'other investor'] },
  'POST /organisations/{id}/members/{person}/departure': { may: ['investor', 'other investor'] },
  'POST /cases/{code}/supplements': actOfParty,
  'POST /cases/{code}/gates/{gate}': actOfParty,
  'POST /cases/{code}/withdrawal': actOfInvestorAlone,
  'POST /cases/{code}/pin': { may: ['investor'], but: { 'other investor': 'CASE_NOT_YOURS' } },
  'POST /cases/{code}/survey': actOfInvestorAlone,
  'POST /documents': {
    may: partiesOfAll,
  },
  'GET /documents/{id}': {
    may: [...ofInvestor, ...inAgencies, 'leader', 'auditor'],
    but: {
      'other investor': 'NOT_FOUND',
      // The document belongs to another procedure than the power names.
      'limited representative': 'NOT_FOUND',
      'former representative': 'NOT_FOUND',
      'representative who has not accepted': 'NOT_FOUND',
      'officer who has declared an interest': 'NOT_FOUND',
      'officer of another agency': 'NOT_FOUND',
      'head of another agency': 'NOT_FOUND',
      expert: 'NOT_FOUND',
    },
  },
  'GET /forms': 'anyone',
  'GET /cases/{code}/forms': readPart,
  // A paper of another procedure than the power names.
  'GET /cases/{code}/forms/{id}': { ...readCase, but: { ...readCase.but, 'limited representative': 'NOT_FOUND' } },
  'GET /cases/{code}/forms/{id}/signed': {
    ...readCase,
    but: { ...readCase.but, 'limited representative': 'NOT_FOUND' },
  },
  'GET /agencies/{agency}/tracking-book': {
    may: ['officer', 'officer who has declared an interest', 'head', ...readAll],
  },
  'GET /tasks': { may: [...workers, ...readAll] },
  'GET /tasks/{id}': { may: ['officer', 'head', ...readAll], but: { ...taskOfBoard.but, ...recused } },
  'GET /tasks/{id}/drafted': { may: ['officer', 'head', ...readAll], but: { ...taskOfBoard.but, ...recused } },
  'GET /tasks/{id}/similar': { may: ['officer', 'head', ...readAll], but: { ...taskOfBoard.but, ...recused } },
  // Whoever asks gets what they wrote themselves.
  'GET /tasks/{id}/draft': { may: [...workers, 'leader'] },
  'POST /tasks/{id}/draft': { ...taskOfBoard, but: { ...taskOfBoard.but, leader: 'TASK_NOT_YOURS' } },
  'POST /tasks/{id}/claim': { may: ['officer', 'head'], but: { ...taskOfBoard.but, ...recused } },
  'POST /tasks/{id}/release': taskOfBoard,
  'POST /tasks/{id}/completion': { ...taskOfBoard, but: { ...taskOfBoard.but, leader: 'TASK_NOT_YOURS' } },
  'POST /tasks/{id}/documents': { may: ['officer', 'head'], but: { ...taskOfBoard.but, ...recused } },
  'POST /tasks/{id}/supplement-request': taskOfBoard,
  'POST /tasks/{id}/return': taskOfBoard,
  'POST /tasks/{id}/reassign': { may: ['head'], but: { 'head of another agency': 'TASK_NOT_YOURS' } },
  'GET /events': { may: known },
  'GET /tasks/{id}/presence': { may: ['officer', 'head', ...readAll], but: { ...taskOfBoard.but, ...recused } },
  'POST /tasks/bulk-completion': { may: workers },
  'POST /delegations': { may: workers },
  'GET /delegations': { may: [...workers, 'auditor', 'admin'] },
  'POST /delegations/{id}/revocation': { may: workers },
  'POST /delegations/{id}/acceptance': { may: workers },
  'POST /delegations/{id}/refusal': { may: workers },
  'GET /agencies/{agency}/people': {
    may: ['officer', 'officer who has declared an interest', 'head', 'leader', 'admin'],
  },
  'GET /agencies/{agency}/workload': { may: ['head', 'leader', 'admin'] },
  'POST /cases/{code}/interest-declarations': {
    may: [...inAgencies, 'officer who has declared an interest'],
    but: { 'officer of another agency': 'CASE_NOT_YOURS', 'head of another agency': 'CASE_NOT_YOURS' },
  },
  'GET /cases/{code}/interest-declarations': {
    may: ['head', 'leader', 'auditor'],
    but: { 'head of another agency': 'CASE_NOT_YOURS' },
  },
  'GET /procedures': 'anyone',
  'GET /procedures/{code}': 'anyone',
  'GET /pathways': 'anyone',
  'GET /agencies': 'anyone',
  'GET /fields': 'anyone',
  'GET /zones': 'anyone',
  'GET /lands': 'anyone',
  'GET /calendars': 'anyone',
  'GET /measures': 'anyone',
  'GET /regimes': 'anyone',
  'GET /regimes/{code}': 'anyone',
  'POST /regimes/fit': 'anyone',
  'POST /calendars/{code}/versions': { may: ['admin'] },
  'POST /calendars/{code}/preview': { may: ['admin'] },
  'GET /engine/systems': operators,
  'GET /sessions': { may: ['admin'] },
  'GET /security/events': { may: ['auditor', 'operator'] },
  'POST /sessions/{id}/end': { may: ['admin'] },
  'POST /procedures/{code}/versions': { may: ['admin'] },
  'POST /procedures/{code}/preview': { may: ['admin'] },
  'POST /procedures/{code}/migrations': { may: ['admin'] },
  'POST /people': { may: ['admin'] },
  'POST /people/import': { may: ['admin'] },
  'POST /people/{id}/move': { may: ['admin'] },
  'POST /people/{id}/departure': { may: ['admin'] },
  'GET /city-data': 'anyone',
  'GET /city-data/{kind}/{code}': { may: ['admin'] },
  'POST /city-data/{kind}/{code}/preview': { may: ['admin'] },
  'POST /city-data/lists/{code}/versions': { may: ['admin'] },
  'GET /city-data/settings/{code}/schema': { may: ['admin'] },
  'POST /city-data/settings/{code}/versions': { may: ['admin'] },
  'POST /city-data/agencies/{code}/versions': { may: ['admin'] },
  'POST /city-data/pathways/{code}/versions': { may: ['admin'] },
  'POST /city-data/regimes/{code}/versions': { may: ['admin'] },
  'GET /law-changes/{id}/preview': { may: ['admin'] },
  'POST /law-changes/{id}/confirmation': { may: ['admin'] },
  'POST /law-changes/{id}/refusal': { may: ['admin'] },
  'POST /law-changes/{id}/withdrawal': { may: ['admin'] },
  'GET /law-changes': operators,
  'GET /law-changes/{id}': operators,
  'GET /ioc/feed': { may: ['leader', 'auditor'] },
  'GET /dashboard/summary': readDashboards,
  'GET /dashboard/agencies': readDashboards,
  'GET /dashboard/automation': readDashboards,
  'GET /dashboard/sandbox': readDashboards,
  'GET /integrity/questions': { may: ['leader', 'auditor'] },
  'GET /dashboard/cuts': readDashboards,
  'GET /dashboard/bottlenecks': readDashboards,
  'GET /dashboard/bottlenecks/cases': readDashboards,
  'GET /dashboard/early-warning': readDashboards,
  'GET /dashboard/event-log': { may: ['leader', 'auditor'] },
  'POST /instructions/{id}/closing': {
    may: ['leader', 'head'],
    but: { 'head of another agency': 'NOT_FOUND' },
  },
  'GET /dashboard/figures/{figure}/cases': readDashboards,
  'GET /sheets/tasks': { may: [...workers, ...readAll] },
  'GET /sheets/cases': { may: known.filter((caller) => caller !== 'operator') },
  'GET /sheets/figures': readDashboards,
  'GET /sheets/figures/{figure}/cases': readDashboards,
  'GET /sheets/tracking-book/{agency}': {
    may: ['officer', 'officer who has declared an interest', 'head', ...readAll],
  },
  'GET /targets': readDashboards,
  'POST /targets': { may: ['leader'] },
  'GET /reports': readDashboards,
  'GET /reports/{id}': readDashboards,
  'GET /reports/{id}/figures/{figure}/cases': readDashboards,
  'GET /reports/{id}/paper': readDashboards,
  'GET /reports/{id}/content': readDashboards,
  'GET /reports/{id}/sheet': readDashboards,
  'POST /reports/{id}/chapters/{agency}/signature': { may: ['head', 'head of another agency'] },
  'POST /reports/{id}/gathering': { may: ['head', 'head of another agency'] },
  'POST /reports/{id}/approval': { may: ['leader'] },
  'POST /reports/{id}/errata': { may: ['leader', 'head', 'head of another agency'] },
  'GET /public/reports': 'anyone',
  'GET /public/reports/{id}/paper': 'anyone',
  'GET /public/reports/{id}/content': 'anyone',
  'GET /public/reports/{id}/sheet': 'anyone',
  'GET /instructions': readDashboards,
  'POST /instructions': { may: ['leader'] },
  'POST /instructions/{id}/date': { may: ['leader'] },
  'POST /instructions/{id}/withdrawal': { may: ['leader'] },
  'POST /instructions/{id}/answer': {
    may: ['head'],
    but: { 'head of another agency': 'NOT_FOUND' },
  },
  'POST /cases/{code}/instructions': { may: ['leader'] },
  'POST /cases/{code}/instructions/{instruction}/date': { may: ['leader'] },
  'POST /cases/{code}/instructions/{instruction}/withdrawal': { may: ['leader'] },
  'POST /agency-callbacks/{agency}': 'signature',
  'POST /public/case-status': 'anyone',
  'GET /public/decisions/{number}': 'anyone',
  'GET /public/keys': 'anyone',
  'GET /public/signing-keys': 'anyone',
  'GET /public/seal': 'anyone',
  'GET /public/publications': 'anyone',
  'GET /public/figures': 'anyone',
  'GET /public/scorecards': 'anyone',
  'GET /public/open-data/decision-timelines': 'anyone',
  'GET /public/open-data/decision-timelines/{quarter}': 'anyone',
  'GET /public/trials': 'anyone',
  'GET /public/trials/{code}': 'anyone',
  'GET /rehearsal/clock': 'anyone',
  'POST /rehearsal/clock': operators,
  'GET /rehearsal/next': operators,
  'POST /rehearsal/advances': operators,
  'GET /rehearsal/advances/{id}': operators,
  'GET /rehearsal/systems': operators,
  'POST /rehearsal/systems/{system}/switches': operators,
  'GET /me': { may: known },
  'GET /me/data': { may: known },
  'POST /erasures': { may: ['admin'] },
  'POST /erasures/runs': { may: ['admin'] },
  'GET /erasures': { may: ['admin', 'auditor'] },
  'GET /erasures/{id}': { may: ['admin', 'auditor'] },
  'POST /erasures/{id}/confirmation': { may: ['admin'] },
  'POST /erasures/{id}/refusal': { may: ['admin'] },
  'POST /legal-holds': { may: ['admin'] },
  'GET /legal-holds': { may: ['admin', 'auditor'] },
  'POST /legal-holds/{id}/lifting': { may: ['admin'] },
  'GET /notifications': { may: known },
  'POST /notifications/{id}/read': { may: known },
  'POST /notifications/read-all': { may: known },
  'GET /me/notification-settings': { may: known },
  'POST /me/notification-settings': { may: known },
  'POST /webhooks': { may: ['admin'] },
  'GET /webhooks': { may: ['admin'] },
  'GET /webhooks/{id}': { may: ['admin'] },
  'POST /webhooks/{id}/confirmation': { may: ['admin'] },
  'POST /webhooks/{id}/pause': { may: ['admin'] },
  'POST /webhooks/{id}/resumption': { may: ['admin'] },
  'POST /webhooks/{id}/removal': { may: ['admin'] },
  'POST /webhooks/{id}/replay': { may: ['admin'] },
  'GET /problems': 'anyone',
  'GET /problems/{code}': 'anyone',
};

let api: TestApi;
const places: Record<string, string> = {};

beforeAll(async () => {
  api = await startApi();
  await addRepresentatives(api.database.migratorUrl);
  const { case: code } = await fileCase(api);
  const taskId = await openAssessment(api, code);
  await api.call('POST', `/cases/${code}/interest-declarations`, {
    as: 'officer.shtp-board.2',
    body: { reason: 'họ hàng' },
  });
  await projected(api.deps);
  const { rows } = await api.pool.query<{ id: string }>('select id::text from document limit 1');
  const forms = await api.call<{ items: { id: string; form: string }[] }>('GET', `/cases/${code}/forms`, {
    as: 'auditor.1',
  });
  const draft = await api.call<{ id: string }>('POST', '/drafts', { as: 'investor.besi', body: { content: {} } });
  const instruction = await api.call<{ id: string }>('POST', '/instructions', {
    as: 'leader.hcmc-committee',
    body: { want: 'explain', agency: 'shtp-board', dueDate: nextMonday(), text: 'Vì sao chậm?' },
  });
  Object.assign(places, {
    '{kind}': 'agencies',
    '{system}': 'tax',
    '/drafts/{id}': draft.body.id,
    '/powers-of-attorney/{id}': '00000000-0000-4000-8000-000000000000',
    '/organisations/{id}': 'organisation.none',
    '{person}': 'investor.ai',
    '/cases/{code}': code,
    '{procedure}': procedure,
    '{document}': 'legal-status',
    '{gate}': 'deposit-lodged',
    '{duty}': 'security-deposit',
    '{requestId}': 'S1',
    '/tasks/{id}': taskId,
    '/documents/{id}': rows[0]?.id ?? (await upload(api, 'investor.besi')),
    '/agencies/{agency}': 'shtp-board',
    '/tracking-book/{agency}': 'shtp-board',
    '/forms/{id}': forms.body.items.find(({ form }) => form === '01')?.id ?? '',
    '/rehearsal/advances/{id}': '00000000-0000-4000-8000-000000000000',
    '/notifications/{id}': '999999999',
    '/webhooks/{id}': '00000000-0000-4000-8000-000000000000',
    '/delegations/{id}': '00000000-0000-4000-8000-000000000000',
    '/erasures/{id}': '00000000-0000-4000-8000-000000000000',
    '/legal-holds/{id}': '00000000-0000-4000-8000-000000000000',
    '{agency}': 'dae',
    '{n}': '1',
    '{number}': 'none',
    '{figure}': 'opened',
    '{quarter}': '2020-Q1',
    '{instruction}': 'D1',
    '{change}': 'R1',
    '/instructions/{id}': instruction.body.id,
    '/reports/{id}': 'year-2026-11-14',
    '/procedures/{code}': procedure,
    '/calendars/{code}': 'vn-state',
    '/regimes/{code}': 'hcmc-general',
    '/people/{id}': 'officer.city-tax.2',
    '/lists/{code}': 'key-projects',
    '/settings/{code}': 'taskDays',
    '/agencies/{code}': 'dost',
    '/pathways/{code}': 'standard',
    '/law-changes/{id}': '00000000-0000-4000-8000-000000000000',
    '/problems/{code}': 'STALE',
  });
});
afterAll(() => api.close());

/** A working day that is ahead, unless it is a holiday of the first days of a year. */
const nextMonday = (): string => {
  const day = new Date(Date.now() + 7 * 3_600_000);
  day.setUTCDate(day.getUTCDate() + ((8 - day.getUTCDay()) % 7 || 7));
  return day.toISOString().slice(0, 10);
};

/** One whose power reaches a single procedure that is not this one, one whose power has ended, and one who has not accepted theirs. */
async function addRepresentatives(migratorUrl: string): Promise<void> {
  const owner = createPool(migratorUrl, { max: 1 });
  await owner.query(`insert into person (id, name, role, organisation, email, language) values
    ('representative.limited', 'Lê Giới Hạn', 'representative', 'BESI', 'limited@luong-xanh.example', 'vi'),
    ('representative.former', 'Lê Hết Hạn', 'representative', 'BESI', 'former@luong-xanh.example', 'vi'),
    ('representative.offered', 'Lê Chưa Nhận', 'representative', 'BESI', 'offered@luong-xanh.example', 'vi')`);
  await owner.query(`insert into power_of_attorney (grantor, representative, acts, procedures, from_date, to_date, accepted_at) values
    ('investor.besi', 'representative.limited', '{fileDossier}', '{enterprise-registration}', '2020-01-01', '2099-12-31', now()),
    ('investor.besi', 'representative.former', '{openCase,fileDossier,withdrawCase}', null, '2020-01-01', '2020-12-31', now()),
    ('investor.besi', 'representative.offered', '{openCase,fileDossier,withdrawCase}', null, '2020-01-01', '2099-12-31', null)`);
  await owner.end();
}

const pathOf = (path: string): string => {
  // A stream would go on.
  let concrete = path === '/events' ? '/events?seconds=0' : path;
  for (const [pattern, value] of Object.entries(places)) {
    const [last = pattern] = /\{\w+\}$/.exec(pattern) ?? [];
    if (concrete.includes(pattern))
      concrete = concrete.replace(pattern, pattern.replace(last, encodeURIComponent(value)));
  }
  return concrete;
};

const scope =
  'case:read case:file task:work task:assign council:vote dashboard:read evidence:read catalogue:write engine:operate';

async function tokenFor(caller: Caller): Promise<string | undefined> {
  const claims = { sub: 'investor.besi', scope };
  if (caller === 'no token') return undefined;
  if (caller === 'forged token') return api.issuer.sign(claims, { forged: true });
  if (caller === 'expired token') return api.issuer.sign(claims, { expiresIn: -3600 });
  return api.issuer.sign({ sub: callers[caller] ?? '', scope });
}

/** Sends no body: whoever may not call must hear so before anything else is looked at, and nothing is changed. */
async function codeFor(route: string, caller: Caller): Promise<string> {
  const [method = '', path = ''] = route.split(' ');
  const token = await tokenFor(caller);
  const { status, body } = await api.refused(method, pathOf(path), token === undefined ? {} : { token });
  return status === 401 || status === 403 || body.code === 'NOT_FOUND' ? body.code : 'allowed';
}

function expected(row: Row, caller: Caller): string {
  if (row === 'anyone') return 'allowed';
  if (row === 'signature') return 'CALLBACK_SIGNATURE_INVALID';
  if (row === 'device') return 'METRICS_SIGNATURE_INVALID';
  if (caller === 'expired token') return 'TOKEN_EXPIRED';
  if (!known.includes(caller)) return 'UNAUTHENTICATED';
  return row.may.includes(caller) ? 'allowed' : (row.but?.[caller] ?? 'FORBIDDEN');
}

it('has a row for every route, and no row without a route', () => {
  const routes = apiRoutes(api.deps).map(({ method, path }) => `${method.toUpperCase()} ${path}`);
  expect(Object.keys(matrix).sort()).toEqual(routes.sort());
  expect(apiBase).toBe('/api/v1');
});

// What is not there is not there for anybody who may ask.
const absent = new Set([
  'POST /powers-of-attorney/{id}/acceptance',
  'POST /powers-of-attorney/{id}/refusal',
  'POST /organisations/{id}/membership',
  'POST /organisations/{id}/invitations',
  'POST /organisations/{id}/invitations/acceptance',
  'POST /organisations/{id}/invitations/refusal',
  'POST /organisations/{id}/members/{person}/role',
  'POST /organisations/{id}/members/{person}/departure',
  // A green-lane case is no trial.
  // Nobody works off what a register is asked.
  'GET /cases/{code}/procedures/{procedure}/extracts/{document}/page',
  'POST /cases/{code}/procedures/{procedure}/extracts/{document}/consent-withdrawal',
  'GET /cases/{code}/trial',
  'GET /cases/{code}/trial/readings',
  'GET /cases/{code}/trial/terms',
  'GET /cases/{code}/trial/council',
  'GET /cases/{code}/trial/council/candidates',
  'POST /powers-of-attorney/{id}/revocation',
  'POST /delegations/{id}/revocation',
  'POST /delegations/{id}/acceptance',
  'POST /delegations/{id}/refusal',
  'GET /public/decisions/{number}',
  'GET /public/trials/{code}',
  'GET /public/open-data/decision-timelines/{quarter}',
  'GET /reports/{id}',
  'GET /reports/{id}/figures/{figure}/cases',
  'GET /reports/{id}/paper',
  'GET /reports/{id}/content',
  'GET /reports/{id}/sheet',
  'GET /public/reports/{id}/paper',
  'GET /public/reports/{id}/content',
  'GET /public/reports/{id}/sheet',
  'GET /rehearsal/advances/{id}',
  'GET /law-changes/{id}',
  'GET /law-changes/{id}/preview',
  'GET /erasures/{id}',
  'POST /erasures/{id}/confirmation',
  'POST /erasures/{id}/refusal',
  'POST /law-changes/{id}/confirmation',
  'POST /law-changes/{id}/refusal',
  'POST /law-changes/{id}/withdrawal',
  'POST /notifications/{id}/read',
  'GET /evidence/root',
  'GET /cases/{code}/proof',
  'GET /public/log',
  'GET /webhooks/{id}',
  'POST /webhooks/{id}/confirmation',
  'POST /webhooks/{id}/pause',
  'POST /webhooks/{id}/resumption',
  'POST /webhooks/{id}/removal',
  'POST /webhooks/{id}/replay',
]);

describe('every kind of caller gets what the matrix says', () => {
  it.each(Object.entries(matrix))('%s', async (route, row) => {
    const found: Record<string, string> = {};
    const wanted: Record<string, string> = {};
    for (const caller of everybody) {
      const code = await codeFor(route, caller);
      found[caller] = absent.has(route) && code === 'NOT_FOUND' ? 'allowed' : code;
      wanted[caller] = expected(row, caller);
    }
    expect(found).toEqual(wanted);
  });
});
