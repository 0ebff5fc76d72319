import type pg from 'pg';
import { type ScopeId } from '../../domain/case/scope.js';
import { type Law } from '../../domain/law/law.js';
import { type LawSource } from '../law/live-law.js';
import { type CaseState } from '../../domain/case/state.js';
import { bookedBy, factsBehind } from '../../domain/case/procedure/state.js';
import type { ProcedureState } from '../../domain/case/procedure/state.js';
import { issuedChanges } from '../../domain/case/issued/state.js';
import { filingsAfter, writeFacts } from './facts.js';
import { feedLagSeconds, isFree, moveCursor, readCursor, readFeed, withNextEvents } from '../register/feed.js';
import { inTransaction, rows } from '../pool.js';
import { readStates } from '../register/kept-state.js';
import { portalStatus } from '../../domain/case/case/portal-status.js';
import { bookedCases, bookFault, clearFault, createRetries } from '../register/quarantine.js';
import { writeTrials } from './trial-rows.js';
import * as projected from '../schema/projected.js';
import { upsert } from '../upsert.js';

/** Name of the projector among the readers of the feed. */
export const projectorReader = 'projector';

export interface Projector {
  /** Brings the projected tables up to the next events of the feed; answers how many it took (0 = at the head, or another process is at it). */
  runOnce(): Promise<number>;
  /** Age in seconds of the oldest event not yet projected. */
  lagSeconds(): Promise<number>;
  /** Projects every case again from its state, whatever the tables hold. */
  rebuild(): Promise<void>;
}

/** Of how many events at once it makes rows: few enough that no transaction comes near two seconds, which would hold up every reader of the feed. */
export const projectedAtOnce = 200;
const casesAtOnce = 50;
// Where a batch fails, its cases go one by one, fewer at a time: others wait for whatever is slow about the one that fails.
const oneByOne = 20;

/** The cases that events speak of, and those whose figures carry the days of one of them. */
async function casesIn(
  on: pg.Pool | pg.PoolClient,
  events: readonly { readonly caseCode: string }[],
): Promise<string[]> {
  const spoken = [...new Set(events.map(({ caseCode }) => caseCode))];
  return [...new Set([...spoken, ...(await filingsAfter(on, spoken))])];
}

/**
 * Level-based: for each case an event speaks of, the rows become what the case's state says now. Doing it twice is doing it once. A case that can't be
 * projected is set aside and tried again by itself; the others go on. One transaction goes by the law of one moment.
 */
export function createProjector({ pool, law: source }: { pool: pg.Pool; law: LawSource }): Projector {
  const due = createRetries(pool, projectorReader);
  /** False where another process is at it. */
  const projectAlone = async (code: string): Promise<boolean> => {
    const whole = { caseCode: code, seq: 0 };
    try {
      return await inTransaction(pool, async (client) => {
        if (!(await isFree(client, projectorReader))) return false;
        await projectCases(client, source.current().law, [code]);
        await clearFault(client, projectorReader, whole);
        return true;
      });
    } catch (error) {
      await bookFault(pool, projectorReader, whole, error);
      return true;
    }
  };
  const nextOneByOne = async (): Promise<number> => {
    const from = await readCursor(pool, projectorReader);
    const events = await readFeed(pool, from, oneByOne);
    const codes = await casesIn(pool, events);
    const booked = await bookedCases(pool, projectorReader, codes);
    for (const code of codes) if (!booked.has(code) && !(await projectAlone(code))) return 0;
    const last = events.at(-1);
    if (last) await moveCursor(pool, projectorReader, from, last);
    return events.length;
  };
  const nextBatch = (): Promise<number> =>
    withNextEvents(pool, projectorReader, projectedAtOnce, async (client, events) => {
      const codes = await casesIn(client, events);
      const booked = await bookedCases(client, projectorReader, codes);
      await projectCases(
        client,
        source.current().law,
        codes.filter((code) => !booked.has(code)),
      );
    });
  return {
    runOnce: async () => {
      for (const code of await casesIn(pool, await due())) await projectAlone(code);
      // Whatever made the batch fail is booked with the case that fails alone; where it is the register, that throws.
      return nextBatch().catch(() => nextOneByOne());
    },
    lagSeconds: () => feedLagSeconds(pool, projectorReader),
    rebuild: async () => {
      for (let after = ''; ;) {
        const codes = await rows<{ code: string }>(
          pool,
          'select code from case_head where code > $1 order by code limit $2',
          [after, casesAtOnce],
        );
        const last = codes.at(-1);
        if (!last) return;
        await inTransaction(pool, async (client) => {
          await client.query(`select pg_advisory_xact_lock(hashtext('feed ' || $1))`, [projectorReader]);
          await projectCases(
            client,
            source.current().law,
            codes.map(({ code }) => code),
          );
        });
        after = last.code;
      }
    },
  };
}

async function projectCases(client: pg.PoolClient, law: Law, codes: readonly string[]): Promise<void> {
  for (let i = 0; i < codes.length; i += casesAtOnce) {
    await projectStates(client, law, await readStates(client, codes.slice(i, i + casesAtOnce)));
  }
}

/** Makes the projected rows of these cases what their states say. Writes to the tables that the session's search path finds first. */
export async function projectStates(client: pg.PoolClient, law: Law, states: readonly CaseState[]): Promise<void> {
  const each = states.flatMap((state) => Object.values(state.procedures).map((procedure) => ({ state, procedure })));
  const scopes = each.map(({ procedure }) => procedure.scope);
  const steps = each.flatMap(({ state, procedure }) => stepRows(law, state, procedure));
  await upsert(
    client,
    projected.procedure,
    each.map(({ state, procedure }) => procedureRow(state, procedure)),
  );
  await upsert(client, projected.caseLink, states.flatMap(linkRows));
  await upsert(client, projected.step, steps);
  await upsert(client, projected.decision, each.flatMap(decisionRows));
  // Another version may come into force at receipt: steps that it does not have are no longer this procedure's.
  await dropOtherSteps(client, scopes, steps);
  await writeFacts(client, law, states);
  await writeTrials(client, law, states);
}

async function dropOtherSteps(
  client: pg.PoolClient,
  scopes: readonly ScopeId[],
  kept: readonly { scope: string; code: string }[],
): Promise<void> {
  await client.query({
    name: 'drop-other-steps',
    text: `delete from step t where t.scope = any ($1)
           and not exists (select 1 from unnest($2::text[], $3::text[]) k (scope, code) where k.scope = t.scope and k.code = t.code)`,
    values: [scopes, kept.map(({ scope }) => scope), kept.map(({ code }) => code)],
  });
}

interface One {
  readonly state: CaseState;
  readonly procedure: ProcedureState;
}

function procedureRow(state: CaseState, procedure: ProcedureState): typeof projected.procedure.$inferInsert {
  return {
    scope: procedure.scope,
    caseCode: state.code,
    procedure: procedure.procedure,
    attempt: procedure.attempt,
    version: procedure.version,
    phase: procedure.phase,
    mandatory: procedure.mandatory,
    competentAgency: procedure.competentAgency,
    handlingAgency: procedure.handlingAgency,
    bookAgency: bookedBy(procedure),
    cityControlled: procedure.cityControlled,
    stage: procedure.stage,
    portalStatus: portalStatus(procedure),
    dossierCode: procedure.dossierCode,
    openedAt: procedure.openedAt,
    receivedAt: procedure.receivedAt,
    printedDueDate: procedure.printedDueDate,
    promisedDate: procedure.promisedDate,
    decidedAt: procedure.decision?.at ?? null,
    handedOverAt: procedure.handedOverAt,
    closedAt: procedure.closed?.at ?? null,
    outcome: procedure.closed?.outcome ?? null,
  };
}

const linkRows = ({ code, adjusts }: CaseState) =>
  adjusts ? [{ caseCode: code, adjusts: adjusts.case, procedure: adjusts.procedure }] : [];

function stepRows(law: Law, state: CaseState, procedure: ProcedureState) {
  const resolved = law.procedureVersion(procedure.procedure, procedure.version, factsBehind(state, procedure));
  return resolved.steps.map(({ code, kind, agency, automation }) => {
    const done = procedure.steps[code];
    return {
      scope: procedure.scope,
      code,
      caseCode: state.code,
      kind,
      agency,
      automation,
      startedAt: done?.startedAt ?? null,
      completedAt: done?.completedAt ?? null,
      outcome: done?.outcome ?? null,
      by: done?.by ?? null,
      failed: done?.failed ?? false,
    };
  });
}

function decisionRows({ state, procedure }: One) {
  const { decision, signature, scope, handedOverAt } = procedure;
  if (!decision) return [];
  return [
    {
      scope,
      caseCode: state.code,
      outcome: decision.outcome,
      decidedAt: decision.at,
      decidedBy: decision.by,
      ...signature,
      handedOverAt,
      changes: issuedChanges(procedure).map(({ number, change, decidedAt }) => ({
        number: number ?? '',
        change,
        at: decidedAt ?? '',
      })),
    },
  ];
}
