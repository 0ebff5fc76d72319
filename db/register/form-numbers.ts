import type pg from 'pg';
import { type IssuedPaper } from '../../domain/case/case/paper-numbers.js';
import { type PlainDate } from '../../domain/time/instants.js';
import { rows } from '../pool.js';

export interface NumberedPaper extends IssuedPaper {
  readonly number: number;
}

/**
 * The next numbers of these papers, in their order, and the next serial of a dossier of that day (null: none is wanted). Taken inside the transaction that
 * issues them, after everything else it locks, and always in the same order: a refused or broken act takes none, and the order of numbers is that of issue.
 */
export async function takeNumbers(
  client: pg.PoolClient,
  day: PlainDate | null,
  papers: readonly IssuedPaper[],
): Promise<{ serial: number | null; papers: readonly NumberedPaper[] }> {
  const counted = new Map<string, IssuedPaper[]>();
  for (const paper of papers) counted.set(registerOf(paper), [...(counted.get(registerOf(paper)) ?? []), paper]);
  const dossier =
    day === null
      ? []
      : [
          `insert into day_counter as c (kind, day, last) values ('dossier', ${client.escapeLiteral(day)}, 1)
           on conflict (kind, day) do update set last = c.last + 1 returning last`,
        ];
  const registers = [...counted].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, own]) => own);
  const forms = registers.flatMap(([first, ...others]) =>
    first
      ? [
          `insert into form_counter as c (agency, year, form, last)
           values (${client.escapeLiteral(first.agency)}, ${first.year}, ${client.escapeLiteral(first.form)}, ${others.length + 1})
           on conflict (agency, year, form) do update set last = c.last + excluded.last returning last`,
        ]
      : [],
  );
  const answer = (await client.query([...dossier, ...forms].join('; '))) as unknown as Counted | Counted[];
  const last = [answer].flat().map(({ rows: [row] }) => {
    if (!row) throw new Error('A counter gave no number');
    return row.last;
  });
  const serial = day === null ? null : (last.shift() ?? null);
  return {
    serial,
    papers: registers.flatMap((own, i) =>
      own.map((paper, n) => ({ ...paper, number: (last[i] ?? 0) - own.length + 1 + n })),
    ),
  };
}

type Counted = pg.QueryResult<{ last: number }>;

const registerOf = ({ agency, year, form }: IssuedPaper): string => `${agency}/${year}/${form}`;

/** The number of each paper of a case, by its id: what the event that issues it says; of 0.3.0 and before, when events said none, the register's own. */
export async function findNumbers(pool: pg.Pool, caseCode: string): Promise<ReadonlyMap<string, number>> {
  const found = await rows<{ paper: string; number: number }>(
    pool,
    `select n.paper, coalesce((e.canonical::json -> 'payload' ->> 'paperNumber')::int, n.number) as number from form_number n
     left join case_event e on e.case_code = n.case_code and e.seq = substring(n.paper from '-([1-9][0-9]{0,8})$')::int where n.case_code = $1`,
    [caseCode],
    'form-numbers',
  );
  return new Map(found.map(({ paper, number }) => [paper, number]));
}
