import type pg from 'pg';
import type { EventOf } from '../../domain/case/events.js';
import type { InstructionWant } from '../../domain/case/instruction/words.js';
import { aboutOf } from '../../domain/case/task/keys.js';
import type { TaskKind } from '../../domain/case/task/words.js';
import type { Instant, PlainDate } from '../../domain/time/instants.js';
import { rows } from '../pool.js';
import { eventOf } from '../register/chain-link.js';
import { textsOf } from '../register/texts.js';

/** An instruction of leadership on one case, with what was answered. Words are null once they were erased. */
export interface CaseInstruction {
  readonly case: string;
  readonly id: string;
  readonly task: string;
  readonly want: InstructionWant;
  readonly agency: string;
  readonly procedure: string | null;
  readonly text: string | null;
  readonly givenAt: Instant;
  readonly givenBy: string | null;
  readonly dueDate: PlainDate;
  /** `ended`: with its case, unanswered. */
  readonly status: 'open' | 'answered' | 'withdrawn' | 'ended';
  readonly answer: { readonly text: string | null; readonly at: Instant; readonly by: string | null } | null;
}

interface TaskRow extends pg.QueryResultRow {
  readonly id: string;
  readonly case: string;
  readonly key: string;
  readonly kind: TaskKind;
  readonly status: string;
  readonly dueDate: PlainDate;
}

/** What is asked for: of some agencies, of one case, only what is open. */
interface Filter {
  readonly agencies?: readonly string[];
  readonly case?: string;
  readonly open?: true;
}

/** The newest `limit` instructions on cases, newest first. */
export async function caseInstructions(pool: pg.Pool, filter: Filter, limit: number): Promise<CaseInstruction[]> {
  const tasks = await rows<TaskRow>(
    pool,
    `select id, case_code as case, key, kind, status, due_date as "dueDate" from task
     where kind = 'instruction' and ($1::text[] is null or agency = any ($1)) and ($2::text is null or case_code = $2)
       and ($3::boolean is null or status in ('open', 'claimed', 'waiting'))
     order by opened_at desc, id limit $4`,
    [filter.agencies ?? null, filter.case ?? null, filter.open ?? null, limit],
    'case-instruction-tasks',
  );
  const codes = [...new Set(tasks.map((one) => one.case))];
  const found = await rows<{ code: string; canonical: string }>(
    pool,
    `select case_code as code, canonical from case_event
     where case_code = any ($1) and type in ('instructionGiven', 'instructionAnswered', 'instructionWithdrawn') order by case_code, seq`,
    [codes],
    'case-instruction-events',
  );
  const told = new Map<string, Told>();
  for (const code of codes) {
    const events = found.filter((one) => one.code === code).map(({ canonical }) => eventOf(canonical));
    told.set(code, await toldOf(pool, code, events.filter(isOfInstruction)));
  }
  return tasks.flatMap((task) => {
    const id = aboutOf(task, 'instruction')?.instructionId;
    const words = told.get(task.case);
    const given = id === undefined ? undefined : words?.given.get(id);
    if (id === undefined || !words || !given) return [];
    const answered = words.answered.get(id);
    const { want, agency, procedure } = given.payload;
    const open = task.status !== 'done' && task.status !== 'cancelled';
    const status = open ? 'open' : answered ? 'answered' : words.withdrawn.has(id) ? 'withdrawn' : 'ended';
    return [
      {
        ...{ case: task.case, id, task: task.id, want, agency, procedure, dueDate: task.dueDate, status },
        text: words.texts.get(given.payload.text.id) ?? null,
        givenAt: given.occurredAt,
        givenBy: personOf(given),
        answer: answered
          ? { text: words.texts.get(answered.payload.text.id) ?? null, at: answered.occurredAt, by: personOf(answered) }
          : null,
      },
    ];
  });
}

type OfInstruction = EventOf<'instructionGiven' | 'instructionAnswered' | 'instructionWithdrawn'>;

interface Told {
  readonly given: ReadonlyMap<string, EventOf<'instructionGiven'>>;
  readonly answered: ReadonlyMap<string, EventOf<'instructionAnswered'>>;
  readonly withdrawn: ReadonlySet<string>;
  readonly texts: ReadonlyMap<string, string | null>;
}

const isOfInstruction = (event: ReturnType<typeof eventOf>): event is OfInstruction =>
  event.type === 'instructionGiven' || event.type === 'instructionAnswered' || event.type === 'instructionWithdrawn';

const personOf = ({ actor }: OfInstruction): string | null => (actor.kind === 'person' ? actor.id : null);

async function toldOf(pool: pg.Pool, code: string, events: readonly OfInstruction[]): Promise<Told> {
  const given = events.filter((one) => one.type === 'instructionGiven');
  const answered = events.filter((one) => one.type === 'instructionAnswered');
  const refs = [...given, ...answered].map(({ payload }) => payload.text.id);
  return {
    given: new Map(given.map((one) => [one.payload.instructionId, one])),
    answered: new Map(answered.map((one) => [one.payload.instructionId, one])),
    withdrawn: new Set(
      events.flatMap((one) => (one.type === 'instructionWithdrawn' ? [one.payload.instructionId] : [])),
    ),
    texts: await textsOf(pool, code, refs),
  };
}
