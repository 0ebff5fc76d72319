import type { Command } from '../../domain/case/commands.js';
import { lookOf } from '../../domain/case/result/look.js';
import type { Completion } from '../../domain/case/task/commands.js';
import { allTasks } from '../../domain/case/task/state.js';
import type { Actor, Role } from '../../domain/case/events.js';
import { caseScope, consultationScope, procedureScope, type ScopeId } from '../../domain/case/scope.js';
import { type Filing } from '../../domain/lane/screening.js';
import { createLaw } from '../../domain/law/law.js';
import { type FormContext, type NamedCase } from '../../forms/sheet.js';
import { type Paper, papersOf } from '../../forms/papers.js';
import { type Book } from '../../forms/tracking-book.js';
import { plainDate } from '../../domain/time/instants.js';
import { catalogue, exampleProjects } from '../../seeds/index.js';
import { extendable, withoutWindow } from '../support/extendable-law.js';
import { at, MemoryRegister, person } from '../support/memory-register.js';

export const code = 'LX-260706-0001';
export const irc = procedureScope(code, 'irc-ordinary', 1);
const consultation = consultationScope(irc, 1);
const investor = person('investor.test', 'investor');
const receiving = person('receiving.1', 'receiving-officer', 'hcmc-pasc');
const officer = (agency: string, n = 1): Actor => person(`officer.${agency}.${n}`, 'officer', agency);
const head = (agency: string): Actor => person(`head.${agency}`, 'head', agency);

const known = withoutWindow(extendable(catalogue()));

export const context: FormContext = {
  catalogue: known,
  law: createLaw(known),
  publicUrl: 'https://luong-xanh.example',
};

const people = new Map(
  [
    ['investor.test', 'Nguyễn Thị Ý Như'],
    ['representative.test', 'Đặng Ngọc Ưng'],
    ['receiving.1', 'Lê Diễn Tập'],
    ['officer.shtp-board.1', 'Võ Thử Nghiệm'],
    ['officer.shtp-board.2', 'Phùng Mẫu Mực'],
    ['head.shtp-board', 'Trần Quyết Đoán'],
  ].map(([id = '', name = '']) => [id, { name, email: `${id}@luong-xanh.example` }]),
);

/** Cases driven by hand through the rules, for what their papers say. */
export class Story {
  readonly register = new MemoryRegister(code, context.law);
  readonly documents = [
    { code: 'request', documentId: 'doc-1', obtainedFrom: null },
    { code: 'legal-status', documentId: null, obtainedFrom: 'national-business-register' },
    { code: 'project-proposal', documentId: 'doc-2', obtainedFrom: null },
  ];

  constructor() {
    this.register.open(exampleProjects.besi, at('2026-07-06 09:00'));
    this.register.engine(caseScope(code), at('2026-07-06 09:00'), { type: 'openProcedure', procedure: 'irc-ordinary' });
  }

  act(actor: Actor, when: string, command: Command): void {
    this.register.act(actor, at(when), command);
  }

  engine(scope: ScopeId, when: string, command: Command): void {
    this.register.engine(scope, at(when), command);
  }

  task(key: string): string {
    for (const task of allTasks(this.register.state))
      if (task.key === key && task.status !== 'cancelled' && task.status !== 'done') return task.id;
    throw new Error(`no open task ${key}`);
  }

  complete(key: string, actor: Actor, when: string, completion: Completion): void {
    const taskId = this.task(key);
    this.act(actor, when, { type: 'claimTask', taskId });
    this.act(actor, when, { type: 'completeTask', taskId, completion });
  }

  open(
    scope: ScopeId,
    when: string,
    key: string,
    kind: Extract<Command, { type: 'openTask' }>['kind'],
    agency: string,
    role: Extract<Role, 'officer' | 'head' | 'receiving-officer'>,
    step: string | null = null,
  ): void {
    this.engine(scope, when, { type: 'openTask', key, kind, agency, role, step });
  }

  file(when: string, by: Actor = investor): this {
    this.act(by, when, { type: 'fileDossier', procedure: 'irc-ordinary', documents: this.documents });
    return this;
  }

  intake(n: number, when: string, completion: Completion): this {
    this.open(irc, when, `intake/${n}`, 'intake', 'hcmc-pasc', 'receiving-officer');
    this.complete(`intake/${n}`, receiving, when, completion);
    return this;
  }

  /** Received on Tuesday 7 July at ten, after one completion at the counter. */
  received(): this {
    this.file('2026-07-06 09:05', representative);
    this.intake(1, '2026-07-06 10:00', {
      outcome: 'complete',
      items: ['Đề xuất dự án đầu tư: bổ sung tiến độ góp vốn'],
      reason: 'Thiếu tiến độ góp vốn ở mục 5',
    });
    return this.file('2026-07-07 08:30', representative).intake(2, '2026-07-07 10:05', { outcome: 'receive' });
  }

  /** … both agencies asked, who set conditions, and the assessment begun. `said`: one of them answers each question by itself. */
  assessing(said = false): this {
    this.received();
    this.engine(irc, '2026-07-07 10:06', { type: 'startStep', step: 'completeness-check' });
    const done = { outcome: 'complete', by: 'system', reference: null } as const;
    this.engine(irc, '2026-07-07 10:07', { type: 'completeStep', step: 'completeness-check', ...done });
    this.engine(irc, '2026-07-07 10:08', { type: 'openConsultation', step: 'opinions' });
    this.open(consultation, '2026-07-07 10:08', 'opinion/dost', 'opinion', 'dost', 'officer');
    this.complete('opinion/dost', officer('dost'), '2026-07-08 09:00', {
      outcome: 'agree-with-conditions',
      legalBasis: 'Luật Công nghệ cao',
      conditions: [{ subject: 'vietnamese-staff-share', direction: 'requires', value: '60' }],
      ...(said && { content: this.opinion() }),
    });
    this.act({ kind: 'agency-system', agency: 'dpa' }, '2026-07-08 10:00', {
      type: 'giveOpinion',
      consultation,
      agency: 'dpa',
      position: 'agree-with-conditions',
      conditions: [{ subject: 'building-height', direction: 'limits', value: '45' }],
      legalBasis: null,
      messageId: 'm-1',
    });
    this.engine(consultation, '2026-07-08 10:00', { type: 'closeConsultation' });
    this.open(irc, '2026-07-08 10:00', 'step/assessment', 'step', 'shtp-board', 'officer', 'assessment');
    return this;
  }

  private opinion(): NonNullable<Completion['content']> {
    const { state } = this.register;
    const procedure = state.procedures[irc];
    if (!procedure) throw new Error('the procedure is not open');
    return {
      seen: lookOf(state, procedure, 'opinion'),
      fields: { technology: 'agree', highTechCriteria: 'agree-with-conditions' },
      reasons: [{ text: 'Công nghệ phù hợp.', legalBasis: 'NĐ 96/2026/NĐ-CP, Điều 36' }],
    };
  }

  supplemented(answered: string | null): this {
    const taskId = this.task('step/assessment');
    this.act(officer('shtp-board'), '2026-07-09 09:00', { type: 'claimTask', taskId });
    this.act(officer('shtp-board'), '2026-07-09 09:30', {
      type: 'requestSupplement',
      taskId,
      ground: 'supplement',
      items: ['Báo cáo tài chính có kiểm toán', 'Văn bản thuyết minh quyền sử dụng địa điểm'],
      reason: 'Chưa chứng minh năng lực tài chính',
    });
    if (answered === null) return this;
    const { requestId = '' } = this.register.state.procedures[irc]?.supplements[0] ?? {};
    const documents = [{ code: 'financial-capacity', documentId: 'doc-3', obtainedFrom: null }];
    this.act(investor, answered, { type: 'answerSupplement', procedure: 'irc-ordinary', requestId, documents });
    return this;
  }

  /** … reassigned, late, apologised for, decided, signed and handed over. */
  decided(outcome: 'approve' | 'refuse' = 'approve'): this {
    this.complete('step/assessment', officer('shtp-board', 1), '2026-07-16 10:00', { outcome: 'done' });
    this.open(irc, '2026-07-16 10:01', 'step/decision', 'step', 'shtp-board', 'head', 'decision');
    this.complete('step/decision', head('shtp-board'), '2026-07-17 15:00', {
      outcome,
      ...(outcome === 'refuse' && { reason: 'Dự án không phù hợp quy hoạch phân khu' }),
    });
    this.engine(irc, '2026-07-17 15:01', {
      type: 'recordSignature',
      number: '12/2026/GCN-BQL',
      documentHash: 'ab'.repeat(32),
      signature: 'MEUCIQDexampleSignatureOfTheDecisionRecordBase64==',
      algorithm: 'Ed25519',
      keyId: '0f1e2d3c4b5a6978',
    });
    this.engine(irc, '2026-07-17 15:03', { type: 'handOver' });
    return this;
  }

  /** Nothing happens until the day before the printed date ends: the letter of apology is drafted by then. */
  apologyDrafted(): this {
    this.act({ kind: 'clock' }, '2026-07-21 08:00', { type: 'settle' });
    return this;
  }

  apologySent(): this {
    const letter = this.register.state.procedures[irc]?.apologies[0];
    if (!letter) throw new Error('no letter was drafted');
    this.open(irc, '2026-07-21 08:01', `apology/${letter.letterId}`, 'apology', 'shtp-board', 'head');
    const newDate = '2026-07-28' as NonNullable<Completion['newDate']>;
    this.complete(`apology/${letter.letterId}`, head('shtp-board'), '2026-07-21 09:00', { outcome: 'send', newDate });
    return this;
  }

  extended(): this {
    this.act(head('shtp-board'), '2026-07-14 09:00', {
      type: 'extendClock',
      procedure: 'irc-ordinary',
      days: 3,
      reason: 'Hồ sơ phức tạp',
    });
    return this;
  }

  stopped(decision: 'stop' | 'refuse' = 'stop'): this {
    this.act({ kind: 'clock' }, '2026-08-03 08:00', { type: 'settle' });
    this.open(irc, '2026-08-03 08:00', 'lapse/S1', 'lapse', 'shtp-board', 'officer');
    this.complete('lapse/S1', officer('shtp-board'), '2026-08-03 09:00', {
      outcome: decision,
      reason: 'Nhà đầu tư không bổ sung hồ sơ',
    });
    return this;
  }

  withdrawn(): this {
    this.act(investor, '2026-07-10 09:00', { type: 'withdrawCase', reason: 'Thay đổi kế hoạch đầu tư' });
    return this;
  }

  /** What the register would give; the filing as BESI's, with a Vietnamese name full of marks. */
  named(change: Partial<NamedCase> = {}): NamedCase {
    const filing = structuredClone(exampleProjects.besi) as Filing;
    const file = {
      state: this.register.state,
      events: this.register.events,
      filing: { ...filing, investor: { ...filing.investor, name: investorName, registrationNumber: '0312345678' } },
      people,
      texts: this.register.texts,
    };
    const numbers = new Map(
      papersOf(file, context.law.receivingAgency).map(({ id, draft }, i) => [draft ? '' : id, i + 1]),
    );
    return { ...file, numbers, ...change };
  }

  papers(): Paper[] {
    return papersOf(this.named(), context.law.receivingAgency);
  }

  paper(form: Paper['form'], n = 0): Paper {
    const found = this.papers().filter((paper) => paper.form === form)[n];
    if (!found) throw new Error(`no paper ${form}`);
    return found;
  }
}

const representative: Actor = {
  kind: 'person',
  id: 'representative.test',
  role: 'representative',
  agency: null,
  onBehalfOf: 'investor.test',
};

/** Every vowel of Vietnamese with every tone, and đ, small and large. */
export const everyLetter =
  'aàảãáạ ăằẳẵắặ âầẩẫấậ eèẻẽéẹ êềểễếệ iìỉĩíị oòỏõóọ ôồổỗốộ ơờởỡớợ uùủũúụ ưừửữứự yỳỷỹýỵ đ ' +
  'AÀẢÃÁẠ ĂẰẲẴẮẶ ÂẦẨẪẤẬ EÈẺẼÉẸ ÊỀỂỄẾỆ IÌỈĨÍỊ OÒỎÕÓỌ ÔỒỔỖỐỘ ƠỜỞỠỚỢ UÙỦŨÚỤ ƯỪỬỮỨỰ YỲỶỸÝỴ Đ';

export const investorName = `Công ty ${everyLetter}`;

/** A book of July 2026 with so many dossiers of the board; `change` says what is special about the i-th, from 0. */
export const bookOf = (n: number, change: (i: number) => Partial<Book['entries'][number]>): Book => ({
  agency: 'shtp-board',
  from: plainDate('2026-07-01'),
  to: plainDate('2026-07-31'),
  entries: Array.from({ length: n }, (_, i) => ({
    serial: i + 1,
    dossierCode: `H29-260706-${String(i + 1).padStart(4, '0')}`,
    procedure: 'irc-ordinary',
    version: 'irc-ordinary@2026-03-31',
    applicant: 'BESI',
    email: 'a@luong-xanh.example',
    agency: 'shtp-board',
    receivedAt: at('2026-07-06 10:00'),
    printedDueDate: plainDate('2026-07-20'),
    handedOverAt: null,
    status: { vi: 'Đang xử lý', en: 'In process' },
    ...change(i),
  })),
});
