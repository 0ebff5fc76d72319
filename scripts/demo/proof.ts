import { setTimeout as wait } from 'node:timers/promises';
import type { CaseProof } from '../../domain/evidence/verify.js';
import { type ApiClient, ApiRefusal } from './client.js';

/** The proof of a case, once the log has its last events. */
export async function proofOf(investor: ApiClient, code: string): Promise<CaseProof> {
  for (let patience = 60; ; patience--) {
    try {
      return await investor.get<CaseProof>(`/cases/${code}/proof`);
    } catch (error) {
      if (!(error instanceof ApiRefusal) || error.code !== 'NOT_LOGGED_YET' || patience === 0) throw error;
      await wait(1_000);
    }
  }
}
