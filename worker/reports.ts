import type pg from 'pg';
import type { LawSource } from '../db/law/live-law.js';
import { climbReport, openReport, planReports } from '../db/leadership/reports.js';
import type { AgendaHandler } from './agenda.js';

interface Deps {
  readonly pool: pg.Pool;
  readonly law: LawSource;
}

/** A report's period is over: it is opened, and the next one of its kind stands on the agenda. */
export const openReports =
  ({ pool, law }: Deps): AgendaHandler =>
  async ({ ref }, now) => {
    await openReport(pool, law.current().law, ref, now);
    await planReports(pool, law.current().law, now);
  };

/** A rung of a report or of a chapter has come: whoever the ladder names is told, unless it is signed meanwhile. */
export const climbReports =
  ({ pool, law }: Deps): AgendaHandler =>
  async ({ ref }, now) =>
    climbReport(pool, law.current().law, ref.slice(0, ref.indexOf('/')), now);
