import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ApiClient, ApiRefusal } from '../scripts/demo/client.js';
import { scripted, type Task } from '../scripts/demo/script.js';
import { exampleProjects } from '../seeds/index.js';
import { people } from '../seeds/people.js';
import { workingCalendar } from '../scripts/demo/working-calendar.js';

/** What one played case cost whoever played it. Times in milliseconds. */
export interface Played {
  readonly code: string;
  /** Tasks that officers answered. */
  readonly steps: number;
  /** The same, and what the investor did. */
  readonly acts: number;
  readonly claims: readonly number[];
  readonly completions: readonly number[];
  readonly wholeMs: number;
}

interface CaseSeen {
  readonly status: string;
  readonly asked: readonly {
    readonly kind: string;
    readonly procedure: string | null;
    readonly gate?: string | null;
  }[];
}

type Clients = (person: string) => ApiClient;
interface Definition {
  readonly code: string;
  readonly documents: readonly {
    readonly code: string;
    readonly obtainableFrom: string | null;
    readonly obtainableWhen?: unknown;
  }[];
}

const investor = 'investor.besi';
const reader = 'auditor.1';
const paper = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');

/** Plays BESI cases from their filing to their end; everybody acts at once, on a lot that nobody had before. */
export async function createPlayers(as: Clients) {
  const { items } = await as(reader).get<{ items: Definition[] }>('/procedures');
  const definitions = new Map(items.map((one) => [one.code, one]));
  const document = await as(investor).upload('paper.pdf', paper, 'application/pdf');
  const calendar = await workingCalendar(as);

  const dossier = (procedure: string) => {
    const found = definitions.get(procedure);
    if (!found) throw new Error(`No procedure ${procedure}`);
    // Of a foreign investor the registers hold less.
    return found.documents.map(({ code, obtainableFrom, obtainableWhen }) =>
      obtainableFrom === null || obtainableWhen
        ? { code, documentId: document }
        : { code, obtainedFrom: obtainableFrom },
    );
  };

  const file = async (): Promise<{ case: string; caseSeq: number }> => {
    const { project } = exampleProjects.besi;
    const lot = `Lô M${randomInt(1e9, 1e10)}`;
    const filing = { ...exampleProjects.besi, project: { ...project, site: { ...project.site, lot } } };
    return as(investor).post('/cases', filing);
  };

  const ask = async (code: string, asked: CaseSeen['asked'][number]): Promise<number | undefined> => {
    const procedure = asked.procedure ?? '';
    const [path, body] =
      asked.kind === 'dossier'
        ? [`/procedures/${procedure}/dossier`, { documents: dossier(procedure) }]
        : asked.kind === 'gate'
          ? [`/gates/${asked.gate ?? ''}`, { evidence: { reference: `BENCH-${code}` } }]
          : [undefined, undefined];
    if (path === undefined) return undefined;
    return (await as(investor).post<{ caseSeq: number }>(`/cases/${code}${path}`, body)).caseSeq;
  };

  const play = async (): Promise<Played> => {
    const begun = performance.now();
    const claims: number[] = [];
    const completions: number[] = [];
    const { case: code, caseSeq } = await file();
    let seq = caseSeq;
    let acts = 1;
    const timed = async (into: number[], work: () => Promise<{ caseSeq: number }>): Promise<void> => {
      const from = performance.now();
      seq = (await work()).caseSeq;
      into.push(performance.now() - from);
    };
    for (;;) {
      const open = await as(reader).get<{ items: Task[] }>(`/tasks?case=${code}&after=${seq}&wait=2s`);
      const [task] = open.items;
      if (task) {
        const person = as(holderOf(task));
        await timed(claims, () => person.post(`/tasks/${task.id}/claim`));
        const { act } = scripted('bench', task);
        if (act.do !== 'complete') throw new Error(`Nobody knows what to do with ${task.id}`);
        const { completion } =
          'completion' in act ? act : await act.with(task, person, calendar, new Date().toISOString());
        await timed(completions, () => person.post(`/tasks/${task.id}/completion`, completion));
        acts += 1;
        continue;
      }
      const { status, asked } = await as(investor).get<CaseSeen>(`/cases/${code}`);
      if (status !== 'open') break;
      let moved = false;
      for (const one of asked) {
        const done = await ask(code, one).catch(unlessDone);
        if (done === undefined) continue;
        seq = done;
        acts += 1;
        moved = true;
      }
      if (!moved) await sleep(20);
    }
    const steps = completions.length;
    return { code, steps, acts, claims, completions, wholeMs: performance.now() - begun };
  };

  return { play, file };
}

/** The first of the agency who may have it. */
function holderOf({ agency, role }: Task): string {
  const person = people.find((one) => one.agency === agency && one.role === role);
  if (!person) throw new Error(`Nobody at ${agency} is ${role}`);
  return person.id;
}

/** What is asked for stands for a moment after it was given. */
function unlessDone(error: unknown): undefined {
  if (error instanceof ApiRefusal && error.status === 409) return undefined;
  throw error;
}

/** So many at once, until `count` were done. */
export async function together<T>(count: number, atOnce: number, one: (i: number) => Promise<T>): Promise<T[]> {
  const done: T[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let i = next++; i < count; i = next++) done.push(await one(i));
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, worker));
  return done;
}
