import { businessNow } from '../../db/business-clock.js';
import { caseAccess, type CaseAccess, checkPowerOfAttorney, powersOf } from '../../db/people.js';
import { findParty } from '../../db/queries/access.js';
import { findTaskHolder } from '../../db/queries/access.js';
import { type PersonCommand } from '../../domain/case/commands.js';
import { type TaskRole } from '../../domain/case/events.js';
import { refuse } from '../../domain/errors.js';
import { dateOf } from '../../domain/time.js';
import { type ApiDeps } from '../deps.js';
import { type Person } from './person.js';

/** What an investor or representative may do, by the names of the commands: the words of a power of attorney. */
export type PartyAct = Extract<
  PersonCommand['type'],
  'openCase' | 'fileDossier' | 'answerSupplement' | 'refileProcedure' | 'meetGate' | 'withdrawCase' | 'surveyCase'
>;

interface CaseCall {
  readonly person: Person;
  readonly params: { readonly code: string };
}
interface TaskCall {
  readonly person: Person;
  readonly params: { readonly id: string };
}

/** For whom a party acts: set where it is a representative. */
export interface Party {
  readonly onBehalfOf: string | undefined;
}

export type Access = ReturnType<typeof createAccess>;

/**
 * Whether a person may, for *this* case or task; asked after role and scope, before the body. To whoever may not read every case, one that does not
 * exist and one that is another's look the same.
 */
export function createAccess({ pool }: Pick<ApiDeps, 'pool'>) {
  const today = async () => dateOf(await businessNow(pool));

  const readCase = async ({ person, params: { code } }: CaseCall): Promise<CaseAccess> => {
    const access = await caseAccess(pool, person, code, await today());
    if (access !== 'none') return access;
    if (person.role === 'representative') {
      const party = await findParty(pool, code, person.id);
      if (party?.represented) refuse('OUTSIDE_POWER_OF_ATTORNEY', { act: 'read' });
    }
    return refuse('CASE_NOT_YOURS');
  };

  /** The investor of this very case, or whoever holds a power of attorney that covers the act; `procedure` null: the case as a whole. */
  const requireParty = async (
    person: Person,
    code: string,
    act: PartyAct,
    procedure: string | null | 'any',
  ): Promise<Party> => {
    const party = (await findParty(pool, code, person.id)) ?? refuse('CASE_NOT_YOURS');
    if (party.investor === person.id) return { onBehalfOf: undefined };
    if (person.role !== 'representative' || !party.represented) refuse('CASE_NOT_YOURS');
    const grantor = party.investor;
    const on = await today();
    if (procedure !== 'any') {
      await checkPowerOfAttorney(pool, { representative: person.id, grantor, act, procedure, on });
    } else {
      const powers = await powersOf(pool, person.id, on);
      const covered = powers.some((power) => power.grantor === grantor && power.acts.includes(act));
      if (!covered) refuse('OUTSIDE_POWER_OF_ATTORNEY', { act });
    }
    return { onBehalfOf: grantor };
  };

  const task = async ({ person, params: { id } }: TaskCall) => {
    const holder = (await findTaskHolder(pool, id)) ?? refuse('NOT_FOUND', { task: id });
    return { holder, own: person.agency === holder.agency };
  };

  return {
    readCase,
    requireParty,

    /** Party to this case, for an act in the procedure that the path names. */
    partyInProcedure:
      (act: PartyAct) =>
      ({ person, params }: CaseCall & { readonly params: { readonly procedure: string } }) =>
        requireParty(person, params.code, act, params.procedure),

    /** Party to this case, for an act in the case as a whole, or in a procedure that only the body names (`any`: checked again there). */
    partyInCase:
      (act: PartyAct, procedure: null | 'any' = null) =>
      ({ person, params }: CaseCall) =>
        requireParty(person, params.code, act, procedure),

    /** An investor, or a representative with any power of attorney to file a case. */
    mayFile: async ({ person }: { readonly person: Person }): Promise<void> => {
      if (person.role === 'investor') return;
      const powers = await powersOf(pool, person.id, await today());
      if (!powers.some(({ acts }) => acts.includes('openCase')))
        refuse('OUTSIDE_POWER_OF_ATTORNEY', { act: 'openCase' });
    },

    /** Whose case a filing becomes. A representative of several says for whom. */
    investorFor: async (person: Person, onBehalfOf: string | undefined): Promise<string> => {
      if (person.role === 'investor') {
        return onBehalfOf === undefined || onBehalfOf === person.id ? person.id : refuse('OUTSIDE_POWER_OF_ATTORNEY');
      }
      const powers = await powersOf(pool, person.id, await today());
      // A power limited to some procedures does not reach the case as a whole.
      const grantors = new Set(
        powers.filter((one) => one.acts.includes('openCase') && one.procedures === null).map(({ grantor }) => grantor),
      );
      if (onBehalfOf === undefined && grantors.size > 1) {
        refuse('VALIDATION_FAILED', { field: 'onBehalfOf', missing: true, grantors: [...grantors] });
      }
      const [only] = grantors;
      const grantor = onBehalfOf ?? only;
      return grantor !== undefined && grantors.has(grantor)
        ? grantor
        : refuse('OUTSIDE_POWER_OF_ATTORNEY', { act: 'openCase' });
    },

    /** Whoever works on the task (same agency), or may read every case. */
    readTask: async (call: TaskCall): Promise<void> => {
      const { own } = await task(call);
      if (!own && !readsAll.has(call.person.role)) refuse('TASK_NOT_YOURS', { task: call.params.id });
    },

    /** The task is this agency's and this role's; a head may do what an officer of the same agency may. */
    workOnTask: async (call: TaskCall): Promise<void> => {
      const { holder, own } = await task(call);
      const fits = holder.role === call.person.role || (call.person.role === 'head' && holder.role !== 'head');
      if (!own || !fits) refuse('TASK_NOT_YOURS', { task: call.params.id });
    },

    /** The head of an agency that has something to do in this case; whether it is the competent one is the rule's to say. */
    headInCase: async (call: CaseCall): Promise<void> => {
      if ((await readCase(call)) !== 'agency') refuse('CASE_NOT_YOURS');
    },
  };
}

const readsAll: ReadonlySet<Person['role'] | TaskRole> = new Set(['leader', 'auditor', 'admin', 'operator'] as const);
