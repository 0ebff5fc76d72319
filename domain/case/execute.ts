import { Refusal, refuse } from '../errors.js';
import type { Instant } from '../time/instants.js';
import type { Envelope } from './commands.js';
import { decide } from './decide.js';
import { settleThroughChanges } from './law-change/rules.js';
import { type PassedStatus } from './case/told-statuses.js';
import { Draft, type Seal, type SealedBatch, type SealedText, type Telling } from './draft.js';
import type { Neighbour } from './site/rules.js';
import { nextDutyInstant, nextInstants, settleDue } from './due.js';
import type { CaseEvent, Delivery, ScopeBound } from './events.js';
import type { Law } from '../law/law.js';
import type { ScopeId } from './scope.js';
import type { CaseState } from './state.js';

/** What one command did to one case. All of it is written in one transaction, the refusal's «due first» included. */
export interface Outcome {
  readonly state: CaseState;
  readonly events: readonly CaseEvent[];
  readonly deliveries: readonly { readonly scope: ScopeId; readonly delivery: Delivery }[];
  /** Words that belong to the events, kept beside them. */
  readonly texts: readonly SealedText[];
  /** What signed batches measured, kept beside them too. */
  readonly batches: readonly SealedBatch[];
  /** Whom the events tell what; they are found and told later. */
  readonly tellings: readonly Telling[];
  /** The states that dossiers came through, in order. */
  readonly statuses: readonly PassedStatus[];
  /** Earliest instant that matters, of every open scope. */
  readonly nextAt: Readonly<Record<ScopeId, Instant | null>>;
  /** The earliest instant of a duty that no open scope waits for. */
  readonly nextDutyAt: Instant | null;
  /** Set when the command itself was refused; what fell due before it stands all the same. */
  readonly refusal: Refusal | null;
  /** The case's sequence after each command that was accepted: the envelope's own, then those of `then`. */
  readonly done: readonly number[];
  /** Why the next of `then` was refused; null where all were accepted, or the envelope's own was not. */
  readonly stopped: Refusal | null;
}

/**
 * The door's rule, pure: settle what fell due by the command's instant, then decide. `fresh` gives the state as it stands in the register, a new
 * copy each time it is called: a command refused half-way leaves nothing of itself behind. Throws only for bugs.
 */
export function execute(
  fresh: () => CaseState,
  envelope: Envelope,
  law: Law,
  dossierCode: string,
  seal: Seal = unsealed,
  neighbours: readonly Neighbour[] = [],
  documentHashes: ReadonlyMap<string, string> = new Map(),
): Outcome {
  const begin = () => {
    const { actor, occurredAt } = envelope;
    const draft = new Draft(fresh(), law, actor, occurredAt, dossierCode, seal, neighbours, documentHashes);
    if (draft.state.seq > 0) settleThroughChanges(draft, (until) => settleDue(draft, until));
    return draft;
  };
  const close = (
    draft: Draft,
    refusal: Refusal | null,
    done: readonly number[] = [],
    stopped: Refusal | null = null,
  ): Outcome => ({
    state: draft.state,
    events: draft.events,
    deliveries: draft.deliveries,
    // What falls due has no words; those of a command that was refused are not kept.
    texts: refusal ? [] : draft.texts,
    batches: refusal ? [] : draft.batches,
    tellings: draft.tellings,
    statuses: draft.statuses,
    nextAt: nextInstants(draft.state, law),
    nextDutyAt: nextDutyInstant(draft.state, law),
    refusal,
    done,
    stopped,
  });
  const commands = [envelope.command, ...(envelope.then ?? []).map(({ command }) => command)];
  /** Decides the first `count` of them; answers what was done and what the last of them was refused with. */
  const turn = (count: number) => {
    const draft = begin();
    const done: number[] = [];
    let before = draft.events.length;
    try {
      if (envelope.bound) checkBound(draft.state, envelope.bound);
      for (const command of commands.slice(0, count)) {
        before = draft.events.length;
        decide(draft, command, envelope.bound?.scope ?? null);
        done.push(draft.state.seq);
      }
      return { draft, done, refusal: null, clean: true };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { draft, done, refusal: error, clean: draft.events.length === before };
    }
  };
  const { draft, done, refusal, clean } = turn(commands.length);
  if (refusal === null) return close(draft, null, done);
  if (done.length === 0) return close(clean ? draft : begin(), refusal);
  // What was accepted before stands, without what the refused one had begun.
  return close(clean ? draft : turn(done.length).draft, null, done, refusal);
}

/** Where nobody keeps the words: previews and pure tests. */
export const unsealed: Seal = () => ({ salt: '', hash: '' });

/** A newer run has taken over: `SUPERSEDED`. The mailbox holds what this run has not seen: `STALE`, load and think again. */
function checkBound(state: CaseState, bound: ScopeBound): void {
  const box = state.scopes[bound.scope] ?? refuse('NOT_FOUND', { scope: bound.scope });
  if (bound.generation < box.generation) refuse('SUPERSEDED', { generation: box.generation });
  if (bound.basedOn !== box.lastSeq) refuse('STALE', { lastSeq: box.lastSeq });
}
