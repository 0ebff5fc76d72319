import type pg from 'pg';
import { refuse } from '../../domain/errors.js';
import type { Law } from '../../domain/law/law.js';
import {
  foldInstruction,
  type InstructionAct,
  type KeptAct,
  requireAct,
  rungsAhead,
  rungsDue,
  type InstructionState,
} from '../../domain/leadership/instruction.js';
import type { Addressee, NoticeKind, NoticeVars } from '../../domain/notices/kinds.js';
import type { Recipient } from '../../domain/time/ladder.js';
import type { Instant } from '../../domain/time/instants.js';
import { type PlannedNotice, writeNotices } from '../outbound/notices.js';
import { inTransaction, rows } from '../pool.js';
import { plan } from '../register/agenda.js';
import type { Person } from '../people/people.js';
import { headOf, leaders, noticeOf } from './notice.js';

/** On the agenda at the instant of each rung of an instruction's ladder; the reference is `{id}/{rung}@{date}`. */
export const instructionRung = 'instruction-rung';

export interface Instruction extends InstructionState {
  readonly id: string;
}

/** Who asks for what, once under their key. */
interface Asked {
  readonly id: string;
  readonly act: Exclude<InstructionAct, { kind: 'rung' }>;
  readonly by: Pick<Person, 'id' | 'role' | 'agency'>;
  readonly key: string;
}

type Kept = KeptAct & { readonly n: number };

const actsOf = (on: pg.Pool | pg.PoolClient, id: string): Promise<Kept[]> =>
  rows<Kept & pg.QueryResultRow>(
    on,
    'select n, at, person as by, act from instruction_act where instruction = $1 order by n',
    [id],
    'instruction-acts',
  );

async function add(client: pg.PoolClient, id: string, agency: string, kept: Kept, key: string | null): Promise<void> {
  const { n, at, by, act } = kept;
  await client.query({
    name: 'add-instruction-act',
    text: `insert into instruction_act (instruction, n, kind, agency, at, person, key, act) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    values: [id, n, act.kind, agency, at, by, key, JSON.stringify(act)],
  });
}

/** One at a time for each instruction. */
const lock = (client: pg.PoolClient, id: string) =>
  client.query(`select pg_advisory_xact_lock(hashtext('instruction ' || $1))`, [id]);

/**
 * Does one act with an instruction, tells whom it concerns, and plans the rungs of its date, in one transaction. The same act again under its key changes nothing.
 * Refuses as `requireAct` does.
 */
export const actOnInstruction = (pool: pg.Pool, law: Law, asked: Asked, now: Instant): Promise<Instruction> =>
  inTransaction(pool, async (client) => {
    const { id, act, by, key } = asked;
    await lock(client, id);
    const kept = await actsOf(client, id);
    const [known] = await rows<{ n: number }>(
      client,
      'select n from instruction_act where instruction = $1 and person = $2 and key = $3',
      [id, by.id, key],
      'instruction-act-known',
    );
    const before = foldInstruction(kept);
    if (known && before) return { id, ...before };
    requireAct(before, act, by, law, now);
    const next: Kept = { n: (kept.at(-1)?.n ?? 0) + 1, at: now, by: by.id, act };
    const state = foldInstruction([...kept, next]) ?? refuse('NOT_FOUND', { instruction: id });
    if (before && act.kind === 'moved' && act.dueDate === before.dueDate) return { id, ...before };
    await add(client, id, state.agency, next, key);
    await writeNotices(client, law, noticesOf({ id, ...state }, before, next));
    await planRungs(client, law, id, state);
    return { id, ...state };
  });

const planRungs = (client: pg.PoolClient, law: Law, id: string, state: InstructionState) =>
  plan(
    client,
    rungsAhead(state, law).map(({ rung, at, dueDate }) => ({
      kind: instructionRung,
      ref: `${id}/${rung.code}@${dueDate}`,
      at,
    })),
  );

/** Writes every rung of this instruction that has fallen by now, once each, and tells whom the ladder names. */
export const climbInstruction = (pool: pg.Pool, law: Law, id: string, now: Instant): Promise<void> =>
  inTransaction(pool, async (client) => {
    await lock(client, id);
    const kept = await actsOf(client, id);
    const state = foldInstruction(kept);
    if (!state) throw new Error(`There is no instruction ${id}`);
    let n = kept.at(-1)?.n ?? 0;
    for (const { rung, at, dueDate } of rungsDue(state, law, now)) {
      n += 1;
      await add(client, id, state.agency, { n, at, by: null, act: { kind: 'rung', rung: rung.code, dueDate } }, null);
      const addressees = [...new Set<Recipient>(rung.tells ?? ['holder'])].flatMap((one) => toldOf(state.agency)[one]);
      const urgency = law.settings.notices.urgentRungs.includes(rung.code) ? 'now' : 'normal';
      const vars = { clock: 'task', rung, ...varsOf(state), date: dueDate } as const;
      await writeNotices(client, law, [noticeOf(refOf(id, n), at, addressees, 'rung', vars, urgency)]);
    }
  });

const toldOf = (agency: string): Readonly<Record<Recipient, readonly Addressee[]>> => ({
  holder: [headOf(agency)],
  head: [headOf(agency)],
  'lead-agency': [headOf(agency)],
  'city-leadership': [leaders],
});

const varsOf = ({ agency, dueDate }: InstructionState): NoticeVars => ({
  task: 'instruction',
  agency,
  step: null,
  date: dueDate,
});

const refOf = (id: string, n: number): string => `instruction/${id}/${n}`;

function noticesOf(state: Instruction, before: InstructionState | undefined, { n, at, act }: Kept): PlannedNotice[] {
  const vars = varsOf(state);
  const tell = (addressee: Addressee, kind: NoticeKind, more: NoticeVars = {}) => [
    noticeOf(refOf(state.id, n), at, [addressee], kind, { ...vars, ...more }),
  ];
  switch (act.kind) {
    case 'given':
      return tell(headOf(state.agency), 'task-opened');
    case 'moved':
      return tell(headOf(state.agency), 'instruction-moved', before ? { from: before.dueDate } : {});
    case 'answered':
      return tell(leaders, 'instruction-answered');
    case 'withdrawn':
      return tell(headOf(state.agency), 'task-ended', { outcome: 'instruction-withdrawn' });
    case 'closed':
      return tell(leaders, 'instruction-closed');
    case 'rung':
      return [];
  }
}

/** Undefined where there is none. */
export async function findInstruction(pool: pg.Pool, id: string): Promise<Instruction | undefined> {
  const state = foldInstruction(await actsOf(pool, id));
  return state && { id, ...state };
}

/** The newest `limit` instructions that are about no single case, to one of these agencies or (undefined) to all; newest first. */
export async function listInstructions(
  pool: pg.Pool,
  agencies: readonly string[] | undefined,
  limit: number,
): Promise<Instruction[]> {
  const found = await rows<{ id: string; acts: Kept[] }>(
    pool,
    `select a.instruction as id, json_agg(json_build_object('n', a.n, 'at', a.at, 'by', a.person, 'act', a.act) order by a.n) as acts
     from (select instruction from instruction_act where kind = 'given' and ($1::text[] is null or agency = any ($1)) order by at desc, instruction limit $2) g
     join instruction_act a using (instruction) group by a.instruction order by min(a.at) desc, a.instruction`,
    [agencies ?? null, limit],
    'list-instructions',
  );
  return found.flatMap(({ id, acts }) => {
    const state = foldInstruction(acts.map((one) => ({ ...one, at: new Date(one.at).toISOString() })));
    return state ? [{ id, ...state }] : [];
  });
}
