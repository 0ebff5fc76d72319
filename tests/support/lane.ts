import { type PersonCommand } from '../../domain/case/commands.js';
import type { Completion } from '../../domain/case/task/commands.js';
import { type Payloads } from '../../domain/case/events.js';
import { type CaseState } from '../../domain/case/state.js';
import { predicateIds, proofs } from '../../domain/lane/evidence.js';

type Opening = Omit<Payloads['caseOpened'], 'managed'>;

/** Of a project that claims all three tests: as if its lane had been decided the moment it was filed. */
export const withLaneAsClaimed = <O extends Opening>(opening: O): O => {
  const { facts } = opening;
  const claims = ['project.highTechListed', 'project.internationallyLinked', 'project.keyProjectListed'];
  return claims.every((claim) => facts[claim] === true) ? { ...opening, lane: 'green' } : opening;
};

/** What the investor has not given yet of what proves the tests of the green lane, one document for each. */
export function missingEvidence(
  state: CaseState,
  documentId = 'doc-evidence',
): Extract<PersonCommand, { type: 'giveEvidence' }>[] {
  return predicateIds.flatMap((predicate) => {
    const code = proofs[predicate].find(({ kind }) => kind === 'document')?.code ?? '';
    const given = evidenceOf(state).some((one) => one.predicate === predicate);
    return given ? [] : [{ type: 'giveEvidence', predicate, code, documentId }];
  });
}

const evidenceOf = (state: CaseState) => (state.kind === 'green-lane' ? Object.values(state.laneEvidence) : []);

/** What an officer finds of each test: met by what was given, or (`lane` standard) not met. */
export const findingsFor = (state: CaseState, lane: string): NonNullable<Completion['findings']> =>
  predicateIds.map((predicate) => ({
    predicate,
    verdict: lane === 'green' ? 'yes' : 'no',
    basis: lane === 'green' ? (evidenceOf(state).find((one) => one.predicate === predicate)?.id ?? null) : null,
    reason: 'as the papers show',
  }));
