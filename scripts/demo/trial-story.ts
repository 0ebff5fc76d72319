import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { addWorkingDays } from '../../domain/time/calendar.js';
import { addDays, dateOf, plainDate, type Instant, type PlainDate } from '../../domain/time/instants.js';
import type { SandboxFiling } from '../../domain/schemas/trial.js';
import type { TrialTerms } from '../../domain/law/trial-terms.js';
import { trialOfficials } from './company.js';
import { documentOf } from './documents.js';
import type { Stage } from './stage.js';
import { criterionCodes, type Task, usual } from './trial-desk.js';
import { civilTime } from './story.js';
import { everyTask, whoHasWork } from './worklist.js';

/** One trial of the demonstration, and what is its own in the story. */
export interface TrialScript {
  readonly name: string;
  readonly filing: SandboxFiling;
  /** Who files and reports. */
  readonly participant: string;
  /** Conditions that the evaluation proposes, without the limits' sources. */
  readonly terms: Omit<TrialTerms, 'limits'> & {
    readonly limits: readonly Omit<TrialTerms['limits'][number], 'source'>[];
  };
  /** Readings by what the story wants to show. */
  readonly readings: Readonly<Record<'good' | 'near' | 'beyond', { readonly limit: string; readonly value: unknown }>>;
  readonly extendBy: number;
  readonly lesson: { readonly act: string; readonly article: string; readonly change: string };
}

interface MetricsTaken {
  readonly phase: string;
  readonly near: readonly { readonly limit: string }[];
  readonly exceeded: readonly { readonly limit: string }[];
  readonly hold: { readonly confirmBy: Instant } | null;
}

interface Duty {
  readonly id: string;
  readonly code: string;
  readonly status: string;
}

export interface TrialDetail {
  readonly phase: string;
  readonly from: PlainDate | null;
  readonly until: PlainDate | null;
  readonly ending: string | null;
  readonly certificate: string | null;
  readonly permits: readonly { readonly permit: string; readonly number: string | null }[];
  readonly incidents: readonly { readonly id: string; readonly status: string; readonly late: boolean }[];
}

/** Members of the council: the chair, three who vote, one who will declare an interest. */
const council = ['expert.1', 'expert.2', 'expert.3', 'expert.4', 'expert.5'] as const;

/** A trial from filing to certificate: a breach, a hold confirmed, a resumption, an extension, an exit report. People see what the API shows them. */
export class TrialStory {
  private code = '';
  private batch = 0;
  private measuredTo: Instant = '';
  private readonly key: KeyObject;
  private readonly publicKey: string;

  constructor(
    private readonly stage: Stage,
    private readonly script: TrialScript,
  ) {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    this.key = privateKey;
    this.publicKey = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  }

  /** The code of the case; '' before it is filed. */
  get caseCode(): string {
    return this.code;
  }

  async play(): Promise<void> {
    await this.file();
    await this.deskWorkUntil((trial) => trial.phase !== 'admission');
    await this.begin();
    await this.run();
    await this.extend();
    await this.leave();
  }

  private say(who: string, what: string): void {
    this.stage.say(`${this.script.name}: ${who} ${what}`);
  }

  /** Who files and reports. */
  get participant(): string {
    return this.script.participant;
  }

  private get client() {
    return this.stage.as(this.script.participant);
  }

  private trial(): Promise<TrialDetail> {
    return this.client.get<TrialDetail>(`/cases/${this.code}/trial`);
  }

  private post(person: string, act: string, body: unknown): Promise<unknown> {
    return this.stage.as(person).post(`/cases/${this.code}/trial/${act}`, body);
  }

  private async upload(code: string, name: { readonly vi: string; readonly en: string }): Promise<string> {
    const content = await documentOf(name, this.script.filing.solution.name.vi);
    return this.client.upload(`${code}.pdf`, content, 'application/pdf');
  }

  // Admission --------------------------------------------------------------------------------------------------------------------------------------

  private async file(): Promise<void> {
    const { filing, participant } = this.script;
    const fit = await this.client.post<{ taken: { regime: string } | null }>('/regimes/fit', filing);
    const regime = fit.taken?.regime ?? '';
    const { figures } = await this.client.get<{
      figures: { documents: { value: { code: string; name: { vi: string; en: string } }[] } };
    }>(`/regimes/${regime}`);
    const dossier = [];
    for (const { code, name } of figures.documents.value)
      dossier.push({ code, documentId: await this.upload(code, name) });
    const receipt = await this.client.post<{ case: string }>('/cases', { ...filing, documents: dossier });
    this.code = receipt.case;
    this.say(participant, `nộp hồ sơ thử nghiệm · files the trial under ${regime}: ${this.code}`);
  }

  /** Everybody looks at their desk on every working day, until it is so. */
  private async deskWorkUntil(done: (trial: TrialDetail) => boolean): Promise<void> {
    for (;;) {
      await this.stage.settled();
      if (done(await this.trial())) return;
      let acted = false;
      for (const official of await whoHasWork(this.stage.as('auditor.1'), [this.code], trialOfficials)) {
        for (const task of await everyTask<Task>(this.stage.as(official.id))) {
          if (task.case !== this.code || task.role !== official.role || task.status === 'waiting') continue;
          if (task.claimedBy !== null && task.claimedBy.id !== official.id) continue;
          acted = (await this.handle(official.id, task)) || acted;
        }
      }
      if (!acted) await this.stage.nextDay();
    }
  }

  private async handle(person: string, task: Task): Promise<boolean> {
    const client = this.stage.as(person);
    const { completion, says, after } = usual(task);
    if (dateOf(this.stage.at) < addWorkingDays(this.stage.calendar, dateOf(task.openedAt), after)) return false;
    if (task.status !== 'claimed') await client.post(`/tasks/${task.id}/claim`);
    if (task.step === 'evaluation') {
      const { terms } = this.script;
      const criteria = criterionCodes.map((criterion) => ({ criterion, finding: 'positive' }));
      await this.post(person, 'terms', { taskId: task.id, criteria, terms });
      this.say(person, 'đánh giá theo tiêu chí, đề xuất điều kiện · evaluates and proposes the conditions');
    }
    if (task.step === 'council') await this.deliberate(person, task.id);
    await client.post(`/tasks/${task.id}/completion`, completion);
    this.say(person, `${says} → ${completion.outcome}`);
    return true;
  }

  /** Five are called, one declares an interest, one sees it otherwise. */
  private async deliberate(secretary: string, taskId: string): Promise<void> {
    const members = council.map((person, i) => ({ person, role: i === 0 ? 'chair' : 'member' }));
    const meetsAt = new Date(Date.parse(this.stage.at) + 60 * 60_000).toISOString();
    await this.post(secretary, 'council', { taskId, members, meetsAt });
    await this.stage.settled();
    await this.post('expert.5', 'council/interest', { reason: 'Cố vấn cho bên dự thầu · advises a competitor' });
    await this.stage.until(meetsAt);
    await this.post(secretary, 'council/opening', { taskId, present: council });
    for (const member of ['expert.1', 'expert.2', 'expert.3'])
      await this.post(member, 'council/votes', { vote: 'for' });
    const reason = 'Cần thêm bãi hạ cánh khẩn cấp · more emergency landing sites are needed';
    await this.post('expert.4', 'council/votes', { vote: 'against', reason });
    this.say(
      'hội đồng · council',
      '3 tán thành · for, 1 không tán thành · against, 1 không tham gia biểu quyết · recused',
    );
  }

  // Running ------------------------------------------------------------------------------------------------------------------------------------------

  private async begin(): Promise<void> {
    const admitted = await this.trial();
    this.say('hcmc-committee', `chấp thuận · admits the trial ${admitted.from ?? ''} – ${admitted.until ?? ''}`);
    for (const { permit } of admitted.permits) {
      await this.stage.nextDay();
      const documentId = await this.upload(permit, { vi: 'Giấy phép của cơ quan khác', en: 'Permit of another body' });
      const number = 'VÍ DỤ-01/2026 · example';
      await this.post(this.script.participant, 'permits', { permit, number, documentId, validTo: null });
      this.say(this.script.participant, `nộp giấy phép của cơ quan khác · shows the permit ${permit}`);
    }
    await this.stage.settled();
    await this.post(this.script.participant, 'keys', { keyId: 'device-1', publicKey: this.publicKey });
    this.measuredTo = this.stage.at;
  }

  private async run(): Promise<void> {
    const { participant } = this.script;
    const { from } = await this.trial();
    const begins = from ?? dateOf(this.stage.at);
    await this.stage.morningOf(addDays(begins, 14));
    await this.measure('good');
    await this.stage.morningOf(addDays(begins, 28));
    await this.measure('near');
    await this.stage.morningOf(addDays(begins, 35));
    await this.measure('beyond');
    await this.deskWorkUntil(({ phase }) => phase !== 'held');
    const { incidents } = await this.trial();
    await this.report('incidents', {
      incident: incidents.find(({ status }) => status === 'to-report')?.id ?? null,
      severity: 'serious',
      happenedAt: this.stage.at,
      knownAt: this.stage.at,
      description: 'Vượt giới hạn do cấu hình sai, đã dừng ngay · a wrong setting, stopped at once',
      documentId: null,
    });
    await this.stage.nextDay();
    const supervisor = trialOfficials.find(({ id }) => id.startsWith(`officer.${this.supervises}`))?.id ?? '';
    const findings = 'Đã khắc phục, thiết bị đúng hồ sơ · remedied, equipment as filed';
    await this.post(supervisor, 'visits', { on: dateOf(this.stage.at), result: 'in-order', findings });
    this.say(supervisor, 'kiểm tra tại chỗ · visits the site');
    await this.post(participant, 'resumption', { reason: 'Đã sửa cấu hình và thử lại · corrected and tried again' });
    this.say(participant, 'đề nghị tiếp tục · asks to resume');
    await this.deskWorkUntil(({ phase }) => phase === 'running');
  }

  private get supervises(): string {
    return this.script.filing.solution.field === 'uav' ? 'shtp-board' : 'hcmc-committee';
  }

  private async extend(): Promise<void> {
    const { participant, extendBy } = this.script;
    const { until } = await this.trial();
    const ends = until ?? plainDate('2027-07-01');
    await this.reportUntil(addDays(ends, -60));
    await this.post(participant, 'extension', {
      months: extendBy,
      reason: 'Cần số liệu mùa mưa · the rainy season is missing',
    });
    this.say(participant, `đề nghị gia hạn · asks for ${extendBy} more months`);
    await this.deskWorkUntil((trial) => trial.until !== until);
    this.say('hcmc-committee', `gia hạn đến · extends to ${(await this.trial()).until ?? ''}`);
  }

  // Exit -----------------------------------------------------------------------------------------------------------------------------------------------

  private async leave(): Promise<void> {
    const { participant, lesson } = this.script;
    const { until } = await this.trial();
    await this.reportUntil(addDays(until ?? dateOf(this.stage.at), -30));
    const documentId = await this.upload('final-report', {
      vi: 'Báo cáo kết thúc thử nghiệm',
      en: 'Final report on the trial',
    });
    await this.post(participant, 'final-report', { documentId, lessons: [lesson], figures: { trips: 1840 } });
    this.say(
      participant,
      `nộp báo cáo kết thúc · files the final report; ${lesson.act} ${lesson.article}: ${lesson.change}`,
    );
    await this.deskWorkUntil(({ ending }) => ending !== null);
    await this.stage.settled();
    const { certificate } = await this.trial();
    this.say('hcmc-committee', `giấy xác nhận hoàn thành · certificate of completion ${certificate ?? ''}`);
    await this.stage.nextDay();
    await this.meetUserDuties();
    const closed = async () => (await this.client.get<{ status: string }>(`/cases/${this.code}`)).status !== 'open';
    for (let months = 1; !(await closed()); months += 1) {
      if (months > 24) throw new Error(`${this.code} does not end`);
      await this.stage.morningOf(addDays(dateOf(this.stage.at), 30));
    }
    this.say(this.code, 'kết thúc · is over');
  }

  private async meetUserDuties(): Promise<void> {
    for (const id of await this.openDuties('trial-users')) {
      const path = `/cases/${this.code}/duties/${encodeURIComponent(id)}/fulfilment`;
      await this.client.post(path, { evidence: { reference: 'DEMO-USERS' } });
      this.say(this.script.participant, `thực hiện nghĩa vụ với người dùng · meets its duty to the users (${id})`);
    }
  }

  /** Month after month whatever report is owed, until that day. */
  private async reportUntil(day: PlainDate): Promise<void> {
    for (let at = dateOf(this.stage.at); at < day; at = dateOf(this.stage.at)) {
      const next = addDays(at, 30);
      await this.stage.morningOf(next < day ? next : day);
      await this.fileReports();
    }
  }

  /** Every periodic report that is open. */
  private async fileReports(): Promise<void> {
    for (const duty of await this.openDuties('trial-report')) {
      await this.report('reports', { duty, documentId: null, figures: { trips: 210 } });
    }
  }

  private async openDuties(of: string): Promise<string[]> {
    const { items } = await this.client.get<{ items: Duty[] }>(`/cases/${this.code}/duties`);
    return items.filter(({ code, status }) => code === of && status !== 'met').map(({ id }) => id);
  }

  private async report(act: 'reports' | 'incidents', body: unknown): Promise<void> {
    await this.post(this.script.participant, act, body);
    const what =
      act === 'reports' ? 'nộp báo cáo định kỳ · files a periodic report' : 'báo cáo sự cố · reports the incident';
    this.say(this.script.participant, what);
  }

  /** The devices send one signed batch. */
  private async measure(which: 'good' | 'near' | 'beyond'): Promise<void> {
    const at = this.stage.at;
    const reading = { ...this.script.readings[which], at };
    const body = JSON.stringify({ batch: ++this.batch, from: this.measuredTo, to: at, readings: [reading] });
    const signature = sign(null, Buffer.from(`${this.code}\n${body}`), this.key).toString('base64');
    const answer = await this.client.signed<MetricsTaken>(`/cases/${this.code}/trial/metrics`, body, {
      'trial-key': 'device-1',
      'trial-signature': signature,
    });
    this.measuredTo = at;
    const { phase, near, exceeded, hold } = answer;
    const seen = [
      ...near.map(({ limit }) => `gần giới hạn · near ${limit}`),
      ...exceeded.map(({ limit }) => `vượt giới hạn · beyond ${limit}`),
      ...(hold ? [`tạm dừng ngay · held at once, xác nhận trước · confirm by ${civilTime(hold.confirmBy)}`] : []),
    ];
    this.say('thiết bị · devices', `${[`${reading.limit} = ${String(reading.value)}`, ...seen].join('; ')} → ${phase}`);
    await this.stage.settled();
  }
}
