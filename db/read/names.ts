import type pg from 'pg';
import { type Names } from '../../domain/notices/texts.js';
import { type Text } from '../../domain/law/procedure.js';
import { trialDutyNames } from '../../domain/case/trial/duty-kinds.js';
import { rows } from '../pool.js';

interface Row {
  readonly kind: 'agency' | 'procedure' | 'step' | 'duty';
  readonly code: string;
  readonly name: Text;
}

/** What agencies, procedures, steps and duties are called, as the catalogue has them now; of a trial's duties, as we call them. */
export async function loadNames(pool: pg.Pool | pg.PoolClient): Promise<Names> {
  const found = await rows<Row & pg.QueryResultRow>(
    pool,
    `select 'agency' as kind, code, json_build_object('vi', name_vi, 'en', name_en) as name from agency
     union all select 'procedure', version, data -> 'name' from procedure_definition
     union all select 'step', d.version || ' ' || (s ->> 'code'), s -> 'name'
       from procedure_definition d, json_array_elements(d.data -> 'steps') s
     union all select 'duty', u ->> 'code', u -> 'name' from procedure_definition d, json_array_elements(d.data -> 'duties') u
     union all select 'duty', u ->> 'code', u -> 'name' from pathway_definition p, json_array_elements(p.data -> 'extraDuties') u`,
    [],
    'names',
  );
  const names = new Map<string, Text>([
    ...Object.entries(trialDutyNames).map(([code, name]) => [`duty ${code}`, name] as const),
    ...found.map(({ kind, code, name }) => [`${kind} ${code}`, name] as const),
  ]);
  const of = (kind: Row['kind'], code: string, shown = code): Text =>
    names.get(`${kind} ${code}`) ?? { vi: shown, en: shown };
  return {
    agency: (code) => of('agency', code),
    procedure: (version) => of('procedure', version),
    step: (version, code) => of('step', `${version} ${code}`, code),
    duty: (code) => of('duty', code),
  };
}

/** The same, read again when it is older than `forMs` of real time. */
export function namesCache(pool: pg.Pool, forMs = 10_000): () => Promise<Names> {
  let known: { readonly names: Promise<Names>; readonly until: number } | undefined;
  return () => {
    if (!known || performance.now() > known.until) {
      const names = loadNames(pool);
      known = { names, until: performance.now() + forMs };
      // What could not be read is not remembered.
      names.catch(() => (known = undefined));
    }
    return known.names;
  };
}
