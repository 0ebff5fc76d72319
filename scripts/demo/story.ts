import {
  addWorkingDays,
  countWorkingDays,
  isWorkingDay,
  nextWorkingDay,
  type Calendar,
} from '../../domain/time/calendar.js';
import { dateOf, plainDate, startOf, type Instant, type PlainDate } from '../../domain/time/instants.js';
import type { Filing } from '../../domain/lane/screening.js';
import { type ApiClient, ApiRefusal } from './client.js';
import { documentOf } from './documents.js';
import { scripted, supplementAsked, type Task } from './script.js';
import { everyTask, whoHasWork } from './worklist.js';
import { workingCalendar } from './working-calendar.js';

export interface Project {
  readonly name: 'besi' | 'cmc' | 'besi-2';
  readonly filing: Filing;
  /** What tells this filing from every other one, of other runs too. */
  readonly mark: string;
  /** Adjusts the project of that name: filed once it is licensed and over. */
  readonly after?: Project['name'];
  /** The investor's own choice; else the recommended one. */
  readonly pathway?: 'standard';
  /** Who files and answers. */
  readonly investor: string;
  /** Empty until it is filed. */
  code: string;
  /** The supplement of the story was asked for. */
  supplemented: boolean;
}

/** One act of one person, named as in the script: `besi irc-ordinary assessment`, `cmc land-lease dossier`. */
export type Moment = `${Project['name']} ${string}`;

interface Receipt {
  readonly case: string;
}

interface Asked {
  readonly kind: 'dossier' | 'supplement' | 'gate' | 'refiling' | 'survey';
  readonly procedure?: string | null;
  readonly requestId?: string;
  readonly gate?: string;
}

export interface CaseDetail {
  readonly status: string;
  readonly asked: readonly Asked[];
  readonly lane: string | null;
  readonly predicates: readonly {
    readonly id: string;
    readonly verdict: string;
    readonly proof: readonly {
      readonly kind: string;
      readonly code: string;
      readonly name: { readonly vi: string; readonly en: string };
    }[];
  }[];
  readonly laneEvidence: readonly { readonly id: string; readonly predicate: string }[];
  readonly procedures: readonly {
    readonly procedure: string;
    readonly stage: string;
    readonly supplements: readonly { readonly requestedAt: string; readonly status: string }[];
  }[];
}

interface ProcedureDefinition {
  readonly code: string;
  readonly documents: readonly {
    readonly code: string;
    readonly name: { readonly vi: string; readonly en: string };
    readonly obtainableFrom: string | null;
    readonly obtainableWhen?: unknown;
  }[];
}

/** Something that befalls the whole town: an absence, a new calendar. */
export interface Scene {
  readonly moment: Moment;
  /** Whether it is time, from what the projects show. */
  ripe(story: { readonly at: Instant; project(name: Project['name']): Project | undefined }): boolean;
  /** Does it; what it answers is said. A new calendar is the one everybody keeps from now on. */
  play(
    as: (person: string) => ApiClient,
    at: Instant,
    project: (name: Project['name']) => Project | undefined,
  ): Promise<{ said: string; calendar?: Calendar }>;
}

interface StoryOptions {
  /** The API as this person. */
  readonly as: (person: string) => ApiClient;
  /** Everybody who keeps a worklist, by agency: officers and heads. */
  readonly officials: readonly { readonly id: string; readonly agency: string | null; readonly role: string }[];
  readonly say: (line: string) => void;
  /** What happens beside the cases, each once, at the first visit at which it is ripe. */
  readonly scenes?: readonly Scene[];
  /** Told just before somebody acts and just after the answer; the story waits for it. */
  readonly onAct?: (moment: Moment, when: 'before' | 'after') => Promise<void> | void;
}

/**
 * Example projects, and everybody who has to do with them: investors who file and answer, officers who look at their worklists twice on every
 * working day. People see what the API shows them and nothing else.
 */
export class Story {
  private readonly definitions = new Map<string, ProcedureDefinition>();
  private open: readonly Project[] = [];
  private filed: readonly Project[] = [];
  private waiting: readonly Project[] = [];
  private readonly scenes: Scene[];
  private working: Calendar | undefined;
  /** Everybody has acted and waited: nothing moves until time passes. */
  private settled = false;
  private acts = 0;
  private current: Instant = '';

  constructor(private readonly options: StoryOptions) {
    this.scenes = [...(options.scenes ?? [])];
  }

  /** By which everybody plans: as this installation has it. */
  private get calendar(): Calendar {
    if (!this.working) throw new Error('nobody has looked at the calendar yet');
    return this.working;
  }

  /** Business time as the story last saw it; '' before the first look. */
  get at(): Instant {
    return this.current;
  }

  /** How often somebody acted so far. */
  get actsSoFar(): number {
    return this.acts;
  }

  /** The cases that were filed so far, for whoever has to clean up. */
  get filedCases(): readonly { readonly case: string; readonly investor: string }[] {
    return this.filed.map(({ code, investor }) => ({ case: code, investor }));
  }

  /** The projects that were filed and are not over. */
  get openProjects(): readonly Project[] {
    return this.open;
  }

  /** Plays the projects from their filing to their end. `eachVisit` is told when everybody has acted, before time passes. */
  async play(projects: readonly Project[], eachVisit: () => Promise<void> | void = () => undefined): Promise<void> {
    await this.file(projects);
    while (!(await this.visit())) {
      await eachVisit();
      await this.advance(this.nextVisit());
    }
  }

  /** The investors file these projects. */
  async file(projects: readonly Project[]): Promise<void> {
    const { as } = this.options;
    const { items } = await as('auditor.1').get<{ items: ProcedureDefinition[] }>('/procedures');
    for (const definition of items) this.definitions.set(definition.code, definition);
    await this.look();
    this.working = await workingCalendar(as);
    this.waiting = projects.filter(({ after }) => after !== undefined);
    for (const project of projects) if (project.after === undefined) await this.fileOne(project);
  }

  private async fileOne(project: Project): Promise<void> {
    const { as, say } = this.options;
    if (project.code !== '') {
      // Somebody filed it before this story began.
      this.open = [...this.open, project];
      this.filed = [...this.filed, project];
      return;
    }
    const key = `story-filing-${project.name}-${project.mark}`;
    const first = this.filed.find(({ name }) => name === project.after);
    const body = {
      ...project.filing,
      ...(first && { adjusts: { case: first.code } }),
      ...(project.pathway && { pathway: project.pathway }),
    };
    await this.act(`${project.name} filing`, async () => {
      project.code = (await as(project.investor).post<Receipt>('/cases', body, key)).case;
    });
    const what = first
      ? `điều chỉnh dự án ${first.code} · files the adjustment of its project`
      : 'nộp hồ sơ dự án · files the project';
    say(`${project.name.toUpperCase()}: ${project.investor} ${what}: ${project.code}`);
    this.open = [...this.open, project];
    this.filed = [...this.filed, project];
    this.settled = false;
  }

  /** Looks at the clock. */
  async look(): Promise<Instant> {
    const { now } = await this.options.as('auditor.1').get<{ now: Instant }>('/rehearsal/clock');
    this.current = now;
    return now;
  }

  /** Lets business time pass until `to`, event by event, and waits until everything that was to happen has happened. */
  async advance(to: Instant): Promise<void> {
    const operator = this.options.as('operator.1');
    const { id } = await operator.post<{ id: string }>('/rehearsal/advances', { to });
    for (;;) {
      const advance = await operator.get<{ status: string; detail: unknown }>(`/rehearsal/advances/${id}?wait=10s`);
      if (advance.status === 'quiet') {
        this.settled = true;
        await this.look();
        return;
      }
      if (advance.status === 'restless' || advance.status === 'failed') {
        throw new Error(`The clock stands: ${advance.status} ${JSON.stringify(advance.detail)}`);
      }
    }
  }

  /** Everybody does what they would do now; again while one act brings another. True once every case is over. */
  async visit(): Promise<boolean> {
    for (;;) {
      if (!this.settled) await this.advance(await this.look());
      await this.scenesPlay();
      await this.investorsAct();
      // What was filed just now lies on the desks before anybody looks: the order of the worklist decides who comes first.
      if (!this.settled) await this.advance(this.at);
      this.settled = true;
      await this.officialsAct();
      if (this.settled) break;
    }
    const details = await Promise.all(this.open.map((project) => this.detail(project)));
    this.open = this.open.filter((_project, i) => details[i]?.status === 'open');
    const over = (name: Project['name'] | undefined) =>
      this.filed.some((one) => one.name === name) && !this.open.some((one) => one.name === name);
    const next = this.waiting.filter(({ after }) => over(after));
    this.waiting = this.waiting.filter(({ after }) => !over(after));
    for (const project of next) await this.fileOne(project);
    return next.length > 0 ? this.visit() : this.open.length === 0;
  }

  private async scenesPlay(): Promise<void> {
    const project = (name: Project['name']) => this.filed.find((one) => one.name === name);
    for (const scene of [...this.scenes]) {
      if (!scene.ripe({ at: this.at, project })) continue;
      this.scenes.splice(this.scenes.indexOf(scene), 1);
      await this.act(scene.moment, async () => {
        const { said, calendar } = await scene.play(this.options.as, this.at, project);
        this.working = calendar ?? this.working;
        this.options.say(said);
      });
    }
  }

  /** The next time somebody looks at a desk: 09:00 and 15:00 of every working day. */
  nextVisit(): Instant {
    const { calendar } = this;
    const now = Date.parse(this.at);
    const today = dateOf(this.at);
    const desk = (date: PlainDate) => [9, 15].map((hour) => Date.parse(startOf(date)) + hour * 3_600_000);
    const times = [...(isWorkingDay(calendar, today) ? desk(today) : []), ...desk(nextWorkingDay(calendar, today))];
    return new Date(times.find((time) => time > now) ?? now).toISOString();
  }

  private detail(project: Project): Promise<CaseDetail> {
    return this.options.as(project.investor).get<CaseDetail>(`/cases/${project.code}`);
  }

  private async act(moment: Moment, doIt: () => Promise<unknown>): Promise<void> {
    const { onAct } = this.options;
    await onAct?.(moment, 'before');
    await doIt();
    this.acts += 1;
    this.settled = false;
    await onAct?.(moment, 'after');
  }

  private async investorsAct(): Promise<void> {
    for (const project of this.open) {
      const detail = await this.detail(project);
      for (const one of detail.asked) await this.answer(project, one);
      if (detail.lane === 'undecided') await this.giveEvidence(project, detail);
    }
  }

  /** The investor shows what proves the tests of the green lane: nobody is green on their own word. */
  private async giveEvidence(project: Project, { predicates, laneEvidence }: CaseDetail): Promise<void> {
    const { as, say } = this.options;
    const investor = as(project.investor);
    for (const { id, verdict, proof } of predicates) {
      const wanted = proof.find(({ kind }) => kind === 'document');
      if (verdict !== 'unknown' || !wanted || laneEvidence.some(({ predicate }) => predicate === id)) continue;
      const documentId = await this.upload(project, wanted.code, wanted.name);
      await this.act(`${project.name} evidence ${id}`, () =>
        investor.post(`/cases/${project.code}/lane-evidence`, { predicate: id, code: wanted.code, documentId }),
      );
      say(
        `${project.name.toUpperCase()}: ${project.investor} nộp chứng cứ · gives evidence «${id}»: ${wanted.name.vi} · ${wanted.name.en}`,
      );
    }
  }

  private async answer(project: Project, asked: Asked): Promise<void> {
    const { as, say } = this.options;
    const { calendar } = this;
    const investor = as(project.investor);
    const base = `/cases/${project.code}`;
    const procedure = asked.procedure ?? '';
    const name = project.name.toUpperCase();
    switch (asked.kind) {
      case 'dossier': {
        const documents = await this.documentsFor(project, procedure);
        await this.act(`${project.name} ${procedure} dossier`, () =>
          investor.post(`${base}/procedures/${procedure}/dossier`, { documents }),
        );
        say(`${name}: ${project.investor} nộp hồ sơ · files the dossier of ${procedure}`);
        return;
      }
      case 'supplement': {
        const { procedures } = await this.detail(project);
        const { supplements } = procedures.find((one) => one.procedure === procedure) ?? { supplements: [] };
        const since = supplements.at(-1)?.requestedAt ?? this.at;
        if (countWorkingDays(calendar, dateOf(since), dateOf(this.at)) < 2) return;
        const { requestId } = asked;
        const documentId = await this.upload(project, 'financial-statements', {
          vi: 'Báo cáo tài chính',
          en: 'Financial statements',
        });
        const documents = [{ code: 'financial-capacity', documentId }];
        await this.act(`${project.name} ${procedure} supplement`, () =>
          investor.post(`${base}/supplements`, { procedure, requestId, documents }),
        );
        say(`${name}: ${project.investor} bổ sung hồ sơ · answers the supplement request`);
        return;
      }
      case 'gate': {
        const gate = asked.gate ?? '';
        const evidence = { reference: `DEMO-${project.code}` };
        await this.act(`${project.name} ${gate}`, () => investor.post(`${base}/gates/${gate}`, { evidence }));
        const meaning = gate === 'deposit-lodged' ? ' (đã ký quỹ · deposit lodged)' : '';
        say(`${name}: ${project.investor} ${gate}${meaning}`);
        return;
      }
      case 'survey':
        await this.act(`${project.name} survey ${procedure}`, () =>
          investor.post(`${base}/survey`, procedure === '' ? { score: 5 } : { score: 5, procedure }),
        );
        return;
      case 'refiling':
        return;
    }
  }

  private async upload(project: Project, code: string, name: { readonly vi: string; readonly en: string }) {
    const content = await documentOf(name, project.filing.project.name.vi);
    return this.options.as(project.investor).upload(`${code}.pdf`, content, 'application/pdf');
  }

  private async documentsFor(project: Project, procedure: string) {
    const definition = this.definitions.get(procedure);
    if (!definition) throw new Error(`No procedure ${procedure}`);
    const documents = [];
    for (const { code, name, obtainableFrom, obtainableWhen } of definition.documents) {
      // Once only: what a register of the State holds is not brought again; of a foreign investor it holds less.
      const isHeld = obtainableFrom !== null && (!obtainableWhen || project.filing.investor.country === 'VN');
      if (isHeld) documents.push({ code, obtainedFrom: obtainableFrom });
      else documents.push({ code, documentId: await this.upload(project, code, name) });
    }
    return documents;
  }

  /** Everybody looks before anybody acts: what an act brings lies on the desks at the next look, whoever is quicker. */
  private async officialsAct(): Promise<void> {
    const { as, officials } = this.options;
    const codes = this.open.map(({ code }) => code);
    const desks = await Promise.all(
      (await whoHasWork(as('auditor.1'), codes, officials)).map(async ({ id, role }) => {
        const tasks = await everyTask<Task>(as(id));
        return [id, tasks.filter((task) => task.role === role && task.status !== 'waiting')] as const;
      }),
    );
    const taken = new Set<string>();
    for (const [official, tasks] of desks) {
      for (const task of tasks) {
        const others = taken.has(task.id) || (task.claimedBy !== null && task.claimedBy.id !== official);
        const project = this.open.find((one) => one.code === task.case);
        if (!project || others) continue;
        taken.add(task.id);
        await this.handle(project, official, task).catch(unlessGone);
      }
    }
  }

  private async handle(project: Project, official: string, task: Task): Promise<void> {
    const { as, say } = this.options;
    const { calendar } = this;
    const person = as(official);
    const { after, act } = scripted(project.name, task);
    if (act.do === 'nothing') return;
    if (task.status !== 'claimed') await person.post(`/tasks/${task.id}/claim`);
    const name = project.name.toUpperCase();
    const what = [task.procedure, task.step ?? task.kind].filter((word) => word !== null).join(' ');
    if (project.name === 'besi' && task.step === 'assessment' && !project.supplemented) {
      project.supplemented = true;
      const { items, reason } = supplementAsked;
      await this.act(`${project.name} ${what} supplement-request`, () =>
        person.post(`/tasks/${task.id}/supplement-request`, { ground: 'supplement', items, reason }),
      );
      say(
        `${name}: ${official} yêu cầu bổ sung · asks for a supplement (${items.join(', ')}); đồng hồ dừng · the clock is suspended`,
      );
      return;
    }
    const ripe = addWorkingDays(calendar, plainDate(dateOf(task.openedAt)), after) <= dateOf(this.at);
    if (!ripe) return;
    const { completion, says = '' } = 'completion' in act ? act : await act.with(task, person, calendar, this.at);
    await this.act(`${project.name} ${what}`, () => person.post(`/tasks/${task.id}/completion`, completion));
    say(`${name}: ${official} ${what} → ${completion.outcome}${says === '' ? '' : `: ${says}`}`);
  }
}

/** A task may go while somebody works off the list it stood on: a decision makes the apology for its delay pointless. */
function unlessGone(error: unknown): void {
  if (!(error instanceof ApiRefusal && error.code === 'TASK_CLOSED')) throw error;
}

/** An instant as people here read it: `06/07/2026 09:00`. */
export function civilTime(at: Instant): string {
  const local = new Date(Date.parse(at) + 7 * 3_600_000).toISOString();
  return `${local.slice(8, 10)}/${local.slice(5, 7)}/${local.slice(0, 4)} ${local.slice(11, 16)}`;
}
