import { setTimeout as wait } from 'node:timers/promises';
import type { CaseProof } from '../../domain/evidence/verify.js';
import { type ApiClient, ApiRefusal } from './client.js';

/** The proof of a case, once the log has its last events: it takes them some seconds after they happened. */
export async function proofOf(investor: ApiClient, code: string): Promise<CaseProof> {
  for (let patience = 90; patience > 0; patience--) {
    const proof = await investor
      .get<CaseProof>(`/cases/${code}/proof`)
      .catch((error: unknown) =>
        error instanceof ApiRefusal && error.code === 'NOT_LOGGED_YET' ? undefined : Promise.reject(error),
      );
    if (proof?.unlogged === 0) return proof;
    await wait(1_000);
  }
  throw new Error(`The log does not have the last events of ${code}`);
}
