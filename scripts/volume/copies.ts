import type pg from 'pg';
import { caseCode, dossierCode } from '../../domain/case/case/code.js';
import { type PlainDate } from '../../domain/time/instants.js';
import { rows } from '../../db/pool.js';
import { type History } from './histories.js';

// What one case has, in an order in which each row finds what it refers to. What was asked of the door for it is of the case that was played alone.
const tables = [
  'filing',
  'case_agency',
  'case_text',
  'case_name',
  'form_number',
  'task',
  'clock',
  'procedure',
  'step',
  'decision',
  'case_fact',
  'procedure_fact',
  'agency_fact',
  'step_fact',
  'clause_fact',
  'conduct_fact',
  'survey_fact',
  'work_fact',
] as const;

/** Every table that copying writes. */
export const copiedTables: readonly string[] = ['case_head', 'case_event', ...tables];

/** What one copy has for its own in place of what the case that was played has. */
interface Own {
  readonly word: string;
  next(): string;
}

interface Column {
  readonly name: string;
  readonly type: string;
}

/** Numbers that cases take, and where they stand. */
export class Counters {
  private readonly last = new Map<string, number>();

  constructor(private readonly identifier: string) {}

  /** So many numbers in a row, whoever asks for others meanwhile. */
  private reserve(of: string, times: number): () => number {
    const last = this.last.get(of) ?? 0;
    this.last.set(of, last + times);
    let given = last;
    return () => ++given;
  }

  nextCode(day: PlainDate): string {
    return caseCode(day, this.reserve(`case/${day}`, 1)());
  }

  /** What each of so many copies has for its own: the code, the dossiers, and the numbers of the papers of a history. */
  ownOf({ code, openedOn, dossiers, papers }: History, times: number): Own[] {
    const codes = this.reserve(`case/${openedOn}`, times);
    return [
      { word: code, next: () => caseCode(openedOn, codes()) },
      ...dossiers.map(({ code: word, day }) => {
        const serials = this.reserve(`dossier/${day}`, times);
        return { word, next: () => dossierCode(day, serials(), this.identifier) };
      }),
      ...papers.map(({ agency, year, form, number }) => {
        const numbers = this.reserve(`paper/${agency}/${year}/${form}`, times);
        return { word: String(number), next: () => String(numbers()) };
      }),
    ];
  }

  /** The door goes on where these stop. */
  async keep(owner: pg.Pool): Promise<void> {
    for (const [of, last] of this.last) {
      const [kind, ...name] = of.split('/');
      if (kind === 'paper')
        await owner.query('insert into form_counter (agency, year, form, last) values ($1, $2, $3, $4)', [
          ...name,
          last,
        ]);
      else await owner.query('insert into day_counter (kind, day, last) values ($1, $2, $3)', [kind, ...name, last]);
    }
  }
}

/** The columns of a table that are written. */
const columnsOf = (client: pg.PoolClient, table: string): Promise<Column[]> =>
  rows<Column & pg.QueryResultRow>(
    client,
    `select a.attname as name, format_type(a.atttypid, a.atttypmod) as type from pg_attribute a
     where a.attrelid = ('public.' || $1)::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum`,
    [table],
  );

/** Prepares a session: the hash over a chain, as `linkHash` makes it, in the order of its window. */
export async function prepareCopying(client: pg.PoolClient): Promise<void> {
  await client.query(`
    create or replace function pg_temp.link(previous bytea, canonical text) returns bytea immutable parallel safe
      language sql as $$ select sha256(previous || convert_to(canonical, 'UTF8')) $$;
    create or replace aggregate pg_temp.chain(text) (sfunc = pg_temp.link, stype = bytea, initcond = '\\x${'00'.repeat(32)}');
    set synchronous_commit = off`);
  // What was played, apart: the tables themselves have no index to find it by while they are filled.
  for (const table of copiedTables) {
    const key = keyOf(table);
    await client.query(
      `create temp table "${playedOf(table)}" as select * from public."${table}"; create index on "${playedOf(table)}" ("${key}"); analyze "${playedOf(table)}"`,
    );
  }
}

const keyOf = (table: string): string => (table === 'case_head' ? 'code' : 'case_code');
const playedOf = (table: string): string => `played_${table}`;

/** Statements that make cases of one that was played: every row of it, under codes and numbers of their own, and a chain that follows from its own texts. */
export class Copier {
  private constructor(
    private readonly client: pg.PoolClient,
    private readonly history: History,
    private readonly own: readonly Own[],
    private readonly statements: readonly string[],
  ) {}

  static async of(client: pg.PoolClient, own: readonly Own[], history: History): Promise<Copier> {
    const words = own.map(({ word }) => word);
    const copied = async (table: string, changed: Readonly<Record<string, string>> = {}) => {
      const columns = (await columnsOf(client, table)).filter(({ name }) => changed[name] !== '');
      const [found] = await rows<{ text: string | null }>(
        client,
        `select json_agg(to_json(t))::text as text from "${playedOf(table)}" t where t."${keyOf(table)}" = $1`,
        [history.code],
      );
      const kept = (found?.text ? JSON.parse(found.text) : []) as Readonly<Record<string, unknown>>[];
      const valueOf = ({ name, type }: Column): string => {
        const given = changed[name];
        if (given !== undefined) return given;
        const texts = kept.map((row) => JSON.stringify(row[name] ?? null));
        const within = words.flatMap((word, i) => (texts.some((text) => text.includes(word)) ? [i] : []));
        const text = within.reduce((of, i) => `replace(${of}, $${i + 1}, n.w${i})`, `t."${name}"::text`);
        return within.length === 0 ? `t."${name}"` : `(${text})::${type}`;
      };
      return {
        rows: kept.length,
        into: columns.map(({ name }) => `"${name}"`).join(', '),
        from: columns.map(valueOf).join(', '),
      };
    };
    const lists = own.map((_one, i) => `$${own.length + i + 1}::text[]`).join(', ');
    const names = own.map((_one, i) => `w${i}`).join(', ');
    const copies = `unnest(${lists}) n (${names})`;
    // Every parameter has its type, whether the statement asks for it or not.
    const typed = own.map((_one, i) => `$${i + 1}::text is not null`).join(' and ');
    const head = await copied('case_head', { hash: 'e.hash' });
    const event = await copied('case_event', {
      xid: '',
      id: '',
      recorded_at: '',
      hash: 'null::bytea',
      prev_hash: 'null::bytea',
    });
    const others: string[] = [];
    for (const table of tables) {
      const { rows: some, into, from } = await copied(table);
      if (some > 0)
        others.push(
          `insert into public."${table}" (${into}) select ${from} from "${playedOf(table)}" t cross join ${copies} where t.case_code = $1 and ${typed}`,
        );
    }
    const evidence = `with n as materialized (select * from ${copies}), e as materialized (
        select w.*, pg_temp.chain(w.canonical) over (partition by w.case_code order by w.seq) as chained from (
          select ${event.from} from played_case_event t cross join n where t.case_code = $1 and ${typed}) w (${event.into})
      ), heads as (
        insert into public.case_head (${head.into}) select ${head.from} from played_case_head t cross join n
        join (select case_code, chained as hash from e where seq = ${history.events.length}) e on e.case_code = n.w0 where t.code = $1
      )
      insert into public.case_event (${event.into}) select ${event.into.replace('"hash"', 'chained').replace('"prev_hash"', `lag(chained, 1, '\\x${'00'.repeat(32)}'::bytea) over (partition by case_code order by seq)`)} from e`;
    return new Copier(client, history, own, [evidence, ...others]);
  }

  /** Makes so many more of it, in one transaction. */
  async copy(times: number): Promise<void> {
    const values = [
      ...this.own.map(({ word }) => word),
      ...this.own.map(({ next }) => Array.from({ length: times }, next)),
    ];
    await this.client.query('begin');
    try {
      for (const [i, text] of this.statements.entries())
        await this.client.query({ name: `copy-${this.history.code}-${i}`, text, values });
      await this.client.query('commit');
    } catch (error) {
      await this.client.query('rollback');
      throw error;
    }
  }
}
