import type pg from 'pg';
import { type AgencyClient } from '../activities/agency-client.js';
import { tellPortal } from '../activities/index.js';
import { dossierCodeOf } from '../db/read/case-state.js';
import { errors, Refusal } from '../domain/errors.js';
import { type AgendaHandler } from './agenda.js';

interface ResultDeps {
  readonly pool: pg.Pool;
  readonly client: AgencyClient;
  /** How often the portal is asked before it is left alone; how it went is noted with the call. */
  readonly attempts: number;
}

const patienceMs = 20_000;

/** Tells the portal that a result was handed over. Nobody waits for it, and a portal that takes nothing holds nothing up for ever. */
export const tellResult =
  ({ pool, client, attempts }: ResultDeps): AgendaHandler =>
  async ({ ref: scope, attempts: failed }) => {
    const dossierCode = await dossierCodeOf(pool, scope);
    if (dossierCode === null) throw new Error(`${scope} was handed over without a dossier code`);
    try {
      await tellPortal({ pool, client }, scope, dossierCode, AbortSignal.timeout(patienceMs));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (errors[error.code].retryable && failed + 1 < attempts) throw error;
    }
  };
