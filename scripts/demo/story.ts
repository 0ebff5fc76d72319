import {
  addWorkingDays,
  countWorkingDays,
  isWorkingDay,
  nextWorkingDay,
  type Calendar,
} from '../../domain/calendar.js';
import { dateOf, plainDate, startOf, type Instant, type PlainDate } from '../../domain/time.js';
import type { Filing } from '../../domain/screening.js';
import type { ApiClient } from './client.js';
import { scripted, supplementAsked, type Task } from './script.js';

export interface Project {
  readonly name: 'besi' | 'cmc';
  readonly filing: Filing;
  /** Who files and answers. */
  readonly investor: string;
  code: string;
}

interface Receipt {
  readonly case: string;
}

interface Asked {
  readonly kind: 'dossier' | 'supplement' | 'gate' | 'refiling' | 'survey';
  readonly procedure?: string;
  readonly requestId?: string;
  readonly gate?: string;
}

export interface CaseDetail {
  readonly status: string;
  readonly asked: readonly Asked[];
  readonly procedures: readonly {
    readonly procedure: string;
    readonly stage: string;
    readonly supplements: readonly { readonly requestedAt: string; readonly status: string }[];
  }[];
}

interface ProcedureDefinition {
  readonly code: string;
  readonly documents: readonly { readonly code: string; readonly obtainableFrom: string | null }[];
}

interface StoryOptions {
  readonly projects: readonly Project[];
  readonly calendar: Calendar;
  /** The API as this person. */
  readonly as: (person: string) => ApiClient;
  /** Everybody who keeps a worklist, by agency: officers and heads. */
  readonly officials: readonly { readonly id: string; readonly role: string; readonly agency: string | null }[];
  readonly say: (line: string) => void;
}

const paper = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');

/**
 * Two projects, and everybody who has to do with them: investors who file and answer, officers who look at their worklists twice on every working day. People see what the API
 * shows them and nothing else.
 */
export class Story {
  private readonly definitions = new Map<string, ProcedureDefinition>();
  private asked = false;

  constructor(private readonly options: StoryOptions) {}

  async open(): Promise<void> {
    const { as, projects } = this.options;
    const { items } = await as('auditor.1').get<{ items: ProcedureDefinition[] }>('/procedures');
    for (const definition of items) this.definitions.set(definition.code, definition);
    for (const project of projects) {
      const receipt = await as(project.investor).post<Receipt>(
        '/cases',
        project.filing,
        `demo-filing-${project.name}-${await this.now()}`,
      );
      project.code = receipt.case;
    }
  }

  async now(): Promise<Instant> {
    const { now } = await this.options.as('auditor.1').get<{ now: Instant }>('/rehearsal/clock');
    return now;
  }

  /** Lets business time pass until `to`, event by event, and waits until everything that was to happen has happened. */
  async advance(to: Instant): Promise<void> {
    const operator = this.options.as('operator.1');
    const { id } = await operator.post<{ id: string }>('/rehearsal/advances', { to }, `demo-${to}`);
    for (;;) {
      const advance = await operator.get<{ status: string; detail: unknown }>(`/rehearsal/advances/${id}?wait=10s`);
      if (advance.status === 'quiet') return;
      if (advance.status === 'restless' || advance.status === 'failed') {
        throw new Error(`The clock stands: ${advance.status} ${JSON.stringify(advance.detail)}`);
      }
    }
  }

  /** Everybody does what they would do now; again while one act brings another. True once every case is over. */
  async visit(): Promise<boolean> {
    for (;;) {
      await this.advance(await this.now());
      if ((await this.investorsAct()) + (await this.officialsAct()) === 0) break;
    }
    const details = await Promise.all(this.options.projects.map((project) => this.detail(project)));
    return details.every((one) => one.status !== 'open');
  }

  /** The next time somebody looks at a desk: 09:00 and 15:00 of every working day. */
  async nextVisit(): Promise<Instant> {
    const { calendar } = this.options;
    const now = Date.parse(await this.now());
    const today = dateOf(new Date(now).toISOString());
    const desk = (date: PlainDate) => [9, 15].map((hour) => Date.parse(startOf(date)) + hour * 3_600_000);
    const times = [...(isWorkingDay(calendar, today) ? desk(today) : []), ...desk(nextWorkingDay(calendar, today))];
    return new Date(times.find((time) => time > now) ?? now).toISOString();
  }

  detail(project: Project): Promise<CaseDetail> {
    return this.options.as(project.investor).get<CaseDetail>(`/cases/${project.code}`);
  }

  private async investorsAct(): Promise<number> {
    let acts = 0;
    for (const project of this.options.projects) {
      const { asked } = await this.detail(project);
      for (const one of asked) if (await this.answer(project, one)) acts += 1;
    }
    return acts;
  }

  private async answer(project: Project, asked: Asked): Promise<boolean> {
    const { as, calendar, say } = this.options;
    const investor = as(project.investor);
    const base = `/cases/${project.code}`;
    const { procedure = '' } = asked;
    switch (asked.kind) {
      case 'dossier': {
        await investor.post(`${base}/procedures/${procedure}/dossier`, {
          documents: await this.documentsFor(project, procedure),
        });
        say(`${project.name.toUpperCase()}: ${project.investor} nộp hồ sơ · files the dossier of ${procedure}`);
        return true;
      }
      case 'supplement': {
        const now = await this.now();
        const since =
          (await this.detail(project)).procedures.find((one) => one.procedure === procedure)?.supplements.at(-1)
            ?.requestedAt ?? now;
        if (countWorkingDays(calendar, dateOf(since), dateOf(now)) < 2) return false;
        const { requestId } = asked;
        const documents = [
          {
            code: 'financial-capacity',
            documentId: await investor.upload('financial-statements.pdf', paper, 'application/pdf'),
          },
        ];
        await investor.post(`${base}/supplements`, { procedure, requestId, documents });
        say(`${project.name.toUpperCase()}: ${project.investor} bổ sung hồ sơ · answers the supplement request`);
        return true;
      }
      case 'gate':
        await investor.post(`${base}/gates/${asked.gate ?? ''}`, { evidence: { reference: `DEMO-${project.code}` } });
        say(
          `${project.name.toUpperCase()}: ${project.investor} ${asked.gate ?? ''} (${asked.gate === 'deposit-lodged' ? 'đã ký quỹ · deposit lodged' : ''})`,
        );
        return true;
      case 'survey':
        await investor.post(`${base}/survey`, { score: 5 });
        return true;
      case 'refiling':
        return false;
    }
  }

  private async documentsFor(project: Project, procedure: string) {
    const definition = this.definitions.get(procedure);
    if (!definition) throw new Error(`No procedure ${procedure}`);
    const investor = this.options.as(project.investor);
    const documents = [];
    for (const { code, obtainableFrom } of definition.documents) {
      // Once only: what a register of the State holds is not brought again.
      if (obtainableFrom !== null) documents.push({ code, obtainedFrom: obtainableFrom });
      else documents.push({ code, documentId: await investor.upload(`${code}.pdf`, paper, 'application/pdf') });
    }
    return documents;
  }

  private async officialsAct(): Promise<number> {
    let acts = 0;
    for (const official of this.options.officials) {
      if (official.role === 'head' ? false : official.id.endsWith('.2')) continue;
      const { items } = await this.options.as(official.id).get<{ items: Task[] }>('/tasks?limit=100');
      for (const task of items) {
        if (task.role !== official.role || task.status === 'waiting') continue;
        const project = this.options.projects.find((one) => one.code === task.case);
        if (project && (await this.handle(project, official.id, task))) acts += 1;
      }
    }
    return acts;
  }

  private async handle(project: Project, official: string, task: Task): Promise<boolean> {
    const { as, calendar, say } = this.options;
    const person = as(official);
    const today = dateOf(await this.now());
    const { after, act } = scripted(project.name, task);
    if (act.do === 'nothing') return false;
    const claimed = task.status === 'claimed';
    if (!claimed) await person.post(`/tasks/${task.id}/claim`);
    if (project.name === 'besi' && task.step === 'assessment' && !this.asked && supplementAsked.do === 'ask-for-more') {
      this.asked = true;
      const { items, reason } = supplementAsked;
      await person.post(`/tasks/${task.id}/supplement-request`, { ground: 'supplement', items, reason });
      say(
        `BESI: ${official} yêu cầu bổ sung · asks for a supplement (${items.join(', ')}); đồng hồ dừng · the clock is suspended`,
      );
      return true;
    }
    const ripe = addWorkingDays(calendar, plainDate(dateOf(task.openedAt)), after) <= today;
    if (!ripe || act.do !== 'complete') return !claimed;
    await person.post(`/tasks/${task.id}/completion`, act.completion);
    say(
      `${project.name.toUpperCase()}: ${official} ${task.procedure ?? ''} ${task.step ?? task.kind} → ${act.completion.outcome}`,
    );
    return true;
  }
}
