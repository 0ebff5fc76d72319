import { businessNow } from '../../db/register/business-clock.js';
import { standingInFor } from '../../db/people/delegations.js';
import {
  type CaseAccess,
  caseReach,
  type CaseReach,
  isParty,
  isPartyRole,
  relationsOf,
} from '../../db/people/readers.js';
import { noteCaseRead, noteTaskRead, type Why } from '../../db/people/looks.js';
import { checkPowerOfAttorney, powersOf } from '../../db/people/powers.js';
import { findParty, findTaskHolder } from '../../db/read/access.js';
import { refuse } from '../../domain/errors.js';
import { dateOf, type Instant } from '../../domain/time/instants.js';
import { type LookReason } from '../../domain/people/look-reasons.js';
import { type PartyAct } from '../../domain/people/party-acts.js';
import { type ApiDeps } from '../deps.js';
import { type Person } from './person.js';
import { mayHold } from '../../domain/case/task/rules.js';

interface CaseCall {
  readonly person: Person;
  readonly params: { readonly code: string };
  /** Why they say to look. */
  readonly stated?: LookReason | undefined;
  readonly askedAt?: Instant;
}
interface TaskCall {
  readonly person: Person;
  readonly askedAt?: Instant;
  readonly params: { readonly id: string };
}

/** For whom a party acts: set where it is a representative. */
export interface Party {
  readonly onBehalfOf: string | undefined;
}

/** As whom somebody works on a task: as themselves, or with the role of the head for whom they stand in. */
export interface Working {
  readonly as: Person;
  readonly onBehalfOf: string | undefined;
}

export type Access = ReturnType<typeof createAccess>;

/**
 * Whether a person may, for *this* case or task; asked after role and scope, before the body. To whoever may not read every case, one that does not
 * exist and one that is another's look the same.
 */
export function createAccess({ pool }: Pick<ApiDeps, 'pool'>) {
  /** Of a request, as its caller was known; else as the clock says now. */
  const today = async (askedAt?: Instant) => dateOf(askedAt ?? (await businessNow(pool)));

  /** Also whoever reads only some procedures of the case: the route sees to it that they get no more. */
  const readPart = async ({
    person,
    params: { code },
    stated,
    askedAt,
  }: CaseCall): Promise<CaseReach & { why: Why | null }> => {
    const reading = await caseReach(pool, { person, on: await today(askedAt) }, code);
    if (reading.access === 'recused') return refuse('ACTOR_RECUSED', { case: code });
    if (reading.access !== 'none') {
      const why = isParty(reading.access) ? null : await noteCaseRead(pool, person, code, stated);
      return { ...reading, why };
    }
    if (isPartyRole(person.role)) {
      const party = await findParty(pool, code, person.id);
      if (party?.represented) refuse('OUTSIDE_POWER_OF_ATTORNEY', { act: 'read' });
    }
    return refuse('CASE_NOT_YOURS');
  };

  /** The case as a whole. */
  const readCase = async (call: CaseCall): Promise<CaseAccess> => {
    const { access, procedures } = await readPart(call);
    return access === 'part' ? refuse('OUTSIDE_POWER_OF_ATTORNEY', { act: 'read', procedures }) : access;
  };

  /** The investor of this very case, or whoever holds a power of attorney that covers the act, as members of an organisation do; `procedure` null: the case as a whole. */
  const requireParty = async (
    person: Person,
    code: string,
    act: PartyAct,
    procedure: string | null | 'any',
  ): Promise<Party> => {
    const party = (await findParty(pool, code, person.id)) ?? refuse('CASE_NOT_YOURS');
    if (party.investor === person.id) return { onBehalfOf: undefined };
    if (!isPartyRole(person.role) || !party.represented) refuse('CASE_NOT_YOURS');
    const grantor = party.investor;
    await checkPowerOfAttorney(pool, { representative: person.id, grantor, act, procedure, on: await today() });
    return { onBehalfOf: grantor };
  };

  const task = async ({ person, params: { id } }: TaskCall) => {
    const holder = (await findTaskHolder(pool, id, person.id)) ?? refuse('NOT_FOUND', { task: id });
    return { holder, own: person.agency === holder.agency };
  };

  const headRepresentedBy = async ({ person, askedAt }: TaskCall): Promise<string | undefined> => {
    const absent = await standingInFor(pool, person.id, await today(askedAt));
    return absent.find(({ role }) => role === 'head')?.id;
  };

  /** For whom somebody opens cases: an investor for themselves and for organisations; a power limited to some procedures does not reach the case as a whole. */
  const opensCasesFor = async (person: Person): Promise<string[]> => {
    const own = person.role === 'investor' ? [person.id] : [];
    const powers = await powersOf(pool, person.id, await today());
    const whole = powers.filter((one) => one.acts.includes('openCase') && one.procedures === null);
    return [...new Set([...own, ...whole.map(({ grantor }) => grantor)])];
  };

  /**
   * The task is this agency's and this role's; a head may do what an officer of the same agency may, and so may an officer while standing in for
   * the head.
   */
  const workOnTask = async (call: TaskCall): Promise<Working> => {
    const { holder, own } = await task(call);
    const { person } = call;
    if (mayHold(person, holder)) return { as: person, onBehalfOf: undefined };
    if (holder.role === 'leader') return refuse('TASK_NOT_YOURS', { task: call.params.id });
    const head = own && person.role !== 'leader' ? await headRepresentedBy(call) : undefined;
    if (head === undefined) return refuse('TASK_NOT_YOURS', { task: call.params.id });
    return { as: { ...person, role: 'head' }, onBehalfOf: head };
  };

  return {
    readCase,
    readPart,
    requireParty,
    opensCasesFor,

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
      if (isForThemselves(person, onBehalfOf)) return person.id;
      return oneOf(new Set(await opensCasesFor(person)), onBehalfOf, 'openCase');
    },

    /** Whoever works on the task (same agency), or may read every case. */
    readTask: async (call: TaskCall): Promise<void> => {
      const { own, holder } = await task(call);
      if (holder.recused) refuse('ACTOR_RECUSED', { task: call.params.id });
      if (!own && !relationsOf[call.person.role].includes('everything'))
        refuse('TASK_NOT_YOURS', { task: call.params.id });
      await noteTaskRead(pool, call.person, call.params.id);
    },

    workOnTask,

    /** As `workOnTask`, for what no rule of the case looks at: whoever has declared an interest adds nothing to it. */
    addToTask: async (call: TaskCall): Promise<Working> => {
      const { holder } = await task(call);
      return holder.recused ? refuse('ACTOR_RECUSED', { task: call.params.id }) : workOnTask(call);
    },

    /** The head of the agency whose task it is. */
    headOfTask: async (call: TaskCall): Promise<void> => {
      if (!(await task(call)).own) refuse('TASK_NOT_YOURS', { task: call.params.id });
    },

    /** Whose a document becomes that somebody uploads: an investor's own, or the investor's for whom a representative acts. */
    ownerFor: async (person: Person, onBehalfOf: string | undefined): Promise<string> => {
      if (isForThemselves(person, onBehalfOf)) return person.id;
      // Who only reads adds nothing.
      const powers = (await powersOf(pool, person.id, await today())).filter(({ acts }) => acts.length > 0);
      return oneOf(new Set(powers.map(({ grantor }) => grantor)), onBehalfOf, 'uploadDocument');
    },

    /** For whom of the agency somebody stands in today, and whether a head is among them. */
    standingIn: async (person: Person, askedAt?: Instant) => {
      // Who is of no agency has no colleague.
      if (person.agency === null) return { ids: [], forHead: false };
      const absent = await standingInFor(pool, person.id, await today(askedAt));
      return { ids: absent.map(({ id }) => id), forHead: absent.some(({ role }) => role === 'head') };
    },

    /** As `agencyInCase`, and whoever has declared an interest in it: the declaration may be sent again. */
    declaringInCase: async ({ person, params: { code }, askedAt }: CaseCall): Promise<void> => {
      const { access } = await caseReach(pool, { person, on: await today(askedAt) }, code);
      if (access !== 'agency' && access !== 'recused') refuse('CASE_NOT_YOURS');
    },

    /** Whoever works in an agency that has something to do in this case. */
    agencyInCase: async (call: CaseCall): Promise<void> => {
      if ((await readCase(call)) !== 'agency') refuse('CASE_NOT_YOURS');
    },

    /** The head of an agency that has something to do in this case; whether it is the competent one is the rule's to say. */
    headInCase: async (call: CaseCall): Promise<void> => {
      if ((await readCase(call)) !== 'agency') refuse('CASE_NOT_YOURS');
    },
  };
}

/** An investor who names nobody means themselves. */
const isForThemselves = ({ id, role }: Person, onBehalfOf: string | undefined): boolean =>
  role === 'investor' && (onBehalfOf === undefined || onBehalfOf === id);

/** The investor whom a representative means: the one they name, else the only one there is. */
function oneOf(grantors: ReadonlySet<string>, onBehalfOf: string | undefined, act: string): string {
  if (onBehalfOf === undefined && grantors.size > 1) {
    refuse('VALIDATION_FAILED', { field: 'onBehalfOf', missing: true, grantors: [...grantors] });
  }
  const [only] = grantors;
  const grantor = onBehalfOf ?? only;
  return grantor !== undefined && grantors.has(grantor) ? grantor : refuse('OUTSIDE_POWER_OF_ATTORNEY', { act });
}
