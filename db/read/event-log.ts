import type pg from 'pg';
import type { CaseEvent } from '../../domain/case/events.js';
import type { PlainDate } from '../../domain/time/instants.js';
import { type Param, type Reader, readsCase } from '../people/readers.js';
import { rows } from '../pool.js';
import { eventOf } from '../register/chain-link.js';

/** The events of one green-lane case, oldest first. */
export interface Trace {
  readonly case: string;
  readonly lane: string;
  readonly pathway: string;
  readonly events: readonly CaseEvent[];
}

const casesAtOnce = 20;

/** The events of every green-lane case that was opened in the period and that the reader reads, some cases at a time, by code. */
export async function* tracesOf(
  pool: pg.Pool,
  { from, to }: { readonly from: PlainDate | null; readonly to: PlainDate },
  reader: Reader,
): AsyncGenerator<Trace> {
  for (let after = ''; ;) {
    const values: unknown[] = [after, to, from, casesAtOnce];
    const param: Param = (value) => `$${values.push(value)}`;
    const cases = await rows<{ code: string; lane: string; pathway: string }>(
      pool,
      `select case_code as code, lane, pathway from case_fact
       where kind = 'green-lane' and case_code > $1 and opened_on <= $2::date and ($3::date is null or opened_on >= $3::date)
         and ${readsCase('case_code', reader, param)}
       order by case_code limit $4`,
      values,
      `traces-cases-${reader.person.role}`,
    );
    const last = cases.at(-1);
    if (!last) return;
    const events = await rows<{ code: string; canonical: string }>(
      pool,
      'select case_code as code, canonical from case_event where case_code = any ($1) order by case_code, seq',
      [cases.map(({ code }) => code)],
      'traces-events',
    );
    for (const { code, ...of } of cases) {
      const own = events.filter((one) => one.code === code).map(({ canonical }) => eventOf(canonical));
      yield { case: code, ...of, events: own };
    }
    after = last.code;
  }
}
