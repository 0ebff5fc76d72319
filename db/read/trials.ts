import type pg from 'pg';
import { type Text } from '../../domain/law/agency.js';
import { type Phase } from '../../domain/case/trial/phases.js';
import { type Ending } from '../../domain/law/trial-terms.js';
import { type PublicConditions } from '../../domain/case/trial/record.js';
import { type PlainDate } from '../../domain/time/instants.js';
import { rows } from '../pool.js';
import { type Page, pageOf, placeOf } from './keyset.js';

/**
 * A trial that was admitted, as anybody may know it: never what was measured, reported or found, no document, no contact. It goes by the dossier code of its
 * admission: the code of the case is half of what opens the public look-up.
 */
export interface PublicTrial {
  readonly dossierCode: string;
  readonly version: string;
  readonly field: string;
  readonly phase: Phase;
  readonly authority: string;
  readonly supervises: string;
  readonly admittedOn: PlainDate;
  readonly startedOn: PlainDate | null;
  readonly until: PlainDate;
  readonly endedOn: PlainDate | null;
  readonly ending: Ending | null;
  readonly transitionUntil: PlainDate | null;
  readonly certificate: string | null;
  readonly conditions: PublicConditions;
  /** null once the filing was erased. */
  readonly solution: Text | null;
  /**
   * The holder of the admission: whoever meets a trial may know who answers for it. An organisation only: of a natural person it would be personal data, which an
   * admission does not make public. null for a person, and once the filing was erased.
   */
  readonly holder: string | null;
}

const columns = `t.dossier_code as "dossierCode", t.version, t.field, t.phase, t.authority, t.supervises, t.admitted_on as "admittedOn",
  t.started_on as "startedOn", t.until, t.ended_on as "endedOn", t.ending, t.transition_until as "transitionUntil", t.certificate, t.conditions,
  case when f.body is not null then json_build_object('vi', f.body -> 'solution' -> 'name' ->> 'vi', 'en', f.body -> 'solution' -> 'name' ->> 'en') end
    as solution,
  case when f.body -> 'applicant' ->> 'kind' <> 'individual' then f.body -> 'applicant' ->> 'name' end as holder`;

const among = `from trial t left join filing f on f.case_code = t.case_code
  where t.admitted_on is not null and t.dossier_code is not null and t.conditions is not null`;

interface PublicFilter {
  readonly state?: 'running' | 'ended';
  readonly regime?: string;
  readonly field?: string;
  readonly cursor?: string;
  readonly limit: number;
}

/** Admitted last first. Refuses `VALIDATION_FAILED` for a cursor it never gave. */
export async function listPublicTrials(
  pool: pg.Pool,
  { state, regime, field, cursor, limit }: PublicFilter,
): Promise<Page<PublicTrial>> {
  const values: unknown[] = [];
  const param = (value: unknown) => `$${values.push(value)}`;
  const conditions: string[] = [];
  if (state !== undefined) conditions.push(`t.ended_on is ${state === 'ended' ? 'not ' : ''}null`);
  if (regime !== undefined) conditions.push(`t.regime = ${param(regime)}`);
  if (field !== undefined) conditions.push(`t.field = ${param(field)}`);
  const [on, code] = placeOf(cursor, ['date', 'text']) ?? [];
  if (on !== undefined) conditions.push(`(t.admitted_on, t.dossier_code) < (${param(on)}::date, ${param(code)})`);
  const found = await rows<PublicTrial & pg.QueryResultRow>(
    pool,
    `select ${columns} ${among} ${conditions.map((one) => `and ${one}`).join(' ')}
     order by t.admitted_on desc, t.dossier_code desc limit ${param(limit + 1)}`,
    values,
  );
  return pageOf(found, limit, ({ admittedOn, dossierCode }) => [admittedOn, dossierCode]);
}

/** By the dossier code of its admission, or by the code of its case as its own papers carry it. undefined where no such trial was admitted. */
export async function findPublicTrial(pool: pg.Pool, code: string): Promise<PublicTrial | undefined> {
  const [found] = await rows<PublicTrial & pg.QueryResultRow>(
    pool,
    `select ${columns} ${among} and (t.dossier_code = $1 or t.case_code = $1)`,
    [code],
  );
  return found;
}
