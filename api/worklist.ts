import { z } from 'zod';
import { businessNow } from '../db/register/business-clock.js';
import { type TaskFilter } from '../db/read/tasks.js';
import { type TaskRole } from '../domain/case/task/words.js';
import { type Risk } from '../domain/case/task/risk.js';
import { refuse } from '../domain/errors.js';
import { dateOf, type Instant, type PlainDate } from '../domain/time/instants.js';
import { type Access } from './auth/access.js';
import { type Person } from './auth/person.js';
import { type ApiDeps } from './deps.js';
import { given } from './http/given.js';
import { CaseCode, Code, GivenDay } from './schemas/common.js';
import { risks, RiskView, TaskKindView } from './schemas/tasks.js';

export const worklistReaders = ['receiving-officer', 'officer', 'head', 'leader', 'auditor', 'admin'] as const;

/** What a worklist may be narrowed by. */
export const worklistQuery = {
  status: z
    .enum(['open', 'claimed', 'waiting', 'done', 'cancelled'])
    .optional()
    .describe('Everything unfinished where it is left out'),
  mine: z.enum(['true', 'false']).optional().describe('Only what I have claimed, and what was sent back to me'),
  agency: Code.optional(),
  case: CaseCode.optional(),
  procedure: Code.optional(),
  kind: TaskKindView.optional(),
  lane: z.enum(['green', 'standard', 'undecided']).optional(),
  risk: RiskView.optional(),
  unclaimed: z.literal('true').optional().describe('Only what nobody holds'),
  unread: z.literal('true').optional().describe('Only what I have not opened as it is now'),
  overdue: z.literal('true').optional().describe('Only what was due before today'),
  dueBefore: GivenDay.optional().describe('Only what is due before this day'),
  q: z
    .string()
    .trim()
    .min(3)
    .max(40)
    .regex(/^[A-Za-z0-9.-]+$/)
    .optional()
    .describe('Beginning of a case code or dossier code'),
};
export type WorklistQuery = z.output<z.ZodObject<typeof worklistQuery>>;

/**
 * What of a worklist is this person's: whoever works in an agency sees what they may do there (also what the head may, while standing in for one),
 * whoever reads all cases sees every agency's.
 */
function ownPart(
  { role, agency }: Person,
  asked: string | undefined,
  forHead: boolean,
): { agency?: string; roles?: readonly TaskRole[] } {
  if (role === 'leader' || role === 'auditor' || role === 'admin') return given({ agency: asked });
  if (agency === null || (asked !== undefined && asked !== agency)) return refuse('TASK_NOT_YOURS', { agency: asked });
  return role === 'head' || forHead
    ? { agency, roles: ['receiving-officer', 'officer', 'head'] }
    : { agency, roles: [role === 'officer' ? 'officer' : 'receiving-officer'] };
}

const riskNumber = (risk: (typeof risks)[number]) => risks.indexOf(risk) as Risk;

const earliest = (...days: (PlainDate | undefined)[]): PlainDate | undefined =>
  days.filter((day) => day !== undefined).sort()[0];

interface Worklist {
  readonly filter: Omit<TaskFilter, 'limit' | 'cursor'>;
  /** Whose it is; undefined: every agency's. */
  readonly agency: string | undefined;
  /** The reader stands in for the head. */
  readonly forHead: boolean;
  readonly now: Instant;
}

/** The tasks that are meant, of those this person may see. Refuses `TASK_NOT_YOURS`. */
export async function worklistOf(
  { pool }: Pick<ApiDeps, 'pool'>,
  access: Access,
  person: Person,
  query: WorklistQuery,
  askedAt?: Instant,
): Promise<Worklist> {
  const { status, mine, agency, case: caseCode, kind, procedure, lane } = query;
  const { ids, forHead } = await access.standingIn(person, askedAt);
  const part = ownPart(person, agency, forHead);
  const now = askedAt ?? (await businessNow(pool));
  const filter = given({
    ...{ status, caseCode, kind, procedure, lane },
    claimedBy: mine === 'true' ? person.id : undefined,
    returnedTo: person.agency === null ? undefined : [person.id, ...ids],
    risk: query.risk && riskNumber(query.risk),
    unclaimed: query.unclaimed && (true as const),
    unread: query.unread && (true as const),
    dueBefore: earliest(query.overdue && dateOf(now), query.dueBefore),
    code: query.q,
    reader: person.id,
  });
  // What somebody holds is theirs to see, also when the right to do it has ended.
  const own = mine === 'true' ? given({ agency: part.agency }) : part;
  return { filter: { ...own, ...filter, today: dateOf(now) }, agency: part.agency, forHead, now };
}
