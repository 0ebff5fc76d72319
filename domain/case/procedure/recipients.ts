import { sendingSteps } from '../../law/agency-systems.js';
import type { ResolvedProcedure } from '../../law/procedure.js';
import type { Law } from '../../law/law.js';
import type { ProcedureState } from './state.js';

/** Whom a step sends the signed decision to, by the duty of its procedure that names them; undefined for a step that sends nothing. */
export const recipientsOf = ({ duties }: ResolvedProcedure, step: string): readonly string[] | undefined => {
  const duty = sendingSteps[step];
  return duty === undefined ? undefined : (duties.find(({ code }) => code === duty)?.recipients ?? []);
};

/** The investor's commitments, as they were filed last: ids of documents. */
export const commitmentsIn = ({ filings }: ProcedureState): string[] => {
  const given = filings.flatMap(({ documents }) => documents).filter(({ code }) => code.includes('commitment'));
  const last = new Map(given.map(({ code, documentId }) => [code, documentId]));
  return [...last.values()].filter((id) => id !== null);
};

/** Whom the result was sent to, and what it rests on: they may read what they were sent. */
export function sentTo(
  { steps, version }: ProcedureState,
  law: Pick<Law, 'definition' | 'successorOf'>,
): readonly string[] {
  const sent = Object.entries(sendingSteps).flatMap(([step, duty]) =>
    steps[step]?.startedAt || steps[step]?.completedAt
      ? (law.definition(version).duties.find(({ code }) => code === duty)?.recipients ?? [])
      : [],
  );
  return [...new Set([...sent, ...sent.map((agency) => law.successorOf(agency))])];
}
