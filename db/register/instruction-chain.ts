import type pg from 'pg';
import { canonical } from '../../domain/evidence/canonical.js';
import type { Instant } from '../../domain/time/instants.js';
import { rows } from '../pool.js';
import type { Break } from './breaks.js';
import { genesis, linkHash } from './chain-link.js';

/** One act of an instruction with the hash over it and all before it, in hex. */
interface InstructionLink {
  readonly n: number;
  readonly hash: string;
}

interface Row extends pg.QueryResultRow {
  readonly instruction: string;
  readonly n: number;
  readonly kind: string;
  readonly agency: string;
  readonly at: Instant;
  readonly by: string | null;
  readonly act: { readonly kind: string };
}

const prefix = 'instruction/';

/** Whether signed roots name an instruction by this. */
export const isInstruction = (subject: string): boolean => subject.startsWith(prefix);

const everyAct = (client: pg.PoolClient): Promise<Row[]> =>
  rows(
    client,
    'select instruction::text as instruction, n, kind, agency, at, person as by, act from instruction_act order by instruction, n',
  );

/**
 * The chain of each instruction that is about no single case, by `instruction/{id}`: computed from what the register keeps, which holds no hash of its own. What
 * was changed is therefore found by the signed roots.
 */
export async function instructionChains(
  client: pg.PoolClient,
): Promise<ReadonlyMap<string, readonly InstructionLink[]>> {
  const chains = new Map<string, InstructionLink[]>();
  for (const { instruction, ...kept } of await everyAct(client)) {
    const subject = `${prefix}${instruction}`;
    const links = chains.get(subject) ?? [];
    const before = links.at(-1);
    const link = linkHash(before ? Buffer.from(before.hash, 'hex') : genesis, canonical({ subject, ...kept }));
    links.push({ n: kept.n, hash: link.toString('hex') });
    chains.set(subject, links);
  }
  return chains;
}

/** Checks that no act is missing in the middle and that each says what its column says; the rest only the signed roots show. */
export async function verifyInstructions(client: pg.PoolClient, report: (found: Break) => void): Promise<void> {
  let before: Pick<Row, 'instruction' | 'n'> = { instruction: '', n: 0 };
  for (const { instruction, n, kind, act } of await everyAct(client)) {
    const expected = instruction === before.instruction ? before.n + 1 : 1;
    const detail =
      n !== expected ? `act ${expected} is missing` : kind !== act.kind ? 'a column contradicts the act' : undefined;
    if (detail !== undefined)
      report({ caseCode: null, seq: n, reason: 'act-differs', detail: `${prefix}${instruction}: ${detail}` });
    before = { instruction, n };
  }
}
